import * as z from "zod";

const known = z.number().nullable();
const count = z.int().min(0);

const SpreadSchema = z.strictObject({
  min: known,
  median: known.describe("The lower one of the middle values, so that a path has it; paths without a value count as lowest"),
  max: known,
  share_below_zero: known.describe("Of the paths that have a value"),
  known: count.describe("Paths that have a value"),
});

/** How one variant did on every complete out-of-sample path of combinatorial splits. */
export const PathSpreadSchema = z.strictObject({
  paths: z.int().min(2),
  shown: count.describe("The path whose numbers stand for the variant: that of the median residual Sharpe ratio"),
  sharpe: SpreadSchema.describe("Annual Sharpe ratio of daily net returns"),
  residual_sharpe: SpreadSchema.describe("Annual Sharpe ratio of residual daily returns"),
});
export type PathSpread = z.infer<typeof PathSpreadSchema>;

/** One path in a few numbers. */
export const PathResultSchema = z.strictObject({
  path: count,
  trades: count,
  bets: count,
  sharpe: known,
  residual_sharpe: known,
  total_return: known,
  max_drawdown_pct: known,
});
export type PathResult = z.infer<typeof PathResultSchema>;
