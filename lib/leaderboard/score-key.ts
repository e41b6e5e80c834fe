/** What ranks a row: score, then total return, then win rate, then the id. null = undefined, ranks last. */
export interface RankFields {
  readonly score: number | null;
  readonly total_return: number | null;
  readonly win_rate: number | null;
  readonly row_id: string;
}

/**
 * Sort key of a leaderboard row: byte order of keys is rank order, so that a **descending** query reads best first
 * without sorting. Ties run through return and win rate to the id; of equal rows the later id comes first.
 */
export function scoreKey({ score, total_return, win_rate, row_id }: RankFields): string {
  return `${orderedHex(score)}.${orderedHex(total_return)}.${orderedHex(win_rate)}.${row_id}`;
}

/** Order of two rows, best first: what `scoreKey` encodes. */
export function compareRank(a: RankFields, b: RankFields): number {
  const left = scoreKey(a);
  const right = scoreKey(b);
  return left < right ? 1 : left > right ? -1 : 0;
}

/**
 * 16 hex digits of a number whose text order is the order of the numbers: the bits of a positive double grow with it,
 * those of a negative one are inverted. -0 equals 0; null comes before every number.
 */
export function orderedHex(value: number | null): string {
  if (value === null || Number.isNaN(value)) return "0000000000000000";
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value === 0 ? 0 : value);
  const bits = view.getBigUint64(0);
  const ordered = bits >> 63n === 1n ? ~bits & 0xffffffffffffffffn : bits | (1n << 63n);
  return ordered.toString(16).padStart(16, "0");
}
