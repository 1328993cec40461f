/** What every part of the laboratory that needs a real browser stands on: the browser, the fault server, the endpoint. */
import { setTimeout as sleep } from 'node:timers/promises';
import { caseKey, type CaseWire } from '../cases/stream-case.ts';
import { fillField } from '../support/browser/fill-field.ts';
import type { BrowserName } from '../support/browser/find-browser.ts';
import { launchBrowser } from '../support/browser/launch-browser.ts';
import type { LaunchOptions, TestBrowser } from '../support/browser/test-browser.ts';
import { patienceMs } from '../support/browser/wait-until.ts';
import { type FaultServer, startFaultServer } from '../support/fault-server/start-fault-server.ts';
import { buildFolder } from '../support/paths.ts';
import type { BrowserPartWorld } from './run.ts';

/** How much of a row is run: the slice of `npm test`, or all of it. */
export type Scale = 'slice' | 'whole';

/**
 * A bar in milliseconds, as it is judged. `npm test` runs its slice beside other browsers on the same cores, where
 * nothing is as quick as it is for a user: there it only tells what is far too slow. The bar itself is held by the whole run.
 */
export function barOf(ms: number, scale: Scale): number {
  return scale === 'whole' ? ms : ms * 8;
}

export interface Stage {
  readonly name: BrowserName;
  readonly browser: TestBrowser;
  readonly server: FaultServer;
  /** Uncaught errors, unhandled rejections and violations of the page policy so far. */
  faults(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** What a row found. `wrong`: each thing that is not as promised, in words; the row is met when there is none. */
export interface Finding {
  readonly figure: string;
  readonly bar: string;
  readonly measured: string;
  readonly wrong: readonly string[];
  /** '' where nothing in it is random. */
  readonly seed: string;
}

export type RowOfStage = (stage: Stage, scale: Scale, seed: number) => Promise<readonly Finding[]>;

export interface StageOptions extends Omit<LaunchOptions, 'extension'> {
  /** false: the profile has the endpoint already. */
  readonly withEndpoint?: boolean;
  /** The wire of the endpoint; without it OpenAI's chat. */
  readonly wire?: CaseWire;
  /** One that is running already, which `close` then leaves alone. */
  readonly server?: FaultServer;
}

export async function openStage(name: BrowserName, options: StageOptions = {}): Promise<Stage> {
  const { withEndpoint = true, wire = 'openai-chat', server: given, ...launchOptions } = options;
  const server = given ?? (await startFaultServer());
  const browser = await launchBrowser(name, { extension: buildFolder(name), ...launchOptions });
  await browser.firstTab.goto(`${server.url}/page`);
  // Else saving would stop at the browser's prompt for access.
  await browser.grantOrigins(['http://127.0.0.1/*']);
  if (withEndpoint) await addEndpoint(browser, wire, server.url);
  await browser.firstTab.bringToFront();
  return {
    name,
    browser,
    server,
    // Firefox writes down each call that outlives its page, as happens when a panel is closed or the background is ended.
    faults: async () => (await browser.violations()).filter((text) => !text.includes('after context unloaded')),
    async close() {
      await browser.close();
      if (!given) await server.close();
    },
  };
}

/** Runs rows one after the other in one browser per kind, and reports each; uncaught errors are a row of their own. */
export async function runRows(
  { report, seed, browsers, signal }: BrowserPartWorld,
  part: string,
  rows: Partial<Record<BrowserName, readonly RowOfStage[]>>,
  options: StageOptions = {},
): Promise<void> {
  for (const name of browsers) {
    const stage = await openStage(name, options);
    const close = (): void => void stage.close().catch(() => undefined);
    signal.addEventListener('abort', close, { once: true });
    try {
      for (const row of rows[name] ?? []) {
        for (const finding of await row(stage, 'whole', seed)) reportFinding(report, name, finding);
      }
      reportFinding(report, name, await uncaught(stage, part));
    } finally {
      signal.removeEventListener('abort', close);
      await stage.close();
    }
  }
}

export async function uncaught(stage: Stage, part: string): Promise<Finding> {
  const faults = await stage.faults();
  return {
    figure: `${part}: uncaught errors and unhandled rejections`,
    bar: '0',
    measured: String(faults.length),
    wrong: faults,
    seed: '',
  };
}

export function reportFinding(report: BrowserPartWorld['report'], browser: BrowserName, finding: Finding): void {
  const { wrong, ...row } = finding;
  report({ ...row, browser, ok: wrong.length === 0 });
  console.log(`  ${browser}: ${row.figure}: ${row.measured}${wrong.length === 0 ? '' : '  FAILED'}`);
  for (const words of wrong.slice(0, 20)) console.log(`    ${words.slice(0, 600)}`);
}

/** Polls what the world outside the browser must come to. */
export async function eventually(
  what: string,
  check: () => boolean | Promise<boolean>,
  timeoutMs = patienceMs,
): Promise<void> {
  for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(20)) if (await check()) return;
  throw new Error(`not within ${timeoutMs} ms: ${what}`);
}

/** The provider of each wire, and the address where the fault server speaks it. */
const providers: Readonly<Record<CaseWire, readonly [providerId: string, path: string]>> = {
  'openai-chat': ['openai-compatible', '/v1'],
  'openai-responses': ['openai-responses', '/v1'],
  'anthropic-messages': ['anthropic', '/anthropic/v1'],
  gemini: ['google', '/gemini/v1beta'],
  'ollama-chat': ['ollama', '/ollama'],
};

/** Adds the fault server as a person would, in the form of the options page, with the key that the cases know of. */
async function addEndpoint(browser: TestBrowser, wire: CaseWire, serverUrl: string): Promise<void> {
  const [providerId, path] = providers[wire];
  const options = await browser.openOptions(`#add/${providerId}`);
  await options.waitFor('the form of a new provider', () => document.querySelector('form [name="baseUrl"]') !== null);
  await fillField(options, 'label', 'Faults');
  await fillField(options, 'baseUrl', `${serverUrl}${path}`);
  // Ollama has no keys.
  if (wire !== 'ollama-chat') await fillField(options, 'key', caseKey);
  await options.click('form:has([name="baseUrl"]) button[type="submit"]');
  await options.waitFor(
    'the endpoint to be saved and its models listed',
    () => document.querySelector('[data-endpoint-id][data-state="ok"]') !== null,
  );
  await options.close();
}
