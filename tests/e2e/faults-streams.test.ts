/** A slice of the fault laboratory: replies with their faults, HTTP errors, many streams at once, Stop. All of it: `npm run test:faults`. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { playErrors } from '../faults/browser-errors.ts';
import { streamMany } from '../faults/browser-many-streams.ts';
import { openStage, type RowOfStage, type Stage } from '../faults/browser-stage.ts';
import { stopReplies } from '../faults/browser-stop.ts';
import { playStreams } from '../faults/browser-streams.ts';
import { firstSeed } from '../faults/rows.ts';
import { forEachBrowser } from './session.ts';

const rows: readonly (readonly [title: string, row: RowOfStage])[] = [
  [
    'replies with every kind of fault have the right text and ending, in the panel and in storage',
    playStreams('openai-chat'),
  ],
  ['HTTP errors are named, put in words without a key, and asked for again only where that may help', playErrors],
  ['two panels with several streams each mix up, lose and double nothing', streamMany],
  ['Stop is seen at once, closes the socket, and nothing comes after it', stopReplies],
];

forEachBrowser((name) => {
  let stage: Stage;
  before(async () => {
    stage = await openStage(name);
  });
  after(async () => {
    const faults = await stage.faults();
    await stage.close();
    assert.deepEqual(faults, [], 'uncaught errors');
  });

  for (const [title, row] of rows) {
    it(title, async () => {
      for (const { figure, measured, wrong, seed } of await row(stage, 'slice', firstSeed())) {
        assert.deepEqual(wrong, [], `AVA_FAULTS_SEED=${seed}: ${figure}: ${measured}`);
      }
    });
  }
});
