import * as z from "zod";

const share = z.number().min(0).max(1);

/** What a simulated market is made of. Volatilities and rates a year, shares as fractions, half-lives in sessions. */
export const MarketSchema = z
  .strictObject({
    seed: z.int().min(0).default(1),
    first_date: z.iso.date().default("2010-01-04").describe("First session"),
    last_date: z.iso.date().default("2024-12-31").describe("Last session"),
    start_price: z.number().min(5).max(10_000).default(400),
    annual_drift: z.number().min(-0.5).max(0.5).default(0).describe("Expected return of holding, dividends included; 0 = trend-free"),
    annual_volatility: z.number().min(0.02).max(1).default(0.16).describe("Over all of a session, night and jumps included"),
    overnight_share: z.number().min(0).max(0.9).default(0.3).describe("Share of the variance that falls between close and open"),
    daily_volume: z.number().min(1e5).max(1e10).default(4e7).describe("Shares of a session of average activity"),
    dividend_yield: z.number().min(0).max(0.1).default(0.013).describe("Paid in quarters"),
    actions: z
      .array(
        z.strictObject({
          ex_date: z.iso.date(),
          split_ratio: z.number().min(0.01).max(100).optional().describe("New shares for an old one"),
          dividend: z.number().positive().optional().describe("US dollars a share"),
        }),
      )
      .max(200)
      .default([])
      .describe("Splits and dividends at stated dates, beside the quarterly ones"),
    volatility: z
      .strictObject({
        slow: z.number().min(0).max(1).default(0.3).describe("Standard deviation of the slow part of the log volatility"),
        slow_half_life: z.number().min(1).max(1000).default(60),
        fast: z.number().min(0).max(1).default(0.25).describe("Standard deviation of the fast part of the log volatility"),
        fast_half_life: z.number().min(0.05).max(100).default(3),
        leverage: z.number().min(-0.95).max(0.95).default(-0.7).describe("Correlation of returns with changes of volatility"),
      })
      .prefault({}),
    jumps: z
      .strictObject({
        per_year: z.number().min(0).max(100).default(6),
        mean: z.number().min(-0.2).max(0.2).default(-0.008),
        deviation: z.number().min(0).max(0.2).default(0.02),
      })
      .prefault({}),
    flow: z
      .strictObject({
        impact: z
          .number()
          .min(0)
          .max(0.5)
          .default(0.03)
          .describe("Correlation of the option demand of a half hour with the return of the next one: a planted edge; 0 = none"),
        reaction: z
          .number()
          .min(0)
          .max(0.75)
          .default(0.3)
          .describe("Correlation of a half hour's demand with the return of the half hour before"),
      })
      .prefault({}),
    options: z
      .strictObject({
        rate: z.number().min(0).max(0.2).default(0.02).describe("Continuous, of all maturities"),
        premium: z.number().min(0.5).max(2).default(1.1).describe("Implied over expected volatility"),
        skew: z.number().min(-0.95).max(0.95).default(-0.6).describe("Correlation parameter of the smile; negative = puts are dearer"),
        curvature: z.number().min(0.01).max(2).default(0.7).describe("Curvature parameter of the smile; at most 2 / (1 + |skew|)"),
        strikes_per_side: z
          .int()
          .min(2)
          .max(60)
          .default(15)
          .describe("Strikes listed on each side of the previous close for near expiries"),
        same_day_volume: z.number().min(100).max(5e6).default(5e5).describe("Contracts of a session's own expiry"),
      })
      .prefault({}),
    trades: z
      .strictObject({
        mean_size: z.number().min(1).max(1000).default(8).describe("Contracts of a regular trade"),
        complex_share: share.default(0.2).describe("Legs of spreads: at any price between bid and ask, whoever took"),
        late_share: share.default(0.01).describe("Reported late: at a price of up to a minute before"),
        cross_share: share.default(0.02).describe("Crosses at the middle"),
        touch: share.default(0.66).describe("Of regular trades: at the taker's own side of the quote"),
        improved: share.default(0.14).describe("Of regular trades: between the middle and the taker's own side"),
        middle: share.default(0.11).describe("Of regular trades: at the middle; the rest trades beyond it"),
      })
      .prefault({}),
  })
  .refine(({ options: { skew, curvature } }) => curvature * (1 + Math.abs(skew)) <= 2, {
    path: ["options", "curvature"],
    error: "must be at most 2 / (1 + |skew|), or the smile could be arbitraged",
  })
  .refine(({ trades: { complex_share, late_share, cross_share } }) => complex_share + late_share + cross_share <= 1, {
    path: ["trades"],
    error: "complex_share, late_share and cross_share must sum to at most 1",
  })
  .refine(({ trades: { touch, improved, middle } }) => touch + improved + middle <= 1, {
    path: ["trades"],
    error: "touch, improved and middle must sum to at most 1",
  })
  .refine(({ annual_volatility, jumps }) => jumps.per_year * (jumps.mean ** 2 + jumps.deviation ** 2) <= 0.8 * annual_volatility ** 2, {
    path: ["jumps"],
    error: "jumps may make at most 80 % of the variance: fewer or smaller jumps, or a larger annual_volatility",
  })
  .refine(({ actions }) => actions.every((one) => (one.split_ratio === undefined) !== (one.dividend === undefined)), {
    path: ["actions"],
    error: "each action has either split_ratio or dividend",
  });
export type MarketSpec = z.infer<typeof MarketSchema>;
