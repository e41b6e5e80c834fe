import type { IndicatorDefinition } from "../define-indicator.ts";
import { marketBreadth } from "./market-breadth.ts";
import { trendRegime } from "./trend-regime.ts";
import { vixDelta } from "./vix-delta.ts";
import { vixLevel } from "./vix-level.ts";
import { vixPercentile } from "./vix-percentile.ts";
import { vixTermSlope } from "./vix-term-slope.ts";
import { volRegime } from "./vol-regime.ts";

/** The state of the market. In the order of the docs. */
export const regimeIndicators: readonly IndicatorDefinition[] = [
  vixLevel,
  vixDelta,
  vixTermSlope,
  vixPercentile,
  trendRegime,
  volRegime,
  marketBreadth,
];
