import * as z from "zod";
import { JsonSchema } from "#lib/core/json.schema.ts";
import { IdentityStepSchema, InstrumentsStepSchema } from "#lib/packs/builder/pack-draft.schema.ts";
import { PackSchema } from "#lib/packs/pack.schema.ts";
import { RiskBudgetSchema } from "#lib/policies/risk-budget.schema.ts";
import { CheckViewSchema } from "./pack-check.schema.ts";
import { PackStateSchema } from "./pack-state.ts";

const pack = PackSchema.shape;
const words = z.array(z.string());

/** What the choices so far leave open. */
const CompatibleSchema = z.strictObject({
  instruments: z.strictObject({
    supported_instruments: words,
    horizons: words,
    cadences: words,
    signal_intervals: words,
    indicators: z.array(z.strictObject({ name: z.string(), category: z.string(), timeframe: z.string(), doc: z.string() })),
  }),
  strategies: z
    .strictObject({
      approaches: words,
      sides: words,
      columns: z.array(z.strictObject({ name: z.string(), unit: z.string().nullable() })),
      suggested_gates: RiskBudgetSchema,
      indicators: words,
    })
    .nullable()
    .describe("null until step 2 is done"),
  templates: words.nullable().describe("Templates that the check can run; null until step 3 is done"),
});

const DRAFT_STEPS = ["instruments", "strategies", "validate", "review"] as const;

/** A draft as its owner sees it. */
export const DraftViewSchema = z.strictObject({
  pack_id: z.string(),
  next: z.enum(DRAFT_STEPS).describe("The first step that was not taken yet; review: the pack was validated as it is, look and save"),
  identity: IdentityStepSchema,
  instruments: InstrumentsStepSchema.nullable(),
  strategies: z.record(z.string(), JsonSchema).nullable(),
  compatible: CompatibleSchema,
  pack: PackStateSchema.nullable().describe("What was written of it; null before step 4"),
  created_at: z.string(),
  updated_at: z.string(),
  etag: z.string().describe("Of the draft, for If-Match. The view also says where the pack stands, so this is no tag of the view"),
});
export type DraftView = z.output<typeof DraftViewSchema>;

export const CreateDraftSchema = z.strictObject({ pack_id: pack.id, ...IdentityStepSchema.shape });

export const reviewSchema = <S extends z.ZodType>(report: S) =>
  z.strictObject({
    pack_id: z.string(),
    report,
    check: CheckViewSchema.nullable().describe("Of the pack as it was validated; null before step 4"),
    is_validated: z.boolean().describe("Whether what was validated is what the draft says now"),
    can_save: z.boolean(),
    documents: z.record(z.string(), z.string()),
  });
