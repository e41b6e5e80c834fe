import { SIMPLE_GRID } from "#lib/sweeps/simple-grid.schema.ts";
import type { SweepAxes } from "#lib/sweeps/sweep.schema.ts";

/** What decides which parameters a model's sweep can have. */
export interface AxisFacts {
  readonly cadence: string;
  readonly trades: "stocks" | "options";
  readonly thresholdMode: "probability" | "edge";
}

type GridAxis = Exclude<keyof SweepAxes, "indicator_sets" | "feature_sets" | "strategy_variants" | "risk_profiles" | "ml_params">;

/** A parameter that may be varied, and how its values are written in one line. */
export interface AxisKind {
  readonly axis: GridAxis;
  readonly name: string;
  /** What the values are, with their unit. */
  readonly hint: string;
  /** Values to begin with. */
  readonly start: (facts: AxisFacts) => string;
  readonly read: (text: string) => unknown[];
  readonly fits?: (facts: AxisFacts) => boolean;
}

const parts = (text: string, by: string): string[] =>
  text
    .split(by)
    .map((part) => part.trim())
    .filter((part) => part !== "");
/** What is no number stays the text that it is, so that the schema can say so. */
const numberOf = (part: string): number | string => (Number.isFinite(Number(part)) ? Number(part) : part);
const numbers = (text: string): unknown[] => parts(text, ",").map(numberOf);
const words = (text: string): unknown[] => parts(text, ",");
const hourSets = (text: string): unknown[] => parts(text, ";").map((set) => (set === "all" ? "all" : parts(set, ",").map(numberOf)));
const hourMaps = (text: string): unknown[] =>
  parts(text, ";").map((map) =>
    map === "none"
      ? "none"
      : Object.fromEntries(
          parts(map, ",")
            .map((pair) => parts(pair, ":"))
            .map(([hour = "", value = ""]) => [hour, numberOf(value)]),
        ),
  );
const filters = (text: string): unknown[] => parts(text, ";").map((value) => (value.includes(",") ? parts(value, ",") : value));

const daily = ({ cadence }: AxisFacts): boolean => cadence === "daily";
const intraday = (facts: AxisFacts): boolean => !daily(facts);
const options = ({ trades }: AxisFacts): boolean => trades === "options";

/** Every parameter of a custom sweep, in the order of a trade: what is let through, when, how, and how it ends. */
export const AXES: readonly AxisKind[] = [
  {
    axis: "thresholds",
    name: "Threshold",
    hint: "Probabilities from 0.5; in edge mode the least edge over the base rate, in logits",
    start: ({ thresholdMode }) => SIMPLE_GRID[thresholdMode].balanced.join(", "),
    read: numbers,
  },
  {
    axis: "hour_thresholds",
    name: "Thresholds by hour",
    hint: "Maps of New York hour and threshold, such as 10:0.6, 11:0.65; maps are parted by semicolons",
    start: () => "none; 10:0.6, 15:0.65",
    read: hourMaps,
    fits: intraday,
  },
  {
    axis: "top_pct",
    name: "Top share",
    hint: "Shares of the most confident decisions: 0.1 is the top 10 %",
    start: (facts) => (daily(facts) ? "0.15, 0.35, 1" : "0.05, 0.1, 0.15"),
    read: numbers,
  },
  {
    axis: "allowed_hours",
    name: "Hours",
    hint: 'Sets of New York hours of the entry, parted by semicolons; "all" is no limit',
    start: () => "9, 10; 13, 14, 15; all",
    read: hourSets,
    fits: intraday,
  },
  {
    axis: "momentum_min",
    name: "Least momentum",
    hint: "Scores of the policy's momentum column; each turns the gate on",
    start: () => "0, 0.5",
    read: numbers,
  },
  {
    axis: "filters",
    name: "Filters",
    hint: 'Such as vix_below:20, above_sma_200, min_volume_ratio:1.5 or "adx_14 > 25"; parted by semicolons',
    start: () => "none; above_sma_200",
    read: filters,
  },
  { axis: "hold_days", name: "Days held", hint: "Sessions", start: () => "1, 3, 5", read: numbers, fits: daily },
  { axis: "hold_bars", name: "Bars held", hint: "Bars of the model's cadence", start: () => "3, 5, 10", read: numbers, fits: intraday },
  { axis: "stop_loss", name: "Stop", hint: "Fractions of the entry price: 0.02 is 2 %", start: () => "0.02, 0.05, 0.1", read: numbers },
  { axis: "take_profit", name: "Target", hint: "Multiples of the stop's distance", start: () => "1.5, 2, 3", read: numbers },
  { axis: "time_stop", name: "Time stop", hint: "Bars", start: () => "3, 5, 10", read: numbers },
  { axis: "position_size", name: "Position size", hint: "Shares of equity: 0.5 is half of it", start: () => "0.25, 0.5, 1", read: numbers },
  { axis: "max_positions", name: "Positions at once", hint: "Most that are open", start: () => "1, 3, 5", read: numbers },
  {
    axis: "slippage",
    name: "Slippage",
    hint: "optimistic is half of the policy's, pessimistic twice",
    start: () => "optimistic, realistic, pessimistic",
    read: words,
  },
  { axis: "entry_type", name: "Entry", hint: "market, limit, limit_buffer", start: () => "market, limit", read: words },
  { axis: "option_type", name: "Calls or puts", hint: "call, put, both", start: () => "call, put, both", read: words, fits: options },
  {
    axis: "strike_selection",
    name: "Strike",
    hint: "ATM, 5%_OTM, 10%_OTM",
    start: () => "ATM, 5%_OTM, 10%_OTM",
    read: words,
    fits: options,
  },
  { axis: "dte_target", name: "Days to expiry", hint: "Days", start: () => "0, 1, 7, 30", read: numbers, fits: options },
  { axis: "contract_size", name: "Contracts", hint: "Most of a trade", start: () => "1, 5, 10", read: numbers, fits: options },
];

export const axisOf = (axis: string): AxisKind | undefined => AXES.find((kind) => kind.axis === axis);

/** The parameters that this model's sweep can have. */
export const axesFor = (facts: AxisFacts): readonly AxisKind[] => AXES.filter(({ fits }) => fits === undefined || fits(facts));
