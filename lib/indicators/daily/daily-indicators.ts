import type { IndicatorDefinition } from "../define-indicator.ts";
import { dailyAtr } from "./daily-atr.ts";
import { dailyDistToEma } from "./daily-dist-to-ema.ts";
import { dailyEma } from "./daily-ema.ts";
import { dailyRet } from "./daily-ret.ts";
import { dailyRsi } from "./daily-rsi.ts";
import { dailyVol } from "./daily-vol.ts";
import { dailyVwap } from "./daily-vwap.ts";

/** What the completed sessions said at the session's open, at any cadence. In the order of the docs. */
export const dailyIndicators: readonly IndicatorDefinition[] = [
  dailyRsi,
  dailyEma,
  dailyRet,
  dailyDistToEma,
  dailyVwap,
  dailyAtr,
  dailyVol,
];
