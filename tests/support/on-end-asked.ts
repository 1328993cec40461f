/**
 * Calls `end` once when this process is asked to go: Ctrl-C, a signal, a closed terminal, or a dead parent. The terminal
 * and the parent may both pass on one Ctrl-C, so it counts once.
 */
export function onEndAsked(end: () => void): void {
  let isAsked = false;
  const ask = (): void => {
    if (isAsked) return;
    isAsked = true;
    end();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  process.on('disconnect', ask);
  // Listening keeps the channel open, but it is no reason to stay.
  process.channel?.unref();
}
