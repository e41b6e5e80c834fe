import * as z from "zod";
import { IdSchema } from "../core/ids.ts";
import { LineageSchema } from "../core/lineage.schema.ts";
import { GATE_STATUSES } from "../leaderboard/gate.schema.ts";
import { OwnerSchema } from "../runs/run-record.schema.ts";

/** Why a signal says what it says: a stable code, a sentence, and the number against its limit where there is one. */
export const SignalReasonSchema = z.strictObject({
  code: z.string(),
  text: z.string(),
  value: z.number().nullable(),
  limit: z.number().nullable(),
});
export type SignalReason = z.infer<typeof SignalReasonSchema>;

/** A stock signal with everything needed to act on it, and why. Prices are raw, as the instrument trades. */
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
  instrument: z.literal("stock"),
  ticker: z.string(),
  quantity: z.number().nullable().describe("Shares; null for HOLD, and for a signal that closes: all that is open"),
  order_type: z.enum(["market", "limit"]).nullable(),
  price: z.number().nullable().describe("Limit price; null for a market order"),
  entry_price: z
    .number()
    .nullable()
    .describe("Reference price of the entry: the decision close, or the close as the best guess of the next open"),
  stop_loss: z.number().nullable(),
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
  /** Contributions of the features to the margin, once explained; null = not explained by this version of the product. */
  explanation: z.null(),
  lineage: LineageSchema,
});
export type Signal = z.infer<typeof SignalSchema>;
