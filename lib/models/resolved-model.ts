import type { Sha256 } from "../core/digest.ts";
import type { PlannedColumn } from "../indicators/plan.ts";
import type { Finding } from "../packs/finding.ts";
import type { IndicatorEntry } from "../packs/indicator-set.schema.ts";
import type { Strategy } from "../packs/strategy.schema.ts";
import type { EffectiveTags } from "../packs/tags.ts";
import type { ResolvedPolicy } from "../policies/resolve-policy.ts";
import type { RiskBudget, RiskProfile } from "../policies/risk-budget.schema.ts";
import type { ModelConfig } from "./model-config.schema.ts";

/**
 * `model`: the model's configuration; `policy`: its own policy document; `pack`: a document of the pack;
 * `built-in default`: a schema's default.
 */
export type ValueSource = "model" | "policy" | "pack" | "built-in default";

/** The part of a run's lineage that definitions give; the matrix and the code add theirs. */
export interface DefinitionLineage {
  readonly config_sha: Sha256;
  readonly policy_sha: Sha256;
  readonly risk_sha: Sha256;
  readonly pack_sha: Sha256;
  readonly indicator_set_sha: Sha256;
}

/** A model with everything that it inherits, coherent and complete: what every later stage works from. */
export interface ResolvedModel {
  readonly config: ModelConfig;
  readonly policy: ResolvedPolicy["policy"];
  readonly riskProfile: RiskProfile;
  /** The gate's limits in force: the pack's, tightened by the profile, the policy and the model. */
  readonly limits: RiskBudget;
  /** The model's indicators: its subset of the set, then those of its strategy that the set does not hold. */
  readonly indicatorEntries: readonly IndicatorEntry[];
  /** Every computed column (also those that the feature flags add), before `features.custom` selects. */
  readonly columns: readonly PlannedColumn[];
  readonly strategy: Strategy | null;
  readonly signalInterval: NonNullable<ModelConfig["signal_interval"]>;
  readonly tags: EffectiveTags;
  readonly lineage: DefinitionLineage;
  /** By dotted path: `label.kind`, `policy.execution.slippage_bps`, `limits.min_bets`. */
  readonly provenance: Readonly<Record<string, ValueSource>>;
  readonly warnings: readonly Finding[];
}
