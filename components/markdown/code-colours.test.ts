import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const [tokens = '', colours = ''] = ['../styles/tokens.css', './code-colours.css'].map((path) =>
  readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8'),
);

/** A colour of the CSS: lightness from 0 to 1, chroma, hue in degrees. */
type Oklch = readonly [number, number, number];

describe('the colours of code', () => {
  const names = [...colours.matchAll(/^\s*(--code-[a-z]+):/gm)].map(([, name = '']) => name);

  it.each(['light', 'dark'] as const)('can be read where code stands, in %s', (scheme) => {
    const ground = luminance(read('--sunken', scheme));
    const contrasts = names.map((name) => [name, contrast(luminance(read(name, scheme)), ground)] as const);
    expect(contrasts.length).toBe(10);
    expect(contrasts.filter(([, ratio]) => ratio < 4.5)).toEqual([]);
  });

  it('are one rule for each, and change nothing but the colour', () => {
    const rules = [...colours.matchAll(/\.code-([a-z]+) \{\s*([^}]*?)\s*\}/g)].map(([, name, body]) => [name, body]);
    expect(rules).toEqual(names.map((name) => [name.replace('--code-', ''), `color: var(${name});`]));
  });

  it('are measured as the recommendation does', () => {
    expect(contrast(luminance([1, 0, 0]), luminance([0, 0, 0]))).toBeCloseTo(21, 3);
    // #777 on white
    expect(contrast(luminance([0.5693, 0, 0]), luminance([1, 0, 0]))).toBeCloseTo(4.48, 1);
  });
});

function read(name: string, scheme: 'light' | 'dark'): Oklch {
  const [, value = ''] = new RegExp(`${name}:\\s*([^;]+);`).exec(`${colours}${tokens}`) ?? [];
  const [, other] = /^var\((--[\w-]+)\)$/.exec(value) ?? [];
  if (other !== undefined) return read(other, scheme);
  const found = [...value.matchAll(/oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)/g)][scheme === 'light' ? 0 : 1];
  if (!found) throw new Error(`${name} is ${value}`);
  const [lightness = 0, chroma = 0, hue = 0] = found.slice(1).map(Number);
  return [lightness / 100, chroma, hue];
}

/** Relative luminance, out of the light of a screen: https://www.w3.org/TR/css-color-4/#color-conversion-code */
function luminance([lightness, chroma, hue]: Oklch): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clamp = (value: number): number => Math.min(1, Math.max(0, value));
  const red = clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}
