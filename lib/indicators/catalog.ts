import { nearestName } from "../errors/nearest.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { dayOfWeek } from "./calendar/day-of-week.ts";
import { momentumScoreTotal } from "./composite/momentum-score-total.ts";
import type { IndicatorDefinition } from "./define-indicator.ts";
import { cci } from "./momentum/cci.ts";
import { logRet } from "./momentum/log-ret.ts";
import { momentum } from "./momentum/momentum.ts";
import { ret } from "./momentum/ret.ts";
import { roc } from "./momentum/roc.ts";
import { rsi } from "./momentum/rsi.ts";
import { stochastic } from "./momentum/stochastic.ts";
import { williamsR } from "./momentum/williams-r.ts";
import { adx } from "./trend/adx.ts";
import { distToEma } from "./trend/dist-to-ema.ts";
import { ema } from "./trend/ema.ts";
import { emaSlope } from "./trend/ema-slope.ts";
import { lrR2 } from "./trend/lr-r2.ts";
import { lrSlope } from "./trend/lr-slope.ts";
import { macd } from "./trend/macd.ts";
import { sma } from "./trend/sma.ts";
import { atr } from "./volatility/atr.ts";
import { bollingerBands } from "./volatility/bollinger-bands.ts";
import { donchian } from "./volatility/donchian.ts";
import { natr } from "./volatility/natr.ts";
import { rollingStd } from "./volatility/rolling-std.ts";
import { trueRangeIndicator } from "./volatility/true-range.ts";
import { volatility } from "./volatility/volatility.ts";
import { zscore } from "./volatility/zscore.ts";
import { obv } from "./volume/obv.ts";
import { volRatio } from "./volume/vol-ratio.ts";
import { volZscore } from "./volume/vol-zscore.ts";

const definitions: readonly IndicatorDefinition[] = [
  sma,
  ema,
  emaSlope,
  distToEma,
  macd,
  adx,
  lrSlope,
  lrR2,
  rsi,
  stochastic,
  williamsR,
  cci,
  roc,
  momentum,
  ret,
  logRet,
  atr,
  natr,
  trueRangeIndicator,
  rollingStd,
  volatility,
  bollingerBands,
  donchian,
  zscore,
  obv,
  volZscore,
  volRatio,
  dayOfWeek,
  momentumScoreTotal,
];

/** Every indicator, by name, in the order of the docs. */
export const INDICATORS: ReadonlyMap<string, IndicatorDefinition> = new Map(definitions.map((definition) => [definition.name, definition]));

/** @throws INDICATOR_UNKNOWN with the nearest name */
export function indicatorNamed(name: string): IndicatorDefinition {
  const definition = INDICATORS.get(name);
  if (definition) return definition;
  const nearest = nearestName(name, INDICATORS.keys());
  throw new SigmaError(
    "INDICATOR_UNKNOWN",
    `No indicator has the name "${name}"${nearest ? `; did you mean "${nearest}"?` : "; `sigma indicators` lists all names."}`,
    nearest ? { name, nearest } : { name },
  );
}
