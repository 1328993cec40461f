/** How soon a write that the browser refused is tried again, in milliseconds. */
export const tryAgainMs = 2000;

/** Calls `act` once, a while after it was first asked to; asked again meanwhile, it stays at that. */
export function createLater(act: () => void): { readonly ask: (ms?: number) => void; readonly forget: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    ask: (ms = tryAgainMs) => {
      timer ??= setTimeout(() => {
        timer = undefined;
        act();
      }, ms);
    },
    forget: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
