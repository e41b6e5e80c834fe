import { NYSE } from "#lib/core/calendar.ts";
import { createRng } from "#lib/core/rng.ts";
import { barEndOf, barStartsOf } from "#lib/core/session.ts";
import { barsPerYearOf, createIndicatorInputs, type IndicatorInputs } from "#lib/indicators/inputs.ts";

const FIRST_SESSION = 20100104;

/** One-minute bars of a seeded random walk over the exchange's real sessions, as indicators read them. */
export function minuteInputs(length: number): IndicatorInputs {
  const rng = createRng("minute-bars");
  const column = (): Float64Array => new Float64Array(length);
  const [open, high, low, close, volume] = [column(), column(), column(), column(), column()];
  const [sessionDate, barStart, barEnd] = [column(), column(), column()];
  let price = 100;
  let session = FIRST_SESSION;
  let starts = barStartsOf(session, "1m");
  let next = 0;
  for (let i = 0; i < length; i++) {
    if (next === starts.length) {
      session = NYSE.nextSession(session);
      starts = barStartsOf(session, "1m");
      next = 0;
    }
    barStart[i] = starts[next]!;
    barEnd[i] = barEndOf(starts[next]!, "1m");
    sessionDate[i] = session;
    next += 1;
    open[i] = price;
    price *= 1 + 0.001 * (rng.uniform() - 0.5);
    close[i] = price;
    high[i] = Math.max(open[i]!, price) * (1 + 0.0005 * rng.uniform());
    low[i] = Math.min(open[i]!, price) * (1 - 0.0005 * rng.uniform());
    volume[i] = 1 + rng.int(10_000);
  }
  const scale = new Float64Array(length).fill(1);
  const times = { sessionDate, barStart, barEnd, scale };
  return createIndicatorInputs({ length, open, high, low, close, volume, ...times, barsPerYear: barsPerYearOf("1m") });
}
