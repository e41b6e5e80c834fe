import { queryRows } from "#lib/leaderboard/leaderboard-store.ts";
import type { LeaderboardRow } from "#lib/leaderboard/rows.schema.ts";
import type { ResolvedModel } from "#lib/models/resolved-model.ts";
import type { TrainedModel } from "#lib/publishing/trained-model.schema.ts";
import { listTrainedModels } from "#lib/publishing/trained-model-store.ts";
import type { ApiPorts } from "../api-deps.ts";
import type { ModelPerformance } from "./model-performance.schema.ts";

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
