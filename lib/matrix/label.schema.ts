import * as z from "zod";

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

/** What a row's `y` means. Classes are 1 = UP, 0 = FLAT, -1 = DOWN; without a band there is no FLAT. */
export const LabelSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("next_bar_direction"),
    entry: EntrySchema.default("next_open"),
    band: BandSchema.default({ kind: "none" }),
  }),
  z.strictObject({
    kind: z.literal("forward_return"),
    entry: EntrySchema.default("next_open"),
    horizon: z.int().min(1).max(252).describe("Bars ahead (sessions at daily cadence)"),
    band: BandSchema.default({ kind: "none" }),
  }),
]);
export type Label = z.infer<typeof LabelSchema>;

/** Bars from the decision bar to the bar that ends the label. */
export function labelHorizonBars(label: Label): number {
  return label.kind === "forward_return" ? label.horizon : 1;
}

/** Classes that a label can take, ascending. */
export function labelClasses(label: Label): readonly number[] {
  return label.band.kind === "none" ? [-1, 1] : [-1, 0, 1];
}
