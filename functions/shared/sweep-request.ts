import { SigmaError } from "#lib/errors/sigma-error.ts";
import { labelHorizonBars } from "#lib/matrix/label.schema.ts";
import type { ResolvedModel } from "#lib/models/resolved-model.ts";
import type { GridContext } from "#lib/sweeps/axes.ts";
import type { Composition } from "#lib/sweeps/composition.schema.ts";
import { composedVariants, planCompositions } from "#lib/sweeps/compositions.ts";
import { planVariants } from "#lib/sweeps/grid.ts";
import { gridContextOf, MOST_VARIANTS } from "#lib/sweeps/grid-context.ts";
import { longestHold } from "#lib/sweeps/longest-hold.ts";
import { isComposed, type SweepRequest } from "#lib/sweeps/sweep.schema.ts";
import type { Variant } from "#lib/sweeps/variant.schema.ts";
import { type ContextPorts, loadModel } from "./load-model.ts";
import { plannedColumns } from "./sweep-grid.ts";
import { tightenedModel } from "./tightened-model.ts";

/** A composition with the model that it makes and its variants, before any data is read. */
export interface ComposedModel {
  readonly composition: Composition;
  readonly model: ResolvedModel;
  readonly variants: readonly Variant[];
}

/** What a request stands for, before any data is read. */
export interface ExpandedSweep {
  /** The variants of all compositions, or of the model as it is. */
  readonly variants: readonly Variant[];
  /** Empty for a sweep of the model as it is. */
  readonly composed: readonly ComposedModel[];
  readonly longestHoldBars: number;
}

/** What the grid must know of a composition: of the variants that a sweep may have, it has its part. */
export const composedContext = (
  { config }: Pick<ResolvedModel, "config">,
  columns: GridContext["columns"],
  compositions: number,
): GridContext => ({ ...gridContextOf(config, columns), maxVariants: Math.floor(MOST_VARIANTS / compositions) });

/**
 * The compositions and variants that a sweep request stands for.
 *
 * @throws NOT_FOUND for an unknown model, MODEL_INVALID for a composition that cannot be, INVALID_PARAM or UNPROCESSABLE
 *   for a grid that is none
 */
export async function expandSweep(ports: ContextPorts, owner: string, request: SweepRequest): Promise<ExpandedSweep> {
  const { pack_id, model_id } = request;
  const base = tightenedModel(await loadModel(ports, owner, pack_id, model_id), isComposed(request) ? undefined : request.gates);
  const horizon = labelHorizonBars(base.config.label, base.config.cadence);
  const compositions = planCompositions(request, gridContextOf(base.config, null));
  if (compositions.length === 0) {
    const variants = planVariants(request, gridContextOf(base.config, plannedColumns(base)));
    return { variants, composed: [], longestHoldBars: longestHold(variants, horizon) };
  }
  const composed: ComposedModel[] = [];
  for (const composition of compositions) {
    const model = tightenedModel(await loadModel(ports, owner, pack_id, model_id, composition.change), request.gates);
    const context = composedContext(model, plannedColumns(model), compositions.length);
    composed.push({ composition, model, variants: composedVariants(request, context, composition) });
  }
  const variants = composed.flatMap((one) => one.variants);
  return { variants, composed, longestHoldBars: longestHold(variants, horizon) };
}

/** The composition of a request by its id. @throws NOT_FOUND */
export async function compositionOf(ports: ContextPorts, owner: string, request: SweepRequest, id: string): Promise<Composition> {
  const base = await loadModel(ports, owner, request.pack_id, request.model_id);
  const found = planCompositions(request, gridContextOf(base.config, null)).find((composition) => composition.id === id);
  if (found) return found;
  throw new SigmaError("NOT_FOUND", `The sweep has no composition "${id}".`, { composition: id });
}
