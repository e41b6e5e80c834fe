import type { Pack } from "./pack.schema.ts";

type TimeHorizon = Pack["vibe"]["time_horizon"];
type ModelHorizons = readonly Pack["horizons"][number][];

/** Data by how often they come; `bar` stands for the model's own. */
export type Timeframe = Exclude<Pack["indicators"][number]["timeframe"], "bar">;

/** Data that a time horizon can make use of. Finer data are noise to it; coarser data change too seldom. */
export const FITTING_DATA: Readonly<Record<TimeHorizon, readonly Timeframe[]>> = {
  seconds: ["tick", "minute"],
  minutes: ["tick", "minute", "daily"],
  days: ["tick", "minute", "daily", "weekly"],
  weeks: ["minute", "daily", "weekly", "monthly"],
  months: ["daily", "weekly", "monthly"],
};

/** Horizons of models that a time horizon suggests. */
export const SUGGESTED_HORIZONS: Readonly<Record<TimeHorizon, ModelHorizons>> = {
  seconds: ["0dte", "intraday"],
  minutes: ["0dte", "intraday", "overnight"],
  days: ["intraday", "overnight", "swing"],
  weeks: ["swing", "long"],
  months: ["long"],
};

/** Horizons of models that a timeframe tag speaks of. */
export const TAGGED_HORIZONS: Readonly<Record<Pack["tags"]["timeframe"], ModelHorizons>> = {
  intraday: ["0dte", "intraday", "overnight"],
  swing: ["overnight", "swing"],
  position: ["swing", "long"],
  investment: ["long"],
};
