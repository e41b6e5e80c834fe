import * as z from "zod";
import { GateSchema } from "../leaderboard/gate.schema.ts";
import { VariantSchema } from "../sweeps/variant.schema.ts";

const known = z.number().nullable();

/** One model to train: the recipe (a plan and a variant) and how it was judged. */
export const TrainingItemSchema = z.strictObject({
  item_id: z.string().regex(/^[0-9a-f]{16}$/),
  row_id: z.string().nullable(),
  plan_key: z.string().regex(/^[0-9a-f]{64}$/),
  variant: VariantSchema,
  gate: GateSchema,
  /** Annual residual Sharpe ratio of the backtest, and what else the card shows of it. */
  backtest: z
    .strictObject({
      residual_sharpe: known,
      sharpe: known,
      total_return: known,
      max_drawdown_pct: known,
      trades: z.int().nonnegative(),
      bets: z.int().nonnegative(),
      dsr: known,
      pbo: known,
      p_oos_loss: known,
      trials: z.int().nonnegative(),
    })
    .nullable(),
});
export type TrainingItem = z.infer<typeof TrainingItemSchema>;

/** What a training run will do, decided once: its steps hand over the digest of this document. */
export const TrainingOrderSchema = z.strictObject({
  schema_version: z.literal(1),
  owner: z.string(),
  research: z.boolean(),
  override: z.strictObject({ by: z.string(), reason: z.string() }).nullable(),
  items: z.array(TrainingItemSchema).min(1).max(5),
});
export type TrainingOrder = z.infer<typeof TrainingOrderSchema>;
