import { planVariants } from "#lib/sweeps/grid.ts";
import type { SweepRequest } from "#lib/sweeps/sweep.schema.ts";
import type { Variant } from "#lib/sweeps/variant.schema.ts";
import { type ContextPorts, loadModel } from "../../shared/load-model.ts";
import { gridContextOf, plannedColumns } from "../../shared/sweep-grid.ts";

/**
 * The variants that a sweep request stands for.
 *
 * @throws NOT_FOUND for an unknown model, INVALID_PARAM or UNPROCESSABLE for a grid that is none
 */
export async function sweepVariants(ports: ContextPorts, owner: string, request: SweepRequest): Promise<Variant[]> {
  const model = await loadModel(ports, owner, request.pack_id, request.model_id);
  return planVariants(request, gridContextOf(model.config, plannedColumns(model)));
}
