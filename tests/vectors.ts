import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Why a test of public vectors was left out; part of its title then. */
export const vectorsAbsent = 'left out: ../shared/vectors is not there';

// The shape of a case is the word of the file's documentation: it is not checked here, the tests are.
/** The cases of one file of public test vectors; none where the folder is absent. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export function readVectors<Case>(name: string): readonly Case[] {
  const path = fileURLToPath(new URL(`../../shared/vectors/${name}.json`, import.meta.url));
  if (!existsSync(path)) return [];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const file = JSON.parse(readFileSync(path, 'utf8')) as { readonly cases: readonly Case[] };
  return file.cases;
}

/** A body that comes in the given pieces, one per read. */
export function streamOf(pieces: Iterable<Uint8Array>): ReadableStream<Uint8Array> {
  const rest = pieces[Symbol.iterator]();
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const next = rest.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
    },
    { highWaterMark: 0 },
  );
}

/** The bytes in pieces of `size`. */
export function inSteps(bytes: Uint8Array, size: number): readonly Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}

/** The bytes in pieces, cut before each of the given places. */
export function cutAt(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const cuts = [0, ...places, bytes.length];
  return cuts.slice(1).map((end, at) => bytes.subarray(cuts[at], end));
}

/** Pieces of 1 to `longest` bytes, the same for the same seed. */
export function inRandomPieces(bytes: Uint8Array, seed: number, longest = 64): readonly Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let state = seed;
  for (let at = 0; at < bytes.length;) {
    // Park and Miller's generator: enough to cut bytes, and the same everywhere.
    state = (state * 48_271) % 2_147_483_647;
    const size = 1 + (state % longest);
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}
