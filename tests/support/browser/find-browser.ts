/**
 * Where the browsers are on Linux, macOS and Windows. Only Debian's Chromium and Firefox ESR have been tried; the other
 * paths are those of the vendors' installers. CHROMIUM_PATH and FIREFOX_PATH come before all of them.
 */
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, realpathSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';

export type BrowserName = 'chromium' | 'firefox';

/** The program to start, or undefined when none is installed. Throws when the environment names one that is not there. */
export function findBrowser(name: BrowserName): string | undefined {
  const variable = name === 'chromium' ? 'CHROMIUM_PATH' : 'FIREFOX_PATH';
  const chosen = process.env[variable];
  if (chosen) {
    if (!existsSync(chosen)) throw new Error(`${variable} names ${chosen}, which does not exist`);
    return chosen;
  }
  return candidates(name).find((path) => isProgram(path));
}

/**
 * A new empty folder for a profile, in a place the browser can reach: one that comes as a snap sees neither the
 * machine's /tmp nor hidden folders of the home directory, only ~/snap/<name>/common.
 */
export function makeProfileFolder(program: string): string {
  const snap =
    /^\/snap\/(?:bin\/)?([^/]+)/.exec(realpathSync(program))?.[1] ?? /^\/snap\/bin\/(.+)$/.exec(program)?.[1];
  const parent = snap ? join(homedir(), 'snap', snap, 'common') : tmpdir();
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, `ava-${basename(program).replaceAll(/\W+/g, '-')}-`));
}

function candidates(name: BrowserName): readonly string[] {
  const platform: string = process.platform;
  switch (platform) {
    case 'darwin': {
      const programs =
        name === 'chromium'
          ? ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((app) => join(`${app}.app`, 'Contents', 'MacOS', app))
          : [join('Firefox.app', 'Contents', 'MacOS', 'firefox')];
      return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
        programs.map((program) => join(folder, program)),
      );
    }
    case 'win32': {
      const programs =
        name === 'chromium'
          ? [
              join('Google', 'Chrome', 'Application', 'chrome.exe'),
              join('Chromium', 'Application', 'chrome.exe'),
              join('Microsoft', 'Edge', 'Application', 'msedge.exe'),
            ]
          : [join('Mozilla Firefox', 'firefox.exe')];
      const folders = ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].map((variable) => process.env[variable]);
      return folders.flatMap((folder) => (folder ? programs.map((program) => join(folder, program)) : []));
    }
    default: {
      const programs =
        name === 'chromium'
          ? [
              'chromium',
              'chromium-browser',
              'google-chrome',
              'google-chrome-stable',
              'microsoft-edge',
              'microsoft-edge-stable',
            ]
          : ['firefox-esr', 'firefox'];
      const folders = [...(process.env['PATH'] ?? '').split(delimiter).filter(Boolean), '/usr/bin', '/snap/bin'];
      return programs.flatMap((program) => folders.map((folder) => join(folder, program)));
    }
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not ours to start.
    return false;
  }
}
