import type { IndicatorDefinition } from "../define-indicator.ts";
import { atmIv } from "./atm-iv.ts";
import { atmIvEod } from "./atm-iv-eod.ts";
import { atmIvOpenDelta } from "./atm-iv-open-delta.ts";
import { atmIvZscore } from "./atm-iv-zscore.ts";
import { impliedMove } from "./implied-move.ts";
import { ivButterfly25d } from "./iv-butterfly-25d.ts";
import { ivPercentile52w } from "./iv-percentile-52w.ts";
import { ivRank52w } from "./iv-rank-52w.ts";
import { ivRealizedSpread } from "./iv-realized-spread.ts";
import { ivSkew25d } from "./iv-skew-25d.ts";
import { ivSmileWings } from "./iv-smile-wings.ts";
import { ivTermSlope } from "./iv-term-slope.ts";
import { varianceRiskPremium } from "./variance-risk-premium.ts";

/** Volatilities that options imply. In the order of the docs. */
export const optionsVolatilityIndicators: readonly IndicatorDefinition[] = [
  atmIv,
  atmIvEod,
  ivRank52w,
  ivPercentile52w,
  atmIvZscore,
  atmIvOpenDelta,
  ivRealizedSpread,
  ivSkew25d,
  ivButterfly25d,
  ivTermSlope,
  ivSmileWings,
  impliedMove,
  varianceRiskPremium,
];
