import type { ResolvedModel } from "#lib/models/resolved-model.ts";
import { throwErrors } from "#lib/packs/finding.ts";

/**
 * A model with what the linter says of its gate among its warnings. The grids that this takes are loaded where they are wanted.
 *
 * @throws MODEL_INVALID when no variant could ever meet the gate
 */
export async function withinReach(model: ResolvedModel): Promise<ResolvedModel> {
  const { gateWithinReach } = (await import("./linter.ts")).LINTER;
  const findings = gateWithinReach(model);
  throwErrors(findings, `Model "${model.config.model_id}"`);
  return { ...model, warnings: [...model.warnings, ...findings] };
}
