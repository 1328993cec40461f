import { expect, test } from 'vitest';
import { applyEvents, emptyConversation } from '@/lib/chat/apply-event';
import { question, replyStarted, textEvent } from '@/tests/support/build-chat';
import { json } from './json';
import { markdown } from './markdown';

const attachment = {
  id: 'a',
  kind: 'selection',
  title: 'Page',
  url: 'https://example.com/',
  text: 'one\ntwo',
} as const;
const conversation = applyEvents(emptyConversation('c', 1), [
  { type: 'asked', message: question('q', { text: 'What is this?', attachments: [attachment] }) },
  replyStarted('r1', 'q'),
  textEvent('r1', 0, 'An earlier answer.'),
  replyStarted('r2', 'q'),
  textEvent('r2', 0, 'It is **that**.'),
]);
const names = { you: 'You', assistant: 'Ava' };

test('Markdown is the shown branch, with what was attached', () => {
  expect(markdown.write(conversation, names)).toBe(
    '# What is this?\n\n## You\n\n> one\n> two\n>\n> Page <https://example.com/>\n\nWhat is this?\n\n## Ava\n\nIt is **that**.\n',
  );
});

test('JSON is all of it, with a version', () => {
  expect(JSON.parse(json.write(conversation, names))).toEqual({ format: 'ava-conversation', v: 1, conversation });
});
