import * as z from "zod";
import { IdSchema } from "../core/ids.ts";
import { LineageSchema } from "../core/lineage.schema.ts";
import { GATE_STATUSES } from "../leaderboard/gate.schema.ts";
import { MARGIN_SCALES } from "../learners/shap/attributions.ts";
import { OwnerSchema } from "../runs/run-record.schema.ts";

/** Why a signal says what it says: a stable code, a sentence, and the number against its limit where there is one. */
export const SignalReasonSchema = z.strictObject({
  code: z.string(),
  text: z.string(),
  value: z.number().nullable(),
  limit: z.number().nullable(),
});
export type SignalReason = z.infer<typeof SignalReasonSchema>;

const UNEXPLAINED = ["learner_has_no_attributions", "no_skill", "one_sided"] as const;

/** What moved the model, before calibration: exact Shapley values that add up to the margin. */
const ExplanationSchema = z.strictObject({
  side: z.enum(["UP", "DOWN"]).describe("The side that is explained: the one that the model leans to"),
  margin_of: z
    .enum(MARGIN_SCALES)
    .describe(
      "log_odds of the side against the other one; one_vs_rest: the difference of the sides' log-odds, each against all else; probability: the difference of the sides' probabilities; value: what a regression predicts",
    ),
  base_value: z.number().describe("Margin that the model expects before it knows any feature"),
  margin: z.number().describe("Base value and all contributions together, before calibration; of DOWN with the opposite sign"),
  probability: z
    .number()
    .nullable()
    .describe("1 / (1 + exp(-margin)): of the side against the other one, before calibration; null unless the margin is log_odds"),
  contributions: z
    .array(z.strictObject({ feature: z.string(), value: z.number().nullable(), contribution: z.number() }))
    .max(10)
    .describe("The largest first; a positive one speaks for the side; a value of null was unknown, which the model takes as a value"),
  rest: z.strictObject({ features: z.int().nonnegative(), contribution: z.number() }).describe("All other features together"),
});

/** The contract that a signal of an option model buys, and what was known of it at the decision. */
const OptionSignalSchema = z.strictObject({
  contract: z.string().describe("The vendors' symbol, such as O:SPY240701C00545000"),
  underlying: z.string(),
  option_type: z.enum(["call", "put"]),
  strike: z.number(),
  expiration: z.iso.date(),
  contracts: z.int().min(1),
  limit_price: z.number().describe("Dollars a share: what the backtest would assume to pay, up to the cent"),
  bid: z.number().nullable(),
  ask: z.number().nullable(),
  delta: z.number().nullable(),
  iv: z.number().nullable(),
  open_interest: z.number().nullable().describe("The morning's"),
  volume: z.number().nullable().describe("Contracts traded in the session so far"),
});

/** A signal with everything needed to act on it, and why. Prices are raw, as the instrument trades. */
export const SignalSchema = z.strictObject({
  schema_version: z.literal(1),
  signal_id: IdSchema,
  owner: OwnerSchema,
  timestamp: z.string().describe("Decision time: the end of the bar that was scored, ISO UTC"),
  created_at: z.string(),
  trained_model_id: IdSchema,
  model_id: IdSchema,
  pack_id: IdSchema,
  risk_profile: z.string(),
  signal: z.enum(["BUY", "SELL", "HOLD"]),
  action: z.enum(["BUY", "SELL", "HOLD"]).describe("The same as signal"),
  closes: z
    .boolean()
    .default(false)
    .describe("The signal of a side that the model does not trade: it ends what is open of the other side and opens nothing"),
  instrument: z.enum(["stock", "option"]),
  ticker: z.string(),
  quantity: z.number().nullable().describe("Shares or contracts; null for HOLD, and for a signal that closes: all that is open"),
  order_type: z.enum(["market", "limit"]).nullable(),
  price: z.number().nullable().describe("Limit price; null for a market order"),
  entry_price: z
    .number()
    .nullable()
    .describe("Reference price of the entry: the decision close, or the close as the best guess of the next open"),
  option: OptionSignalSchema.nullable().default(null).describe("Null for stocks, for HOLD, and for a signal that closes"),
  stop_loss: z.number().nullable().describe("Of the underlying, for options too"),
  take_profit: z.number().nullable(),
  exit_by: z.string().nullable().describe("End of the bar at which the trade closes at the latest, ISO UTC"),
  confidence: z.number().min(0).max(1),
  urgency: z.enum(["immediate", "day"]),
  valid_until: z.string().nullable(),
  status: z.enum(["pending", "filled", "canceled", "expired", "error", "none"]),
  /** Scored under a replay clock: the bars end in the past. */
  replay: z.boolean(),
  /** UNPROVEN, SIMULATED, price_return_only, ...; IN_SAMPLE: a replay of a time that the model was fitted on. */
  stamps: z.array(z.string()),
  probabilities: z.strictObject({
    up: z.number(),
    down: z.number(),
    flat: z.number().nullable(),
    base_up: z.number(),
    base_down: z.number(),
  }),
  thresholds: z.strictObject({
    mode: z.enum(["probability", "edge"]),
    threshold: z.number().nullable().describe("In force at this decision time: of the entry bar's hour, else the global one"),
    top_pct: z.number().nullable(),
    top_cut: z
      .number()
      .nullable()
      .describe("Confidence that the top share asks at this decision time; null = no share asked or too few values"),
    side_value: z
      .number()
      .nullable()
      .describe(
        "Value that the threshold is held against: of the best side that may trade, or of the side that would close; null when none may",
      ),
  }),
  gate_status: z.enum(GATE_STATUSES),
  proven: z.boolean(),
  reasons: z.array(SignalReasonSchema).min(1),
  explanation: ExplanationSchema.nullable().default(null),
  unexplained: z
    .enum(UNEXPLAINED)
    .nullable()
    .default(null)
    .describe(
      "Why there is no explanation: learner_has_no_attributions, no_skill (the calibrated probability is the base rate, whatever the features say), one_sided (the model saw no row of a side); null also for signals that were written before there were explanations",
    ),
  lineage: LineageSchema,
});
export type Signal = z.infer<typeof SignalSchema>;
