import { SigmaError } from "#lib/errors/sigma-error.ts";
import { riskSha } from "#lib/models/limits.ts";
import type { ResolvedModel } from "#lib/models/resolved-model.ts";
import type { RiskBudget } from "#lib/policies/risk-budget.schema.ts";
import { tightenBudget } from "#lib/policies/tighten.ts";

/**
 * A model under the limits that one sweep sets for itself. They may only tighten what is in force; the lineage says that they did.
 *
 * @param gates - undefined leaves the model as it is
 * @throws INVALID_PARAM naming each limit that would be relaxed
 */
export function tightenedModel(model: ResolvedModel, gates: RiskBudget | undefined): ResolvedModel {
  if (gates === undefined) return model;
  const { budget: limits, loosened } = tightenBudget(model.limits, gates);
  if (loosened.length > 0) {
    throw new SigmaError(
      "INVALID_PARAM",
      `A sweep may only tighten limits: ${loosened.map(({ key, inForce, found }) => `"${key}" is ${found}, looser than the ${inForce} in force`).join("; ")}.`,
      { field: `gates.${loosened[0]!.key}` },
      { fieldErrors: loosened.map(({ key, inForce }) => ({ path: `gates.${key}`, issue: `looser than the ${inForce} in force` })) },
    );
  }
  return { ...model, limits, lineage: { ...model.lineage, risk_sha: riskSha(model.riskProfile, limits) } };
}
