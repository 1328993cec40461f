import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import type { Surface } from '../support/browser/surface.ts';
import { artifactPath } from '../support/paths.ts';

/** Pictures of a surface for a person to look at: each width in light and dark. */
export async function takePictures(surface: Surface, name: string, widths: readonly number[]): Promise<void> {
  for (const width of widths) {
    for (const scheme of ['light', 'dark'] as const) {
      const path = artifactPath(`${name}-${width}-${scheme}.png`);
      await surface.screenshot(path, { width, height: 720, scheme });
      assert.ok(statSync(path).size > 2000, `${path} is nearly empty`);
    }
  }
}
