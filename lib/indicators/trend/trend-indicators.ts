import type { IndicatorDefinition } from "../define-indicator.ts";
import { adx } from "./adx.ts";
import { distToEma } from "./dist-to-ema.ts";
import { ema } from "./ema.ts";
import { emaSlope } from "./ema-slope.ts";
import { lrR2 } from "./lr-r2.ts";
import { lrSlope } from "./lr-slope.ts";
import { macd } from "./macd.ts";
import { sma } from "./sma.ts";

/** Moving averages, slopes and trend strength. In the order of the docs. */
export const trendIndicators: readonly IndicatorDefinition[] = [sma, ema, emaSlope, distToEma, macd, adx, lrSlope, lrR2];
