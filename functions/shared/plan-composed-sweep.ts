import { splitsOf } from "#lib/backtest/splits-request.schema.ts";
import { formatDate } from "#lib/core/time.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { ComposedSweep } from "#lib/sweeps/composed-sweep.schema.ts";
import { composedVariants } from "#lib/sweeps/compositions.ts";
import type { SweepRequest } from "#lib/sweeps/sweep.schema.ts";
import { storePlan } from "./evaluation-plan.ts";
import { type PlannedModel, type PlanResult, planModel } from "./make-plan.ts";
import { loadComposedContext } from "./model-context.ts";
import type { StepPorts } from "./ports.ts";
import { matrixColumns } from "./sweep-grid.ts";
import { composedContext, type ExpandedSweep, expandSweep } from "./sweep-request.ts";

/** Most fits of one sweep, over all compositions. */
const MOST_FITS = 400;

/**
 * Plans a sweep over compositions, whose matrices stand: one evaluation plan each, over the same out-of-sample sessions.
 * Compositions that share their predictions are fitted once.
 *
 * @throws UNPROCESSABLE when compositions differ in their sessions, or ask for too many fits
 */
export async function planComposedSweep(ports: StepPorts, owner: string, request: SweepRequest): Promise<PlanResult> {
  const { composed, variants, longestHoldBars } = await expandSweep(ports, owner, request);
  const plans: PlannedModel[] = [];
  for (const { composition, model } of composed) {
    const context = await loadComposedContext(ports, owner, request.pack_id, request.model_id, composition.change);
    plans.push(
      await planModel(ports, context, {
        kind: "sweep",
        tag: request.tag,
        request: JSON.parse(JSON.stringify(request)),
        splits: splitsOf(request),
        gates: request.gates,
        variants: ({ info }) => composedVariants(request, composedContext(model, matrixColumns(info), composed.length), composition),
        among: { plans: composed.length, variants: variants.length, longestHoldBars },
      }),
    );
  }
  requireSameSessions(plans, composed);
  const fits = fitsOf(plans);
  const sweep: ComposedSweep = {
    schema_version: 1,
    kind: "composed_sweep",
    owner,
    parts: plans.map(({ planKey }, i) => ({ composition: composed[i]!.composition, plan_key: planKey })) as ComposedSweep["parts"],
    fits: fits as ComposedSweep["fits"],
    batches: plans.flatMap(({ plan }, part) => plan.batches.map(({ batch_id }) => ({ part, batch_id }))) as ComposedSweep["batches"],
  };
  return {
    plan_key: await storePlan(ports.artifacts, sweep),
    folds: fits.map((_, i) => i),
    refits: 0,
    batches: sweep.batches.map(({ batch_id }) => batch_id),
    variants: variants.length,
    warnings: [...new Set(plans.flatMap(({ plan }) => plan.warnings))],
  };
}

/** Each fold of each distinct prediction, at the first composition that needs it. */
function fitsOf(plans: readonly PlannedModel[]): ComposedSweep["fits"][number][] {
  const seen = new Set<string>();
  const fits = plans.flatMap(({ plan, folds }, part) => {
    const name = `${plan.matrix.prefix}${plan.prediction_sha}`;
    if (seen.has(name)) return [];
    seen.add(name);
    return folds.map((fold) => ({ part, fold }));
  });
  if (fits.length <= MOST_FITS) return fits;
  throw new SigmaError(
    "UNPROCESSABLE",
    `The sweep needs "${fits.length}" fits, at most "${MOST_FITS}" are allowed. Use fewer compositions, or fewer splits.`,
    { fits: fits.length, max_fits: MOST_FITS },
  );
}

/** Results over other sessions cannot be held against each other, nor counted as trials of one choice. */
function requireSameSessions(plans: readonly PlannedModel[], composed: ExpandedSweep["composed"]): void {
  const [first] = plans;
  const other = plans.findIndex(({ sessions }) => sessions.join() !== first!.sessions.join());
  if (other === -1) return;
  const text = ({ sessions: [start, end, count] }: PlannedModel): string => `${count} from ${formatDate(start)} to ${formatDate(end)}`;
  throw new SigmaError(
    "UNPROCESSABLE",
    `The composition "${composed[other]!.composition.label}" is tested on other sessions (${text(plans[other]!)}) than "${composed[0]!.composition.label}" (${text(first!)}). Give the model a window in which all of its data is known.`,
    { composition: composed[other]!.composition.id },
  );
}
