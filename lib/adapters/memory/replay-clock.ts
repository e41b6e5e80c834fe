import { SigmaError } from "../../errors/sigma-error.ts";
import type { Clock } from "../../ports/clock.ts";

export interface ReplayClock extends Clock {
  /** Moves on to an instant, in UTC milliseconds. @throws INVALID_PARAM when it lies before now, or is no whole number */
  advanceTo(instant: number): void;
}

/**
 * A clock that stands still until it is moved, and never goes back: "now" is the end of the bar that is replayed. In
 * tests it is the fixed clock.
 *
 * @param start - first instant, UTC milliseconds
 * @throws INVALID_PARAM when it is no whole number
 */
export function createReplayClock(start: number): ReplayClock {
  let instant = Number.NEGATIVE_INFINITY;
  const advanceTo = (next: number): void => {
    if (!Number.isSafeInteger(next) || next < instant)
      throw new SigmaError("INVALID_PARAM", `A replay clock moves forward in whole UTC milliseconds, from "${instant}"; found "${next}".`);
    instant = next;
  };
  advanceTo(start);
  return { now: () => instant, advanceTo };
}
