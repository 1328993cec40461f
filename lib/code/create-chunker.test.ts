import { expect, it } from 'vitest';
import { createChunker, linesPerChunk } from './create-chunker';

const texts = ['', 'a', '\n', '\n'.repeat(32), '\n'.repeat(33), `${'a\n'.repeat(64)}b`, `${'a\n'.repeat(95)}b\nc`];

it('pieces together are the text, of 32 lines but for the last', () => {
  for (const text of texts) {
    const chunks = createChunker().chunk(text);
    expect(chunks.join('')).toBe(text);
    for (const chunk of chunks.slice(0, -1)) expect(chunk.match(/\n/g)).toHaveLength(linesPerChunk);
    expect(chunks.at(-1)?.match(/\n/g)?.length ?? 0).toBeLessThanOrEqual(linesPerChunk);
  }
});

it('a text that came in pieces, or was another before, is cut as if it were new', () => {
  const chunker = createChunker();
  for (const text of [...texts, ...texts.toReversed()]) {
    for (let end = 0; end <= text.length; end += 7) {
      expect(chunker.chunk(text.slice(0, end))).toEqual(createChunker().chunk(text.slice(0, end)));
    }
    expect(chunker.chunk(text)).toEqual(createChunker().chunk(text));
  }
});
