import * as z from "zod";
import { SplitsRequestSchema } from "../backtest/splits-request.schema.ts";
import { IdSchema } from "../core/ids.ts";
import { FeatureSetSchema, MlParamsSchema } from "../models/model-change.schema.ts";
import { STRIKE_FORM, STRIKE_WORDS } from "../options/strike-selection.ts";
import { RISK_PROFILES, RiskBudgetSchema } from "../policies/risk-budget.schema.ts";
import { FilterChoiceSchema } from "./filters.ts";
import { ENTRY_TYPES, HourThresholdsSchema, OPTION_TYPES, SLIPPAGE_LEVELS, THRESHOLD_MODES } from "./variant.schema.ts";

const hourSet = z.union([z.array(z.int().min(0).max(23)).nonempty(), z.literal("all")]);
const number = z.number();

/** Axes of a custom sweep; the grid is their product. An axis that is absent keeps the policy's value. */
export const SweepAxesSchema = z.strictObject({
  indicator_sets: z.array(IdSchema).nonempty().optional().describe("Composition: names of the pack's or the owner's indicator sets"),
  feature_sets: z.array(FeatureSetSchema).nonempty().optional().describe("Composition: changes of the model's features, each by a name"),
  strategy_variants: z.array(IdSchema).nonempty().optional().describe('Composition: names of the pack\'s strategies, "none" without'),
  risk_profiles: z.array(z.enum(RISK_PROFILES)).nonempty().optional().describe("Composition: whose limits and sizing hold; never a matrix"),
  ml_params: z.array(MlParamsSchema).nonempty().optional().describe("Composition: learner settings; only the fits change"),
  thresholds: z.array(number.min(0).lt(5)).nonempty().optional().describe("Probabilities, or edges in edge mode"),
  hour_thresholds: z
    .array(z.union([HourThresholdsSchema, z.literal("none")]))
    .nonempty()
    .optional()
    .describe('Thresholds by hour (New York) of the entry bar, such as { "10": 0.6 }; each map is one value of the axis'),
  top_pct: z.array(number.gt(0).max(1)).nonempty().optional(),
  hold_bars: z.array(z.int().positive()).nonempty().optional(),
  hold_days: z.array(z.int().positive().max(1000)).nonempty().optional().describe("Sessions held; daily models only"),
  stop_loss: z.array(number.gt(0).lt(1)).nonempty().optional().describe("Fractions of the entry price"),
  take_profit: z.array(number.gt(0).max(50)).nonempty().optional().describe("Multiples of the stop distance"),
  time_stop: z.array(z.int().positive()).nonempty().optional().describe("Bars"),
  allowed_hours: z.array(hourSet).nonempty().optional().describe("Sets of hours (New York) of entry bars"),
  momentum_min: z.array(number).nonempty().optional(),
  slippage: z.array(z.enum(SLIPPAGE_LEVELS)).nonempty().optional(),
  position_size: z.array(number.gt(0).max(1)).nonempty().optional().describe("Shares of equity behind one full-size position"),
  max_positions: z.array(z.int().min(1).max(100)).nonempty().optional(),
  entry_type: z.array(z.enum(ENTRY_TYPES)).nonempty().optional(),
  filters: z
    .array(z.union([z.literal("none"), FilterChoiceSchema]))
    .nonempty()
    .optional()
    .describe(
      'Each is one value of the axis: "vix_below:20", "above_sma_200", "min_volume_ratio:1.5", a condition such as "adx_14 > 25", or a list of which all must hold',
    ),
  option_type: z.array(z.enum(OPTION_TYPES)).nonempty().optional().describe("Options only"),
  strike_selection: z
    .array(z.string().regex(STRIKE_FORM, STRIKE_WORDS))
    .nonempty()
    .optional()
    .describe('Options only: "ATM", "5%_OTM", "10%_OTM"'),
  dte_target: z.array(z.int().min(0).max(1000)).nonempty().optional().describe("Options only: days to expiry"),
  contract_size: z.array(z.int().min(1).max(10_000)).nonempty().optional().describe("Options only: most contracts of a trade"),
});
export type SweepAxes = z.infer<typeof SweepAxesSchema>;

/** Axes that put the model together anew; each composition of them is fitted once. */
const COMPOSITION_AXES = ["indicator_sets", "feature_sets", "strategy_variants", "risk_profiles", "ml_params"] as const;

const composes = (axes: SweepAxes | undefined): boolean => COMPOSITION_AXES.some((axis) => axes?.[axis] !== undefined);

/** Whether axes ask for a grid of their own, beside what they compose. */
export const hasGrid = (axes: SweepAxes | undefined): boolean =>
  Object.entries(axes ?? {}).some(([axis, values]) => values !== undefined && !COMPOSITION_AXES.some((composed) => composed === axis));

const csv = z.string().min(1).max(200);
const numbersForm = z.union([csv, z.array(z.union([csv, number])).nonempty()]);
const hoursForm = z.union([csv, z.array(z.union([csv, z.array(z.int().min(0).max(23)).nonempty()])).nonempty()]);

/**
 * What a sweep is asked for: `simple` (the grid of the model's cadence, or a preset of it), `custom` (axes), `composition`
 * (axes that put the model together anew, each composition under the same grid), or the classic form, whose three
 * `*_variants` lists of CSV texts replace the grid.
 */
export const SweepRequestSchema = z
  .strictObject({
    model_id: IdSchema,
    pack_id: IdSchema,
    mode: z.enum(["simple", "custom", "composition"]).default("simple"),
    preset: z
      .enum(RISK_PROFILES)
      .optional()
      .describe("conservative: the selective part; balanced: the whole grid; aggressive: the open part"),
    axes: SweepAxesSchema.optional(),
    threshold_mode: z.enum(THRESHOLD_MODES).optional().describe("Default: edge at daily cadence, probability intraday"),
    thresholds_variants: numbersForm.optional(),
    allowed_hours_variants: hoursForm.optional().describe('Each text is one set of hours, such as "9,10"; "all" = no limit'),
    top_pct_variants: numbersForm.optional(),
    hours_scope: z
      .enum(["trade", "train"])
      .default("trade")
      .describe("trade: hours filter trades and share one fit; train: each set of hours is fitted on its own rows"),
    splits: SplitsRequestSchema,
    embargo: z.number().min(0).lt(0.5).optional().describe("Classic: fraction of the rows"),
    embargo_bars: z.int().min(0).optional(),
    min_trades: z.int().min(0).default(20).describe("Variants with fewer trades are kept but not ranked"),
    min_sharpe: z.number().default(0.5).describe("Variants below are kept but not ranked"),
    gates: RiskBudgetSchema.optional().describe("Limits of this sweep alone. They may only tighten those in force"),
    tag: z.string().min(1).max(64).default("sweep"),
    save: z
      .literal(true, "has to be true: the variants of a sweep are rows of the leaderboard, so they are always kept")
      .default(true)
      .describe("As in a backtest; a sweep's variants are always kept"),
  })
  .refine(({ mode, axes }) => mode !== "simple" || axes === undefined, { path: ["axes"], message: 'needs mode "custom" or "composition"' })
  .refine(({ mode, axes }) => mode !== "custom" || hasGrid(axes), { path: ["axes"], message: 'mode "custom" needs at least one axis' })
  .refine(({ mode, axes }) => mode === "composition" || !composes(axes), {
    path: ["axes"],
    message: `${COMPOSITION_AXES.join(", ")} need mode "composition"`,
  })
  .refine(({ mode, axes }) => mode !== "composition" || composes(axes), {
    path: ["axes"],
    message: `mode "composition" needs one of ${COMPOSITION_AXES.join(", ")}`,
  })
  .refine(({ axes }) => axes?.hold_bars === undefined || axes.hold_days === undefined, {
    path: ["axes", "hold_days"],
    message: "give hold_bars or hold_days, not both",
  })
  .refine(({ axes, ...rest }) => !hasGrid(axes) || !isClassic(rest), {
    path: ["mode"],
    message: "the classic *_variants lists replace the grid and cannot be joined with custom axes",
  })
  .refine(({ preset, axes, ...rest }) => preset === undefined || !(hasGrid(axes) || isClassic(rest)), {
    path: ["preset"],
    message: "a preset is a part of the simple grid",
  })
  .refine(({ embargo, embargo_bars }) => embargo === undefined || embargo_bars === undefined, {
    path: ["embargo"],
    message: "give embargo or embargo_bars, not both",
  });
export type SweepRequest = z.infer<typeof SweepRequestSchema>;

type ClassicForm = Partial<Record<"thresholds_variants" | "allowed_hours_variants" | "top_pct_variants", unknown>>;

/** Whether a request uses one of the classic lists. */
export const isClassic = (request: ClassicForm): boolean =>
  request.thresholds_variants !== undefined || request.allowed_hours_variants !== undefined || request.top_pct_variants !== undefined;

/** Whether a request asks for several fits: compositions, or training by hours. */
export const isComposed = ({ mode, hours_scope }: Pick<SweepRequest, "mode" | "hours_scope">): boolean =>
  mode === "composition" || hours_scope === "train";
