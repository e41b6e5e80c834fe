import type { IndicatorDefinition } from "../define-indicator.ts";
import { adx } from "./adx.ts";
import { adxr } from "./adxr.ts";
import { alligator } from "./alligator.ts";
import { apo } from "./apo.ts";
import { aroon } from "./aroon.ts";
import { choppiness } from "./choppiness.ts";
import { dema } from "./dema.ts";
import { distToEma } from "./dist-to-ema.ts";
import { dpo } from "./dpo.ts";
import { dx } from "./dx.ts";
import { elderRay } from "./elder-ray.ts";
import { ema } from "./ema.ts";
import { emaSlope } from "./ema-slope.ts";
import { hma } from "./hma.ts";
import { hurst } from "./hurst.ts";
import { ichimoku } from "./ichimoku.ts";
import { kama } from "./kama.ts";
import { linreg } from "./linreg.ts";
import { lrR2 } from "./lr-r2.ts";
import { lrSlope } from "./lr-slope.ts";
import { macd } from "./macd.ts";
import { massIndex } from "./mass-index.ts";
import { ppo } from "./ppo.ts";
import { psar } from "./psar.ts";
import { qstick } from "./qstick.ts";
import { schaffTrendCycle } from "./schaff-trend-cycle.ts";
import { sma } from "./sma.ts";
import { supertrend } from "./supertrend.ts";
import { t3 } from "./t3.ts";
import { tema } from "./tema.ts";
import { trix } from "./trix.ts";
import { ulcerIndex } from "./ulcer-index.ts";
import { vortex } from "./vortex.ts";
import { vwma } from "./vwma.ts";
import { wma } from "./wma.ts";
import { zlema } from "./zlema.ts";

/** Moving averages, slopes and trend strength. In the order of the docs. */
export const trendIndicators: readonly IndicatorDefinition[] = [
  sma,
  ema,
  wma,
  dema,
  tema,
  hma,
  kama,
  vwma,
  t3,
  zlema,
  linreg,
  lrSlope,
  lrR2,
  emaSlope,
  distToEma,
  macd,
  ppo,
  apo,
  trix,
  dpo,
  adx,
  dx,
  adxr,
  aroon,
  psar,
  supertrend,
  ichimoku,
  vortex,
  massIndex,
  qstick,
  elderRay,
  alligator,
  schaffTrendCycle,
  choppiness,
  hurst,
  ulcerIndex,
];
