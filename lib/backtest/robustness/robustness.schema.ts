import * as z from "zod";

/** `quick` = everything that needs no further fit; `full` adds other learner seeds and permuted labels. */
export const ROBUSTNESS_LEVELS = ["none", "quick", "full"] as const;
export type RobustnessLevel = (typeof ROBUSTNESS_LEVELS)[number];

const known = z.number().nullable();
const count = z.int().min(0);

/** What the headline variant earns under a changed assumption. */
const OutcomeSchema = z.strictObject({
  trades: count,
  total_return: known.describe("Fraction, net"),
  annual_return: known.describe("Fraction, net"),
  sharpe: known.describe("Annual, net daily returns"),
  residual_sharpe: known.describe("Annual, residual daily returns"),
  max_drawdown_pct: known,
});
export type Outcome = z.infer<typeof OutcomeSchema>;

const SpreadSchema = z.strictObject({ mean: known, sd: known.describe("ddof 1"), min: known, max: known });
export type Spread = z.infer<typeof SpreadSchema>;

const CapacitySchema = z.strictObject({
  impact_coefficient: z.number().describe("Y of the impact per side: Y x daily volatility x sqrt(order / daily dollar volume)"),
  half_sharpe_usd: known.describe("Capital at which impact halves the net Sharpe ratio"),
  no_alpha_usd: known.describe("Capital at which impact takes the whole mean residual return"),
  median_dollar_volume: known.describe("Median over the trades of the median 20-session dollar volume, USD"),
  known_share: known.describe("Share of the trades whose dollar volume and volatility were known"),
});
export type Capacity = z.infer<typeof CapacitySchema>;

/** How much of a result rests on assumptions, luck and one draw of the learner. Undefined is null with a reason. */
export const RobustnessSchema = z.strictObject({
  level: z.enum(["quick", "full"]),
  costs_doubled: OutcomeSchema.describe("Slippage, commission and borrow times 2"),
  later_entry: z
    .array(OutcomeSchema.extend({ bars: z.int().positive() }))
    .describe("The same decisions acted on so many bars later and held as long"),
  break_even: z.strictObject({
    charged_bps: z.number().describe("Slippage and commission that the headline pays on each side"),
    total_return_bps: known.describe("Costs on each side, in place of those, at which the total return is 0"),
    residual_bps: known.describe("Costs on each side at which the mean residual return is 0"),
  }),
  capacity: CapacitySchema,
  random_entries: z.strictObject({
    draws: count.describe("Draws with a defined residual Sharpe ratio"),
    mean_trades: known,
    residual_sharpe: SpreadSchema.extend({ p95: known }),
    p_value: known.describe("(1 + draws with at least the headline's residual Sharpe ratio) / (1 + draws)"),
  }),
  learner_seeds: z
    .strictObject({
      results: z.array(OutcomeSchema.extend({ seed: z.int() })).describe("The headline's own seed first"),
      residual_sharpe: SpreadSchema,
    })
    .nullable()
    .describe("The whole evaluation with other seeds of the learner; null unless asked for"),
  permuted_labels: z
    .strictObject({
      block_rows: z.int().positive().describe("Labels moved in blocks of so many rows, at least the label's horizon"),
      results: z.array(OutcomeSchema.extend({ draw: count })),
      residual_sharpe: SpreadSchema,
      reached: count.describe("Draws with at least the headline's residual Sharpe ratio"),
    })
    .nullable()
    .describe("Negative control: models of labels that were permuted within the training rows; null unless asked for"),
  undefined_reasons: z.record(z.string(), z.string()).describe("Why a key is null"),
});
export type Robustness = z.infer<typeof RobustnessSchema>;
