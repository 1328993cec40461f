/** Writes what is played, over a real socket, with its faults. */
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { cutBytes } from './cut-bytes.ts';
import type { BytesPlay, Play, TokensPlay } from './plays.ts';

export interface Stage {
  readonly response: ServerResponse;
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal;
  readonly onToken: () => void;
}

/** Resolves when everything is written that is to be written; rejects when the client has gone before. */
export function writePlay(play: Play, stage: Stage): Promise<void> {
  switch (play.kind) {
    case 'bytes':
      return writeBytes(play, stage);
    case 'tokens':
      return writeTokens(play, stage);
  }
}

async function writeBytes(play: BytesPlay, { response, signal }: Stage): Promise<void> {
  if (play.end === 'no-headers') return untilGone(signal);
  const body = play.transfer === 'gzip' ? gzipSync(play.bytes) : play.bytes;
  const headers: Record<string, string> = { ...play.headers };
  if (play.transfer === 'gzip') headers['content-encoding'] = 'gzip';
  if (play.transfer === 'short') headers['content-length'] = String(body.length + 100);
  if (play.transfer === 'trailers') headers['trailer'] = 'x-checksum';
  response.writeHead(play.status, headers);
  response.flushHeaders();
  for (const piece of cutBytes(body, play.cuts)) {
    signal.throwIfAborted();
    if (!response.write(piece)) await once(response, 'drain', signal);
    // Each piece is a write of its own: else Node joins them.
    else if (play.cuts !== 'whole') await nextTurn();
  }
  switch (play.end) {
    case 'close':
      if (play.transfer === 'trailers') response.addTrailers({ 'x-checksum': '1' });
      response.end();
      return;
    case 'reset':
      await untilRead(response, signal);
      response.socket?.resetAndDestroy();
      return;
    case 'hang': {
      const { whileOpen } = play;
      const timer = whileOpen && setInterval(() => response.write(whileOpen), 20);
      await untilGone(signal).finally(() => timer && clearInterval(timer));
    }
  }
}

async function writeTokens({ tokens, dueMs, headersMs }: TokensPlay, stage: Stage): Promise<void> {
  const { response, signal, onToken } = stage;
  const startedAt = performance.now();
  const until = async (ms: number): Promise<void> => {
    const rest = startedAt + ms - performance.now();
    if (rest > 1) await sleep(rest, undefined, { signal });
  };
  await until(headersMs);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  for (const [index, content] of tokens.entries()) {
    await until(dueMs(index));
    signal.throwIfAborted();
    onToken();
    if (!response.write(frame({ content }))) await once(response, 'drain', signal);
  }
  response.end(`${frame({}, 'stop')}data: [DONE]\n\n`);
}

function frame(delta: object, reason: string | null = null): string {
  return `data: ${JSON.stringify({ object: 'chat.completion.chunk', model: 'm', choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;
}

/**
 * A reset throws away what the client's side has not read yet, and a case is about what comes after the bytes were
 * seen. Linux tells how much lies unread at the other end of a loopback connection. The rest of the way, inside the
 * browser, ends in a stream that throws away what was not read from it when it breaks, and nothing tells from outside
 * that it was read: it is given half a second.
 */
async function untilRead({ socket }: ServerResponse, signal: AbortSignal): Promise<void> {
  for (let look = 0; look < 400; look += 1) {
    if (!socket || unreadBytes(socket) === 0) break;
    await sleep(5, undefined, { signal });
  }
  await sleep(500, undefined, { signal });
}

/** Written and not read at the other end; 0 where the system does not tell. */
function unreadBytes(socket: Socket): number {
  if (socket.writableLength > 0) return socket.writableLength;
  const port = (number: number | undefined): string => (number ?? 0).toString(16).toUpperCase().padStart(4, '0');
  try {
    const lines = readFileSync('/proc/net/tcp', 'utf8').split('\n');
    const [theirs, ours] = [`:${port(socket.remotePort)} `, `:${port(socket.localPort)} `];
    const line = lines.find((text) => text.slice(0, 20).includes(theirs) && text.slice(20, 34).includes(ours));
    const [, queued = '0'] = /[\dA-F]{8}:([\dA-F]{8})/u.exec(line?.slice(34) ?? '') ?? [];
    return Number.parseInt(queued, 16);
  } catch {
    // Not Linux.
    return 0;
  }
}

function untilGone(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = (): void => {
      reject(new Error('the client has gone'));
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

function once(response: ServerResponse, event: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    response.once(event, resolve);
    signal.addEventListener('abort', () => reject(new Error('the client has gone')), { once: true });
  });
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
