/**
 * What npm can't install: browsers, and the tools of a virtual display. What is there is used; what is missing comes
 * from the system's own packages where that can be done without asking (Debian or Ubuntu, as root or with a sudo that
 * wants no password), and is otherwise named in one line.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { canStartDisplay } from './browser/display.ts';
import { findBrowser, type BrowserName } from './browser/find-browser.ts';

export interface Needs {
  readonly browsers: readonly BrowserName[];
  readonly virtualDisplay: boolean;
}

/** Settles for what is there or gets it. Throws an error whose message is one line that names what is missing. */
export function installSystem(needs: Needs): void {
  const missing = listMissing(needs);
  if (missing.length === 0) return;
  const sudo = findSudo();
  if (sudo === undefined) throw new Error(`Missing: ${missing.join(', ')}. ${advice()}`);

  console.log(`Installing ${missing.join(', ')} (apt-get) …`);
  apt(sudo, ['update', '-qq']);
  const output = apt(sudo, ['install', '-y', '-qq', '--no-install-recommends', ...missing]);
  const stillMissing = listMissing(needs);
  if (stillMissing.length > 0) {
    throw new Error(
      `apt-get did not install ${stillMissing.join(', ')}. ${advice()} It said: ${output.trim().split('\n').at(-1)}`,
    );
  }
}

/** True where windows can be shown to a person. */
export function hasDesktop(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/** What a virtual display is made of: programs, and the Debian packages they come in. */
const displayPrograms: Readonly<Record<string, string>> = {
  Xvfb: 'xvfb',
  openbox: 'openbox',
  xdotool: 'xdotool',
  import: 'imagemagick',
  xprop: 'x11-utils',
};

function listMissing({ browsers, virtualDisplay }: Needs): string[] {
  const missing = browsers.filter((name) => !isUsable(name)).map((name) => packageOf(name));
  if (virtualDisplay && process.platform === 'linux' && !canStartDisplay()) {
    const absent = Object.keys(displayPrograms).filter((program) => spawnSync('which', [program]).status !== 0);
    missing.push(...absent.map((program) => displayPrograms[program] ?? program));
  }
  // Without fonts a bare system shows boxes for letters.
  if (missing.length > 0 && process.platform === 'linux' && !existsSync('/usr/share/fonts/truetype/noto')) {
    missing.push('fonts-noto-core');
  }
  return missing;
}

/** Ubuntu has its browsers as snaps: `/usr/bin/chromium-browser` is then a script that only says what to install. */
function isUsable(name: BrowserName): boolean {
  const program = findBrowser(name);
  if (program === undefined) return false;
  if (process.platform !== 'linux') return true;
  return spawnSync(program, ['--version'], { timeout: 30_000 }).status === 0;
}

function packageOf(name: BrowserName): string {
  if (process.platform !== 'linux') return { chromium: 'Google Chrome', firefox: 'Firefox' }[name];
  return isUbuntu()
    ? { chromium: 'chromium-browser', firefox: 'firefox' }[name]
    : { chromium: 'chromium', firefox: 'firefox-esr' }[name];
}

function isUbuntu(): boolean {
  return existsSync('/etc/os-release') && /^ID(_LIKE)?=.*ubuntu/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** What stands before `apt-get`, or undefined where packages can't be installed without asking. */
function findSudo(): readonly string[] | undefined {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return undefined;
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : undefined;
}

function apt(sudo: readonly string[], words: readonly string[]): string {
  const [program = 'apt-get', ...rest] = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...words];
  const { stdout, stderr } = spawnSync(program, rest, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return `${stdout}\n${stderr}`;
}

function advice(): string {
  if (isUbuntu()) {
    return "Ubuntu's browsers are snaps: where snaps can't run, install Chrome and Firefox from their makers, or set CHROMIUM_PATH and FIREFOX_PATH.";
  }
  return 'Install them, or set CHROMIUM_PATH and FIREFOX_PATH.';
}
