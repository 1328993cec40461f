import { createContext, type TargetedMouseEvent } from 'preact';
import { useContext } from 'preact/hooks';
import type { Footnote } from '@/lib/markdown/nodes';
import { InsideLink } from './inside-link';
import type { View } from './view';

/** The labels of the footnotes in their order: what is shown of a label is its place, which may change later. */
export const FootnoteLabels = createContext<readonly string[]>([]);

interface FootnoteMarkProps {
  readonly label: string;
  readonly name: string;
}

/** Stands in the text and leads to its footnote. Both are found by their place: no id is made from an answer. */
export function FootnoteMark({ label, name }: FootnoteMarkProps) {
  const place = useContext(FootnoteLabels).indexOf(label);
  const go = (event: TargetedMouseEvent<HTMLElement>): void =>
    show(event, '.footnotes > ol > li', (_element, index) => index === place);
  if (useContext(InsideLink)) return <sup>{place + 1}</sup>;
  return (
    <sup>
      <button class="footnote-mark" type="button" aria-label={`${name} ${place + 1}`} onClick={go}>
        {place + 1}
      </button>
    </sup>
  );
}

interface FootnotesProps {
  readonly footnotes: readonly Footnote[];
  readonly view: View;
}

/** The footnotes of a text, below it. */
export function Footnotes({ footnotes, view }: FootnotesProps) {
  const { labels } = view;
  return (
    <section class="footnotes" aria-label={labels.footnotes}>
      <ol>
        {footnotes.map((footnote, index) => (
          <li key={footnote.label} dir="auto" tabindex={-1}>
            {view.blocks(footnote.children)}
            <button
              class="footnote-back"
              type="button"
              aria-label={labels.backToText}
              onClick={(event) => show(event, '.footnote-mark', ({ textContent }) => textContent === String(index + 1))}
            >
              ↩
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function show(
  { currentTarget }: TargetedMouseEvent<HTMLElement>,
  selector: string,
  isWanted: (element: HTMLElement, index: number) => boolean,
): void {
  const found = [...(currentTarget.closest('.markdown')?.querySelectorAll<HTMLElement>(selector) ?? [])].find(isWanted);
  found?.focus({ preventScroll: true });
  found?.scrollIntoView({ block: 'nearest' });
}
