import { newYorkOffsetMs } from "#lib/core/time.ts";

/** A bar of prices; its time is a session's date, or milliseconds UTC of an intraday bar's start. */
export interface PriceBar {
  readonly time: string | number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** A trade with the bracket that it carried. */
export interface PriceTrade {
  readonly side: "long" | "short";
  /** What stands at the entry instead of the side: of options the right that was bought. */
  readonly bought?: string | undefined;
  readonly entryTime: string | number;
  readonly entryPrice: number;
  readonly exitTime: string | number;
  readonly exitPrice: number;
  readonly stop?: number | null;
  readonly target?: number | null;
  /** Net, a fraction. */
  readonly return?: number | null;
}

/**
 * A bar's or trade's time as the chart library takes it, which knows no time zones: a session's date as it is, a moment as the
 * seconds that a clock in New York shows then, counted as if they were UTC.
 */
export const chartTime = (time: string | number): string | number =>
  typeof time === "string" ? time : (time + newYorkOffsetMs(time)) / 1000;

/** Bars that are shown before and after the trade that one came for. */
const AROUND = 30;
/** Bars in view when nobody came for a trade. */
const IN_VIEW = 160;

/** The places of the first and the last bar that are in view at first: around a trade, or the newest ones. */
export function viewOf(bars: readonly PriceBar[], focus: PriceTrade | undefined): { readonly from: number; readonly to: number } {
  const placeOf = (time: string | number): number => bars.findIndex((bar) => bar.time === time);
  const [entry, exit] = focus === undefined ? [-1, -1] : [placeOf(focus.entryTime), placeOf(focus.exitTime)];
  if (entry < 0 || exit < 0) return { from: Math.max(0, bars.length - IN_VIEW), to: bars.length + 4 };
  return { from: Math.max(0, entry - AROUND), to: Math.min(bars.length + 4, exit + AROUND) };
}
