import type { OptionCondition } from "../../../market-data/trade-kinds.ts";

/** Numbers of OPRA's sale conditions, as `GET /v3/reference/conditions?asset_class=options` lists them. */
const CANCELED = [201, 203, 205, 207];
const LATE = [202, 204, 206, 208];
const CROSS = [229, 230];
/** Several legs (232 to 236, 238, 239, 246, 247), or an option with its share (237, 240 to 245). */
const COMPLEX_FIRST = 232;
const COMPLEX_LAST = 247;

export function polygonCondition(code: number): OptionCondition {
  if (CANCELED.includes(code)) return "canceled";
  if (LATE.includes(code)) return "late";
  if (CROSS.includes(code)) return "cross";
  return code >= COMPLEX_FIRST && code <= COMPLEX_LAST ? "complex" : "regular";
}

/**
 * Whether a trade still stands: the tape's correction indicator is 0 for a regular trade and 1 for one that was corrected
 * later and carries the corrected values.
 */
export const tradeStands = (correction: number | undefined): boolean => correction === undefined || correction === 0 || correction === 1;
