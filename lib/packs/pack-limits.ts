import { INDICATORS } from "../indicators/catalog.ts";

/** Fewest and most indicators of a set, and of a model with its strategy's. */
export const MIN_INDICATORS = 3;
export const MAX_INDICATORS = 15;

/** Calendar columns are known in advance and cannot be mined for luck, so they do not count. */
export const countedIndicators = (names: readonly string[]): number =>
  names.filter((name) => INDICATORS.get(name)?.category !== "calendar").length;

/** Fields of the decision row that entry rules may read beside the features. */
export const BAR_COLUMNS: ReadonlySet<string> = new Set(["open", "high", "low", "close", "volume", "hour_et", "day_of_week"]);
