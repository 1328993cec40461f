import { browser } from 'wxt/browser';
import type { OpenAsking } from '@/lib/background/asking';
import type { LoadWire, Wires } from '@/lib/providers/provider';
import type { ReadSecret } from '@/lib/store/read-secret';

/**
 * All that makes requests (wires, turns, keys, the doctor) is a script of its own (`entrypoints/asking.ts`), which the
 * background reads when something is asked: what is in its own script is read at every wake.
 */
declare global {
  var avaAsking:
    | {
        readonly wires: Wires;
        readonly findKey: ReadSecret;
        readonly openAsking: OpenAsking;
      }
    | undefined;
  /** Of the service worker: https://w3c.github.io/ServiceWorker/#importscripts */
  function importScripts(path: string): void;
}

const path = '/asking.js';

/**
 * To be called when the background starts. A service worker may import only what it has imported while it was being
 * installed; the browser keeps those scripts with it. (Its `import()` throws.)
 */
export function keepAsking(): void {
  addEventListener('install', () => {
    importScripts(path);
  });
}

let reading: Promise<NonNullable<typeof avaAsking>> | undefined;

export const loadWire: LoadWire = async (name) => (await read()).wires[name];

export const findKey: ReadSecret = async (endpointId, origin) => (await read()).findKey(endpointId, origin);

export const loadAsking = async (): Promise<OpenAsking> => (await read()).openAsking;

/** In Chromium the background is a service worker, in Firefox a page. Who asks beside another waits for the same script. */
async function read(): Promise<NonNullable<typeof avaAsking>> {
  reading ??= readScript();
  try {
    return await reading;
  } catch (error) {
    // The next to ask tries again.
    reading = undefined;
    throw error;
  }
}

async function readScript(): Promise<NonNullable<typeof avaAsking>> {
  if (globalThis.avaAsking) return globalThis.avaAsking;
  if (typeof importScripts === 'function') importScripts(path);
  else {
    const script = document.createElement('script');
    await new Promise((resolve, reject) => {
      script.addEventListener('load', resolve);
      script.addEventListener('error', () => reject(new Error(`${path} can't be read`)));
      script.src = browser.runtime.getURL(path);
      document.head.append(script);
    });
  }
  if (!globalThis.avaAsking) throw new Error(`${path} is empty`);
  return globalThis.avaAsking;
}
