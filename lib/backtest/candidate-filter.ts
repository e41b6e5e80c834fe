import { NYSE } from "../core/calendar.ts";
import { hourEtOf, sessionDateOf } from "../core/time.ts";
import type { Label } from "../matrix/label.schema.ts";
import { requiredColumn } from "./rules.ts";
import type { Tape } from "./tape.ts";

/** What a row's decision may do; the bits of a filter. */
export const MAY_BUY = 1;
export const MAY_SELL = 2;
/** Its entry bar lies in the allowed hours: all that closing a position asks for. */
export const MAY_CLOSE = 4;

export interface FilterTerms {
  /** Hours (New York) of entry bars of the variant and of the model; null = all. Daily bars have no hours. */
  readonly hours: readonly number[] | null;
  readonly allowedHours: readonly number[] | null;
  readonly daily: boolean;
  /** Rows at which the strategy's entry rule and the variant's own conditions hold, each a mask. */
  readonly rules: readonly Uint8Array[];
  /** The momentum gate: a buy needs a score of at least `min`, a sell of at most `-min`; null = no gate. */
  readonly momentum: { readonly column: string; readonly min: number } | null;
}

/**
 * Which rows may become orders. Hours bind everything; rules and the momentum gate bind entries only, since
 * they say when a trade is worth opening.
 *
 * @param hourOfEntry - hour of each row's entry bar
 * @returns for each row the bits MAY_BUY, MAY_SELL and MAY_CLOSE
 * @throws UNPROCESSABLE when the gate names an unknown column
 */
export function candidateFilter(tape: Tape, hourOfEntry: Float64Array, terms: FilterTerms): Uint8Array {
  const { hours, allowedHours, daily, rules, momentum } = terms;
  const out = new Uint8Array(tape.rows);
  const open = (hour: number): boolean =>
    daily || ((hours === null || hours.includes(hour)) && (allowedHours === null || allowedHours.includes(hour)));
  const openHours = Array.from({ length: 24 }, (_, hour) => open(hour));
  const scores = momentum === null ? null : requiredColumn(tape, momentum.column);
  for (let row = 0; row < tape.rows; row++) {
    if (!daily && !openHours[hourOfEntry[row]!]) continue;
    out[row] = MAY_CLOSE;
    if (rules.some((rule) => rule[row] === 0)) continue;
    const buy = scores === null || scores[row]! >= momentum!.min;
    const sell = scores === null || -scores[row]! >= momentum!.min;
    out[row] = MAY_CLOSE | (buy ? MAY_BUY : 0) | (sell ? MAY_SELL : 0);
  }
  return out;
}

/** Hour of the bar in which each row's decision enters. Past the tape's end: of the bar that the calendar has next. */
export function entryHours(tape: Tape, { kind, entry }: Pick<Label, "kind" | "entry">): Float64Array {
  if (kind === "close_to_open") return tape.ts.map(hourOfLastBar);
  if (entry === "decision_close") return tape.hourEt;
  return tape.hourEt.map((_, row) => {
    const next = tape.rowAhead(row, 1);
    return next >= 0 ? tape.hourEt[next]! : hourOfNextBar(tape.ts[row]!);
  });
}

/** Hour of the bar that ends with the session of a bar. Outside the calendar's years, of a full session's. */
function hourOfLastBar(barEnd: number): number {
  const session = sessionDateOf(barEnd - 1);
  const known = session >= NYSE.firstDate && session <= NYSE.lastDate && NYSE.isSession(session);
  return known ? hourEtOf(NYSE.closeOf(session) - 1) : 15;
}

/** At a session's close the next bar is the next session's first one. Outside the calendar's years nobody knows. */
function hourOfNextBar(barEnd: number): number {
  const session = sessionDateOf(barEnd - 1);
  const known = session >= NYSE.firstDate && session < NYSE.lastDate;
  const closed = known && NYSE.isSession(session) && barEnd >= NYSE.closeOf(session);
  return hourEtOf(closed ? NYSE.openOf(NYSE.nextSession(session)) : barEnd);
}
