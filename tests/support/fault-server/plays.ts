/**
 * What the fault server can play. The last line of a question says it, so that any panel can ask for anything without
 * another way to arrange the server:
 *
 * | line | what is played |
 * | --- | --- |
 * | `case <id> <cuts>` | a reply of tests/cases or of the public vectors; cuts: `whole`, `bytes`, `seed-7` |
 * | `error <id>` | an HTTP error of tests/cases or of the public vectors |
 * | `numbered <tag> <count> <rate>` | `<tag>.0 <tag>.1 …` in paragraphs, `rate` tokens a second, 0 for all at once |
 * | `pause <tag> <count> <rate> <seconds>` | the same with that silence in its middle |
 * | `late <tag> <count> <seconds>` | not even headers before so many seconds |
 * | `drip <tag> <count> <seconds>` | so many tokens, spread evenly over the time |
 *
 * Anything else is answered with three tokens.
 */
import { providerErrors } from '../../cases/provider-errors.ts';
import { allStreams } from '../../cases/provider-streams.ts';
import { bytesOf, type StreamCase } from '../../cases/stream-case.ts';
import { type Cuts, readCuts } from './cut-bytes.ts';
import { readVectorErrors } from './vector-errors.ts';
import { readVectorStreams } from './vector-streams.ts';

/** A reply made of bytes, as a case gives it. */
export interface BytesPlay extends Pick<StreamCase, 'status' | 'headers' | 'end' | 'whileOpen' | 'transfer'> {
  readonly kind: 'bytes';
  readonly bytes: Uint8Array;
  readonly cuts: Cuts;
}

/** A reply made of tokens that carry their numbers, in time. */
export interface TokensPlay {
  readonly kind: 'tokens';
  readonly tokens: readonly string[];
  /** Milliseconds from the request to each token. */
  readonly dueMs: (index: number) => number;
  /** Milliseconds from the request to the headers. */
  readonly headersMs: number;
}

export type Play = BytesPlay | TokensPlay;

/** The play that the question asks for. Throws for a case that is not there. */
export function findPlay(question: string): Play {
  const [kind = '', name = '', ...rest] = (question.trim().split('\n').at(-1) ?? '').split(' ');
  const [first = 0, second = 0, third = 0] = rest.map(Number);
  switch (kind) {
    case 'case':
      return casePlay(name, readCuts(rest[0] ?? '') ?? 'whole');
    case 'error':
      return errorPlay(name);
    case 'numbered':
      return tokensPlay(name, first, (index) => after(index, second));
    case 'pause':
      return tokensPlay(
        name,
        first,
        (index) => after(index, second) + (index >= Math.floor(first / 2) ? third * 1000 : 0),
      );
    case 'late':
      return { ...tokensPlay(name, first, () => second * 1000), headersMs: second * 1000 };
    case 'drip':
      return tokensPlay(name, first, (index) => (index * second * 1000) / Math.max(1, first - 1));
    default:
      return tokensPlay('ok', 3, () => 0);
  }
}

/** What a play of numbered tokens says. */
export function numberedText(tag: string, count: number): string {
  return numberedTokens(tag, count).join('');
}

/** A paragraph is as long as people write them. */
const tokensInParagraph = 25;

function numberedTokens(tag: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const gap = index % tokensInParagraph === 0 ? '\n\n' : ' ';
    return `${index === 0 ? '' : gap}${tag}.${index}`;
  });
}

function after(index: number, rate: number): number {
  return rate === 0 ? 0 : (index * 1000) / rate;
}

function tokensPlay(tag: string, count: number, dueMs: TokensPlay['dueMs']): TokensPlay {
  return { kind: 'tokens', tokens: numberedTokens(tag, count), dueMs, headersMs: 0 };
}

function casePlay(id: string, cuts: Cuts): BytesPlay {
  const own = allStreams.find((one) => one.id === id);
  if (own) return { ...own, kind: 'bytes', bytes: bytesOf(own), cuts };
  const vector = readVectorStreams().find((one) => one.id === id);
  if (!vector) throw new Error(`there is no case ${id}`);
  const { status, headers, end, body_b64: body } = vector.response;
  return { kind: 'bytes', status, headers, end, bytes: Buffer.from(body, 'base64'), cuts };
}

function errorPlay(id: string): BytesPlay {
  const found = [...providerErrors, ...readVectorErrors()].find((one) => one.id === id);
  if (!found) throw new Error(`there is no error ${id}`);
  const { status, headers, body } = found;
  // On a connection that was used before, browsers by themselves send again what gets a 408.
  return {
    kind: 'bytes',
    status,
    headers: { ...headers, connection: 'close' },
    end: 'close',
    bytes: new TextEncoder().encode(body),
    cuts: 'whole',
  };
}
