/** What is loaded, from the built files: the numbers that `npm test` holds. */
import { checkPackage } from '../../support/checks/check-package.ts';
import { buildFolder } from '../../support/paths.ts';
import type { BenchPart } from '../bench-row.ts';

export const run: BenchPart = async ({ report }) => {
  for (const { title } of checkPackage(buildFolder('chromium'))) {
    const [, figure, size] = /^(.+): ([\d.]+ kB .+)$/.exec(title) ?? [];
    if (figure !== undefined && size !== undefined) report({ figure: `bytes: ${figure}`, panel: size, floor: '' });
  }
};
