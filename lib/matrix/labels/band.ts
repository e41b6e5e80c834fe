import type { Band } from "../label.schema.ts";
import type { LabelSeries } from "./label-series.ts";
import { trailingSigma } from "./trailing-sigma.ts";

/**
 * Half-width of the flat band at each bar, a fraction; undefined without a band.
 *
 * @param bars - bars that the label spans: a trailing sigma grows with their square root
 * @param withinSession - leave returns that span a session's close out of the sigma
 */
export function bandLimits(series: LabelSeries, band: Band, bars: number, withinSession: boolean): Float64Array | undefined {
  if (band.kind === "none") return undefined;
  if (band.kind === "fixed_bps") return new Float64Array(series.length).fill(band.bps / 10_000);
  const scale = band.k * Math.sqrt(bars);
  return trailingSigma(series, band.window, withinSession).map((sigma) => scale * sigma);
}

/** 1, 0 or -1. Without a band a return of exactly zero has no class; with an unknown limit no return has one. */
export function classOf(change: number, limit: number | undefined): number {
  if (limit === undefined) return change > 0 ? 1 : change < 0 ? -1 : Number.NaN;
  if (Number.isNaN(limit)) return Number.NaN;
  return Math.abs(change) <= limit ? 0 : change > 0 ? 1 : -1;
}
