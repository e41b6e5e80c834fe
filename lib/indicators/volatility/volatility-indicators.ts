import type { IndicatorDefinition } from "../define-indicator.ts";
import { atr } from "./atr.ts";
import { bollingerBands } from "./bollinger-bands.ts";
import { chaikinVolatility } from "./chaikin-volatility.ts";
import { donchian } from "./donchian.ts";
import { downsideDev } from "./downside-dev.ts";
import { ewmaVol } from "./ewma-vol.ts";
import { garmanKlass } from "./garman-klass.ts";
import { keltner } from "./keltner.ts";
import { kurtosis } from "./kurtosis.ts";
import { maxDrawdownW } from "./max-drawdown-w.ts";
import { natr } from "./natr.ts";
import { parkinson } from "./parkinson.ts";
import { rogersSatchell } from "./rogers-satchell.ts";
import { rollingStd } from "./rolling-std.ts";
import { skew } from "./skew.ts";
import { squeeze } from "./squeeze.ts";
import { trueRangeIndicator } from "./true-range.ts";
import { volatility } from "./volatility.ts";
import { yangZhang } from "./yang-zhang.ts";
import { zscore } from "./zscore.ts";

/** Ranges, deviations and bands. In the order of the docs. */
export const volatilityIndicators: readonly IndicatorDefinition[] = [
  atr,
  natr,
  trueRangeIndicator,
  rollingStd,
  volatility,
  parkinson,
  garmanKlass,
  rogersSatchell,
  yangZhang,
  bollingerBands,
  keltner,
  donchian,
  squeeze,
  chaikinVolatility,
  ewmaVol,
  downsideDev,
  maxDrawdownW,
  zscore,
  skew,
  kurtosis,
];
