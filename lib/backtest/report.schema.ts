import * as z from "zod";
import { LineageSchema } from "../core/lineage.schema.ts";
import { LearnerSchema } from "../learners/learner.schema.ts";
import { LabelSchema } from "../matrix/label.schema.ts";
import { PathResultSchema, PathSpreadSchema } from "../metrics/path-spread.schema.ts";
import { BenchmarkMetricsSchema, RunMetricsSchema } from "../metrics/run-metrics.schema.ts";
import { VariantParamsSchema } from "../sweeps/variant.schema.ts";
import { OptionFillsSchema } from "./options/option-fills.schema.ts";
import { RobustnessSchema } from "./robustness/robustness.schema.ts";
import { SplitsSchema } from "./splits.schema.ts";
import { TradeProfileSchema } from "./trade-profile.schema.ts";

const known = z.number().nullable();
const count = z.int().min(0);
const date = z.iso.date();

const ScoreSetSchema = z.strictObject({
  log_loss: known.describe("Nats, out of sample; lower is better"),
  brier: known.describe("Of the event UP"),
  ece: known.describe("Expected calibration error of UP, ten bins"),
  auc: known.describe("Of UP; 0.5 = no order"),
});

const FoldReportSchema = z.strictObject({
  fold: count.describe("Place of the test block on the path"),
  split: count.describe("The split whose model predicted it"),
  train: z.strictObject({
    first: date.nullable(),
    last: date.nullable(),
    rows: count,
    effective_rows: z.number().describe("About how many independent labels the rows hold"),
    later: z.boolean().describe("Whether training rows lie after the test block"),
  }),
  test: z.strictObject({ first: date, last: date, rows: count }),
  embargo_bars: count,
  base_rates: z.record(z.string(), z.number()).describe("Weighted share of each label value in training"),
  calibration: z.strictObject({ method: z.string(), reason: z.string().nullable() }),
  notes: z.array(z.string()),
  scored_rows: count,
  model: ScoreSetSchema,
  prior: ScoreSetSchema,
  trades: count.describe("Opened in this fold, of the headline variant"),
  win_rate: known,
  net_return: known.describe("Sum of the trades' P&L over the equity at their decisions"),
  sharpe: known.describe("Annual residual Sharpe ratio of the fold's sessions"),
});

const VariantReportSchema = z.strictObject({
  params: VariantParamsSchema,
  digest: z.string().describe("SHA-256 of the daily returns: equal digests are one trial"),
  metrics: RunMetricsSchema,
  paths: PathSpreadSchema.extend({ each: z.array(PathResultSchema) })
    .nullable()
    .describe("Combinatorial splits: the variant on every path; null = one path"),
  realised_share: known.describe("Share of decisions that threshold and top % let through"),
  net_exposure: known,
  orders: z.strictObject({
    candidates: count,
    filled: count,
    unfilled: count,
    refused_min_rr: count,
    refused_unknown: count,
    ambiguous_bars: count,
    ambiguous_share: known.describe("Of the bars in which both a stop and a target were live"),
  }),
  options: OptionFillsSchema.nullable().default(null).describe("Null for stocks"),
  exits: z.record(z.string(), z.int()).describe("Trades by kind of exit"),
  notes: z.array(z.string()),
});

const TermsSchema = z.strictObject({
  entry: z.enum(["next_open", "decision_close"]),
  exit: z.string(),
  hold_bars: z.int(),
  order_type: z.string(),
  slippage_bps: z.number().describe("Per side"),
  commission_bps: z.number().describe("Per side"),
  borrow_bps_per_year: z.number(),
  max_positions: z.int(),
  capital_share: z.number(),
  cooldown_minutes: z.number(),
  max_trades_per_day: z.int(),
  volatility_target: known,
  session_bound: z.boolean(),
  statements: z.array(z.string()).describe("What is assumed, in words"),
});

/** `reports/<sha>.json`: everything a backtest found. Undefined numbers are null. */
export const BacktestReportSchema = z.strictObject({
  schema_version: z.literal(2),
  kind: z.literal("backtest"),
  model_id: z.string(),
  symbol: z.string(),
  cadence: z.string(),
  simulated: z.boolean(),
  lineage: LineageSchema,
  data: z.strictObject({
    provider: z.string(),
    fingerprint: z.string(),
    stamps: z.array(z.string()),
    statement: z.string().nullable().describe("Simulated data: what was planted"),
    first_session: date,
    last_session: date,
    development_rows: count,
    window_rows: count,
    holdout_rows: count.describe("Not read by anything in this report"),
  }),
  label: LabelSchema,
  learner: LearnerSchema,
  splits: SplitsSchema,
  scores: z.strictObject({
    rows: count.describe("Forecasts with a known label; several paths score each row once a path"),
    model: ScoreSetSchema,
    prior: ScoreSetSchema,
    has_skill: z.boolean(),
    calibration: z
      .strictObject({
        mce: known.describe("Largest calibration error of a bin of UP, ten bins"),
        brier_reliability: known.describe("Distance of forecasts and frequencies; 0 is perfect"),
        brier_resolution: known.describe("Distance of the bins' frequencies from the base rate; more is better"),
        brier_uncertainty: known.describe("Variance of the outcome"),
        brier_within_bins: known.describe("Brier = reliability - resolution + uncertainty + this"),
      })
      .nullable()
      .default(null)
      .describe("Murphy's decomposition of the model's Brier score"),
    regression: z
      .strictObject({
        rows: count,
        r2: known.describe("Out of sample: 1 - squared error / that of the training means; below 0 = worse than the means"),
        mae: known.describe("Mean absolute error of the predicted return, a fraction"),
        mae_of_mean: known.describe("The same of the training means"),
      })
      .nullable()
      .default(null)
      .describe("Regressions only: the predicted returns; probabilities above are of the return's sign"),
  }),
  reliability: z.array(z.strictObject({ lower: z.number(), upper: z.number(), count, mean_forecast: known, frequency: known })),
  folds: z.array(FoldReportSchema),
  headline: count.describe("Index of the variant that the folds, benchmarks and equity show"),
  path: count.describe("The out-of-sample path that they show; 0 where there is one"),
  variants: z.array(VariantReportSchema).min(1),
  benchmarks: z.strictObject({
    buy_and_hold: BenchmarkMetricsSchema,
    exposure_matched: BenchmarkMetricsSchema.extend({ net_exposure: known }),
    prior_learner: z.strictObject({
      trades: count,
      total_return: known,
      annual_return: known,
      sharpe: known,
      residual_sharpe: known,
      max_drawdown_pct: known,
    }),
  }),
  robustness: RobustnessSchema.nullable().describe("Of the headline variant; null unless asked for"),
  bootstrap_p: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe("Stationary-bootstrap p-value of the headline's mean residual return; null without sessions"),
  trade_profile: TradeProfileSchema.describe("Of the headline variant"),
  equity: z.strictObject({
    dates: z.array(date),
    strategy: z.array(z.number()).describe("Compounded, net of costs, 1 before the first session"),
    buy_and_hold: z.array(z.number()),
    risk_free: z.array(known).nullable().describe("What each session earns without risk; null = nothing is taken off (rf=0)"),
  }),
  assumptions: TermsSchema,
  warnings: z.array(z.string()),
});
export type BacktestReport = z.infer<typeof BacktestReportSchema>;
