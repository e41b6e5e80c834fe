import { type EvaluationPlan, EvaluationPlanSchema } from "#lib/backtest/evaluation-plan.schema.ts";
import { parseOr } from "#lib/errors/parse.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import { type ComposedSweep, ComposedSweepSchema } from "#lib/sweeps/composed-sweep.schema.ts";
import type { Composition } from "#lib/sweeps/composition.schema.ts";
import { keep, loadPlan, readPlanDocument } from "./evaluation-plan.ts";

/** A plan with its key, and the composition that it is the plan of; null = the model as it is. */
export interface SweepPart {
  readonly plan: EvaluationPlan;
  readonly planKey: string;
  readonly composition: Composition | null;
}

/**
 * The parts of a sweep, or the one plan that a backtest or a sweep of one model has. They are read one after another: a
 * reader that lets each go holds one at a time.
 *
 * @throws ARTIFACT_NOT_FOUND, ARTIFACT_CORRUPT
 */
export async function* sweepParts(artifacts: ArtifactStore, owner: string, key: string): AsyncGenerator<SweepPart> {
  const document = await readDocument(artifacts, owner, key);
  if (document.kind !== "composed_sweep") yield { plan: document, planKey: key, composition: null };
  else
    for (const { plan_key, composition } of document.parts)
      yield { plan: await loadPlan(artifacts, owner, plan_key), planKey: plan_key, composition };
}

/**
 * The plan and the fold of a fit that a plan counts.
 *
 * @throws NOT_FOUND when it counts fewer
 */
export async function planOfFit(
  artifacts: ArtifactStore,
  owner: string,
  key: string,
  fit: number,
): Promise<{ readonly plan: EvaluationPlan; readonly fold: number }> {
  const document = await readDocument(artifacts, owner, key);
  if (document.kind !== "composed_sweep") return { plan: document, fold: fit };
  const found = document.fits[fit];
  if (found === undefined)
    throw new SigmaError("NOT_FOUND", `The plan "${key}" has ${document.fits.length} fits; fit ${fit} is asked for.`, {
      plan_key: key,
      fit,
    });
  return { plan: await keptPlan(artifacts, owner, document.parts[found.part]!.plan_key), fold: found.fold };
}

/**
 * The plan that a batch belongs to, and its key.
 *
 * @throws NOT_FOUND when there is no such batch
 */
export async function planOfBatch(
  artifacts: ArtifactStore,
  owner: string,
  key: string,
  batch: string,
): Promise<Pick<SweepPart, "plan" | "planKey">> {
  const document = await readDocument(artifacts, owner, key);
  if (document.kind !== "composed_sweep") return { plan: document, planKey: key };
  const found = document.batches.find(({ batch_id }) => batch_id === batch);
  if (found === undefined) throw new SigmaError("NOT_FOUND", `The plan "${key}" has no batch "${batch}".`, { plan_key: key, batch });
  const planKey = document.parts[found.part]!.plan_key;
  return { plan: await keptPlan(artifacts, owner, planKey), planKey };
}

/** The plan of one composition, kept while this process works on it. */
const keptPlan = (artifacts: ArtifactStore, owner: string, key: string): Promise<EvaluationPlan> =>
  keep(artifacts, `plan:${owner}:${key}`, () => loadPlan(artifacts, owner, key));

/** A stored plan of either kind, kept while this process works on it: thousands of variants take their time to read. */
function readDocument(artifacts: ArtifactStore, owner: string, key: string): Promise<EvaluationPlan | ComposedSweep> {
  return keep(artifacts, `document:${owner}:${key}`, () => parseDocument(artifacts, owner, key));
}

async function parseDocument(artifacts: ArtifactStore, owner: string, key: string): Promise<EvaluationPlan | ComposedSweep> {
  const document = await readPlanDocument(artifacts, owner, key);
  const composed = typeof document === "object" && document !== null && "kind" in document && document.kind === "composed_sweep";
  return parseOr("ARTIFACT_CORRUPT", composed ? ComposedSweepSchema : EvaluationPlanSchema, document, `The plan "${key}"`);
}
