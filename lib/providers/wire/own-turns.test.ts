import { describe, expect, it } from 'vitest';
import { applyEvents, emptyConversation } from '@/lib/chat/apply-event';
import { findReply } from '@/lib/chat/branches';
import type { ChatEvent } from '@/lib/chat/types';
import { runTurn } from '@/lib/engine/run-turn';
import { playBody } from '@/tests/cases/play-case';
import { allStreams } from '@/tests/cases/provider-streams';
import { askedModel, caseKey, requestsFor, type StreamCase } from '@/tests/cases/stream-case';
import { question, replyStarted, someModel } from '@/tests/support/build-chat';
import { endpointOfWire, providerOfWire } from '@/tests/support/providers';

// The engine's own limit of silence is a minute: what waits for it is played with a shorter one, elsewhere.
const played = allStreams.filter(({ end }) => end === 'close' || end === 'reset');

describe("the project's own replies, as they are stored", { timeout: 60_000 }, () => {
  it.each(played)(
    '$id is folded from its events to its text and ending, and asked for as often as it may be',
    async (one) => {
      const { reply, requests } = await takeTurn(one);
      const { expect: wanted } = one;
      const textOf = (type: 'text' | 'thinking'): string =>
        reply.parts.flatMap((part) => (part.type === type ? [part.text] : [])).join('');
      expect(textOf('text')).toBe(wanted.text);
      expect(textOf('thinking')).toBe(wanted.thinking ?? '');
      expect(reply.state).toBe(wanted.ending);
      expect(reply.failure?.kind).toBe(wanted.failureKind);
      expect(reply.usage).toEqual(wanted.usage);
      expect(reply.servedBy).toBe(wanted.servedBy);
      expect(requests).toBe(requestsFor(one));
    },
  );
});

async function takeTurn(one: StreamCase): Promise<{
  readonly reply: NonNullable<ReturnType<typeof findReply>>;
  readonly requests: number;
}> {
  const start = applyEvents(emptyConversation('c', 1), [
    { type: 'asked', message: question('q') },
    replyStarted('r', 'q'),
  ]);
  const events: ChatEvent[] = [];
  let requests = 0;
  const model = { ...someModel, model: askedModel };
  await runTurn(
    {
      conversation: start,
      replyId: 'r',
      parentId: 'q',
      model,
      provider: providerOfWire[one.wire],
      endpoint: endpointOfWire(one.wire),
      key: caseKey,
      defaults: {},
    },
    {
      fetch: () => {
        requests += 1;
        const body = one.status === 204 ? null : playBody(one);
        return Promise.resolve(new Response(body, { status: one.status, headers: one.headers }));
      },
      silenceMs: 60_000,
      longestReply: 10_000_000,
      now: () => 7,
      random: () => 0.5,
      pause: () => Promise.resolve(),
      emit: (event) => events.push(event),
    },
    new AbortController().signal,
  );
  // As the port and the disk carry them.
  const stored = JSON.parse(JSON.stringify(events)) as readonly ChatEvent[];
  const reply = findReply(applyEvents(start, stored), 'r');
  if (!reply) throw new Error('the reply is missing');
  return { reply, requests };
}
