import type { IndicatorDefinition } from "../define-indicator.ts";
import { atr } from "./atr.ts";
import { bollingerBands } from "./bollinger-bands.ts";
import { donchian } from "./donchian.ts";
import { natr } from "./natr.ts";
import { rollingStd } from "./rolling-std.ts";
import { trueRangeIndicator } from "./true-range.ts";
import { volatility } from "./volatility.ts";
import { zscore } from "./zscore.ts";

/** Ranges, deviations and bands. In the order of the docs. */
export const volatilityIndicators: readonly IndicatorDefinition[] = [
  atr,
  natr,
  trueRangeIndicator,
  rollingStd,
  volatility,
  bollingerBands,
  donchian,
  zscore,
];
