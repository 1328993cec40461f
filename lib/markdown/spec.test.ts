import { existsSync, readFileSync } from 'node:fs';
import { tests } from 'commonmark-spec';
import { describe, expect, it } from 'vitest';
import { createMarkdownReader } from './create-markdown-reader';
import { normalizeHtml, toHtml } from './testing/to-html';

const vectors = '../shared/vectors/gfm-spec.json';

interface Example {
  readonly number: number;
  readonly markdown: string;
  readonly html: string;
  readonly isRawHtml: boolean;
}

const gfm: {
  readonly examples: readonly {
    readonly example: number;
    readonly class: string;
    readonly markdown: string;
    readonly html: string;
  }[];
} = existsSync(vectors) ? JSON.parse(readFileSync(vectors, 'utf8')) : { examples: [] };

const gfmExamples: readonly Example[] = gfm.examples.map(({ example, markdown, html, class: kind }) => ({
  number: example,
  markdown,
  html,
  isRawHtml: kind === 'raw-html',
}));

const commonMarkExamples: readonly Example[] = tests.map(({ number, section, markdown, html }) => {
  // In the text of the specification a tab is written as an arrow.
  const source = markdown.replaceAll('\u2192', '\t');
  const tags = source.match(/<[a-z!?/][^>]*>/gi) ?? [];
  const isRawHtml = /HTML/.test(section) || tags.some((tag) => html.includes(tag));
  return { number, markdown: source, html: html.replaceAll('\u2192', '\t'), isRawHtml };
});

/** The examples that are read otherwise, and why. */
const rareNames = 'the names of HTML 5 alone are not decoded: their table would cost more than the parser';
const autolink = 'written for the parser without the autolink extension of GFM';
const commonMarkDifferences: Readonly<Record<number, string>> = { 25: rareNames, 611: autolink, 612: autolink };
const gfmDifferences: Readonly<Record<number, string>> = {
  321: rareNames,
  354: 'a raw HTML tag: its source is shown',
  619: autolink,
  620: autolink,
  628: 'ftp addresses are not links',
};

describe.each([
  { name: 'CommonMark', examples: commonMarkExamples, differences: commonMarkDifferences, bar: 0.99, count: 570 },
  { name: 'GFM', examples: gfmExamples, differences: gfmDifferences, bar: 0.98, count: 590 },
])('the examples of $name', ({ name, examples, differences, bar, count }) => {
  const rendered = examples.filter(({ isRawHtml }) => !isRawHtml);

  it.skipIf(examples.length === 0)(`are read as it says, but for the listed ones (skipped without ${vectors})`, () => {
    const failed = rendered.filter(({ markdown, html }) => toHtml(markdown) !== normalizeHtml(html));
    const share = 1 - failed.length / rendered.length;
    process.stdout.write(
      `${name}: ${rendered.length - failed.length} of ${rendered.length} (${(share * 100).toFixed(1)} %)\n`,
    );
    expect(failed.map(({ number }) => number)).toEqual(Object.keys(differences).map(Number));
    expect(rendered.length).toBeGreaterThanOrEqual(count);
    expect(share).toBeGreaterThanOrEqual(bar);
  });

  it.skipIf(examples.length === 0)(
    'are read from every prefix, and the whole is what one read makes of it',
    () => {
      for (const { markdown } of examples) {
        const reader = createMarkdownReader();
        for (let end = 0; end < markdown.length; end += 1) reader.read(markdown.slice(0, end), { isGrowing: true });
        expect(reader.read(markdown)).toEqual(createMarkdownReader().read(markdown));
      }
    },
    60_000,
  );

  it.skipIf(examples.length === 0)('with raw HTML show it as text', () => {
    for (const { markdown } of examples.filter(({ isRawHtml }) => isRawHtml)) {
      expect(toHtml(markdown)).not.toMatch(
        /<(?!\/?(?:p|a|em|strong|del|h\d|ul|ol|li|blockquote|pre|code|br|hr|input)\b)/,
      );
    }
  });
});
