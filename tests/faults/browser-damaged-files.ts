/**
 * The browser's own files of the extension's storage, damaged while it is not running: cut short, with flipped bytes, or
 * removed. Whatever the browser makes of them, the panel opens within two seconds, takes a question, and each earlier
 * conversation is either there as it was, or its loss can be seen. Firefox keeps `storage.local` in one SQLite file,
 * Chromium in a LevelDB, which may lose its last records without a word: then the list and the disk must agree, so
 * that nothing is shown that is not there.
 */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserName } from '../support/browser/find-browser.ts';
import { numberedText } from '../support/fault-server/plays.ts';
import { type FaultServer, startFaultServer } from '../support/fault-server/start-fault-server.ts';
import { askAnew, openConversation, seeEnd } from './browser-acts.ts';
import { keptProfile, makeKeptProfile } from './browser-crashes.ts';
import { barOf, eventually, type Finding, openStage, reportFinding, type Scale, type Stage } from './browser-stage.ts';
import { randomFrom, type Random } from './random.ts';
import { findStored, readReadable, readStored, storedText } from './read-stored.ts';
import type { BrowserPart } from './run.ts';

export const run: BrowserPart = async ({ report, seed, browsers, signal }) => {
  for (const name of browsers) {
    if (signal.aborted) return;
    for (const finding of await damageFiles(name, 'whole', seed)) reportFinding(report, name, finding);
  }
};

interface Damage {
  readonly what: string;
  /** How the names of the files end that are damaged: the newest of them. */
  readonly files: readonly string[];
  readonly act: (path: string, random: Random) => void;
}

const cutShort =
  (fraction: number): Damage['act'] =>
  (path) => {
    truncateSync(path, Math.floor(statSync(path).size * fraction));
  };

const flip =
  (count: number): Damage['act'] =>
  (path, random) => {
    const bytes = readFileSync(path);
    for (let index = 0; index < count && bytes.length > 0; index += 1) {
      const at = random.number(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.number(8));
    }
    writeFileSync(path, bytes);
  };

/** With the journals that belong to it: on a journal without its database Firefox 153 itself ends with a SIGSEGV. */
const remove: Damage['act'] = (path) => {
  for (const ending of ['', '-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
};

const damages: Readonly<Record<BrowserName, readonly Damage[]>> = {
  chromium: [
    { what: 'the log cut to two thirds', files: ['.log'], act: cutShort(0.66) },
    {
      what: 'the last byte of the log gone',
      files: ['.log'],
      act: (path) => truncateSync(path, Math.max(0, statSync(path).size - 1)),
    },
    { what: 'the log empty', files: ['.log'], act: cutShort(0) },
    { what: 'the log removed', files: ['.log'], act: remove },
    { what: '5 bits flipped in the log', files: ['.log'], act: flip(5) },
    { what: '200 bits flipped in the log', files: ['.log'], act: flip(200) },
    { what: 'CURRENT removed', files: ['CURRENT'], act: remove },
    { what: 'the manifest cut to half', files: ['MANIFEST-000001', 'MANIFEST'], act: cutShort(0.5) },
  ],
  firefox: [
    { what: 'the database cut to two thirds', files: ['.sqlite'], act: cutShort(0.66) },
    { what: 'the database cut to one page', files: ['.sqlite'], act: (path) => truncateSync(path, 4096) },
    { what: 'the database empty', files: ['.sqlite'], act: cutShort(0) },
    { what: 'the database removed', files: ['.sqlite'], act: remove },
    { what: '5 bits flipped in the database', files: ['.sqlite'], act: flip(5) },
    { what: '200 bits flipped in the database', files: ['.sqlite'], act: flip(200) },
  ],
};

const kept = Array.from({ length: 6 }, (_, index) => `f${index}`);
const textOf = (tag: string): string => numberedText(tag, 40);

/** Starts its own browsers, each on a copy of one profile. */
export async function damageFiles(name: BrowserName, scale: Scale, seed: number): Promise<readonly Finding[]> {
  const chosen = scale === 'whole' ? damages[name] : damages[name].slice(0, 1);
  const server = await startFaultServer();
  const profile = makeKeptProfile(name);
  const findings: Finding[] = [];
  try {
    await fillProfile(name, profile, server);
    for (const [index, damage] of chosen.entries()) {
      const copy = makeKeptProfile(name);
      cpSync(profile, copy, { recursive: true, filter: (path) => !/Singleton|lock$|\.parentlock/u.test(path) });
      try {
        const paths = damageCopy(copy, name, damage, randomFrom(seed + index));
        findings.push(
          await tryDamaged(name, copy, { server, damage, seed: seed + index, paths, opensMs: barOf(2000, scale) }),
        );
      } finally {
        rmSync(copy, { recursive: true, force: true, maxRetries: 5 });
      }
    }
  } finally {
    await server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
  return findings;
}

async function fillProfile(name: BrowserName, userDataDir: string, server: FaultServer): Promise<void> {
  const stage = await openStage(name, { ...keptProfile(userDataDir), server });
  const panel = await stage.browser.openPanel();
  for (const tag of kept) await seeEnd(panel, await askAnew(panel, `numbered ${tag} 40 0`));
  await eventually('all to be on the disk', async () => {
    const stored = await readStored(panel);
    return stored.length === kept.length && stored.every(({ messages }) => messages.length === 2);
  });
  // As a machine goes down that nobody shut down: the files are as they were written last.
  await stage.browser.crash();
}

/** Damages the newest file of each kind that is there; gives the names of what it damaged. */
function damageCopy(profile: string, name: BrowserName, { files, act }: Damage, random: Random): readonly string[] {
  const folders =
    name === 'chromium'
      ? [join(profile, 'Default', 'Local Extension Settings')]
      : [join(profile, 'storage', 'default'), join(profile, 'storage-sync-v2')];
  const all = folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((path) => name === 'chromium' || path.includes('moz-extension+++')),
    );
  for (const ending of files) {
    const found = all
      .filter((path) => (ending.startsWith('.') ? path.endsWith(ending) : path.includes(ending)))
      .filter((path) => isOfStorageLocal(path, name))
      .toSorted((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
    const [path] = found;
    if (path === undefined) continue;
    act(path, random);
    return [path];
  }
  throw new Error(`no file to damage among ${all.join(', ')}`);
}

/** Firefox keeps `storage.local` apart from the page's own IndexedDB by a user context of its own. */
function isOfStorageLocal(path: string, name: BrowserName): boolean {
  return name === 'chromium' || path.includes('userContextId=4294967295');
}

interface Trial {
  readonly server: FaultServer;
  readonly damage: Damage;
  readonly seed: number;
  readonly paths: readonly string[];
  readonly opensMs: number;
}

async function tryDamaged(
  name: BrowserName,
  userDataDir: string,
  { server, damage, seed, paths, opensMs }: Trial,
): Promise<Finding> {
  const wrong: string[] = [];
  const stage = await openStage(name, { ...keptProfile(userDataDir), server, withEndpoint: false });
  try {
    const startedAt = Date.now();
    const panel = await stage.browser.openPanel();
    await panel.waitFor('the composer', () => document.querySelector('textarea') !== null);
    const openMs = Date.now() - startedAt;
    if (openMs > opensMs) wrong.push(`the panel took ${openMs} ms to open`);
    const { whole, shown } = await lookThrough(stage, panel, wrong);
    wrong.push(...(await stage.faults()));
    await panel.close();
    return {
      figure: `storage files: ${damage.what}: panel opens; other conversations`,
      bar: `≤ ${opensMs / 1000} s; there, or the loss seen`,
      measured: `${openMs} ms; ${whole} of ${kept.length} whole, ${shown} in the history`,
      wrong: wrong.map((words) => `${words} (${paths.join(', ')})`),
      seed: String(seed),
    };
  } finally {
    await stage.close();
  }
}

/** The ids of the conversations that the history lists. */
async function openHistory(
  panel: Awaited<ReturnType<Stage['browser']['openPanel']>>,
  wrong: string[],
): Promise<readonly string[]> {
  await panel.evaluate(() => document.querySelector<HTMLElement>('.bar [aria-label="History"]')?.click());
  await panel.waitFor('the history', () => document.querySelector('.history') !== null);
  await panel
    .waitFor('the list, or a word that there is none', () => {
      const history = document.querySelector<HTMLElement>('.history');
      return history !== null && (history.querySelector('.history-open') !== null || history.innerText.length > 30);
    })
    .catch((error: unknown) => void wrong.push(String(error)));
  return panel.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.history-open')].map(({ dataset }) => dataset['conversationId'] ?? ''),
  );
}

/** What the history lists can be opened and is whole, or the panel says that it is not; nothing else is in the list. */
async function lookThrough(
  { server }: Stage,
  panel: Awaited<ReturnType<Stage['browser']['openPanel']>>,
  wrong: string[],
): Promise<{ readonly whole: number; readonly shown: number }> {
  const stored = await readReadable(panel).catch(() => undefined);
  if (!stored && (await panel.count('article')) > 0) {
    // What there is can't be listed, but what the panel has asked for could be read. Its history must say more.
    const shown = await openHistory(panel, wrong);
    return { whole: 0, shown: shown.length };
  }
  if (!stored) {
    // All is lost to the browser itself. The panel must not look as if nothing had ever been there.
    await panel
      .waitFor(
        'the panel to say that the storage can’t be read',
        () =>
          (document.querySelector('.panel-saving')?.textContent ?? '') !== '' ||
          document.querySelector('[role="alert"], .notice') !== null,
      )
      .catch((error: unknown) => void wrong.push(String(error)));
    return { whole: 0, shown: 0 };
  }
  const listed = await openHistory(panel, wrong);
  // A list that can't be read is not made anew over what may come back: the panel says that the disk fails.
  const says = await panel.evaluate(() => document.querySelector('.panel-saving')?.textContent ?? '');
  let whole = 0;
  for (const { id, messages } of stored) {
    const reply = messages.find((message) => message.role === 'assistant');
    const question = messages.find((message) => message.role === 'user');
    const tag = (question?.text ?? '').split(' ')[1] ?? '';
    const isWhole = reply !== undefined && storedText(reply) === textOf(tag);
    if (isWhole && !listed.includes(id) && says === '') wrong.push(`${tag} is on the disk and not in the history`);
    if (!isWhole || !listed.includes(id)) continue;
    whole += 1;
    await openConversation(panel, id, reply.id).catch((error: unknown) => void wrong.push(`${tag}: ${String(error)}`));
    const seen = await seeEnd(panel, reply.id, 0);
    if (seen.text !== textOf(tag)) wrong.push(`${tag} is shown with ${seen.text.length} characters`);
  }
  // A new question is taken where a model is still set up.
  const hasModel = await panel.evaluate(() => document.querySelector('.model-button')?.textContent === 'm');
  if (hasModel) {
    const id = await askAnew(panel, 'numbered n 3 0').catch((error: unknown) => void wrong.push(String(error)));
    const end = id && (await seeEnd(panel, id));
    if (end && end.state !== 'complete') wrong.push(`a new question: ${end.state} ${end.failure}`);
    if (id && server.requests.filter(({ question }) => question === 'numbered n 3 0').length === 0)
      wrong.push('not asked');
    if (id && !findStored(await readReadable(panel).catch(() => []), id)) {
      const saysNow = await panel.evaluate(() => document.querySelector('.panel-saving')?.textContent ?? '');
      if (!saysNow) wrong.push('a new question is not on the disk, and nothing says so');
    }
  }
  return { whole, shown: listed.length };
}
