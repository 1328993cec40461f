import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface XssVector {
  readonly id: string;
  readonly input: string;
}

/** The public script vectors; none where their folder is absent. */
export function readXssVectors(): readonly XssVector[] {
  const path = join(import.meta.dirname, '../../../shared/vectors/xss-vectors.json');
  if (!existsSync(path)) return [];
  // The shape of a case is the word of the file's documentation: it is not checked here, the tests are.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly vectors: readonly XssVector[] }).vectors;
}
