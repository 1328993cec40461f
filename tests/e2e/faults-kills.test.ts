/** A slice of the fault laboratory: dead workers, reloads, dead browsers, damaged files. All of it: `npm run test:faults`. */
import { it } from 'node:test';
import { crashBrowsers } from '../faults/browser-crashes.ts';
import { damageFiles } from '../faults/browser-damaged-files.ts';
import { reloadExtension, reloadStage } from '../faults/browser-reload.ts';
import { killWorkers } from '../faults/browser-worker-kills.ts';
import { firstSeed } from '../faults/rows.ts';
import { assertRight, assertRightIn } from './fault-rows.ts';
import { forEachBrowser } from './session.ts';

forEachBrowser((name) => {
  // Firefox's own way of ending a background is tried in panel-life.test.ts.
  it(
    'a worker killed in mid-stream, no tools attached, takes nothing that was shown',
    { skip: name === 'firefox' },
    () => assertRightIn(name, { letWorkerSleep: true }, (stage) => killWorkers(stage, 'slice', firstSeed())),
  );

  // Chromium does not bring back an extension that the protocol has loaded: tried by hand, docs/reliability.md.
  it(
    'an extension reloaded in mid-stream loses nothing of what was written, and is not asked again',
    { skip: name === 'chromium' },
    () => assertRightIn(name, reloadStage, (stage) => reloadExtension(stage, 'slice', firstSeed())),
  );

  it('a browser killed in mid-stream shows the reply as interrupted when it is back, with all of its checkpoints', async () => {
    assertRight(await crashBrowsers(name, 'slice', firstSeed()));
  });

  it('damaged storage files: the panel opens, and what is left of the conversations is there', async () => {
    assertRight(await damageFiles(name, 'slice', firstSeed()));
  });
});
