import { describe, expect, test } from 'vitest';
import { applyEvents, emptyConversation } from '@/lib/chat/apply-event';
import type { ChatEvent } from '@/lib/chat/types';
import { ChatError, type Failure } from '@/lib/errors/failure';
import type { Provider, StreamPart } from '@/lib/providers/provider';
import { endpoint, question, replyStarted, someModel } from '@/tests/support/build-chat';
import { createScriptedProvider } from '@/tests/support/scripted-provider';
import { mostRetries, pauseBeforeRetry } from './retry-policy';
import { runTurn } from './run-turn';

type Attempt = readonly (StreamPart | Failure)[];

/** Runs a turn whose attempts are written down; gives its events and the pauses between attempts. */
async function play(attempts: readonly Attempt[], signal = new AbortController().signal) {
  const events: ChatEvent[] = [];
  const pauses: number[] = [];
  const signals: AbortSignal[] = [];
  let attempt = -1;
  const provider: Provider = {
    ...createScriptedProvider(),
    // oxlint-disable-next-line typescript/require-await -- the interface is asynchronous, this script is not
    async *stream(_request, _endpoint, io) {
      attempt += 1;
      signals.push(io.signal);
      for (const step of attempts[attempt] ?? []) {
        if ('kind' in step) throw new ChatError(step);
        yield step;
      }
    },
  };
  await runTurn(
    {
      conversation: applyEvents(emptyConversation('c', 1), [
        { type: 'asked', message: question('q') },
        replyStarted('r', 'q'),
      ]),
      replyId: 'r',
      parentId: 'q',
      model: someModel,
      provider,
      endpoint: endpoint(),
    },
    {
      fetch: () => Promise.reject(new Error('not here')),
      key: '',
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
  return { events, pauses, signals, attempts: attempt + 1 };
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
