/** Counts what nobody caught, from now on. Vitest fails the run for it as well; this gives the number for the table. */
export function watchForUnhandled(): { readonly count: () => number; readonly take: () => readonly string[] } {
  let seen: string[] = [];
  const note = (error: unknown): void => {
    seen.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  };
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
  return {
    count: () => seen.length,
    take: () => {
      const taken = seen;
      seen = [];
      return taken;
    },
  };
}
