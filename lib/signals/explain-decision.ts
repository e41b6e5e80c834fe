import type { Signal, SignalReason } from "./signal.schema.ts";

/** What stood between a prediction and a trade, in the order in which it is asked. */
export interface DecisionFacts {
  readonly preferred: number;
  readonly side: number;
  readonly thresholds: Signal["thresholds"];
  readonly probabilities: Signal["probabilities"];
  /** Codes and sentences of unhealthy data; any of them holds the signal back. */
  readonly health: readonly SignalReason[];
  readonly filterAllows: boolean;
  readonly holdBars: number;
}

/** Reasons of a decision: the first thing that held it back, or all that let it through. */
export function decisionReasons({
  preferred,
  side,
  thresholds,
  probabilities,
  health,
  filterAllows,
  holdBars,
}: DecisionFacts): SignalReason[] {
  const { mode, threshold, top_pct, top_cut, side_value } = thresholds;
  const value = Number.isFinite(side_value) ? side_value : null;
  const name = preferred > 0 ? "UP" : "DOWN";
  const p = preferred > 0 ? probabilities.up : probabilities.down;
  const base = preferred > 0 ? probabilities.base_up : probabilities.base_down;
  const prediction: SignalReason = {
    code: "prediction",
    text: `P(${name}) is ${p.toFixed(4)} against a training base rate of ${base.toFixed(4)}: ${mode} ${side_value.toFixed(4)}.`,
    value: p,
    limit: base,
  };
  if (health.length > 0) return [...health, prediction];
  if (preferred === 0)
    return [{ code: "no_side", text: "No tradable side is more likely than its base rate.", value, limit: threshold }, prediction];
  if (threshold !== null && !(side_value >= threshold))
    return [
      {
        code: "below_threshold",
        text: `The ${mode} of ${side_value.toFixed(4)} is below the threshold of ${threshold}.`,
        value,
        limit: threshold,
      },
      prediction,
    ];
  if (top_pct !== null && top_pct < 1 && !(top_cut !== null && side_value >= top_cut)) {
    const text =
      top_cut === null
        ? `Too few confidences are known to say what the top ${100 * top_pct} % is.`
        : `The ${mode} of ${side_value.toFixed(4)} is below ${top_cut.toFixed(4)}, where the top ${100 * top_pct} % begins.`;
    return [{ code: "below_top_share", text, value, limit: top_cut }, prediction];
  }
  if (!filterAllows)
    return [
      { code: "filtered", text: "Hours, momentum gate or the strategy's entry rule forbid a trade here.", value: null, limit: null },
      prediction,
    ];
  if (side === 0)
    return [{ code: "side_not_allowed", text: `${name} is not a side that this model trades.`, value, limit: null }, prediction];
  const met: SignalReason = {
    code: "threshold_met",
    text: `The ${mode} of ${side_value.toFixed(4)} meets the threshold of ${threshold ?? "none"}.`,
    value,
    limit: threshold,
  };
  const top: SignalReason[] =
    top_cut === null
      ? []
      : [
          {
            code: "in_top_share",
            text: `It is among the top ${100 * (top_pct ?? 1)} % of confidences (from ${top_cut.toFixed(4)}).`,
            value,
            limit: top_cut,
          },
        ];
  return [
    met,
    ...top,
    { code: "hold", text: `The trade ends after ${holdBars} bars at the latest.`, value: holdBars, limit: null },
    prediction,
  ];
}
