/**
 * Memory for result columns. Touching fresh memory costs several times what an indicator's arithmetic does, so whoever
 * computes plan after plan on series of one length may hand finished columns back. Nobody has to.
 */
const spare: Float64Array[] = [];
const MOST_SPARE = 64;

/** A column of this length with arbitrary content: whoever takes it writes every entry. */
export function newColumn(length: number): Float64Array {
  for (let i = spare.length - 1; i >= 0; i--) {
    const candidate = spare[i]!;
    if (candidate.length !== length) continue;
    spare[i] = spare[spare.length - 1]!;
    spare.length -= 1;
    return candidate;
  }
  return new Float64Array(length);
}

/**
 * Gives columns that `computePlan` returned back for later results; the caller must not touch them again. The last 64
 * are kept, for this thread only; results do not depend on what was given back.
 */
export function recycleColumns(columns: readonly Float64Array[]): void {
  for (const column of columns) {
    if (spare.includes(column)) continue;
    if (spare.length === MOST_SPARE) spare.shift();
    spare.push(column);
  }
}
