import { type Sha256, sha256OfJson } from "../core/digest.ts";
import { decidesOnceASession, type Label } from "../matrix/label.schema.ts";
import { type Finding, finding } from "../packs/finding.ts";
import type { RiskBudget, RiskProfile } from "../policies/risk-budget.schema.ts";
import { type GateKey, tightenBudget } from "../policies/tighten.ts";
import type { ValueSource } from "./resolved-model.ts";

export interface LimitLayer {
  readonly source: ValueSource;
  /** Where the limits stand, such as `gates`. */
  readonly path: string;
  readonly budget: RiskBudget;
  readonly error: Finding["error"];
}

/** Identity of a risk profile with the limits that hold under it: what a lineage calls `risk_sha`. */
export const riskSha = (profile: RiskProfile, limits: RiskBudget): Sha256 => sha256OfJson({ profile, limits });

/**
 * The limits in force after each layer has tightened the ones before it.
 *
 * @param layers - the pack's first, the model's last
 * @returns the limits, the layer that set each value in force, and a finding for each attempt to relax one
 */
export function effectiveLimits(layers: readonly LimitLayer[]): {
  readonly limits: RiskBudget;
  readonly sources: Readonly<Record<string, ValueSource>>;
  readonly findings: readonly Finding[];
} {
  let limits: RiskBudget = {};
  const sources: Record<string, ValueSource> = {};
  const findings: Finding[] = [];
  for (const layer of layers) {
    const { budget, loosened } = tightenBudget(limits, layer.budget);
    for (const key of Object.keys(budget) as GateKey[]) {
      if (String(budget[key]) !== String(limits[key]) || limits[key] === undefined) sources[key] = layer.source;
    }
    limits = budget;
    findings.push(
      ...loosened.map(({ key, inForce, found }) => {
        const path = `${layer.path}.${key}`;
        return finding("gate_loosened", path, `"${path}" is "${found}", looser than the "${inForce}" in force.`, undefined, layer.error);
      }),
    );
  }
  return { limits, sources, findings };
}

/**
 * The limits of a pack or a risk profile as they bind models of a label. Hours of entry choose among a session's decisions; a
 * label that decides once a session has nothing to choose among, and its own clock says when its trades open.
 */
export function limitsForLabel(budget: RiskBudget, label: Label): RiskBudget {
  if (!decidesOnceASession(label)) return budget;
  const { allowed_hours: _, ...others } = budget;
  return others;
}
