/** Random choices that a seed decides. */
export interface Random {
  /** 0 ≤ n < below. */
  number(below: number): number;
  /** undefined from an empty list. */
  pick<T>(list: readonly T[]): T | undefined;
}

/** mulberry32: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export function randomFrom(seed: number): Random {
  let state = seed | 0;
  const number = (below: number): number => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  return { number, pick: (list) => list[number(Math.max(1, list.length))] };
}
