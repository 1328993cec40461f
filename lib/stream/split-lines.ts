export interface LineSplitter {
  /** Gives the lines that this text completes. */
  push(text: string): readonly string[];
  /** What stands after the last line end. Its length costs nothing, its characters cost all of it: not for every piece. */
  readonly open: () => string;
  /** The first character of it, '' when there is none. */
  readonly openStart: () => string;
}

/**
 * Cuts text that comes in pieces into lines, at LF, CR and CRLF, also when a CRLF is cut in two; nothing else ends a
 * line (section 9.2.6 of HTML).
 */
export function createLineSplitter(): LineSplitter {
  let open = '';
  let start = '';
  let endedInCr = false;

  return {
    push(text) {
      const rest = endedInCr && text.startsWith('\n') ? text.slice(1) : text;
      if (text !== '') endedInCr = text.endsWith('\r');
      const [first = '', ...others] = rest.split(/\r\n|\r|\n/);
      // Ropes: engines join such text when it is read, not here, so a long line in small pieces costs its length only.
      open += first;
      start ||= first.charAt(0);
      const last = others.pop();
      if (last === undefined) return [];
      const lines = [open, ...others];
      open = last;
      start = last.charAt(0);
      return lines;
    },
    openStart: () => start,
    open: () => open,
  };
}
