import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { Clock } from "#lib/ports/clock.ts";

/**
 * The system's clock; or, when `SIGMA_CLOCK` holds an ISO time, a clock that stands still there: runs are then equal to
 * the byte, wall-clock stamps included.
 *
 * @throws CONFIG_INVALID when the variable holds no time
 */
export function localClock(fixed: string | undefined = process.env["SIGMA_CLOCK"]): Clock {
  if (fixed === undefined || fixed === "") return { now: () => Date.now() };
  const at = Date.parse(fixed);
  if (Number.isNaN(at))
    throw new SigmaError("CONFIG_INVALID", `SIGMA_CLOCK must be an ISO time such as 2026-01-02T21:00:00Z; found "${fixed}".`, {
      variable: "SIGMA_CLOCK",
    });
  return { now: () => at };
}
