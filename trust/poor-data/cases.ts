import type { PriceSeries } from "#lib/core/bars.ts";
import type { Json } from "#lib/core/canonical-json.ts";
import { fingerprintOf } from "#lib/market-data/fingerprint.ts";
import type { LabModel } from "../memory-lab.ts";
import { randomWalk } from "../noise/series.ts";

/** Data or a request that leave little to judge, and what must still be said of them. */
export interface PoorCase {
  readonly title: string;
  readonly series: () => PriceSeries;
  readonly model: Partial<LabModel>;
  readonly request: { readonly [key: string]: Json };
  /** Reason codes of which every variant must carry one. */
  readonly reasons: readonly string[];
}

/** A series that only rises until its last tenth, which is in the holdout: every label that a fold may be fitted on is UP. */
function risingThenRandom(): PriceSeries {
  const { bars, facts } = randomWalk(980_001, 5, 0);
  const risingUntil = Math.floor(0.9 * bars.length);
  const [open, high, low, close] = [bars.open.slice(), bars.high.slice(), bars.low.slice(), bars.close.slice()];
  const scale = (100 * 1.001 ** risingUntil) / bars.close[risingUntil]!;
  for (let i = 0; i < bars.length; i++) {
    if (i <= risingUntil) {
      close[i] = 100 * 1.001 ** i;
      open[i] = close[i]! / 1.0005;
      high[i] = close[i]!;
      low[i] = open[i]!;
    } else for (const column of [open, high, low, close]) column[i]! *= scale;
  }
  const changed = { ...bars, open, high, low, close, factor: bars.factor.map(() => 1) };
  return { bars: changed, facts: { ...facts, fingerprint: fingerprintOf(changed) } };
}

export const POOR_CASES: Readonly<Record<string, PoorCase>> = {
  "single-class": {
    title: "folds whose training rows hold one class",
    series: risingThenRandom,
    model: {},
    request: { mode: "simple" },
    reasons: ["min_bets_not_met", "no_skill"],
  },
  "flat-labels": {
    title: "nine labels of ten are FLAT",
    series: () => randomWalk(980_002, 5, 0),
    model: { label: { kind: "forward_return", horizon: 5, entry: "next_open", band: { kind: "fixed_bps", bps: 560 } } },
    request: { mode: "simple" },
    reasons: ["no_skill", "min_bets_not_met", "dsr_below_min", "dsr_undefined"],
  },
  "twelve-trades": {
    title: "twelve trades in all",
    series: () => randomWalk(980_003, 2, 0),
    model: {},
    request: { mode: "custom", axes: { thresholds: [0], top_pct: [1], hold_bars: [25] } },
    reasons: ["min_bets_not_met"],
  },
};
