import * as z from "zod";

export const RISK_PROFILES = ["conservative", "balanced", "aggressive"] as const;

const share = z.number().min(0).max(1);

/**
 * Gate limits. A key that is absent sets no limit. Fractions are 0 to 1; keys ending in `_pct` are percent;
 * `min_sharpe` is the annual Sharpe ratio of residual daily returns.
 */
export const RiskBudgetSchema = z.strictObject({
  min_bets: z.int().min(0).optional().describe("Fewest bets (unions of overlapping trades)"),
  min_bets_per_year: z.number().min(0).optional().describe("Fewest bets in a year"),
  max_drawdown_pct: z.number().gt(0).max(100).optional().describe("Largest drawdown of the equity, percent"),
  es95_mult: z.number().gt(0).optional().describe("Largest ratio of the mean worst 5 % of trades to the mean losing trade"),
  min_sharpe: z.number().optional().describe("Smallest annual Sharpe ratio of residual returns"),
  min_calmar: z.number().optional().describe("Smallest ratio of annual return to largest drawdown"),
  spread_pct_max: z.number().gt(0).optional().describe("Widest option spread, percent of mid"),
  oi_min: z.number().min(0).optional().describe("Fewest open contracts"),
  volume_min: z.number().min(0).optional().describe("Fewest contracts traded"),
  fill_rate_min: share.optional().describe("Smallest share of candidates filled"),
  adv_bps_max: z.number().gt(0).optional().describe("Largest order, basis points of the median 20-day dollar volume"),
  turnover_max: z.number().gt(0).optional().describe("Largest turnover: half the traded notional over average equity, per 5 sessions"),
  daily_loss_cap_R: z.number().gt(0).optional().describe("Largest daily loss in units of R"),
  allowed_hours: z.array(z.int().min(0).max(23)).optional().describe("Hours (New York) of entry bars"),
  min_dsr: share.optional().describe("Smallest deflated Sharpe ratio (a probability)"),
  max_p_oos_loss: share.optional().describe("Largest share of CSCV splits in which the in-sample winner loses out of sample"),
});
export type RiskBudget = z.infer<typeof RiskBudgetSchema>;

/** `risk_profiles/<profile>.yaml`: the gate's limits and the sizing that goes with them. Never changes a matrix. */
export const RiskProfileSchema = z.strictObject({
  name: z.enum(RISK_PROFILES),
  version: z.int().positive(),
  description: z.string().min(1).max(500),
  risk_budget: RiskBudgetSchema,
  sizing: z.strictObject({
    risk_per_trade: z.number().gt(0).max(0.2).describe("Premium or stop distance at risk, fraction of capital"),
    volatility_target: z
      .number()
      .gt(0)
      .max(1)
      .nullable()
      .default(null)
      .describe("Annual volatility to scale to, fraction; null = no scaling"),
  }),
  sweep_preset: z.enum(RISK_PROFILES).describe("Which preset grid a simple sweep uses"),
});
export type RiskProfile = z.infer<typeof RiskProfileSchema>;
