import { browser } from 'wxt/browser';
import type { CreatePulls } from '@/lib/background/pulls';
import type { WriteDown } from '@/lib/background/write-down';
import type { Doctor, LoadDoctor } from '@/lib/doctor/doctor';
import type { LoadWire, Wires } from '@/lib/providers/provider';

/**
 * The wires, and the doctor with them, are a script of their own (`entrypoints/wires.ts`), which the background reads when something is asked: what is
 * in its own script is read at every wake.
 */
declare global {
  var avaWires:
    | {
        readonly wires: Wires;
        readonly doctor: Doctor;
        readonly writeDown: WriteDown;
        readonly createPulls: CreatePulls;
      }
    | undefined;
  /** Of the service worker: https://w3c.github.io/ServiceWorker/#importscripts */
  function importScripts(path: string): void;
}

const path = '/wires.js';

/**
 * To be called when the background starts. A service worker may import only what it has imported while it was being
 * installed; the browser keeps those scripts with it. (Its `import()` throws.)
 */
export function keepWires(): void {
  addEventListener('install', () => {
    importScripts(path);
  });
}

let reading: Promise<NonNullable<typeof avaWires>> | undefined;

export const loadWire: LoadWire = async (name) => (await read()).wires[name];

export const loadDoctor: LoadDoctor = async () => (await read()).doctor;

/** What makes of a request what may be stored of it; nothing is stored before something was asked. */
export const loadWriteDown = async (): Promise<WriteDown> => (await read()).writeDown;

export const loadPulls = async (): Promise<CreatePulls> => (await read()).createPulls;

/** In Chromium the background is a service worker, in Firefox a page. Who asks beside another waits for the same script. */
async function read(): Promise<NonNullable<typeof avaWires>> {
  reading ??= readScript();
  try {
    return await reading;
  } catch (error) {
    // The next to ask tries again.
    reading = undefined;
    throw error;
  }
}

async function readScript(): Promise<NonNullable<typeof avaWires>> {
  if (globalThis.avaWires) return globalThis.avaWires;
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
  if (!globalThis.avaWires) throw new Error(`${path} has no wires`);
  return globalThis.avaWires;
}
