import * as z from "zod";
import { BacktestRequestSchema } from "#lib/backtest/backtest-request.schema.ts";
import { SweepRequestSchema } from "#lib/sweeps/sweep.schema.ts";
import { MODEL_FACTS } from "./model-facts.schema.ts";
import { isWindow, WINDOW_ORDER } from "./window-order.schema.ts";

/** What only a backtest takes; a sweep has axes instead. */
const BACKTEST_FIELDS = {
  thresholds: true,
  hour_thresholds: true,
  top_pct: true,
  allowed_hours: true,
  calibration: true,
  momentum_gate: true,
  momentum_min: true,
  momentum_column: true,
  size_by_conf: true,
  conf_cap: true,
  robustness: true,
} as const;

/** The sweep's own fields as a pipeline's body has them. */
const sweepFields = SweepRequestSchema.shape;

/** The body of `POST /pipeline`: a build, an evaluation's request in one, and whether it may train. */
export const PipelineRequestSchema = z
  .strictObject({
    ...sweepFields,
    splits: sweepFields.splits,
    evaluate: z.enum(["backtest", "sweep"]).default("sweep"),
    train_when_passed: z.boolean().default(false).describe("Train the recommended row when the gate says PASS, and only then"),
    start: z.iso.date().nullable().optional(),
    end: z.iso.date().nullable().optional(),
    ...MODEL_FACTS,
    force: z.boolean().default(false),
    ...BacktestRequestSchema.pick(BACKTEST_FIELDS).shape,
    robustness: BacktestRequestSchema.shape.robustness.unwrap().optional(),
    tag: z.string().min(1).max(64).default("pipeline"),
  })
  .refine(isWindow, WINDOW_ORDER);
type PipelineRequest = z.output<typeof PipelineRequestSchema>;

/** The request of the evaluation that a pipeline's body asks for, for the schema of its own kind. */
export function evaluationRequestOf(body: PipelineRequest): Record<string, unknown> {
  const { pack_id, model_id, evaluate, train_when_passed, start, end, force, ticker, distance_max, ...rest } = body;
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  const own = Object.fromEntries(given.filter(([field]) => isOfBacktest(field) === (evaluate === "backtest")));
  if (evaluate === "sweep") return { pack_id, model_id, ...own };
  const { tag, splits, embargo, embargo_bars, threshold_mode, save } = rest;
  return { pack_id, model_id, tag, splits, embargo, embargo_bars, threshold_mode, save, ...own };
}

/** What the body says that only a backtest takes. */
export const backtestFieldsOf = (body: PipelineRequest): string[] =>
  Object.keys(body).filter((field) => isOfBacktest(field) && body[field as keyof PipelineRequest] !== undefined);

const isOfBacktest = (field: string): boolean => Object.hasOwn(BACKTEST_FIELDS, field);
