import type { Oracle } from "./arithmetic.ts";
import { calendarOracles } from "./calendar.ts";
import { compositeOracles } from "./composite.ts";
import { dailyOracles } from "./daily.ts";
import { intradayOracles } from "./intraday.ts";
import { momentumOracles } from "./momentum.ts";
import { trendOracles } from "./trend.ts";
import { volatilityOracles } from "./volatility.ts";
import { volumeOracles } from "./volume.ts";

/** Every indicator's formula, written out slowly. */
export const ORACLES: Readonly<Record<string, Oracle>> = {
  ...calendarOracles,
  ...compositeOracles,
  ...dailyOracles,
  ...intradayOracles,
  ...momentumOracles,
  ...trendOracles,
  ...volatilityOracles,
  ...volumeOracles,
};
