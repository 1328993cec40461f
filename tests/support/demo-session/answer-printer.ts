/** Prints a text that grows, as it grows. */
export interface AnswerPrinter {
  /** The text as it is shown now. */
  show(text: string): void;
  /** The text as it stays. */
  finish(text: string): void;
}

/**
 * Markdown that is half there may be shown otherwise once the rest has come (`**bo` becomes bold), and a terminal can't
 * take back what it printed. So only what two looks in a row agree on is printed, without its last words; and should
 * the text change all the same, the line that changed is printed again.
 */
export function createAnswerPrinter(write: (text: string) => void): AnswerPrinter {
  let printed = '';
  let previous = '';

  const advanceTo = (text: string): void => {
    if (text.startsWith(printed)) {
      write(text.slice(printed.length));
    } else {
      const lineStart = text.lastIndexOf('\n', commonLength(text, printed) - 1) + 1;
      write(`\n${text.slice(lineStart)}`);
    }
    printed = text;
  };

  return {
    show(text) {
      const stable = withoutTail(text.slice(0, commonLength(text, previous)));
      previous = text;
      if (stable.length > printed.length) advanceTo(stable);
    },
    finish(text) {
      advanceTo(text);
      write('\n');
    },
  };
}

/** Without its last three words, and without a line that may become the row of a table. */
function withoutTail(text: string): string {
  const line = text.lastIndexOf('\n') + 1;
  return text.startsWith('|', line) ? text.slice(0, line) : text.replace(/(?:\s*\S+){0,3}\s*$/, '');
}

function commonLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}
