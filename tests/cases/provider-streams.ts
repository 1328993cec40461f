import { anthropic } from './streams/anthropic.ts';
import { chunkShapes } from './streams/chunk-shapes.ts';
import { errorFrames } from './streams/error-frames.ts';
import { errorShapes } from './streams/error-shapes.ts';
import { finishReasons } from './streams/finish-reasons.ts';
import { framing } from './streams/framing.ts';
import { gemini } from './streams/gemini.ts';
import { lyingEndings } from './streams/lying-endings.ts';
import { noStream } from './streams/no-stream.ts';
import { ollama } from './streams/ollama.ts';
import { openSockets } from './streams/open-sockets.ts';
import { responses } from './streams/responses.ts';
import { thinkingAndUsage } from './streams/thinking-and-usage.ts';
import { transport } from './streams/transport.ts';
import type { StreamCase } from './stream-case.ts';

/**
 * Replies of the OpenAI wire as providers really send them, and what each has to become: for unit tests, and for a
 * server that plays them to a real browser. Each is played whole, in single bytes and at random cuts.
 */
export const providerStreams: readonly StreamCase[] = [
  ...framing,
  ...chunkShapes,
  ...thinkingAndUsage,
  ...lyingEndings,
  ...noStream,
  ...errorFrames,
  ...errorShapes,
  ...finishReasons,
  ...transport,
  ...openSockets,
];

/** The same for the wires of their own. */
export const wireStreams: readonly StreamCase[] = [...responses, ...anthropic, ...gemini, ...ollama];

export const allStreams: readonly StreamCase[] = [...providerStreams, ...wireStreams];
