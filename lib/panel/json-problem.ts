/** A place in a text, both counted from 1; columns are UTF-16 code units. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/**
 * Where a text stops being JSON (RFC 8259); undefined where it is JSON. Engines say it in words of their own, or not at all.
 */
export function findJsonProblem(text: string): TextPosition | undefined {
  const at = endOfJson(text);
  if (at === undefined) return undefined;
  const lines = text.slice(0, at).split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

/** Nobody writes deeper than this by hand. */
const deepest = 500;

/** The index of the first character that does not fit; undefined when all do. */
function endOfJson(text: string): number | undefined {
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    at += found?.[0].length ?? 0;
    return found !== null;
  };
  const skipBlanks = (): boolean => take(/[ \t\n\r]*/y);
  const takeString = (): boolean => take(/"(?:[ !#-[\]-\uFFFF]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*/y) && take(/"/y);
  /** What stands between brackets, with commas between; the opening one is taken already. */
  const takeList = (takeItem: () => boolean, close: RegExp): boolean => {
    skipBlanks();
    if (take(close)) return true;
    do {
      skipBlanks();
      if (!takeItem()) return false;
      skipBlanks();
    } while (take(/,/y));
    return take(close);
  };
  const takeValue = (depth: number): boolean => {
    skipBlanks();
    if (depth > deepest) return false;
    const takeMember = (): boolean => takeString() && skipBlanks() && take(/:/y) && takeValue(depth + 1);
    if (take(/\{/y)) return takeList(takeMember, /\}/y);
    if (take(/\[/y)) return takeList(() => takeValue(depth + 1), /\]/y);
    return take(/true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y) || takeString();
  };
  return takeValue(0) && skipBlanks() && at === text.length ? undefined : at;
}
