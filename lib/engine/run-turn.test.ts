import { describe, expect, test } from 'vitest';
import { applyEvents, emptyConversation } from '@/lib/chat/apply-event';
import type { ChatEvent } from '@/lib/chat/types';
import { ChatError, type Failure } from '@/lib/errors/failure';
import type { ModelRequest, Provider, StreamPart } from '@/lib/providers/provider';
import { endpoint, question, replyStarted, someModel, textEvent } from '@/tests/support/build-chat';
import { createScriptedProvider } from '@/tests/support/scripted-provider';
import { mostRetries, pauseBeforeRetry } from './retry-policy';
import { runTurn, type Turn, type TurnFallback } from './run-turn';

/** A promise is waited for. */
type Attempt = readonly (StreamPart | Failure | 'silence' | Promise<void>)[];

/** As a connection on which nothing comes: it ends when it is given up. */
function silence(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
}

interface PlayOptions {
  readonly defaults?: Turn['defaults'];
  /** What the reply has already when it is asked to go on. */
  readonly earlier?: readonly ChatEvent[];
  /** The other endpoint is asked through the same script. */
  readonly fallback?: Partial<TurnFallback>;
}

const otherModel = { endpointId: 'e2', model: 'm2', label: 'Model two' };

/** Runs a turn whose attempts are written down; gives its events and the pauses between attempts. */
async function play(
  attempts: readonly Attempt[],
  signal = new AbortController().signal,
  { defaults = {}, earlier = [], fallback }: PlayOptions = {},
) {
  const events: ChatEvent[] = [];
  const pauses: number[] = [];
  const signals: AbortSignal[] = [];
  const requests: (ModelRequest & { readonly at: string; readonly key: string })[] = [];
  let attempt = -1;
  const provider: Provider = {
    ...createScriptedProvider(),
    // oxlint-disable-next-line typescript/require-await -- the interface is asynchronous, this script is not
    async *stream(request, { id }, io) {
      attempt += 1;
      signals.push(io.signal);
      requests.push({ ...request, at: id, key: io.key });
      for (const step of attempts[attempt] ?? []) {
        if (step === 'silence') await silence(io.signal);
        else if (step instanceof Promise) await step;
        else if ('kind' in step) throw new ChatError(step);
        else yield step;
      }
    },
  };
  await runTurn(
    {
      conversation: applyEvents(emptyConversation('c', 1), [
        { type: 'asked', message: question('q') },
        replyStarted('r', 'q'),
        ...earlier,
      ]),
      replyId: 'r',
      parentId: 'q',
      model: someModel,
      provider,
      endpoint: endpoint(),
      key: 'key-1',
      defaults,
      ...(fallback && {
        fallback: {
          afterMs: 60_000,
          find: () =>
            Promise.resolve({
              model: otherModel,
              provider,
              endpoint: endpoint({ id: 'e2', label: 'Endpoint two' }),
              key: 'key-2',
              defaults: { temperature: 1 },
            }),
          ...fallback,
        },
      }),
    },
    {
      fetch: () => Promise.reject(new Error('not here')),
      silenceMs: 60_000,
      longestReply: 1000,
      now: () => 7,
      random: () => 0.5,
      pause: (ms) => {
        pauses.push(ms);
        return Promise.resolve();
      },
      emit: (event) => events.push(event),
    },
    signal,
  );
  return { events, pauses, signals, requests, attempts: attempt + 1 };
}

const finish = { type: 'finish', ending: 'complete' } as const;

describe('a turn', () => {
  test('numbers text by part and offset, and ends', async () => {
    const { events } = await play([
      [{ type: 'thinking', text: 'hm' }, { type: 'text', text: 'one' }, { type: 'text', text: ' two' }, finish],
    ]);
    expect(events).toEqual([
      { type: 'thinking', messageId: 'r', part: 0, at: 0, text: 'hm', time: 7 },
      { type: 'text', messageId: 'r', part: 1, at: 0, text: 'one', time: 7 },
      { type: 'text', messageId: 'r', part: 1, at: 3, text: ' two' },
      { type: 'reply-finished', messageId: 'r', ending: 'complete', time: 7 },
    ]);
  });

  test('a well-formed reply without answer text is empty', async () => {
    const { events } = await play([[{ type: 'thinking', text: 'only thoughts' }, finish]]);
    expect(events.at(-1)).toMatchObject({ type: 'reply-finished', ending: 'empty' });
  });

  test('a transient failure before the first token is tried again at most twice', async () => {
    const down: Attempt = [{ kind: 'overloaded' }];
    const { events, attempts } = await play([down, down, down, [finish]]);
    expect(attempts).toBe(1 + mostRetries);
    expect(events.at(-1)).toMatchObject({ type: 'reply-failed', failure: { kind: 'overloaded' } });
  });

  test('nothing is tried again once anything has come, thinking included', async () => {
    const { events, attempts } = await play([[{ type: 'thinking', text: 'h' }, { kind: 'server' }], [finish]]);
    expect(attempts).toBe(1);
    expect(events.at(-1)).toMatchObject({ type: 'reply-failed', failure: { kind: 'server' } });
  });

  test.each(['auth', 'billing', 'bad-request', 'permission', 'context-length'] as const)(
    'a failure that cannot work is not tried again: %s',
    async (kind) => {
      const { attempts } = await play([[{ kind }], [finish]]);
      expect(attempts).toBe(1);
    },
  );

  test('gives up the connection of each attempt when it has ended, though the server keeps it open', async () => {
    const { signals } = await play([[{ kind: 'network' }], [finish]]);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  test('Stop ends the reply as stopped, whatever it breaks', async () => {
    const controller = new AbortController();
    controller.abort();
    const { events } = await play([[{ type: 'text', text: 'late' }, finish]], controller.signal);
    expect(events).toEqual([{ type: 'reply-finished', messageId: 'r', ending: 'stopped', time: 7 }]);
  });

  test('an unexpected error is a failure of ours, not a crash', async () => {
    const { events } = await play([[]]);
    expect(events.at(-1)).toMatchObject({ type: 'reply-failed', failure: { kind: 'bug' } });
  });
});

test('what is set goes with the request, and nothing else', async () => {
  const defaults = { systemPrompt: 'Be short.', temperature: 0, maxTokens: 9, effort: 'low' } as const;
  const { requests } = await play([[finish]], undefined, { defaults });
  expect(requests).toEqual([
    {
      at: 'e1',
      key: 'key-1',
      model: 'm1',
      messages: [
        { role: 'system', content: 'Be short.' },
        { role: 'user', content: 'question q' },
      ],
      temperature: 0,
      maxTokens: 9,
      effort: 'low',
    },
  ]);
  const unset = await play([[finish]], undefined, { defaults: { systemPrompt: ' ' } });
  expect(unset.requests).toMatchObject([{ messages: [{ role: 'user' }] }]);
  expect(Object.keys(unset.requests[0] ?? {}).toSorted()).toEqual(['at', 'key', 'messages', 'model']);
});

describe('a turn with a fallback', () => {
  const instead: Attempt = [{ type: 'text', text: 'from the other' }, finish];
  const fallback = {};

  test.each([
    ['has too much to do', { kind: 'rate-limit', status: 429, retryAfterMs: 90_000 }],
    ['has no credit left, which it says with 429', { kind: 'billing', status: 429 }],
    ['has failed', { kind: 'server', status: 500, mayRetry: false }],
    ['is overloaded, which it says in the stream', { kind: 'overloaded', mayRetry: false }],
    ['took too long itself', { kind: 'timeout', status: 504 }],
  ] satisfies [string, Failure][])(
    'asks the other at once when the first %s, with its own key and defaults',
    async (_why, failure) => {
      const { events, pauses, requests } = await play([[failure], instead], undefined, { fallback });
      expect(requests).toMatchObject([
        { at: 'e1', key: 'key-1', model: 'm1' },
        { at: 'e2', key: 'key-2', model: 'm2', temperature: 1 },
      ]);
      expect(pauses).toEqual([]);
      expect(events[0]).toEqual({
        type: 'reply-served',
        messageId: 'r',
        servedBy: 'Model two · Endpoint two',
        fallback: { model: otherModel, failure },
      });
      expect(events.at(-1)).toMatchObject({ type: 'reply-finished', ending: 'complete' });
    },
  );

  test('asks it when nothing of an answer has come in time, and lets the first go', async () => {
    const attempts: readonly Attempt[] = [[{ type: 'served', model: 'm1-2026' }, 'silence'], instead];
    const { events, requests, signals } = await play(attempts, undefined, { fallback: { afterMs: 5 } });
    expect(requests.map(({ at }) => at)).toEqual(['e1', 'e2']);
    expect(signals[0]?.aborted).toBe(true);
    expect(events).toContainEqual(
      expect.objectContaining({
        servedBy: 'Model two · Endpoint two',
        fallback: { model: otherModel, failure: { kind: 'timeout', host: '127.0.0.1:9' } },
      }),
    );
  });

  test('says which model of the other answered', async () => {
    const attempts: readonly Attempt[] = [[{ kind: 'server' }], [{ type: 'served', model: 'm2-2026' }, ...instead]];
    const { events } = await play(attempts, undefined, { fallback });
    expect(events).toContainEqual({ type: 'reply-served', messageId: 'r', servedBy: 'm2-2026 · Endpoint two' });
  });

  test.each([
    ['text', { type: 'text', text: 'h' }],
    ['thinking', { type: 'thinking', text: 'h' }],
  ] satisfies [string, StreamPart][])('asks nobody else once %s has come, whatever comes then', async (_what, part) => {
    const { events, requests } = await play([[part, { kind: 'server', status: 500 }], instead], undefined, {
      fallback,
    });
    expect(requests).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ type: 'reply-failed', failure: { kind: 'server' } });
  });

  test('has no clock any more once something has come', async () => {
    const attempts: readonly Attempt[] = [[{ type: 'text', text: 'h' }, 'silence'], instead];
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 60);
    const { events, requests } = await play(attempts, controller.signal, { fallback: { afterMs: 5 } });
    expect(requests).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ ending: 'stopped' });
  });

  test.each(['auth', 'billing', 'bad-request', 'network', 'permission', 'context-length'] as const)(
    'asks nobody else for a failure that is not about time or load: %s',
    async (kind) => {
      const { requests } = await play([[{ kind }], [{ kind }], [{ kind }]], undefined, { fallback });
      expect(requests.map(({ at }) => at)).not.toContain('e2');
    },
  );

  test('asks the other at most twice, so that no question makes more than three requests', async () => {
    const down: Attempt = [{ kind: 'overloaded', status: 503 }];
    const { events, requests } = await play([down, down, down, instead], undefined, { fallback });
    expect(requests.map(({ at }) => at)).toEqual(['e1', 'e2', 'e2']);
    expect(events.at(-1)).toMatchObject({ type: 'reply-failed', failure: { kind: 'overloaded' } });
  });

  test('has none left when both retries are made, and waits for the last as long as it takes', async () => {
    const away: Attempt = [{ kind: 'network' }];
    const { requests, events } = await play([away, away, [{ kind: 'server' }], instead], undefined, { fallback });
    expect(requests.map(({ at }) => at)).toEqual(['e1', 'e1', 'e1']);
    expect(events.at(-1)).toMatchObject({ type: 'reply-failed', failure: { kind: 'server' } });
  });

  test('asks nobody else to go on with what one has written', async () => {
    const earlier: readonly ChatEvent[] = [
      textEvent('r', 0, 'The first half'),
      { type: 'reply-finished', messageId: 'r', ending: 'cut', time: 3 },
      { type: 'reply-continued', messageId: 'r', continuation: 1, model: someModel, time: 4 },
    ];
    const { requests } = await play([[{ kind: 'server', mayRetry: false }], instead], undefined, { earlier, fallback });
    expect(requests).toHaveLength(1);
  });

  test.each([
    ['can not be looked up', () => Promise.reject(new ChatError({ kind: 'no-model' }))],
    ['is not there', () => Promise.resolve(undefined)],
  ])('that %s is as good as none', async (_why, find) => {
    const { requests, events } = await play([[{ kind: 'overloaded' }], [finish]], undefined, { fallback: { find } });
    expect(requests.map(({ at }) => at)).toEqual(['e1', 'e1']);
    expect(events.map(({ type }) => type)).not.toContain('reply-served');
  });

  test('that can not be looked up gives nobody up, however long the first takes', async () => {
    const lookedUp = Promise.withResolvers<void>();
    const find = (): Promise<never> => {
      // Later than the turn hears of it.
      setTimeout(lookedUp.resolve);
      return Promise.reject(new ChatError({ kind: 'key-locked' }));
    };
    const slow: Attempt = [lookedUp.promise, { type: 'text', text: 'late, and whole' }, finish];
    const { requests, events } = await play([slow], undefined, { fallback: { find, afterMs: 1 } });
    expect(requests).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ type: 'reply-finished', ending: 'complete' });
  });

  test('ends as stopped when Stop is pressed while the other is looked up', async () => {
    const controller = new AbortController();
    const find = (): Promise<undefined> => {
      controller.abort();
      return Promise.resolve(undefined);
    };
    const { events, requests } = await play([[{ kind: 'overloaded' }], instead], controller.signal, {
      fallback: { find },
    });
    expect(requests).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ type: 'reply-finished', ending: 'stopped' });
  });
});

test('a model that is being fetched is waited for, with how much of it is there, and then it answers', async () => {
  const { events } = await play([
    [
      { type: 'download', percent: 0, host: 'Chrome' },
      { type: 'download', percent: 42, host: 'Chrome' },
      { type: 'text', text: 'Hello' },
      finish,
    ],
  ]);
  const wait = { failure: { kind: 'loading', host: 'Chrome' }, until: 7, attempt: 1 };
  expect(events).toMatchObject([
    { type: 'reply-waiting', waiting: { ...wait, percent: 0 } },
    { type: 'reply-waiting', waiting: { ...wait, percent: 42 } },
    { type: 'text', text: 'Hello' },
    { type: 'reply-finished', ending: 'complete' },
  ]);
});

describe('pauses between attempts', () => {
  test('grow exponentially, with jitter, up to 8 s', () => {
    expect(pauseBeforeRetry({ kind: 'network' }, 0, () => 0)).toBe(250);
    expect(pauseBeforeRetry({ kind: 'network' }, 0, () => 1)).toBe(500);
    expect(pauseBeforeRetry({ kind: 'network' }, 1, () => 1)).toBe(1000);
  });

  test('are long while a server loads its model', () => {
    expect(pauseBeforeRetry({ kind: 'loading' }, 0, () => 1)).toBe(8000);
  });

  test('follow what the provider asks for, up to a minute', () => {
    expect(pauseBeforeRetry({ kind: 'rate-limit', retryAfterMs: 34_400 }, 0, () => 0)).toBe(34_400);
    expect(pauseBeforeRetry({ kind: 'rate-limit', retryAfterMs: 61_000 }, 0, () => 0)).toBeUndefined();
  });

  test('do not come where the provider says that trying again is no use', () => {
    expect(pauseBeforeRetry({ kind: 'server', mayRetry: false }, 0, () => 0)).toBeUndefined();
  });
});
