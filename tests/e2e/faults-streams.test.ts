/** A slice of the fault laboratory: replies with their faults, HTTP errors, many streams at once, Stop. All of it: `npm run test:faults`. */
import { playErrors } from '../faults/browser-errors.ts';
import { streamMany } from '../faults/browser-many-streams.ts';
import { stopReplies } from '../faults/browser-stop.ts';
import { playStreams } from '../faults/browser-streams.ts';
import { testRows } from './fault-rows.ts';

testRows([
  [
    'replies with every kind of fault have the right text and ending, in the panel and in storage',
    playStreams('openai-chat'),
  ],
  ['HTTP errors are named, put in words without a key, and asked for again only where that may help', playErrors],
  ['two panels with several streams each mix up, lose and double nothing', streamMany],
  ['Stop is seen at once, closes the socket, and nothing comes after it', stopReplies],
]);
