import * as z from "zod";

/** What the simulated daily market is made of. Fractions of one session unless a name says otherwise. */
export const PlantedEdgeSchema = z.strictObject({
  seed: z.int().min(0).default(1),
  first_date: z.string().default("2005-01-03").describe("First session, YYYY-MM-DD"),
  last_date: z.string().default("2019-12-31").describe("Last session, YYYY-MM-DD"),
  start_price: z.number().gt(1).max(10_000).default(2000),
  annual_volatility: z.number().gt(0).max(1).default(0.16),
  annual_drift: z.number().min(-0.5).max(0.5).default(0.03).describe("Drift that anybody earns by holding"),
  edge: z
    .number()
    .min(0)
    .max(0.5)
    .default(0.35)
    .describe("Standard deviation of the hidden drift, in units of the session's volatility; 0 = none"),
  half_life: z.number().gt(0).max(250).default(15).describe("Sessions until half of the hidden drift is gone"),
  volatility_persistence: z.number().min(0).lt(1).default(0.97),
  volatility_of_volatility: z.number().min(0).max(1).default(0.1).describe("Shock to the log volatility, per session"),
  tail_freedom: z.int().min(3).max(100).default(5).describe("Degrees of freedom of the t-distributed shocks"),
  overnight_share: z.number().min(0).max(0.9).default(0.2).describe("Share of a session's variance that falls between close and open"),
});
export type PlantedEdge = z.infer<typeof PlantedEdgeSchema>;
