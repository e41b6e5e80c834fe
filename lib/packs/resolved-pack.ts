import type { Sha256 } from "../core/digest.ts";
import type { Policy } from "../policies/policy.schema.ts";
import type { RiskProfile } from "../policies/risk-budget.schema.ts";
import type { IndicatorSet } from "./indicator-set.schema.ts";
import type { ModelTemplate } from "./model-template.schema.ts";
import type { Pack } from "./pack.schema.ts";
import type { PackDocuments } from "./pack-source.ts";
import type { Strategy } from "./strategy.schema.ts";

/** A pack with all of its documents, read and found coherent. Model configurations are not part of it. */
export interface ResolvedPack {
  readonly pack: Pack;
  /** SHA-256 of the canonical JSON of every document: the pack's identity in lineages. */
  readonly packSha: Sha256;
  readonly indicatorSets: ReadonlyMap<string, IndicatorSet>;
  readonly strategies: ReadonlyMap<string, Strategy>;
  readonly policies: ReadonlyMap<string, Policy>;
  readonly riskProfiles: ReadonlyMap<string, RiskProfile>;
  readonly templates: ReadonlyMap<string, ModelTemplate>;
  /** Names of the model configurations that come with the pack. */
  readonly modelIds: readonly string[];
  /** The texts, for what inherits from them value by value. */
  readonly documents: PackDocuments;
}

export type PackContent = Omit<ResolvedPack, "packSha">;
