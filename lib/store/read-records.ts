import { headKey } from './conversation-log';
import type { KeyValue } from './key-value';

/** Everything stored of a conversation, as it lies there: for export when it can't be read. */
export async function readRecords(store: KeyValue, id: string): Promise<Readonly<Record<string, unknown>>> {
  const keys = (await store.keys()).filter((key) => key === headKey(id) || key.startsWith(`${headKey(id)}/`));
  return store.get(keys);
}
