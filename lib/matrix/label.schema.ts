import * as z from "zod";
import type { Cadence } from "../core/bars.ts";

/** Returns inside the band count as FLAT. `trailing_sigma` uses the volatility known at the decision time. */
export const BandSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("fixed_bps"), bps: z.number().gt(0).max(10_000) }),
  z.strictObject({ kind: z.literal("trailing_sigma"), k: z.number().gt(0).max(10), window: z.int().min(2).max(2000) }),
]);
export type Band = z.infer<typeof BandSchema>;

/** Where the forward return starts: the next bar's open (default) or the decision bar's close. */
export const EntrySchema = z.enum(["next_open", "decision_close"]);
export type LabelEntry = z.infer<typeof EntrySchema>;

const band = BandSchema.default({ kind: "none" });
const entry = EntrySchema.default("next_open");

/** A New York wall-clock time inside the regular session, such as 10:30. */
const clock = z.string().regex(/^(09:[3-5]\d|1[0-5]:[0-5]\d)$/, 'must be a New York time from "09:30" to "15:59"');

const atrWindow = z.int().min(2).max(250).default(14).describe("Completed sessions of the average true range");
const atrMultiple = (what: string) => z.number().gt(0).max(20).describe(`${what}, as a multiple of the daily average true range`);

/** How wide the barriers stand. Trailing: one-bar sigma known at the decision, times the square root of the horizon. */
const BarrierSigmaSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("trailing"), window: z.int().min(2).max(2000) }),
  z.strictObject({ kind: z.literal("fixed"), fraction: z.number().gt(0).lt(1) }),
]);

/** What a row's `y` means. Classes are 1 = UP, 0 = FLAT, -1 = DOWN; without a band there is no FLAT. */
export const LabelSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("next_bar_direction"), entry, band }).describe("Sign of the next bar's return"),
  z
    .strictObject({
      kind: z.literal("forward_return"),
      entry,
      horizon: z.int().min(1).max(252).describe("Bars ahead, or sessions where the unit says so"),
      unit: z.enum(["bars", "sessions"]).default("bars").describe("At daily cadence both are the same"),
      band,
      task: z.enum(["classify", "regress"]).default("classify").describe("Regress: y is the return itself, and there are no classes"),
    })
    .describe("Return some bars or sessions ahead"),
  z
    .strictObject({
      kind: z.literal("close_to_open"),
      entry: z.literal("decision_close").default("decision_close"),
      decision_time: clock
        .default("15:45")
        .describe("The last bar that ends by this time carries the label; at daily cadence the day's bar does, for research only"),
      band,
    })
    .describe("Overnight return: the session's close to the next session's open"),
  z
    .strictObject({
      kind: z.literal("headfake_reversal"),
      entry,
      window_end: clock.default("10:30").describe("The bar that ends then decides"),
      move_atr: atrMultiple("Least move from the open to the window's end").default(0.25),
      reverse_atr: atrMultiple("Least move back into the close").default(0.25),
      atr_window: atrWindow,
    })
    .describe("The move from the open is reversed into the close: 1 = up after a fall, -1 = down after a rise, 0 = not reversed"),
  z
    .strictObject({
      kind: z.literal("pin_drift"),
      entry,
      drift_start: clock.default("14:00").describe("The bar that ends then decides"),
      peak: z.enum(["oi", "gamma"]).default("oi").describe("The strike that prices drift to: most open interest, or most gamma"),
      drift_atr: atrMultiple("Least move towards the peak").default(0.1),
      atr_window: atrWindow,
    })
    .describe("The price drifts towards the peak strike into the close: 1 = up to it, -1 = down to it, 0 = it does not"),
  z
    .strictObject({
      kind: z.literal("triple_barrier"),
      entry,
      horizon: z.int().min(1).max(252).describe("Bars until the time limit"),
      up: z.number().gt(0).max(20).describe("Upper barrier in sigmas"),
      down: z.number().gt(0).max(20).describe("Lower barrier in sigmas"),
      sigma: BarrierSigmaSchema.default({ kind: "trailing", window: 100 }),
      touch: z
        .enum(["close", "high_low"])
        .default("close")
        .describe("high_low: within the bar, the lower barrier first when both are touched"),
      vertical: z.enum(["sign", "flat"]).default("sign").describe("Class at the time limit"),
    })
    .describe("Which barrier the price touches first"),
]);
export type Label = z.infer<typeof LabelSchema>;

type LabelOf<K extends Label["kind"]> = Extract<Label, { kind: K }>;
export type CloseToOpenLabel = LabelOf<"close_to_open">;
export type HeadfakeReversalLabel = LabelOf<"headfake_reversal">;
export type PinDriftLabel = LabelOf<"pin_drift">;
export type TripleBarrierLabel = LabelOf<"triple_barrier">;

/** Bars of a full session; hourly bars are clock-aligned in New York, so there are seven. */
const SESSION_BARS: Readonly<Record<Cadence, number>> = { "1m": 390, "5m": 78, "15m": 26, hourly: 7, daily: 1 };

/** Minutes from a bar's end to the next one's. */
export const BAR_MINUTES: Readonly<Record<Cadence, number>> = { "1m": 1, "5m": 5, "15m": 15, hourly: 60, daily: 390 };

/** Most bars from the decision bar to the bar that ends the label. */
export function labelHorizonBars(label: Label, cadence: Cadence): number {
  switch (label.kind) {
    case "next_bar_direction":
      return 1;
    case "close_to_open":
      // The bars up to the close, then the one that opens the next session.
      return cadence === "daily" ? 1 : barsToClose(label.decision_time, cadence) + 1;
    case "forward_return":
      // From the first bar of a session to the last one of the session that ends the label.
      return label.unit === "sessions" ? (label.horizon + 1) * SESSION_BARS[cadence] - 1 : label.horizon;
    case "headfake_reversal":
      return barsToClose(label.window_end, cadence);
    case "pin_drift":
      return barsToClose(label.drift_start, cadence);
    case "triple_barrier":
      return label.horizon;
  }
}

/** Whether a label puts its question at one time of the session, which it names itself. */
export const decidesOnceASession = ({ kind }: Pick<Label, "kind">): boolean =>
  kind === "headfake_reversal" || kind === "pin_drift" || kind === "close_to_open";

/** Classes that a label can take, ascending; empty for a regression. */
export function labelClasses(label: Label): readonly number[] {
  switch (label.kind) {
    case "headfake_reversal":
    case "pin_drift":
      return [-1, 0, 1];
    case "triple_barrier":
      return label.vertical === "flat" ? [-1, 0, 1] : [-1, 1];
    case "forward_return":
      if (label.task === "regress") return [];
  }
  return label.band.kind === "none" ? [-1, 1] : [-1, 0, 1];
}

/** Sides and classes that probabilities are given for, ascending: the label's classes, or for a regression the return's sign. */
export function tradedClasses(label: Label): readonly number[] {
  const classes = labelClasses(label);
  return classes.length === 0 ? [-1, 1] : classes;
}

/** Minutes after New York's midnight of a clock text. */
export function clockMinutes(text: string): number {
  const [hour, minute] = text.split(":").map(Number) as [number, number];
  return 60 * hour + minute;
}

/** Bars of a full session that lie after a clock time: hourly bars end on the hour. */
function barsToClose(from: string, cadence: Cadence): number {
  const minutes = 16 * 60 - clockMinutes(from);
  return Math.max(1, Math.ceil(minutes / BAR_MINUTES[cadence]));
}
