/**
 * The extension reloaded in mid-stream (`runtime.reload`, which an update comes to as well): its background and its pages
 * end at once. What a checkpoint had taken is there, at most a quarter of a second of what was shown is not, and the reply
 * says so and offers Continue. Firefox only; docs/reliability.md says how to try it in Chromium.
 */
import type { Surface } from '../support/browser/surface.ts';
import {
  barOf,
  eventually,
  type Finding,
  runRows,
  type Scale,
  type Stage,
  type StageOptions,
} from './browser-stage.ts';
import { randomFrom } from './random.ts';
import type { BrowserPart } from './run.ts';
import { judgeKept, type Losses, streamUntil } from './streamed-fault.ts';

/** Else Firefox forgets the storage of an extension that is there for one session only. */
export const reloadStage: StageOptions = {
  letWorkerSleep: true,
  prefs: {
    'extensions.webextensions.keepStorageOnUninstall': true,
    'extensions.webextensions.keepUuidOnUninstall': true,
  },
};

export const run: BrowserPart = (world) =>
  runRows(
    world,
    'reloads',
    // An extension that the protocol has loaded does not come back after a reload in Chromium 156.
    { firefox: [reloadExtension] },
    reloadStage,
  );

/** `stage`: launched with `reloadStage`. */
export async function reloadExtension(stage: Stage, scale: Scale, seed: number): Promise<readonly Finding[]> {
  const points = scale === 'whole' ? 10 : 1;
  const lostMs = barOf(250, scale);
  const random = randomFrom(seed);
  const losses: Losses = { wrong: [], checkpointedLost: 0, shownLost: [] };
  let panel = await stage.browser.openPanel();
  for (let index = 0; index < points; index += 1) {
    const ageMs = ((index + random.number(100) / 100) / points) * 5000 + 200;
    const reply = await streamUntil(panel, stage.server, `a${index}`, ageMs);
    panel = await reloadAndReopen(stage, panel);
    await judgeKept(panel, stage.server, reply, losses);
  }
  const { wrong, checkpointedLost, shownLost } = losses;
  const worst = Math.max(...shownLost);
  if (worst > lostMs) wrong.push(`${worst} ms of the stream are lost`);
  return [
    {
      figure: `extension reloaded at ${points} points of a stream: checkpointed characters lost; shown characters lost; asked again`,
      bar: `0; ≤ ${lostMs} ms of stream; 0`,
      measured: wrong.length === 0 ? `${checkpointedLost}; ${worst} ms at most; 0` : `${wrong.length} wrong`,
      wrong,
      seed: String(seed),
    },
  ];
}

interface RuntimeScope {
  readonly chrome: { readonly runtime: { reload(): void } };
}

/** Gives the panel as it is opened again when the extension is back. */
async function reloadAndReopen({ browser }: Stage, panel: Surface): Promise<Surface> {
  // A little later, so that the page can still answer.
  await panel.evaluate(() => {
    const { chrome } = globalThis as unknown as RuntimeScope;
    setTimeout(() => chrome.runtime.reload(), 50);
  });
  await eventually('the panel to be closed by the reload', async () => !(await panel.isOpen()));
  // The browser tells the new background that it has been installed.
  await eventually('the background to run again', () => browser.workerAlive().catch(() => false));
  return browser.openPanel();
}
