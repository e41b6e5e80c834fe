import { dayOfWeekOf } from "../core/time.ts";
import type { EvaluationContext, VariantEvaluation } from "./evaluate-variant.ts";
import type { TradeProfile } from "./trade-profile.schema.ts";

/** About so many bins between the 1st and the 99th percentile. */
const BINS = 24;
const STEPS = [1, 2, 2.5, 5, 10];

/**
 * How trades are spread: by net return, and by weekday and hour of the entry (by weekday and month for daily bars, which
 * have no hours).
 */
export function tradeProfile({ tape, input }: EvaluationContext, { trades }: VariantEvaluation): TradeProfile {
  const columns = input.matrix.info.cadence === "daily" ? "month" : "hour";
  const cells = new Map<number, { trades: number; wins: number; sum: number }>();
  for (let i = 0; i < trades.count; i++) {
    const row = trades.entryRow[i]!;
    const date = tape.sessionDate[tape.session[row]!]!;
    const column = columns === "hour" ? tape.hourEt[row]! : Math.floor(date / 100) % 100;
    const key = 100 * dayOfWeekOf(date) + column;
    const cell = cells.get(key) ?? { trades: 0, wins: 0, sum: 0 };
    cell.trades++;
    if (trades.netReturn[i]! > 0) cell.wins++;
    cell.sum += trades.netReturn[i]!;
    cells.set(key, cell);
  }
  return {
    returns: histogram(trades.netReturn.slice(0, trades.count)),
    columns,
    cells: [...cells]
      .sort(([a], [b]) => a - b)
      .map(([key, cell]) => ({
        weekday: Math.floor(key / 100),
        column: key % 100,
        trades: cell.trades,
        win_rate: cell.wins / cell.trades,
        mean_return: cell.sum / cell.trades,
      })),
  };
}

/** Bins of a round width that cover the middle 98 %; what lies outside goes into an open bin at either end. */
function histogram(values: Float64Array): TradeProfile["returns"] {
  if (values.length === 0) return [];
  const sorted = values.toSorted();
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;
  const width = roundWidth((at(0.99) - at(0.01)) / BINS);
  // Counted in whole widths, so that 0 is a bound and no bin holds gains and losses.
  const first = Math.floor(at(0.01) / width + 1e-9);
  const last = Math.max(first, Math.ceil(at(0.99) / width - 1e-9) - 1);
  const counts = new Int32Array(last - first + 1);
  let below = 0;
  let above = 0;
  for (const value of sorted) {
    const bin = Math.floor(value / width + 1e-9);
    if (bin < first) below++;
    else if (bin > last) above++;
    else counts[bin - first] = counts[bin - first]! + 1;
  }
  const bound = (bin: number): number => Number((bin * width).toPrecision(12));
  return [
    ...(below > 0 ? [{ lower: null, upper: bound(first), count: below }] : []),
    ...Array.from(counts, (count, i) => ({ lower: bound(first + i), upper: bound(first + i + 1), count })),
    ...(above > 0 ? [{ lower: bound(last + 1), upper: null, count: above }] : []),
  ];
}

/** The next 1, 2, 2.5 or 5 times a power of ten; a hundredth of a percent for equal values. */
function roundWidth(width: number): number {
  if (!(width > 1e-9)) return 0.0001;
  const magnitude = 10 ** Math.floor(Math.log10(width));
  return Number((STEPS.find((step) => step * magnitude >= width * 0.999)! * magnitude).toPrecision(12));
}
