import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { Stretch } from '@/lib/code/colours';

/** A piece of code, with its colours or, as long as there are none, without. */
type Chunk = string | readonly Stretch[];

/**
 * The text of a code block. Each chunk has an element, which is not drawn again as long as its chunk is the same: an
 * element for all would cost a layout of the whole for each line that comes.
 */
export function CodeText({ chunks }: { readonly chunks: readonly Chunk[] }) {
  const drawn = useRef<{ readonly chunk: Chunk; readonly element: VNode }[]>([]);
  drawn.current.length = Math.min(drawn.current.length, chunks.length);
  return (
    <code>
      {chunks.map((chunk, index) => {
        const before = drawn.current[index];
        if (before?.chunk === chunk) return before.element;
        const element = drawChunk(chunk);
        drawn.current[index] = { chunk, element };
        return element;
      })}
    </code>
  );
}

function drawChunk(chunk: Chunk): VNode {
  if (typeof chunk === 'string') return <span class="code-lines">{chunk}</span>;
  return (
    <span class="code-lines">
      {chunk.map(({ colour, text }) => (colour ? <span class={`code-${colour}`}>{text}</span> : text))}
    </span>
  );
}
