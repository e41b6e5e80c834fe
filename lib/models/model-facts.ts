import type { Finding } from "../packs/finding.ts";
import type { Pack } from "../packs/pack.schema.ts";
import type { ResolvedPolicy } from "../policies/resolve-policy.ts";
import type { ResolvedModel } from "./resolved-model.ts";

/** What the rules look at. */
export type ModelFacts = Pick<ResolvedModel, "config" | "policy" | "strategy" | "columns" | "limits" | "tags"> & {
  readonly pack: Pack;
  /** The catalogue's names of the model's entries, in order. */
  readonly resolvedNames: readonly string[];
  /** Columns of same-day option flow, beside `columns`. */
  readonly flowColumns: readonly string[];
  readonly policyProvenance: ResolvedPolicy["provenance"];
};

/** A rule names everything that it objects to; none stops another from speaking. */
export type ModelRule = (facts: ModelFacts) => readonly Finding[];
