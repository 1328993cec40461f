import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyConversationLog } from '@/tests/support/any-conversation-log';
import { question, replyStarted, someModel, textEvent } from '@/tests/support/build-chat';
import { applyEvent, applyEvents, emptyConversation, MissingText } from './apply-event';
import { coalesce } from './coalesce';
import type { ChatEvent } from './types';

const started: ChatEvent = {
  type: 'reply-started',
  messageId: 'r1',
  parentId: 'q1',
  model: { endpointId: 'e', model: 'm', label: 'm' },
  time: 2,
};
const streaming = applyEvents(emptyConversation('c', 1), [{ type: 'asked', message: question('q1') }, started]);

describe('the fold of the log', () => {
  test('an event applied twice changes nothing', () => {
    fc.assert(
      fc.property(anyConversationLog(), (events) => {
        let conversation = emptyConversation('c', 1);
        for (const event of events) {
          const once = applyEvent(conversation, event);
          expect(applyEvent(once, event)).toBe(once);
          conversation = once;
        }
      }),
    );
  });

  test('joining neighbouring text does not change the fold', () => {
    fc.assert(
      fc.property(anyConversationLog(), (events) => {
        const start = emptyConversation('c', 1);
        expect(applyEvents(start, coalesce(events))).toEqual(applyEvents(start, events));
      }),
    );
  });

  test('a log that is played again from any earlier point changes nothing', () => {
    fc.assert(
      fc.property(anyConversationLog({ isOneReply: true }), fc.nat(), (events, from) => {
        const whole = applyEvents(emptyConversation('c', 1), events);
        expect(applyEvents(whole, events.slice(from % events.length))).toBe(whole);
      }),
    );
  });

  test('text that overlaps what is known adds only its new end', () => {
    const once = applyEvent(streaming, textEvent('r1', 0, 'Hello'));
    const twice = applyEvent(once, textEvent('r1', 3, 'lo, world'));
    expect(twice.messages.at(-1)).toMatchObject({ parts: [{ type: 'text', text: 'Hello, world' }] });
  });

  test('text behind a gap is refused, so that a snapshot is asked for', () => {
    expect(() => applyEvent(streaming, textEvent('r1', 3, 'lo'))).toThrow(MissingText);
  });

  test('a wait for a model on its way follows each step, and ends with the first text', () => {
    const step = (percent: number) =>
      ({
        type: 'reply-waiting',
        messageId: 'r1',
        waiting: { failure: { kind: 'loading' }, until: 7, attempt: 1, percent },
      }) as const;
    const begun = applyEvents(streaming, [step(0), step(42)]);
    expect(begun.messages.at(-1)).toMatchObject({ waiting: { percent: 42 } });
    expect(applyEvent(begun, step(42))).toBe(begun);
    expect(applyEvent(begun, textEvent('r1', 0, 'Hello')).messages.at(-1)).not.toHaveProperty('waiting');
  });

  test('a reply that has ended takes no more text', () => {
    const ended = applyEvent(streaming, { type: 'reply-finished', messageId: 'r1', ending: 'complete', time: 3 });
    expect(applyEvent(ended, textEvent('r1', 0, 'late'))).toBe(ended);
  });

  test('an interrupted reply still takes the text that it had shown', () => {
    const ended = applyEvent(streaming, { type: 'reply-finished', messageId: 'r1', ending: 'interrupted', time: 3 });
    const handedIn = applyEvent(ended, textEvent('r1', 0, 'shown'));
    expect(handedIn.messages.at(-1)).toMatchObject({ state: 'interrupted', parts: [{ type: 'text', text: 'shown' }] });
  });

  test('a first ending is the last', () => {
    const stopped = applyEvent(streaming, { type: 'reply-finished', messageId: 'r1', ending: 'stopped', time: 3 });
    const failed = applyEvent(stopped, {
      type: 'reply-failed',
      messageId: 'r1',
      failure: { kind: 'network' },
      time: 4,
    });
    expect(failed).toBe(stopped);
  });

  test('an event about an unknown message is dropped', () => {
    expect(applyEvent(streaming, textEvent('nobody', 0, 'x'))).toBe(streaming);
    expect(applyEvent(streaming, { type: 'branch-shown', headId: 'nobody' })).toBe(streaming);
  });
});

describe('who answered', () => {
  const fallback = { model: { ...someModel, model: 'm2' }, failure: { kind: 'overloaded' } } as const;
  const asked = applyEvents(emptyConversation('c', 1), [
    { type: 'asked', message: question('q') },
    replyStarted('r', 'q'),
  ]);
  const served = (servedBy: string, more: object = {}): ChatEvent => ({
    type: 'reply-served',
    messageId: 'r',
    servedBy,
    ...more,
  });

  test('is kept with why another was asked, also when that one says its name', () => {
    const after = applyEvents(asked, [served('m1-2026'), served('m2', { fallback }), served('m2-2026')]);
    expect(after.messages[1]).toMatchObject({ servedBy: 'm2-2026', fallback });
  });

  test('is told of once: the same again changes nothing', () => {
    const once = applyEvent(asked, served('m2', { fallback }));
    expect(applyEvent(once, served('m2', { fallback }))).toBe(once);
    expect(applyEvent(applyEvent(asked, served('m2')), served('m2', { fallback })).messages[1]).toMatchObject({
      fallback,
    });
  });
});
