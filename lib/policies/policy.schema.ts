import * as z from "zod";
import { STRIKE_FORM, STRIKE_WORDS } from "../options/strike-selection.ts";
import { RISK_PROFILES, RiskBudgetSchema } from "./risk-budget.schema.ts";

const fraction = z.number().min(0).max(1);

/** Bar-by-bar exits. They can only shorten a trade: the label's end time always closes it. */
const BracketsSchema = z.strictObject({
  enabled: z.boolean().default(false),
  mode: z.enum(["atr", "percent"]).default("atr"),
  entry_mode: z
    .enum(["next_bar_open", "decision_close", "limit"])
    .default("next_bar_open")
    .describe("Must equal the label's entry reference"),
  atr_period: z.int().min(1).max(500).default(14),
  atr_mult_stop: z.number().gt(0).max(50).default(1.5),
  atr_mult_target: z.number().gt(0).max(50).default(3),
  stop_loss: z.number().gt(0).lt(1).nullable().default(null).describe("Percent mode: stop distance as a fraction of the entry price"),
  take_profit: z.number().gt(0).max(50).nullable().default(null).describe("Percent mode: target as a multiple of the stop distance"),
  time_stop_minutes: z.number().gt(0).nullable().default(120),
  time_stop_bars: z.int().positive().nullable().default(null),
  min_rr: z.number().min(0).default(1).describe("A trade whose target is nearer than this multiple of its stop is refused"),
  regime_adjust: z.boolean().default(false),
});

const ExecutionSchema = z.strictObject({
  slippage_bps: z.number().min(0).max(500).default(1).describe("Per side"),
  commission_bps: z.number().min(0).max(500).default(0).describe("Per side"),
  borrow_bps_per_year: z.number().min(0).max(10_000).default(50).describe("Paid on short positions"),
  order_type: z.enum(["market", "limit", "limit_buffer"]).default("market"),
  limit_buffer_bps: z.number().min(0).max(1000).default(0),
  slippage_tolerance: z.enum(["low", "medium", "high"]).default("medium"),
  wait_for_confirmation: z.boolean().default(false),
  size_by_conf: z.boolean().default(false),
  conf_cap: fraction.default(1),
  max_positions: z.int().min(1).max(100).default(1),
  option_type: z.enum(["call", "put", "both"]).default("both"),
  momentum_gate: z.boolean().default(false),
  momentum_min: z.number().default(0),
  momentum_column: z.string().min(1).max(128).default("momentum_score_total"),
  brackets: BracketsSchema.prefault({}),
  options: z
    .strictObject({
      selection: z
        .strictObject({
          target_delta: z.number().gt(0).lt(1).default(0.35).describe("Absolute delta, met within 0.05"),
          strike_selection: z
            .string()
            .regex(STRIKE_FORM, STRIKE_WORDS)
            .nullable()
            .default(null)
            .describe('"ATM" or such as "5%_OTM"; null = the model\'s default_strike, else by target_delta'),
          dte_target: z.int().min(0).nullable().default(null).describe("Calendar days to expiry; null = the model's default_dte"),
          min_oi: z.number().min(0).default(0).describe("Contracts, of the morning"),
          min_vol: z.number().min(0).max(5).default(0).describe("Minimum implied volatility"),
          min_volume: z.number().min(0).default(0).describe("Contracts, of the session so far"),
          max_spread_pct: z.number().gt(0).nullable().default(null).describe("Widest spread at the decision, percent of its middle"),
          spread_width: z.number().gt(0).nullable().default(null).describe("Dollars between the legs of a vertical"),
          option_mode: z.enum(["single", "vertical"]).default("single"),
          weekly_ok: z.boolean().default(true),
        })
        .prefault({}),
      fee_per_contract: z.number().min(0).max(100).default(0.65).describe("US dollars, on each side; an expiry has none"),
    })
    .prefault({}),
});

/** How predictions become trades. Every model has one. */
export const PolicySchema = z.strictObject({
  name: z.string().min(1).max(64),
  version: z.int().positive(),
  risk: z
    .strictObject({
      max_drawdown: fraction.default(0.1).describe("The live kill switch, a fraction; not the gate"),
      max_exposure: z.number().gt(0).default(10_000).describe("USD"),
      position_size_pct: z.number().gt(0).max(100).default(10).describe("Percent of capital per position"),
    })
    .prefault({}),
  execution: ExecutionSchema.prefault({}),
  alerting: z
    .strictObject({
      cooldown_minutes: z.number().min(0).default(5),
      max_trades_per_day: z.int().min(1).default(10),
    })
    .prefault({}),
  risk_profile: z.enum(RISK_PROFILES).default("balanced"),
  risk_budget: RiskBudgetSchema.prefault({}).describe("May only tighten the profile's limits"),
});
export type Policy = z.infer<typeof PolicySchema>;
