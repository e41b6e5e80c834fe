import type { Bars } from "../../../core/bars.ts";
import type { EdgeSpec } from "./edge.schema.ts";
import { BARS_PER_SESSION, edgeTheoryOf } from "./edge-theory.ts";
import { EDGE_VOLUME, VOLUME_LOADING } from "./plant-edge.ts";

const SESSIONS_PER_YEAR = 252;

/**
 * The feature of a planted edge as anybody can compute it: from bars up to each one's close, nothing else.
 *
 * @param bars - of `plantEdge` with this specification
 * @returns one value for each bar, known at its end; the first few of a momentum know too little of the past
 */
export function edgeFeature(bars: Bars, spec: EdgeSpec): Float64Array {
  const perSession = BARS_PER_SESSION[spec.cadence];
  if (spec.feature === "volume") return bars.volume.map((volume) => Math.log(volume / (EDGE_VOLUME / perSession)) / VOLUME_LOADING);
  const { effect, persistence, weight } = edgeTheoryOf(spec);
  const variance = ((spec.annual_volatility ** 2 / SESSIONS_PER_YEAR) * (1 - spec.overnight_share)) / perSession;
  const kept = persistence - weight * effect;
  let x = 0;
  return bars.open.map((open, i) => {
    const z = (Math.log(bars.close[i]! / open) + variance / 2) / Math.sqrt(variance);
    x = kept * x + weight * z;
    return x;
  });
}

/**
 * Net returns of the declared rule, one for each session: the side that the feature's sign names at a close is taken at the next
 * open, at the stated cost of each side, and held to the open after it.
 *
 * @returns fractions of the capital; the first session has none but for what its bars decide
 */
export function edgeRuleReturns(bars: Bars, spec: EdgeSpec): Float64Array {
  const feature = edgeFeature(bars, spec);
  const direction = spec.feature === "reversal" ? -1 : 1;
  const cost = spec.cost_bps / 10_000;
  const returns: number[] = [];
  let side = 0;
  for (let i = 0; i < bars.length; i++) {
    const firstOfDay = i === 0 || bars.start[i]! !== bars.end[i - 1]!;
    if (firstOfDay) returns.push(i === 0 ? 0 : side * (bars.open[i]! / bars.close[i - 1]! - 1));
    const taken = i === 0 ? 0 : direction * Math.sign(feature[i - 1]!);
    const traded = Math.abs(taken - side);
    side = taken;
    returns[returns.length - 1]! += side * (bars.close[i]! / bars.open[i]! - 1) - traded * cost;
  }
  return Float64Array.from(returns);
}
