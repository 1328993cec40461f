import { useEffect, useState } from 'preact/hooks';
import type { RefObject } from 'preact';

/** How far outside of what is seen a thing counts as near. */
const margin = '400px';

/** true from the moment when the element comes near what is seen, and for good. */
export function useNearView(element: RefObject<Element | null>): boolean {
  const [isNear, setIsNear] = useState(false);
  useEffect(() => {
    const target = element.current;
    if (isNear || !target) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setIsNear(true);
      },
      // `scrollMargin` is for the thread, which scrolls inside its page: https://www.w3.org/TR/intersection-observer/
      { rootMargin: margin, scrollMargin: margin },
    );
    observer.observe(target);
    return () => observer.disconnect();
  }, [isNear, element]);
  return isNear;
}
