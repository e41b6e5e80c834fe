import { nearestName } from "../errors/nearest.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { calendarIndicators } from "./calendar/calendar-indicators.ts";
import { compositeIndicators } from "./composite/composite-indicators.ts";
import { dailyIndicators } from "./daily/daily-indicators.ts";
import type { IndicatorDefinition } from "./define-indicator.ts";
import { intradayIndicators } from "./intraday/intraday-indicators.ts";
import { momentumIndicators } from "./momentum/momentum-indicators.ts";
import { optionsFlowIndicators } from "./options-flow/options-flow-indicators.ts";
import { optionsStructureIndicators } from "./options-structure/options-structure-indicators.ts";
import { optionsVolatilityIndicators } from "./options-volatility/options-volatility-indicators.ts";
import { regimeIndicators } from "./regime/regime-indicators.ts";
import { tickIndicators } from "./tick/tick-indicators.ts";
import { trendIndicators } from "./trend/trend-indicators.ts";
import { volatilityIndicators } from "./volatility/volatility-indicators.ts";
import { volumeIndicators } from "./volume/volume-indicators.ts";

const definitions: readonly IndicatorDefinition[] = [
  ...trendIndicators,
  ...momentumIndicators,
  ...volatilityIndicators,
  ...volumeIndicators,
  ...intradayIndicators,
  ...dailyIndicators,
  ...calendarIndicators,
  ...regimeIndicators,
  ...optionsVolatilityIndicators,
  ...optionsFlowIndicators,
  ...optionsStructureIndicators,
  ...tickIndicators,
  ...compositeIndicators,
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
