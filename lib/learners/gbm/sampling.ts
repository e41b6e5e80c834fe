import type { Rng } from "../../core/rng.ts";

/**
 * Draws without replacement, each subset with equal chance.
 *
 * @returns the share of the indices 0 to count - 1, at least one, ascending
 * @see Knuth, The Art of Computer Programming, vol. 2, section 3.4.2, algorithm S
 */
export function drawShare(count: number, share: number, rng: Rng): Int32Array {
  const wanted = Math.min(count, Math.max(1, Math.round(count * share)));
  const drawn = new Int32Array(wanted);
  if (wanted === count) {
    for (let i = 0; i < count; i++) drawn[i] = i;
    return drawn;
  }
  for (let i = 0, n = 0; n < wanted; i++) {
    if (rng.uniform() * (count - i) < wanted - n) drawn[n++] = i;
  }
  return drawn;
}

/** The indices below `count` that an ascending draw leaves out, ascending. */
export function remainderOf(drawn: Int32Array, count: number): Int32Array {
  const rest = new Int32Array(count - drawn.length);
  for (let i = 0, n = 0, k = 0; i < count; i++) {
    if (drawn[n] === i) n++;
    else rest[k++] = i;
  }
  return rest;
}
