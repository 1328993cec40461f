import { caseKey } from '../cases/stream-case.ts';

/** What nobody may be shown of an answer that failed: markup, JSON, and the key or a piece of it. In words; [] when all is well. */
export function findRaw(text: string): readonly string[] {
  const raw = /[{}]|<\/?[a-z!]/iu.exec(text);
  if (!raw) return [];
  return [`raw text is shown: "${text.slice(Math.max(0, raw.index - 30), raw.index + 30)}"`];
}

/** Four characters of it may be shown, so that one knows which it is. */
const pieceLength = 5;

const writings = [caseKey, encodeURIComponent(caseKey), JSON.stringify(caseKey).slice(1, -1)];
const pieces = writings.flatMap((writing) =>
  Array.from({ length: writing.length - pieceLength + 1 }, (_, at) => writing.slice(at, at + pieceLength)),
);

/** Whether a piece of the cases' key stands there, as it is or as an address or JSON writes it. */
export function findKey(text: string): readonly string[] {
  const found = pieces.find((piece) => text.includes(piece));
  return found === undefined ? [] : [`a piece of the key is shown: "${found}"`];
}
