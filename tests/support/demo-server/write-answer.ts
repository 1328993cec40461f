/** Sends a script as a stream, token by token, at its rate. */
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ScriptedAnswer } from './demo-models.ts';

/** How a wire writes each thing that can be in a stream: complete lines, blank line included; '' for what it does not have. */
export interface StreamFrames {
  /** `text/event-stream` without it. */
  readonly contentType?: string;
  readonly start: string;
  thinking(text: string): string;
  text(text: string): string;
  finish(reason: 'stop' | 'length'): string;
  readonly error: string;
  readonly end: string;
}

/** How many tokens a question has, about. */
export function countTokens({ messages }: { readonly messages: readonly unknown[] }): number {
  return Math.ceil(JSON.stringify(messages).length / 4);
}

/** How long what was sent is given to be read before a connection is torn down. */
const toBeReadMs = 500;

/**
 * Writes the answer and settles when it is over. Rejects with the signal's reason when that is aborted (the client has
 * gone). Paced against the clock, so that the mean rate is right in spite of slack in the timers: after a late timer
 * several tokens go out together, each in a frame of its own.
 */
export async function writeAnswer(
  response: ServerResponse,
  script: ScriptedAnswer,
  { frames, onToken, signal }: { frames: StreamFrames; onToken: () => void; signal: AbortSignal },
): Promise<void> {
  const start = (): void => {
    const { contentType = 'text/event-stream; charset=utf-8' } = frames;
    response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-store' });
    response.flushHeaders();
  };
  if (!script.headersWithFirstToken) start();
  if (script.silenceMs > 0) await sleep(script.silenceMs, undefined, { signal });
  if (script.headersWithFirstToken) start();

  response.write(frames.start);
  const all = [
    ...script.thinking.map((text) => frames.thinking(text)),
    ...script.tokens.map((text) => frames.text(text)),
  ];
  const startedAt = performance.now();
  for (let sent = 0; sent < all.length;) {
    signal.throwIfAborted();
    const elapsedMs = performance.now() - startedAt;
    const due =
      script.tokensPerSecond > 0
        ? Math.min(all.length, Math.floor((elapsedMs * script.tokensPerSecond) / 1000) + 1)
        : all.length;
    for (; sent < due; sent += 1) {
      response.write(all[sent]);
      onToken();
    }
    if (sent < all.length) await sleep((sent * 1000) / script.tokensPerSecond - elapsedMs, undefined, { signal });
  }

  switch (script.ending) {
    case 'stop':
    case 'length':
      response.end(frames.finish(script.ending) + frames.end);
      break;
    case 'error-frame':
      // vLLM, LiteLLM and g4f send the end mark after an error, too.
      response.end(frames.error + frames.end);
      break;
    case 'cut':
      response.end();
      break;
    case 'reset':
      // A browser that learns of a reset throws away what has arrived and was not read yet.
      await sleep(toBeReadMs, undefined, { signal });
      response.destroy();
      break;
    case 'stall':
      await new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
      );
  }
}
