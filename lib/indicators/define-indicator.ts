import type * as z from "zod";
import type { Tenor } from "../options/chain/iv-measures.ts";
import type { IndicatorInputs } from "./inputs.ts";

/** In the order of the docs. */
export const CATEGORIES = [
  "trend",
  "momentum",
  "volatility",
  "volume",
  "intraday",
  "daily",
  "calendar",
  "regime",
  "options_volatility",
  "options_flow",
  "options_structure",
  "tick",
  "composite",
] as const;
type IndicatorCategory = (typeof CATEGORIES)[number];

/** The data an indicator makes sense on; `any` = whatever the cadence. */
type IndicatorTimeframe = "any" | "tick" | "minute" | "daily" | "weekly" | "monthly";

/**
 * What a column's numbers are.
 *
 * `price`: on the scale of the input prices, so it is rescaled as of each row;
 * `volume`: on the scale of the input volume;
 * `ratio`: a fraction, 0.01 = 1 %;
 * `percent`: 1 = 1 %;
 * `index`: a bounded or scale-free score;
 * `flag`: a few whole numbers, such as 0 and 1 or -1, 0 and 1;
 * `bars`, `sessions`, `minutes`: counts and durations;
 * `weekday`: Monday = 0; `hour`: of the day, New York; `month`: 1 to 12;
 * `volatility`: implied or realised, a fraction a year; `variance`: the square of one;
 * `contracts`: number of option contracts;
 * `usd`: US dollars, at raw prices;
 * `turnover`: price x volume, in the currency of the prices, the same on every scale; `per_turnover`: one over it;
 * `price2_per_volume`: the square of a price over a volume, rescaled as of each row;
 * `points`: level of an index such as VIX, in its own points.
 */
export type IndicatorUnit =
  | "price"
  | "volume"
  | "ratio"
  | "percent"
  | "index"
  | "flag"
  | "bars"
  | "sessions"
  | "minutes"
  | "weekday"
  | "hour"
  | "month"
  | "volatility"
  | "variance"
  | "contracts"
  | "usd"
  | "turnover"
  | "per_turnover"
  | "price2_per_volume"
  | "points";

type InputName =
  | "open"
  | "high"
  | "low"
  | "close"
  | "volume"
  | "sessionDate"
  | "barStart"
  | "barEnd"
  | "scale"
  | "others"
  | "chains"
  | "ivHistory"
  | "flow"
  | "flowCells"
  | "tape"
  | "universe";

/** At-the-money volatilities of past sessions at one tenor. */
export interface IvHistoryNeed {
  readonly tenor: Tenor;
  /** Sessions before the first row's from which it reads them. */
  readonly sessions: number;
}

/** Data beside the symbol's own bars that an indicator cannot do without. */
export interface DataNeeds {
  /** Symbols whose daily bars it reads, such as VIX. */
  readonly dailySymbols?: readonly string[];
  /** Symbols whose bars of the model's own cadence it reads, such as a benchmark. */
  readonly barSymbols?: readonly string[];
  /** `daily`: a snapshot a session is enough; `intraday`: it says nothing without several. */
  readonly chains?: "daily" | "intraday";
  /** Sessions before the first row's from which it reads chains and daily bars; 1 when absent. */
  readonly historySessions?: number;
  /** One value a session, kept apart from the chains: years of them are little, and they outlive a vendor's chains. */
  readonly ivHistory?: IvHistoryNeed;
  /** Same-day option flow. */
  readonly flow?: boolean;
  readonly tape?: boolean;
  readonly universe?: boolean;
}

/** One column that an indicator gives for one set of parameters. */
export interface IndicatorColumn {
  readonly name: string;
  readonly unit: IndicatorUnit;
  /** Bars that are NaN before the first value, where it differs from the indicator's longest warm-up. */
  readonly warmupBars?: number;
  /** Smallest and largest value the column can take. */
  readonly bounds?: readonly [number, number];
  /**
   * The value, after the warm-up, on a series that never changes: a number (NaN = undefined there), the price
   * itself, the bar's volume, or the product of both. Absent where only dates and times are read, and where data beside the
   * bars decide.
   */
  readonly flat?: number | "price" | "volume" | "turnover";
  /** After the warm-up it is still NaN at some bars of every session, such as before the first half hour is over. */
  readonly partOfSession?: boolean;
}

/** Resolved parameters: defaults filled in, bounds checked. */
export type IndicatorParams = Readonly<Record<string, unknown>>;

/** A versioned rule from bars to columns. Listing, docs, forms, validation and live scoring are all derived from it. */
export interface IndicatorDefinition<P = IndicatorParams> {
  readonly name: string;
  /** Grows by one with every change that alters an output for the same input. */
  readonly version: number;
  readonly category: IndicatorCategory;
  readonly subcategory: string;
  readonly timeframe: IndicatorTimeframe;
  readonly inputs: readonly InputName[];
  readonly params: z.ZodObject;
  /** Other spellings of parameters, beside the ones every indicator knows (`period` = `window` and so on). */
  readonly paramAliases?: Readonly<Record<string, string>>;
  /** One line; what the value is, in words. */
  readonly doc: string;
  /** What happens at a gap (NaN input), on a flat series, and where the convention differs from others'. */
  readonly notes?: string;
  /** Where the formula comes from. */
  readonly source: string;
  readonly tags?: readonly string[];
  /** `finite`: depends on the last `warmupBars + 1` bars only. `recursive`: every earlier bar counts, ever less. */
  readonly memory: "finite" | "recursive";

  /** Absent = the symbol's own bars are enough. */
  needs?(params: P): DataNeeds;

  columns(params: P): readonly IndicatorColumn[];

  /**
   * Bars that are NaN before all columns have a value, on a series without gaps whose other data reach as far back as `needs` says.
   *
   * @param barsPerSession - matters only to indicators that look at sessions; 1 (daily cadence) when absent
   */
  warmupBars(params: P, barsPerSession?: number): number;

  /**
   * @returns one array for each column, in the order of `columns`, as long as the inputs. The value at t depends
   *   on inputs up to t only. An array may be a shared one, to be read only; `computePlan` hands out arrays of the caller's own.
   */
  compute(inputs: IndicatorInputs, params: P): Float64Array[];
}

/** Ties the functions' parameter type to the schema, the only place that states it. */
export function defineIndicator<S extends z.ZodObject>(
  definition: Omit<IndicatorDefinition<z.output<S>>, "params"> & { readonly params: S },
): IndicatorDefinition {
  return definition as unknown as IndicatorDefinition;
}
