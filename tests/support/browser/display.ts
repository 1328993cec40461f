/**
 * A private X display (Xvfb with the window manager openbox), with real keys and clicks by xdotool and pictures by
 * ImageMagick. Debian's packages: xvfb openbox xdotool imagemagick x11-utils.
 *
 * What is real here: key presses and clicks come from the X server as from a person's hands, through the window manager
 * and the browser's own shortcut handling, menus and prompts. Several displays can live side by side.
 */
import { execFile, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { waitUntil } from './wait-until.ts';

const execute = promisify(execFile);

export interface Display {
  /** As in the environment variable DISPLAY. */
  readonly name: string;
  /** Key presses one after the other, written as xdotool does: `alt+shift+s`, `Return`, `Down`. */
  pressKeys(...keys: readonly string[]): Promise<void>;
  typeText(text: string): Promise<void>;
  click(x: number, y: number): Promise<void>;
  /** The windows that are shown now, menus among them. */
  listWindows(): Promise<readonly string[]>;
  /** What a region shows, as a text that is equal only for equal pictures. */
  fingerprint(region: Region): Promise<string>;
  /** A PNG of all there is to see, menus and prompts included. */
  screenshot(path: string): Promise<void>;
  close(): Promise<void>;
}

export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const displaySize = { width: 1280, height: 800 } as const;

/** True where all programs that `startDisplay` needs are installed. */
export function canStartDisplay(): boolean {
  return ['Xvfb', 'openbox', 'xdotool', 'import', 'xprop', 'xwininfo'].every((program) => isOnPath(program));
}

export async function startDisplay(): Promise<Display> {
  const size = `${displaySize.width}x${displaySize.height}x24`;
  // With -displayfd the server chooses a free number and writes it to that descriptor when it is ready.
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const name = await new Promise<string>((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    server.once('error', reject);
    let text = '';
    server.stdio[3]?.on('data', (part: Buffer) => {
      text += part.toString();
      if (text.includes('\n')) resolve(`:${text.trim()}`);
    });
  });
  const env = { ...process.env, DISPLAY: name };
  // Without a window manager no window gets the keyboard focus reliably.
  const windowManager = spawn('openbox', [], { env, stdio: 'ignore' });
  const end = (): void => {
    windowManager.kill();
    server.kill();
  };
  process.once('exit', end);
  const run = async (program: string, ...words: readonly (string | number)[]): Promise<string> =>
    (await execute(program, words.map(String), { env })).stdout;

  await waitUntil('the window manager', async () =>
    (await run('xprop', '-root', '_NET_SUPPORTING_WM_CHECK')).includes('window id'),
  );

  return {
    name,
    async pressKeys(...keys) {
      await run('xdotool', 'key', '--clearmodifiers', '--delay', 30, ...keys);
    },
    async typeText(text) {
      await run('xdotool', 'type', '--clearmodifiers', '--delay', 15, '--', text);
    },
    async click(x, y) {
      // Not `mousemove --sync`: it waits 15 s when the pointer is there already.
      await run('xdotool', 'mousemove', Math.round(x), Math.round(y), 'sleep', '0.05', 'click', 1);
    },
    listWindows: () =>
      // xdotool fails when a window goes away under its hands, so it is asked again.
      waitUntil('the list of windows', async () =>
        (await run('xdotool', 'search', '--onlyvisible', '--maxdepth', 1, '.*')).trim().split('\n'),
      ),
    async fingerprint({ x, y, width, height }) {
      return run('import', '-window', 'root', '-crop', `${width}x${height}+${x}+${y}`, '-format', '%#', 'info:');
    },
    async screenshot(path) {
      await run('import', '-window', 'root', path);
    },
    async close() {
      process.off('exit', end);
      const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
      end();
      if (server.exitCode === null && server.signalCode === null) await gone;
    },
  };
}

const keyNames: Readonly<Record<string, string>> = {
  Control: 'ctrl',
  Meta: 'super',
  Enter: 'Return',
  Backspace: 'BackSpace',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ' ': 'space',
};

/** `Control+Enter`, as the web names keys → `ctrl+Return`, as xdotool does. */
export function toDisplayKeys(keys: string): string {
  return keys
    .split('+')
    .map((key) => keyNames[key] ?? (/^(?:Alt|Shift|.)$/.test(key) ? key.toLowerCase() : key))
    .join('+');
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      // Not in this folder.
      return false;
    }
  });
}
