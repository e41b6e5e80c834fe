import * as z from "zod";

const count = z.int().min(0);

/** What a report says of a variant's option trades. */
export const OptionFillsSchema = z.strictObject({
  unfilled: z.record(z.string(), count).describe("Candidates that were not filled, by the first rule that refused them"),
  repriced_trades: count.describe("Trades with a price of a model: at the entry, the exit, or a close between"),
  spread_modelled_trades: count.describe("Trades bought or sold at a traded price with a modelled spread"),
});
export type OptionFills = z.infer<typeof OptionFillsSchema>;
