/** Functions that run in a page of the benchmark: they see the globals of that page alone. */

export interface Watched {
  /** Epoch milliseconds, as all times here. */
  readonly enterAt: number;
  /** The first text of the answer was painted. */
  readonly firstTextAt: number;
  readonly endAt: number;
  /** Which mark was the last to be seen, from when on; each new one. */
  readonly marks: readonly (readonly [at: number, mark: number])[];
  readonly worstFrameGapMs: number;
  readonly longTasks: readonly number[];
}

declare global {
  interface Window {
    benchWatched?: Promise<Watched>;
    benchEnded?: Promise<number>;
  }
}

/** Resolves with the time at which the answer that is asked for next is over. Costs the page next to nothing. */
export function awaitEnd(): void {
  window.benchEnded = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      const state = [...document.querySelectorAll<HTMLElement>('article[data-role="assistant"]')].at(-1)?.dataset[
        'state'
      ];
      if (state === undefined || state === 'streaming') return;
      observer.disconnect();
      resolve(Date.now());
    });
    observer.observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['data-state'],
    });
  });
}

/** Looks at each frame until the answer is over. */
export function watchFrames(): void {
  window.benchWatched = new Promise((resolve) => {
    let enterAt = 0;
    let firstTextAt = 0;
    let worstFrameGapMs = 0;
    let lastFrame = 0;
    let lastMark = -1;
    const marks: [number, number][] = [];
    const longTasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) if (enterAt > 0) longTasks.push(duration);
    });
    observer.observe({ type: 'longtask' });
    const painted = new MessageChannel();
    let seen: { readonly hasText: boolean; readonly mark: number } | undefined;
    painted.port2.addEventListener('message', () => {
      if (!seen) return;
      const now = Date.now();
      if (seen.hasText && firstTextAt === 0) firstTextAt = now;
      if (seen.mark > lastMark) marks.push([now, seen.mark]);
      lastMark = Math.max(lastMark, seen.mark);
    });
    painted.port2.start();
    document.addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Enter' && enterAt === 0) enterAt = Date.now();
      },
      { capture: true },
    );

    function readLastMark(answer: Element): number {
      const walker = document.createTreeWalker(answer, NodeFilter.SHOW_TEXT);
      let node: Node | null = answer;
      while (node.lastChild) node = node.lastChild;
      walker.currentNode = node;
      for (let looked = 0; looked < 60 && node; looked += 1, node = walker.previousNode()) {
        const found = (node.nodeValue ?? '').slice(-300).match(/\d{6}/g)?.at(-1);
        if (found !== undefined) return Number(found);
      }
      return -1;
    }

    function frame(time: number): void {
      if (enterAt > 0) {
        if (lastFrame > 0) worstFrameGapMs = Math.max(worstFrameGapMs, time - lastFrame);
        lastFrame = time;
        const article = [...document.querySelectorAll<HTMLElement>('article[data-role="assistant"]')].at(-1);
        const answer = [...(article?.querySelectorAll('[data-part="text"]') ?? [])].at(-1);
        seen = answer && { hasText: firstTextAt > 0 || answer.textContent !== '', mark: readLastMark(answer) };
        painted.port1.postMessage(0);
        const state = article?.dataset['state'];
        if (state !== undefined && state !== 'streaming') {
          // A frame later the last of it has been painted.
          setTimeout(() => {
            observer.disconnect();
            resolve({ enterAt, firstTextAt, endAt: Date.now(), marks, worstFrameGapMs, longTasks });
          }, 100);
          return;
        }
      }
      requestAnimationFrame(frame);
    }
    requestAnimationFrame(frame);
  });
}
