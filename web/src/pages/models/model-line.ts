import type { RowOf } from "../../data/ask.ts";

type Model = RowOf<"GET /models">;
type Run = RowOf<"GET /runs">;
type Best = RowOf<"GET /leaderboard">;

/** A model of the list with what was done with it last and the best that it showed. */
export interface ModelLine extends Model {
  readonly key: string;
  readonly isOwn: boolean;
  readonly run: Run | undefined;
  readonly best: Best | undefined;
  /** When something last happened to it, as an ISO time. */
  readonly activeAt: string | null;
}

const modelKey = ({ pack_id, model_id }: { readonly pack_id: string | null; readonly model_id: string | null }): string =>
  `${pack_id}/${model_id}`;

/**
 * Models with their newest run and best row.
 *
 * @param runs - newest first
 * @param best - one row a model
 */
export function modelLines(models: readonly Model[], runs: readonly Run[], best: readonly Best[]): ModelLine[] {
  const newest = new Map<string, Run>();
  for (const run of runs) if (!newest.has(modelKey(run))) newest.set(modelKey(run), run);
  const rows = new Map(best.map((row) => [modelKey(row), row]));
  return models.map((model) => {
    const key = modelKey(model);
    const run = newest.get(key);
    const times = [run?.ended_at ?? run?.created_at, model.updated_at, model.created_at].filter((at) => typeof at === "string");
    return { ...model, key, isOwn: model.created_at !== null, run, best: rows.get(key), activeAt: times.sort().at(-1) ?? null };
  });
}

export interface ModelFilter {
  readonly pack?: string | undefined;
  readonly from?: "own" | "pack" | undefined;
  readonly cadence?: string | undefined;
  readonly matrix?: NonNullable<Model["matrix"]> | undefined;
}

export const passes = ({ pack, from, cadence, matrix }: ModelFilter, line: ModelLine): boolean =>
  (pack === undefined || line.pack_id === pack) &&
  (from === undefined || line.isOwn === (from === "own")) &&
  (cadence === undefined || line.cadence === cadence) &&
  (matrix === undefined || line.matrix === matrix);

/** How a model's matrix stands, in words. */
export const MATRIX_STATES: Readonly<
  Record<string, { readonly name: string; readonly tone: "plain" | "gain" | "warn"; readonly says: string }>
> = {
  none: { name: "Not built", tone: "plain", says: "No matrix was built of this model yet." },
  current: { name: "Fresh", tone: "gain", says: "The matrix was built of the model as it is now. New bars are noticed by the next build." },
  stale: {
    name: "Stale",
    tone: "warn",
    says: "Features, label or data settings changed since the matrix was built. Build it again before anything is evaluated.",
  },
  unknown: { name: "Unknown", tone: "plain", says: "The matrix was built before its definition was recorded. Build it again to know." },
};
