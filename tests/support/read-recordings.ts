import { readdirSync } from 'node:fs';
import type { PresetRecording } from './preset-recording';

/** The recordings in `tests/presets`, by the identifier of their preset. */
export async function readRecordings(): Promise<ReadonlyMap<string, PresetRecording>> {
  const names = readdirSync(new URL('../presets', import.meta.url)).map((name) => name.replace('.ts', ''));
  const read = names.map(async (name) => {
    const file = (await import(`../presets/${name}.ts`)) as { readonly recording: PresetRecording };
    return [name, file.recording] as const;
  });
  return new Map(await Promise.all(read));
}
