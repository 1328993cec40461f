import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface XssVector {
  readonly id: string;
  readonly input: string;
}

/** The public script vectors; none where their folder is absent. */
export function readXssVectors(): readonly XssVector[] {
  const path = fileURLToPath(new URL('../../../shared/vectors/xss-vectors.json', import.meta.url));
  if (!existsSync(path)) return [];
  // The shape of a case is the word of the file's documentation: it is not checked here, the tests are.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly vectors: readonly XssVector[] }).vectors;
}
