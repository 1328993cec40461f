import type { Ending, Usage } from '../../lib/chat/types.ts';
import { isTransient, type FailureKind } from '../../lib/errors/failure.ts';

/** A piece of a body: text goes as UTF-8; `times` says how often its text stands there. */
export type BodyPiece = string | Uint8Array | { readonly text: string; readonly times: number };

/** The wires that cases are written for. Those of OpenAI's chat are played on CodeLinkAva's, too. */
export type CaseWire = 'openai-chat' | 'openai-responses' | 'anthropic-messages' | 'gemini' | 'ollama-chat';

/** One reply of a provider, and what has to become of it. */
export interface StreamCase {
  readonly id: string;
  readonly wire: CaseWire;
  /** The rule that it plays. */
  readonly note: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: readonly BodyPiece[];
  /**
   * What follows the body: a clean end, a reset, or nothing while the socket stays open. `no-headers`: the connection is
   * taken and nothing is ever sent.
   */
  readonly end: 'close' | 'reset' | 'hang' | 'no-headers';
  /** With `hang`: sent again and again while the socket is open. */
  readonly whileOpen?: string;
  /** How the body travels. `short`: its content-length says more than comes. */
  readonly transfer?: 'gzip' | 'trailers' | 'short';
  /** Too long to be cut into single bytes. */
  readonly isLarge?: true;
  readonly expect: StreamOutcome;
}

export interface StreamOutcome {
  readonly text: string;
  readonly thinking?: string;
  /** `stopped`: it waits, with nothing wrong, until the user presses Stop. */
  readonly ending: Exclude<Ending, 'interrupted'>;
  readonly failureKind?: FailureKind;
  /** Words of the provider that the failure's message contains. */
  readonly says?: string;
  /** The model that the reply names, where it is not `askedModel`. */
  readonly servedBy?: string;
  readonly usage?: Usage;
}

/** The model that every case is asked for, and the one that replies name unless the case is about that. */
export const askedModel = 'm';

/** The key of the endpoint that the cases are played to. It must never be shown, in whatever way a provider writes it. */
export const caseKey = 'Kq7/tR+9x=Zm2"wB4-sN5';

/** The whole body as bytes. */
export function bytesOf({ body }: Pick<StreamCase, 'body'>): Uint8Array {
  const encoder = new TextEncoder();
  const pieces = body.map((piece) => {
    if (piece instanceof Uint8Array) return piece;
    return encoder.encode(typeof piece === 'string' ? piece : piece.text.repeat(piece.times));
  });
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** How many requests are made in all: two more by itself for a passing failure before the first byte, else one. */
export function requestsFor({ body, expect: { failureKind } }: StreamCase): number {
  return failureKind !== undefined && bytesOf({ body }).length === 0 && isTransient({ kind: failureKind }) ? 3 : 1;
}

type CaseFields = Partial<
  Pick<StreamCase, 'wire' | 'status' | 'headers' | 'end' | 'whileOpen' | 'transfer' | 'isLarge'>
>;

/** A case of OpenAI's chat whose reply is an event stream with status 200 that ends cleanly, unless `fields` say otherwise. */
export function streamCase(
  id: string,
  note: string,
  body: BodyPiece | readonly BodyPiece[],
  expect: StreamOutcome,
  fields: CaseFields = {},
): StreamCase {
  const pieces: readonly BodyPiece[] =
    typeof body === 'string' || body instanceof Uint8Array || 'times' in body ? [body] : body;
  const headers = { 'content-type': 'text/event-stream' };
  return { id, note, wire: 'openai-chat', status: 200, headers, end: 'close', ...fields, body: pieces, expect };
}

type MakeCase = typeof streamCase;

/** The same for a wire of its own: identifiers begin with `prefix`, and `usual` is what most of its replies have in common. */
export function casesOf(wire: CaseWire, prefix: string, usual: CaseFields = {}): MakeCase {
  return (id, note, body, expect, fields) =>
    streamCase(`${prefix}-${id}`, note, body, expect, { wire, ...usual, ...fields });
}

/** An event that names its type twice, as some wires do: as a field of the event and within its data. */
export function typedEvent(type: string, fields: object = {}): string {
  return `event: ${type}\n${event({ type, ...fields })}`;
}

/** The same for a body that is no event stream. */
export function plainCase(
  id: string,
  note: string,
  body: string,
  expect: StreamOutcome,
  fields: CaseFields = {},
): StreamCase {
  return streamCase(id, note, body, expect, { headers: { 'content-type': 'application/json' }, ...fields });
}

/** One event with the value as JSON. */
export function event(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

/** A chunk of the wire with one choice of these fields. */
export function chunk(choice: unknown, fields: object = {}): unknown {
  return { id: 'c1', object: 'chat.completion.chunk', created: 1, model: askedModel, choices: [choice], ...fields };
}

/** An event that adds what `delta` says. */
export function added(delta: unknown, fields: object = {}): string {
  return event(chunk({ index: 0, delta, finish_reason: null }, fields));
}

/** An event that adds text. */
export function text(content: string): string {
  return added({ content });
}

/** The event with the finish reason. */
export function finish(reason: string, fields: object = {}): string {
  return event(chunk({ index: 0, delta: {}, finish_reason: reason }, fields));
}

/** A whole reply as one JSON value. */
export function wholeReply(message: unknown, finishReason: string | null = 'stop', fields: object = {}): unknown {
  const choice = { index: 0, message, ...(finishReason === null ? {} : { finish_reason: finishReason }) };
  return { id: 'c1', object: 'chat.completion', created: 1, model: askedModel, choices: [choice], ...fields };
}

export const done = 'data: [DONE]\n\n';
export const ended = finish('stop') + done;

/** The text that most cases carry, in two events. */
export const hello = text('Hello, ') + text('world.');
export const helloText = 'Hello, world.';
export const complete: StreamOutcome = { text: helloText, ending: 'complete' };
export const cut: StreamOutcome = { text: helloText, ending: 'cut' };
