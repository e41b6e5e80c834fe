import type { Attributions, MarginScale } from "./attributions.ts";

/** What speaks for UP and against DOWN, in the terms of one margin. */
export interface UpMargin {
  readonly scale: MarginScale;
  /** Margin that is expected before any feature is known. */
  readonly base: number;
  /** Shape (features, rows); with `base` they add up to the margin. */
  readonly contributions: readonly Float64Array[];
}

/**
 * Attributions of UP against DOWN, before calibration: the margin of two classes, the difference of two margins of three and
 * more. Where margins are log-odds (`log_odds`), it is the log-odds of UP against DOWN. Of a regression it is the prediction.
 *
 * @param up - index of the class UP, and `down` of DOWN; -1 = no such class
 * @returns null when the model has no such log-odds, as it saw no row of one of them
 */
export function upMarginOf({ scale, classOf, against, base, contributions }: Attributions, up: number, down: number): UpMargin | null {
  if (base.length === 0) return null;
  if (classOf.length === 0) return { scale, base: base[0]!, contributions: contributions[0]! };
  if (base.length === 1) {
    if (classOf[0] === up && against === down) return { scale, base: base[0]!, contributions: contributions[0]! };
    if (classOf[0] !== down || against !== up) return null;
    return { scale, base: -base[0]!, contributions: contributions[0]!.map((column) => column.map((phi) => -phi)) };
  }
  const [a, b] = [classOf.indexOf(up), classOf.indexOf(down)];
  if (a < 0 || b < 0) return null;
  const other = contributions[b]!;
  return {
    scale,
    base: base[a]! - base[b]!,
    contributions: contributions[a]!.map((column, f) => column.map((phi, row) => phi - other[f]![row]!)),
  };
}
