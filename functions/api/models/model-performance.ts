import * as z from "zod";
import { queryRows } from "#lib/leaderboard/leaderboard-store.ts";
import { type LeaderboardRow, LeaderboardRowSchema } from "#lib/leaderboard/rows.schema.ts";
import type { ResolvedModel } from "#lib/models/resolved-model.ts";
import { type TrainedModel, TrainedModelSchema } from "#lib/publishing/trained-model.schema.ts";
import { listTrainedModels } from "#lib/publishing/trained-model-store.ts";
import type { ApiPorts } from "../api-deps.ts";

const ResultSchema = z.strictObject({
  row: LeaderboardRowSchema,
  is_current: z.boolean().describe("Whether it was found for the model as it is now, and not for an earlier definition of it"),
});

const trained = TrainedModelSchema.shape;
const TrainedSchema = z.strictObject({
  trained_model_id: trained.trained_model_id,
  status: trained.status,
  gate_status: trained.gate_status,
  proven: trained.proven,
  research: trained.research,
  holdout: trained.holdout,
  created_at: trained.created_at,
  is_current: z.boolean(),
});

/** What is known of how well a model does: its best results, those that the gate passes, and what was trained of it. */
export const ModelPerformanceSchema = z.strictObject({
  model_id: z.string(),
  pack_id: z.string(),
  best: z.array(ResultSchema).describe("Leaderboard rows of the model, best first, at most five"),
  best_passed: ResultSchema.nullable().describe("The best row that the gate passes; null = none"),
  trained: z.array(TrainedSchema).describe("Trained models with what their holdout showed, by their ids"),
});
export type ModelPerformance = z.infer<typeof ModelPerformanceSchema>;

const SHOWN_ROWS = 5;

export async function modelPerformance(ports: ApiPorts, owner: string, { config, lineage }: ResolvedModel): Promise<ModelPerformance> {
  const { pack_id, model_id } = config;
  const isCurrent = (found: { readonly [key: string]: unknown }): boolean =>
    Object.entries(lineage).every(([name, sha]) => found[name] === sha);
  const resultOf = (row: LeaderboardRow) => ({ row, is_current: isCurrent(row.lineage) });
  const filter = { pack_id, model_id, sort: "score" } as const;
  const [best, passed, models] = await Promise.all([
    queryRows(ports.metadata, owner, filter, { limit: SHOWN_ROWS }),
    queryRows(ports.metadata, owner, { ...filter, gate_status: "PASS" }, { limit: 1 }),
    trainedOf(ports, owner, pack_id, model_id),
  ]);
  return {
    model_id,
    pack_id,
    best: best.rows.map(resultOf),
    best_passed: passed.rows.map(resultOf)[0] ?? null,
    trained: models.map(({ trained_model_id, status, gate_status, proven, research, holdout, created_at, lineage: found }) => ({
      trained_model_id,
      status,
      gate_status,
      proven,
      research,
      holdout,
      created_at,
      is_current: isCurrent(found),
    })),
  };
}

async function trainedOf(ports: ApiPorts, owner: string, packId: string, modelId: string): Promise<TrainedModel[]> {
  const models: TrainedModel[] = [];
  let cursor: string | undefined;
  do {
    const page = await listTrainedModels(ports.metadata, owner, { limit: 200, ...(cursor === undefined ? {} : { cursor }) });
    models.push(...page.rows.filter(({ pack_id, model_id }) => pack_id === packId && model_id === modelId));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return models;
}
