/**
 * Ollama's downloads: https://docs.ollama.com/api/pull. A model's name says how its download goes:
 *
 * | name | what happens |
 * | --- | --- |
 * | `demo-pull-<count>-<rate>` | so many lines of progress, so many a second (0: at once), then the model is there |
 * | `demo-pull-stalls-after-<n>` | silence without end after n lines |
 * | `demo-pull-cut-after-<n>` | the bytes end after n lines; asked again, it goes on from there |
 * | `demo-pull-fails-<why>` | an error after the manifest: `unknown`, `space`, `offline`, `old` |
 *
 * Until it was downloaded such a model is not there; after that it answers, and is listed. Other names are unknown.
 */
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRecord } from './openai-wire.ts';
import { jsonFailure, type FailureReply } from './demo-failures.ts';

export interface ScriptedPull {
  readonly model: string;
  readonly lines: readonly object[];
  /** 0: all at once. */
  readonly linesPerSecond: number;
  readonly ending: 'success' | 'cut' | 'stall';
}

export const isPulledModel = (model: string): boolean => model.startsWith('demo-pull-');

/** Its name in the list: Ollama puts the tag behind that was not asked for. */
export const listedName = (model: string): string => (model.includes(':') ? model : `${model}:latest`);

/** `earlierPulls`: how often this model was asked for before. */
export function readPullRequest(body: unknown, earlierPulls: (model: string) => number): ScriptedPull | FailureReply {
  if (!isRecord(body)) return jsonFailure(400, { error: 'missing request body' });
  const { model, stream } = body;
  if (typeof model !== 'string' || model === '') return jsonFailure(400, { error: 'invalid model name' });
  if (stream !== true) return jsonFailure(400, { error: 'the demo server only streams downloads' });
  const [count = 0, rate = 0] = (model.match(/\d+/g) ?? []).map(Number);
  const manifest = { status: 'pulling manifest' };
  const script = { model, linesPerSecond: 50, ending: 'success' } as const;
  const why = /^demo-pull-fails-(\w+)$/.exec(model)?.[1];
  if (why !== undefined || !isPulledModel(model)) {
    return { ...script, lines: [manifest, { error: errors[why ?? 'unknown'] ?? 'unknown demo error' }], ending: 'cut' };
  }
  if (model.startsWith('demo-pull-stalls-after-')) {
    return { ...script, lines: [manifest, ...progress(100).slice(0, count)], ending: 'stall' };
  }
  if (model.startsWith('demo-pull-cut-after-') && earlierPulls(model) === 0) {
    return { ...script, lines: [manifest, ...progress(100).slice(0, count)], ending: 'cut' };
  }
  const isOn = model.startsWith('demo-pull-cut-after-');
  const lines = isOn ? progress(100).slice(count) : progress(count);
  return { ...script, lines: [manifest, ...lines, ...last], linesPerSecond: isOn ? 0 : rate };
}

const errors: Readonly<Record<string, string>> = {
  unknown: 'pull model manifest: file does not exist',
  space: 'write /usr/share/ollama/.ollama/models/blobs/sha256-1f2e-partial: no space left on device',
  offline:
    'pull model manifest: Get "https://registry.ollama.ai/v2/library/demo/manifests/latest": dial tcp: lookup registry.ollama.ai: no such host',
  old: 'pull model manifest: 412: The model you are attempting to pull requires a newer version of Ollama.',
};

/** A large layer and two small ones, each told of when its turn comes. */
function progress(count: number): readonly object[] {
  const layers = [
    { digest: 'sha256:1f2e3d4c5b6a', total: 2_490_000_000, share: Math.max(1, count - 2) },
    { digest: 'sha256:2a3b4c5d6e7f', total: 1_500, share: 1 },
    { digest: 'sha256:3c4d5e6f7a8b', total: 410, share: 1 },
  ];
  return layers.flatMap(({ digest, total, share }) =>
    Array.from({ length: share }, (_, index) => ({
      status: `pulling ${digest.slice(7, 19)}`,
      digest,
      total,
      // Nothing has come yet: Go leaves a zero out.
      ...(index === 0 && share > 1 ? {} : { completed: Math.round((total * (index + 1)) / share) }),
    })),
  );
}

const last = [
  { status: 'verifying sha256 digest' },
  { status: 'writing manifest' },
  { status: 'removing unused layers' },
  { status: 'success' },
];

/** `onLine`: called before a line is sent. Settles when it is over; rejects with the signal's reason when the client has gone. */
export async function writePull(
  response: ServerResponse,
  { lines, linesPerSecond, ending }: ScriptedPull,
  { onLine, signal }: { readonly onLine: (line: object) => void; readonly signal: AbortSignal },
): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  response.flushHeaders();
  for (const line of lines) {
    signal.throwIfAborted();
    onLine(line);
    response.write(`${JSON.stringify(line)}\n`);
    if (linesPerSecond > 0) await sleep(1000 / linesPerSecond, undefined, { signal });
  }
  if (ending !== 'stall') {
    response.end();
    return;
  }
  await new Promise((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  );
}
