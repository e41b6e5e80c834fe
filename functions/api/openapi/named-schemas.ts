import * as z from "zod";
import { BacktestReportSchema } from "#lib/backtest/report.schema.ts";
import { ProblemSchema } from "#lib/errors/problem.ts";
import { LeaderboardRowSchema } from "#lib/leaderboard/rows.schema.ts";
import { ManifestSchema } from "#lib/matrix/manifest.schema.ts";
import { PreviewSchema } from "#lib/matrix/preview.schema.ts";
import { ModelConfigSchema } from "#lib/models/model-config.schema.ts";
import { IndicatorSetSchema } from "#lib/packs/indicator-set.schema.ts";
import { ModelTemplateSchema } from "#lib/packs/model-template.schema.ts";
import { PackSchema } from "#lib/packs/pack.schema.ts";
import { StrategySchema } from "#lib/packs/strategy.schema.ts";
import { PolicySchema } from "#lib/policies/policy.schema.ts";
import { TrainedModelSchema } from "#lib/publishing/trained-model.schema.ts";
import { ScanSchema } from "#lib/scan/scan.schema.ts";
import { SignalSchema } from "#lib/signals/signal.schema.ts";
import { SweepRecordSchema } from "#lib/sweeps/sweep-record.schema.ts";
import { ModelCardSchema } from "#lib/training/model-card.schema.ts";
import { AcceptedSchema } from "../runs/accept-run.ts";
import { RunViewSchema } from "../runs/run-view.ts";
import { EstimateSchema } from "../runs/sweep-estimate.schema.ts";

/** What answers are made of, by the names that the description and the typed client give them. */
const NAMED = {
  Accepted: AcceptedSchema,
  BacktestReport: BacktestReportSchema,
  Estimate: EstimateSchema,
  IndicatorSet: IndicatorSetSchema,
  LeaderboardRow: LeaderboardRowSchema,
  Matrix: ManifestSchema,
  ModelCard: ModelCardSchema,
  ModelConfig: ModelConfigSchema,
  ModelTemplate: ModelTemplateSchema,
  Pack: PackSchema,
  Policy: PolicySchema,
  Preview: PreviewSchema,
  Problem: ProblemSchema,
  Run: RunViewSchema,
  Scan: ScanSchema,
  Signal: SignalSchema,
  Strategy: StrategySchema,
  Sweep: SweepRecordSchema,
  TrainedModel: TrainedModelSchema,
} as const satisfies Record<string, z.ZodType>;

type Schema = { [key: string]: unknown };

const names = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(NAMED)) names.add(schema, { id });

/** A registry without names: what is read by the API is written out where it stands. */
const anonymous = z.registry<{ id: string }>();

/** What callers send, without references. */
export const inputSchema = (schema: z.ZodType): Schema => written(z.toJSONSchema(schema, { ...OPTIONS, io: "input", metadata: anonymous }));

/** What the API answers; named parts are references into the document. */
export const outputSchema = (schema: z.ZodType): Schema => written(z.toJSONSchema(schema, { ...OPTIONS, io: "output", metadata: names }));

/** The named schemas themselves. */
export function namedSchemas(): Record<string, Schema> {
  const shared = Object.entries(NAMED).map(([id, schema]) => {
    const found = z.toJSONSchema(schema, { ...OPTIONS, io: "output", metadata: names }) as Schema & { $defs?: Record<string, Schema> };
    // A schema that holds others comes as their definitions and a reference to its own.
    return [id, written(found.$defs?.[id] ?? found)] as const;
  });
  return Object.fromEntries(shared);
}

const OPTIONS = { unrepresentable: "any" } as const;

/** References lead to the document's components, and bounds that every integer has go without saying. The only recursive schema is "any JSON value", which has no name. */
function written(schema: object): Schema {
  const { $schema, $defs, id, ...rest } = schema as Schema;
  return referring(rest) as Schema;
}

function referring(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(referring);
  if (typeof node !== "object" || node === null) return node;
  if ("$ref" in node) {
    const name = String(node.$ref).replace("#/$defs/", "");
    return Object.hasOwn(NAMED, name) ? { $ref: `#/components/schemas/${name}` } : { description: "Any JSON value" };
  }
  const told = Object.entries(node).filter(([key, value]) => !(/^(min|max)imum$/.test(key) && Math.abs(value) === Number.MAX_SAFE_INTEGER));
  // Branches that a field's value tells apart are exclusive for a person; the words of JSON Schema do not show it.
  return Object.fromEntries(told.map(([key, value]) => [key === "oneOf" ? "anyOf" : key, referring(value)]));
}
