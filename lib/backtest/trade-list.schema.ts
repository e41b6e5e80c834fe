import * as z from "zod";
import { EXIT_KINDS } from "./exit-kinds.ts";

const known = z.number().nullable();

/** One trade of an evaluation. Prices are adjusted for splits and dividends, as the evaluation met them. */
export const ListedTradeSchema = z.strictObject({
  trade: z.int().min(1).describe("Number in the order of opening"),
  symbol: z.string(),
  side: z.enum(["long", "short"]),
  fold: z.int().min(0).describe("Place of the test block that opened it"),
  decided_at: z.iso.datetime().describe("Close of the bar that decided"),
  entered_at: z.iso.datetime(),
  left_at: z.iso.datetime(),
  entry_bar: z.iso.datetime().describe("Start of the bar in which it entered: the `time` of that bar"),
  exit_bar: z.iso.datetime().describe("Start of the bar in which it left"),
  exit: z.enum(EXIT_KINDS),
  ambiguous: z.boolean().describe("Stop and target lay in one bar: taken as the stop"),
  size: z.number().describe("Share of a full position"),
  entry_price: z.number().describe("Of the instrument, before slippage; of options the underlying's"),
  exit_price: z.number(),
  entry_fill: z.number().describe("After slippage; of options the premium a share"),
  exit_fill: z.number(),
  stop: known.describe("Level of the instrument; null = none"),
  target: known.describe("Level of the instrument; null = none"),
  net_return: z.number().describe("After costs, over the notional at entry, a fraction"),
  pnl: z.number().describe("After costs, in units of the starting equity"),
  costs: z.number().describe("In units of the starting equity"),
  contract: z.string().nullable().describe("Options only: the contract's symbol"),
});
export type ListedTrade = z.infer<typeof ListedTradeSchema>;

/** One bar that an evaluation traded on, adjusted as its trades' prices are. */
export const ListedBarSchema = z.strictObject({
  time: z.iso.datetime().describe("Start of the bar"),
  session: z.iso.date(),
  open: known,
  high: known,
  low: known,
  close: known,
});
export type ListedBar = z.infer<typeof ListedBarSchema>;
