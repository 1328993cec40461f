import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** As far as the drivers need it. */
interface Manifest {
  readonly browser_specific_settings?: { readonly gecko?: { readonly id?: string } };
  readonly commands?: Readonly<Record<string, { readonly suggested_key?: { readonly default?: string } }>>;
}

export function readManifest(extension: string): Manifest {
  return JSON.parse(readFileSync(join(extension, 'manifest.json'), 'utf8')) as Manifest;
}

/** The shortcut that the extension suggests for a command, which is what it has in a fresh profile. */
export function suggestedKey(extension: string, command: string): string {
  const keys = readManifest(extension).commands?.[command]?.suggested_key?.default;
  if (!keys) throw new Error(`the manifest suggests no key for ${command}`);
  return keys;
}
