/** How a body is cut into writes: all at once, one byte each, or at random places that the seed decides. */
export type Cuts = 'whole' | 'bytes' | `seed-${number}`;

/** The body in pieces, one per write. */
export function cutBytes(bytes: Uint8Array, cuts: Cuts): Iterable<Uint8Array> {
  if (cuts === 'whole') return [bytes];
  if (cuts === 'bytes') return inPieces(bytes, () => 1);
  let state = (Number(cuts.slice('seed-'.length)) % 2_147_483_646) + 1;
  return inPieces(bytes, () => {
    // Park and Miller's generator: enough to cut bytes, and the same everywhere.
    state = (state * 48_271) % 2_147_483_647;
    return 1 + (state % 64);
  });
}

/** Reads what `cuts` may be from a word; undefined when it is none. */
export function readCuts(word: string): Cuts | undefined {
  if (word === 'whole' || word === 'bytes') return word;
  return /^seed-\d+$/u.test(word) ? (word as `seed-${number}`) : undefined;
}

function* inPieces(bytes: Uint8Array, nextSize: () => number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length;) {
    const end = at + nextSize();
    yield bytes.subarray(at, end);
    at = end;
  }
}
