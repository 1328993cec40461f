import type { CellAlign } from './nodes';

/** A wider table is no table: every row has a cell for each column. */
const maxColumns = 100;

/** The columns of a delimiter row, undefined if the line is none. https://github.github.com/gfm/#delimiter-row */
export function readDelimiterRow(line: string): readonly CellAlign[] | undefined {
  if (line.length > 2000 || !line.includes('-') || !/^[ \t|:-]+$/.test(line)) return undefined;
  if (!/[|:]/.test(line)) return undefined;
  const cells = splitRow(line);
  if (cells.length > maxColumns || !cells.every((cell) => /^:?-+:?$/.test(cell))) return undefined;
  return cells.map(readAlign);
}

/** The cells of a line, `\|` unescaped: https://github.github.com/gfm/#tables-extension- */
export function splitRow(line: string): readonly string[] {
  const trimmed = line.trim().replace(/^\|/, '');
  const cells: string[] = [];
  let from = 0;
  for (let at = 0; at < trimmed.length; at += 1) {
    const code = trimmed.charCodeAt(at);
    if (code === 0x5c) at += 1;
    else if (code === 0x7c) {
      cells.push(trimmed.slice(from, at));
      from = at + 1;
    }
  }
  if (from < trimmed.length || cells.length === 0) cells.push(trimmed.slice(from));
  return cells.map((cell) => cell.replaceAll(String.raw`\|`, '|').trim());
}

function readAlign(cell: string): CellAlign {
  if (/^:-+:$/.test(cell)) return 'center';
  if (cell.endsWith(':')) return 'end';
  return cell.startsWith(':') ? 'start' : undefined;
}
