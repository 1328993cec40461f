/** A place in a line, in characters and in columns: a tab reaches to the next column that is a multiple of four. */
export interface LineCursor {
  readonly text: string;
  offset: number;
  column: number;
  /** The tab at `offset` was taken in part: what is left of it counts as spaces. */
  isInTab: boolean;
  /** The next character that is no space or tab; the end of the line where there is none. */
  nextOffset: number;
  nextColumn: number;
}

export function createLineCursor(text: string): LineCursor {
  const cursor = { text, offset: 0, column: 0, isInTab: false, nextOffset: 0, nextColumn: 0 };
  findNext(cursor);
  return cursor;
}

/** Columns from here to the next character. */
export function indentOf(cursor: LineCursor): number {
  return cursor.nextColumn - cursor.column;
}

export function isBlank(cursor: LineCursor): boolean {
  return cursor.nextOffset >= cursor.text.length;
}

export function isSpaceAt(cursor: LineCursor, offset = cursor.offset): boolean {
  const code = cursor.text.charCodeAt(offset);
  return code === 0x20 || code === 0x09;
}

export function skipSpace(cursor: LineCursor): void {
  cursor.offset = cursor.nextOffset;
  cursor.column = cursor.nextColumn;
  cursor.isInTab = false;
}

/** Moves on by columns: through a tab in steps. */
export function skipColumns(cursor: LineCursor, count: number): void {
  let left = count;
  while (left > 0 && cursor.offset < cursor.text.length) {
    const width = cursor.text.charCodeAt(cursor.offset) === 0x09 ? 4 - (cursor.column % 4) : 1;
    const step = Math.min(width, left);
    cursor.column += step;
    cursor.isInTab = step < width;
    if (!cursor.isInTab) cursor.offset += 1;
    left -= step;
  }
  findNext(cursor);
}

/** One space or tab column, if there is one. */
export function skipOneSpace(cursor: LineCursor): void {
  if (isSpaceAt(cursor)) skipColumns(cursor, 1);
}

/** The rest of the line; of a tab that was taken in part, the spaces that are left. */
export function restOfLine(cursor: LineCursor): string {
  if (!cursor.isInTab) return cursor.text.slice(cursor.offset);
  return ' '.repeat(4 - (cursor.column % 4)) + cursor.text.slice(cursor.offset + 1);
}

/** Finds the next character again after the cursor was moved. */
function findNext(cursor: LineCursor): void {
  let { offset, column } = cursor;
  for (; offset < cursor.text.length; offset += 1) {
    const code = cursor.text.charCodeAt(offset);
    if (code === 0x09) column += 4 - (column % 4);
    else if (code === 0x20) column += 1;
    else break;
  }
  cursor.nextOffset = offset;
  cursor.nextColumn = column;
}
