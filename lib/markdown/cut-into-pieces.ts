/** Text that is read at once. Longer text is read in pieces, cut at white space, so that its cost grows with its length. */
const maxPieceLength = 4_000;

/** The pieces of a text: one, unless it is over the limit. No image is cut that is all in its address. */
export function cutIntoPieces(text: string): readonly string[] {
  if (text.length <= maxPieceLength) return [text];
  const pieces: string[] = [];
  let from = 0;
  while (text.length - from > maxPieceLength) {
    const cut = findCut(text, from);
    pieces.push(text.slice(from, cut));
    from = cut;
  }
  if (from < text.length) pieces.push(text.slice(from));
  return pieces;
}

function findCut(text: string, from: number): number {
  const limit = from + maxPieceLength;
  // Only this piece is searched: the whole text would be, each time, where nothing is found.
  const piece = text.slice(from, limit);
  const image = from + piece.lastIndexOf('](data:image/');
  if (image >= from) {
    const end = /[^\s)]*\)?/y;
    end.lastIndex = image + 2;
    end.test(text);
    if (end.lastIndex > limit) return end.lastIndex;
  }
  const space = from + Math.max(piece.lastIndexOf('\n'), piece.lastIndexOf(' ')) + 1;
  if (space > from) return space;
  const splitsPair = /[\uD800-\uDBFF]/.test(text[limit - 1] ?? '');
  return limit - (splitsPair ? 1 : 0);
}
