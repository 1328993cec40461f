import { describe, expect, test } from 'vitest';
import { question, replyStarted } from '@/tests/support/build-chat';
import { applyEvents, emptyConversation } from './apply-event';
import { headOfVersion, shownMessages, titleOf } from './branches';

const conversation = applyEvents(emptyConversation('c', 1), [
  { type: 'asked', message: question('q1', { text: '  What is\nbackpressure? ' }) },
  replyStarted('r1', 'q1'),
  { type: 'asked', message: question('q2', { parentId: 'r1' }) },
  replyStarted('r2', 'q2'),
  replyStarted('r1b', 'q1'),
  { type: 'asked', message: question('q1edited', { parentId: null }) },
  replyStarted('r3', 'q1edited'),
]);
const idsFrom = (headId: string): readonly string[] =>
  shownMessages({ ...conversation, headId }).map(({ message }) => message.id);

describe('branches', () => {
  test('an edited question starts a branch of its own, and the earlier one stays', () => {
    expect(idsFrom('r3')).toEqual(['q1edited', 'r3']);
    expect(idsFrom('r2')).toEqual(['q1', 'r1', 'q2', 'r2']);
  });

  test('a message knows its place among its versions', () => {
    const [first, reply] = shownMessages({ ...conversation, headId: 'r1b' });
    expect(first).toMatchObject({ version: 1, versions: 2 });
    expect(reply).toMatchObject({ version: 2, versions: 2 });
  });

  test('stepping to a version shows the newest message written under it', () => {
    expect(headOfVersion(conversation, 'r1b', -1)).toBe('r2');
    expect(headOfVersion(conversation, 'q1', 1)).toBe('r3');
    expect(headOfVersion(conversation, 'q1', -1)).toBeUndefined();
  });

  test('the title is the first question in one line until the user gives one', () => {
    expect(titleOf(conversation)).toBe('What is backpressure?');
    expect(titleOf({ ...conversation, title: 'Mine' })).toBe('Mine');
  });
});
