import * as z from "zod";

const count = z.int().min(0);

/** How the headline's trades are spread. */
export const TradeProfileSchema = z.strictObject({
  returns: z
    .array(
      z.strictObject({
        lower: z.number().nullable().describe("Inclusive; null = everything below the next bin"),
        upper: z.number().nullable().describe("Exclusive; null = everything above the bin before"),
        count,
      }),
    )
    .describe("Histogram of the trades' net returns, fractions"),
  columns: z
    .enum(["hour", "month"])
    .describe("What a cell's column is: hour (New York) of the entry bar; month of the entry for daily bars"),
  cells: z.array(
    z.strictObject({
      weekday: z.int().min(0).max(6).describe("Monday = 0"),
      column: z.int(),
      trades: count,
      win_rate: z.number(),
      mean_return: z.number().describe("Net, a fraction"),
    }),
  ),
});
export type TradeProfile = z.infer<typeof TradeProfileSchema>;
