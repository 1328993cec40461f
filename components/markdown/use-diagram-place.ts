import { type RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** So many diagrams are drawn at a time: each has a page of its own, with all that draws it. */
export const mostDiagrams = 8;

interface Holder {
  isInView: boolean;
  /** It is out of view, and another one needs its place. */
  readonly lose: () => void;
}

const holders = new Set<Holder>();

function take(holder: Holder): boolean {
  if (holders.has(holder)) return true;
  if (holders.size >= mostDiagrams) {
    // The one that has had its place for the longest.
    const far = [...holders].find(({ isInView }) => !isInView);
    if (!far) return false;
    holders.delete(far);
    far.lose();
  }
  holders.add(holder);
  return true;
}

/** Whether the diagram in this element may be drawn: while it is in view, and for as long after that as there is room. */
export function useDiagramPlace(element: RefObject<Element | null>): boolean {
  const [has, setHas] = useState(false);
  useEffect(() => {
    const { current } = element;
    if (!current) return undefined;
    const holder: Holder = { isInView: false, lose: () => setHas(false) };
    const observer = new IntersectionObserver((entries) => {
      holder.isInView = entries.at(-1)?.isIntersecting ?? false;
      if (holder.isInView) setHas(take(holder));
    });
    observer.observe(current);
    return () => {
      observer.disconnect();
      holders.delete(holder);
    };
  }, [element]);
  return has;
}
