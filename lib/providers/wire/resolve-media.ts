import type { StreamPart } from '../provider';

/**
 * Completes the paths of pictures, sound and films that a server names in its answers without saying where they are
 * (`![a cat](/media/cat.png)`), so that they lead to that server and not to a page of ours. Nothing is fetched: it is
 * text. What may be the start of such a place is held back until the next text shows it.
 * https://github.com/xtekky/gpt4free/blob/main/g4f/image/copy_images.py
 */
export async function* resolveMedia(parts: AsyncIterable<StreamPart>, origin: string): AsyncGenerator<StreamPart> {
  let held = '';
  const flush = (): readonly StreamPart[] => {
    const text = held;
    held = '';
    return text === '' ? [] : [{ type: 'text', text }];
  };
  try {
    for await (const part of parts) {
      if (part.type !== 'text') {
        yield* flush();
        yield part;
        continue;
      }
      const text = (held + part.text).replaceAll(places, (_, before: string, path: string) => before + origin + path);
      const kept = text.length - heldLength(text);
      held = text.slice(kept);
      if (kept > 0) yield { type: 'text', text: text.slice(0, kept) };
    }
  } catch (error) {
    // What came before a failure is shown.
    yield* flush();
    throw error;
  }
  yield* flush();
}

/** In Markdown's links and images, and in the HTML of players. */
const marks = ['](/media/', '](/images/', 'src="/media/', 'src="/images/'] as const;
const places = /(\]\(|src=")(\/(?:media|images)\/)/g;
const longest = Math.max(...marks.map(({ length }) => length)) - 1;

/** How much of the end of a text may be the start of a place. */
function heldLength(text: string): number {
  for (let length = Math.min(longest, text.length); length > 0; length -= 1) {
    const end = text.slice(-length);
    if (marks.some((mark) => mark.startsWith(end))) return length;
  }
  return 0;
}
