import { defined } from '@/lib/errors/defined';
import type { ProviderIo } from '@/lib/providers/provider';
import { openBytes } from '@/lib/stream/byte-reader';
import { asArray, asRecord, parseJson } from '@/lib/stream/json';
import { readBody } from '@/lib/stream/read-body';
import type { FoundServer } from './diagnosis';
import { localOrigin, localPorts } from './local-ports';
import { localServers } from './local-servers';

/** A server of one's own computer that has said nothing after this long is none. */
const lookMs = 3000;
const longestList = 4 * 1024 * 1024;
/** A sign stands in the first entries of a list. */
const signLength = 200_000;

/** The model servers on the usual ports of this computer, in the order of the ports: one request to each, without a key. */
export async function findServers(io: Pick<ProviderIo, 'fetch'>): Promise<readonly FoundServer[]> {
  const found = await Promise.all(localPorts.map((port) => lookAt(port, io)));
  return found.filter((server) => server !== undefined);
}

async function lookAt(port: number, io: Pick<ProviderIo, 'fetch'>): Promise<FoundServer | undefined> {
  const root = `${localOrigin}:${port}`;
  const signal = AbortSignal.timeout(lookMs);
  try {
    const response = await io.fetch(`${root}/v1/models`, { method: 'GET', signal });
    const { text } = await readBody(openBytes(response.body, signal), { maxBytes: longestList, withinMs: lookMs });
    const models = modelsIn(text);
    const refusal = refusalOf(response.status, text);
    if (!models && !refusal) return undefined;
    const kind = localServers.find(({ sign }) => sign.test(signsOf(port, response.headers, text)));
    return defined({
      kind: kind?.kind ?? 'unknown',
      label: kind?.label ?? '',
      providerId: kind?.kind ?? 'openai-compatible',
      baseUrl: root + (kind?.path ?? '/v1'),
      // Of Ollama's models some are its vendor's, and are called so.
      runsHere: kind?.runsHere === true && !/[:-]cloud"/.test(text),
      modelCount: refusal ? undefined : models?.length,
      refusal,
    });
  } catch {
    // Nothing listens there, or nothing that speaks http: that is what was to be found out.
    return undefined;
  }
}

/** A list that an API gives; undefined when the text is none. */
function modelsIn(text: string): readonly unknown[] | undefined {
  const list = asRecord(parseJson(text));
  if (!list || !('data' in list) || (list['data'] !== null && !Array.isArray(list['data']))) return undefined;
  // gpt4free lists its providers among the models.
  return asArray(list['data']).filter((model) => asRecord(model)?.['provider'] !== true);
}

/** An API that wants a key says so in JSON; Ollama refuses an origin with nothing. */
function refusalOf(status: number, text: string): FoundServer['refusal'] {
  if (status === 401 && asRecord(parseJson(text))) return 'key';
  return status === 403 && text === '' ? 'origin' : undefined;
}

function signsOf(port: number, headers: Headers, text: string): string {
  const lines = [...headers].map(([name, value]) => `${name}: ${value}`);
  return [`port: ${port}`, ...lines, text.slice(0, signLength)].join('\n');
}
