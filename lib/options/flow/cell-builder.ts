import type { Cadence } from "../../core/bars.ts";
import { NYSE } from "../../core/calendar.ts";
import type { FlowCells } from "../../core/option-data.ts";
import { barEndOf, barStartOf } from "../../core/session.ts";
import { type DateNumber, formatDate, sessionDateOf } from "../../core/time.ts";
import { SigmaError } from "../../errors/sigma-error.ts";

/** Shares that one contract stands for. */
export const SHARES_PER_CONTRACT = 100;

const SUMS = [
  "callVolume",
  "putVolume",
  "callPremium",
  "putPremium",
  "callBought",
  "callSold",
  "putBought",
  "putSold",
  "callBoughtPremium",
  "callSoldPremium",
  "putBoughtPremium",
  "putSoldPremium",
] as const;

/** What has traded so far in one bar at one strike; the fields of `FlowCells`. */
export type FlowSums = Record<(typeof SUMS)[number], number>;

/** Whose trades are added up. */
export interface FlowSession {
  readonly underlying: string;
  readonly sessionDate: DateNumber;
  readonly expiry: DateNumber;
}

export interface FlowCellBuilder {
  /**
   * The sums to which a trade of this moment and strike adds; null outside the session. Moments ascend up to the bar.
   *
   * @throws DATA_INVALID when the moment lies in an earlier bar than the last one, or in another session
   */
  at(utcMs: number, strike: number): FlowSums | null;
  finish(): FlowCells;
}

/**
 * Collects one session's same-day flow.
 *
 * @param cadence - of the bars that trades are summed into
 * @param signed - whether sides are known: without, what was bought and sold is NaN, never 0
 * @throws DATA_INVALID when the contracts expire on another day, INVALID_PARAM when there is no such session
 */
export function createFlowCellBuilder(session: FlowSession, cadence: Cadence, signed: boolean): FlowCellBuilder {
  const { underlying, sessionDate, expiry } = session;
  if (expiry !== sessionDate) {
    throw invalid(
      session,
      `expected contracts that expire on the same day, found "${formatDate(expiry)}". Ask for the session's own expiry.`,
    );
  }
  const open = NYSE.openOf(sessionDate);
  const close = NYSE.closeOf(sessionDate);
  const unknownSide = signed ? 0 : Number.NaN;
  const bars: { readonly start: number; readonly cells: Map<number, FlowSums> }[] = [];
  let barStart = Number.NEGATIVE_INFINITY;
  let barEnd = Number.NEGATIVE_INFINITY;

  return {
    at(utcMs, strike) {
      if (!(utcMs >= barStart && utcMs < barEnd)) {
        if (sessionDateOf(utcMs) !== sessionDate) throw invalid(session, `found "${utcMs}", a moment of another day. Check the source.`);
        if (!(utcMs >= open && utcMs < close)) return null;
        const start = barStartOf(utcMs, cadence);
        if (start < barStart) throw invalid(session, `found "${utcMs}" after a later moment. Sort the source by time.`);
        barStart = start;
        barEnd = barEndOf(start, cadence);
        bars.push({ start, cells: new Map() });
      }
      const { cells } = bars.at(-1)!;
      const known = cells.get(strike);
      if (known) return known;
      const sums = Object.fromEntries(SUMS.map((name, i) => [name, i < 4 ? 0 : unknownSide])) as FlowSums;
      cells.set(strike, sums);
      return sums;
    },
    finish() {
      const rows = bars.flatMap(({ start, cells }) =>
        [...cells].sort(([a], [b]) => a - b).map(([strike, sums]) => ({ start, strike, sums })),
      );
      const column = (name: keyof FlowSums) => Float64Array.from(rows, ({ sums }) => sums[name]);
      return {
        underlying,
        length: rows.length,
        barStart: Float64Array.from(rows, ({ start }) => start),
        strike: Float64Array.from(rows, ({ strike }) => strike),
        ...(Object.fromEntries(SUMS.map((name) => [name, column(name)])) as Record<keyof FlowSums, Float64Array>),
      };
    },
  };
}

const invalid = ({ underlying, sessionDate }: FlowSession, issue: string): SigmaError =>
  new SigmaError("DATA_INVALID", `Option flow of ${underlying} on ${formatDate(sessionDate)}: ${issue}`, {
    underlying,
    session: formatDate(sessionDate),
  });
