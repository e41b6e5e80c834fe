import type { Oracle } from "./arithmetic.ts";
import { calendarOracles } from "./calendar.ts";
import { compositeOracles } from "./composite.ts";
import { dailyOracles } from "./daily.ts";
import { intradayOracles } from "./intraday.ts";
import { momentumOracles } from "./momentum.ts";
import { optionsFlowOracles } from "./options-flow.ts";
import { optionsStructureOracles } from "./options-structure.ts";
import { optionsVolatilityOracles } from "./options-volatility.ts";
import { regimeOracles } from "./regime.ts";
import { tickOracles } from "./tick.ts";
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
  ...optionsFlowOracles,
  ...optionsStructureOracles,
  ...optionsVolatilityOracles,
  ...regimeOracles,
  ...tickOracles,
  ...trendOracles,
  ...volatilityOracles,
  ...volumeOracles,
};
