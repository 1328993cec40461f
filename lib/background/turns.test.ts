import { describe, expect, test, vi } from 'vitest';
import { findReply } from '@/lib/chat/branches';
import { ChatError } from '@/lib/errors/failure';
import type { Endpoint, ModelRequest, Provider, StreamPart } from '@/lib/providers/provider';
import { createMemoryKeyValue } from '@/lib/store/key-value';
import { loadConversation } from '@/lib/store/conversation-log';
import { defaultSettings, type Settings } from '@/lib/store/settings';
import { createSummaries } from '@/lib/store/summaries';
import { endpoint, question, someModel } from '@/tests/support/build-chat';
import { createScriptedProvider } from '@/tests/support/scripted-provider';
import { createLiveConversations } from './live-conversation';
import { createSentLog } from './sent-log';
import { createTurns } from './turns';

interface Seen {
  readonly request: ModelRequest;
  readonly endpoint: Endpoint;
  readonly key: string;
}

const first = endpoint({ baseUrl: 'https://first.example/v1' });
const second = endpoint({ id: 'e2', label: 'Second', baseUrl: 'https://second.example/v1' });
const secondModel = { endpointId: 'e2', model: 'm2', label: 'Model two' };

/** Asks one question with these settings; `answer` is what each request gets. */
async function ask(change: Partial<Settings>, answer: (seen: Seen) => readonly StreamPart[], times = 1) {
  const seen: Seen[] = [];
  const released: string[] = [];
  const provider: Provider = {
    ...createScriptedProvider(),
    forcedHeaders: { 'X-Forced': 'yes' },
    // oxlint-disable-next-line typescript/require-await -- the interface is asynchronous, this script is not
    async *stream(request, asked, { key }) {
      seen.push({ request, endpoint: asked, key });
      yield* answer({ request, endpoint: asked, key });
    },
  };
  const store = createMemoryKeyValue();
  const summaries = createSummaries({ store, summarise: () => Promise.resolve(undefined) });
  const live = await createLiveConversations({ store, summaries, now: () => 1 }).create('c', 1);
  live.record({ type: 'asked', message: question('q') });
  const turns = createTurns({
    fetch: () => Promise.reject(new Error('not here')),
    sent: createSentLog({ store, now: () => 1 }),
    settings: () => Promise.resolve({ ...defaultSettings, endpoints: [first, second], ...change }),
    findProvider: () => provider,
    findKey: (endpointId, origin) => Promise.resolve(`the key of ${endpointId} for ${origin}`),
    forceHeaders: (url) =>
      Promise.resolve(() => {
        released.push(url);
        return Promise.resolve();
      }),
    hasAccess: () => Promise.resolve(true),
    startHeartbeat: () => () => undefined,
    now: () => 1,
    random: () => 0.5,
    onStarted: () => Promise.resolve(),
    onEnded: () => Promise.resolve(),
  });
  for (let time = 0; time < times; time += 1) {
    await turns.start(live, { replyId: 'r', parentId: 'q', model: someModel }, turns.prepare(someModel));
  }
  const stored = await loadConversation(store, 'c');
  return { seen, released, reply: stored && findReply(stored.conversation, 'r') };
}

const text = (words: string): readonly StreamPart[] => [
  { type: 'text', text: words },
  { type: 'finish', ending: 'complete' },
];

const busy = (): never => {
  throw new ChatError({ kind: 'overloaded', status: 503, host: 'first.example' });
};

describe('what goes with a request', () => {
  test('is what is set for all models, over it what is set for this one, over that what the endpoint has', async () => {
    const settings: Partial<Settings> = {
      endpoints: [{ ...first, headers: { 'X-Both': 'of the endpoint' }, body: { both: 'of the endpoint' } }],
      defaults: { temperature: 0.2, systemPrompt: 'Be short.' },
      modelDefaults: [
        {
          model: someModel,
          temperature: 1,
          effort: 'low',
          headers: { 'X-Both': 'of the model', 'X-Own': '1' },
          body: { both: 'of the model', own: 1 },
        },
        { model: secondModel, maxTokens: 9, headers: { 'X-Secret': 'of another' } },
      ],
    };
    const { seen } = await ask(settings, () => text('Yes.'));
    expect(seen).toMatchObject([
      {
        request: { temperature: 1, effort: 'low', messages: [{ role: 'system', content: 'Be short.' }, {}] },
        endpoint: {
          headers: { 'X-Both': 'of the endpoint', 'X-Own': '1' },
          body: { both: 'of the endpoint', own: 1 },
        },
      },
    ]);
    expect(seen[0]?.request).not.toHaveProperty('maxTokens');
    expect(seen[0]?.endpoint.headers).not.toHaveProperty('X-Secret');
  });
});

test('what was prepared for a reply that is there already is given back, and nothing is sent again', async () => {
  const { seen, released } = await ask({}, () => text('Yes.'), 2);
  expect(seen).toHaveLength(1);
  await vi.waitFor(() => {
    expect(released).toEqual([first.baseUrl, first.baseUrl]);
  });
});

describe('a fallback', () => {
  const fallbacks = [{ endpointId: 'e1', model: secondModel, afterSeconds: 30 }];
  const answer = ({ endpoint: { id } }: Seen): readonly StreamPart[] => (id === 'e1' ? busy() : text('From two.'));

  test('answers with a key for its own address only, and the reply on disk says who answered and why', async () => {
    const { seen, reply } = await ask({ fallbacks, defaults: { temperature: 1 } }, answer);
    expect(seen.map(({ key, request }) => [key, request.model, request.temperature])).toEqual([
      ['the key of e1 for https://first.example', 'm1', 1],
      ['the key of e2 for https://second.example', 'm2', 1],
    ]);
    expect(reply).toMatchObject({
      state: 'complete',
      model: someModel,
      servedBy: 'Model two · Second',
      fallback: { model: secondModel, failure: { kind: 'overloaded', status: 503, host: 'first.example' } },
    });
  });

  test('gives back the forced headers of both addresses', async () => {
    const { released } = await ask({ fallbacks }, answer);
    expect(released.toSorted()).toEqual([first.baseUrl, second.baseUrl]);
  });

  test('of another endpoint, or the same model again, is none', async () => {
    for (const other of [
      { endpointId: 'e2', model: secondModel, afterSeconds: 30 },
      { endpointId: 'e1', model: someModel, afterSeconds: 30 },
    ]) {
      const { seen, reply } = await ask({ fallbacks: [other] }, ({ endpoint: { id } }) => {
        if (id === 'e1') throw new ChatError({ kind: 'server', status: 500, mayRetry: false });
        return text('From two.');
      });
      expect(seen).toHaveLength(1);
      expect(reply).toMatchObject({ state: 'error', failure: { kind: 'server' } });
      expect(reply).not.toHaveProperty('fallback');
    }
  });
});
