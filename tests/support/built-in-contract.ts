/**
 * What Ava's wire for the browser's own model has to keep, whoever is behind it: the fake of the unit tests, or the model of a
 * real browser (tests/e2e/providers-built-in.test.ts, docs/testing.md).
 */
import type { ModelMessage, StreamPart, Wire } from '@/lib/providers/provider';

export interface ContractCase {
  readonly name: string;
  readonly messages: readonly ModelMessage[];
  /** Stop is pressed when the first text has come. */
  readonly stops?: true;
  /** How often it is asked at the same time. */
  readonly times?: number;
  readonly becomes: 'complete' | 'stopped' | 'context-length';
}

const hello = { role: 'user', content: 'Say hello.' } as const;

export const contractCases: readonly ContractCase[] = [
  { name: 'a question is answered', messages: [hello], becomes: 'complete' },
  {
    name: 'a question with a system prompt and what was said before is answered',
    messages: [
      { role: 'system', content: 'Be brief.' },
      hello,
      { role: 'assistant', content: 'Hello.' },
      { role: 'user', content: 'And now say goodbye.' },
    ],
    becomes: 'complete',
  },
  { name: 'two questions at once are both answered', messages: [hello], times: 2, becomes: 'complete' },
  {
    name: 'Stop ends an answer',
    messages: [{ role: 'user', content: 'Write a long story about a river.' }],
    stops: true,
    becomes: 'stopped',
  },
  {
    name: 'a question that is too long is told so',
    messages: [{ role: 'user', content: 'many words '.repeat(50_000) }],
    becomes: 'context-length',
  },
];

/** What came of each time. Runs in a browser, too: it uses nothing of this file. */
export async function playContractCase(
  { messages, stops, times = 1 }: ContractCase,
  wire = (globalThis as unknown as { avaAsking: { wires: { 'built-in': Wire } } }).avaAsking.wires['built-in'],
): Promise<readonly { readonly became: string; readonly hasText: boolean }[]> {
  async function play(): Promise<{ readonly became: string; readonly hasText: boolean }> {
    const stop = new AbortController();
    let text = '';
    let became = 'nothing';
    const endpoint = {
      id: 'e1',
      providerId: 'chrome-built-in',
      label: 'Built-in',
      baseUrl: 'about:on-device',
      headers: {},
      body: {},
      unstreamed: false,
    };
    const io = {
      fetch: () => Promise.reject(new Error('nothing is to be fetched')),
      key: '',
      now: () => Date.now(),
      silenceMs: 60_000,
      signal: stop.signal,
      quirks: {},
    };
    try {
      const parts: AsyncIterable<StreamPart> = wire.stream({ messages, model: '' }, endpoint, io);
      for await (const part of parts) {
        if (part.type === 'finish') became = part.ending;
        if (part.type === 'text') text += part.text;
        if (stops && text !== '') stop.abort();
      }
    } catch (error) {
      const { failure } = error as { readonly failure?: { readonly kind: string } };
      became = stop.signal.aborted && error === stop.signal.reason ? 'stopped' : (failure?.kind ?? String(error));
    }
    return { became, hasText: text !== '' };
  }
  return Promise.all(Array.from({ length: times }, play));
}
