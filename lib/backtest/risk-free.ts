import type { Bars } from "../core/bars.ts";
import { NYSE } from "../core/calendar.ts";
import { dayNumberOf, formatDate, sessionDateOf } from "../core/time.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { RiskFreeKind } from "../models/model-config.schema.ts";

const DAYS_PER_YEAR = 365;
/** Calendar days after which a rate or a price stands for nothing any more. */
const MOST_STALE_DAYS = 10;

/**
 * What capital earns without risk in each session, from its predecessor's close to its own.
 *
 * A yield is in percent a year, simple, by calendar days over 365: the last one that was known before the session opened. A
 * price is of a fund or an index of bills that reinvests: its own return over the session.
 *
 * @param bars - daily, ascending
 * @param sessions - session dates as 20240701, ascending
 * @returns shape (sessions,), fractions
 * @throws DATA_UNAVAILABLE when a session has no value, or only one that is older than ten days
 */
export function riskFreeReturns(bars: Bars, kind: RiskFreeKind, sessions: Float64Array): Float64Array {
  const known = kind === "yield_pct" ? (bars.availableAt ?? bars.end) : undefined;
  const dates = Float64Array.from({ length: bars.length }, (_, i) => sessionDateOf(bars.start[i]!));
  let at = -1;
  /** The last bar that a session may read. */
  const barOf = (session: number): number => {
    const open = kind === "yield_pct" ? NYSE.openOf(session) : 0;
    while (at + 1 < bars.length && (known === undefined ? dates[at + 1]! <= session : known[at + 1]! <= open)) at++;
    if (at >= 0 && bars.close[at]! >= 0 && dayNumberOf(session) - dayNumberOf(dates[at]!) <= MOST_STALE_DAYS) return at;
    const last = at < 0 ? "none before it" : `the last one is of ${formatDate(dates[at]!)}`;
    throw new SigmaError(
      "DATA_UNAVAILABLE",
      `The risk-free series "${bars.symbol}" has no value for the session ${formatDate(session)}: ${last}. Bring a series that covers the model's window, or leave data.risk_free out (rf=0).`,
      { symbol: bars.symbol, session: formatDate(session) },
    );
  };
  const out = new Float64Array(sessions.length);
  const before = (i: number): number => (i > 0 ? sessions[i - 1]! : NYSE.addSessions(sessions[0]!, -1));
  const price = (bar: number): number => bars.close[bar]! * (bars.factor[bar] ?? 1);
  let previous = sessions.length > 0 && kind === "price" ? price(barOf(before(0))) : Number.NaN;
  for (const [i, session] of sessions.entries()) {
    const bar = barOf(session);
    if (kind === "price") {
      out[i] = price(bar) / previous - 1;
      previous = price(bar);
    } else out[i] = (bars.close[bar]! / 100) * ((dayNumberOf(session) - dayNumberOf(before(i))) / DAYS_PER_YEAR);
  }
  return out;
}
