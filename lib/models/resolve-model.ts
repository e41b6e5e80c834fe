import { type Sha256, sha256OfJson } from "../core/digest.ts";
import { nearestName } from "../errors/nearest.ts";
import { parseOr } from "../errors/parse.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { resolveIndicator } from "../indicators/resolve.ts";
import { type Finding, finding, throwErrors, unknownName } from "../packs/finding.ts";
import { type IndicatorEntry, type IndicatorSet, IndicatorSetSchema } from "../packs/indicator-set.schema.ts";
import { type Layer, mergeLayers, provenanceOf } from "../packs/layers.ts";
import { documentPath, type PackDocuments } from "../packs/pack-source.ts";
import type { ResolvedPack } from "../packs/resolved-pack.ts";
import type { Strategy } from "../packs/strategy.schema.ts";
import { effectiveTags } from "../packs/tags.ts";
import { readDocument } from "../packs/yaml.ts";
import { type PolicyDocument, type ResolvedPolicy, resolvePolicy } from "../policies/resolve-policy.ts";
import type { RiskBudget, RiskProfile } from "../policies/risk-budget.schema.ts";
import { applyChange } from "./apply-change.ts";
import { modelFindings } from "./coherence.ts";
import { effectiveLimits, limitsForLabel, riskSha } from "./limits.ts";
import type { ModelChange } from "./model-change.schema.ts";
import { flowColumnNames, modelPlan, withFittingExclusions } from "./model-columns.ts";
import { type ModelConfig, ModelConfigSchema } from "./model-config.schema.ts";
import { readModelDocument } from "./read-config.ts";
import type { ResolvedModel, ValueSource } from "./resolved-model.ts";

/** Documents that hold a model's configuration, and its own policy and indicator set where it has them. */
export interface ModelDocuments extends PackDocuments {
  readonly modelId: string;
}

/** A label's keys depend on its kind, so a model's label replaces the pack's whole. */
const WHOLE = ["label", "learner"];

/**
 * Brings together a model's configuration, policy, risk profile, indicator set and strategy. A name is looked up in
 * the pack first and then among the model's own documents, so nothing of a user's hides what the pack defines.
 *
 * @param change - what a composition changes of the configuration
 * @throws NOT_FOUND when the model has no configuration
 * @throws MODEL_INVALID | POLICY_INVALID | LABEL_ENTRY_MISMATCH | INDICATOR_UNKNOWN | PACK_INVALID with every
 *   incoherence as a field error
 */
export function resolveModel(pack: ResolvedPack, documents: ModelDocuments, change: ModelChange = {}): ResolvedModel {
  const { resolved, findings } = inspectModel(pack, documents, change);
  throwErrors(findings, `Model "${documents.modelId}"`);
  return resolved;
}

/**
 * Brings a model together as `resolveModel` does, and says what its rules object to instead of refusing it.
 *
 * @throws as `resolveModel` for documents that cannot be read and names that lead nowhere: without them there is no model to judge
 */
export function inspectModel(
  pack: ResolvedPack,
  documents: ModelDocuments,
  change: ModelChange = {},
): { readonly resolved: ResolvedModel; readonly findings: readonly Finding[] } {
  const { modelId } = documents;
  const { config: own, provenance } = resolveConfig(pack, modelId, documents);
  const written = applyChange(own, change);
  const resolvedPolicy = findPolicy(written.policy, pack, documents);
  const { policy } = resolvedPolicy;
  const set = findIndicatorSet(written.indicator_set, pack, documents);
  const strategy = findStrategy(written.strategy, pack);
  const riskProfile = findRiskProfile(written.risk_profile, pack);
  const indicatorEntries = modelIndicators(written, set, strategy);
  const { items, columns } = modelPlan(written, indicatorEntries);
  const flowColumns = flowColumnNames(written.features);
  const ownExclusions = provenance["features.custom.exclude"] === "model";
  const config = ownExclusions ? written : withFittingExclusions(written, [...columns.map(({ name }) => name), ...flowColumns]);
  const offered = (budget: RiskBudget): RiskBudget => limitsForLabel(budget, config.label);
  const { limits, sources, findings } = effectiveLimits([
    { source: "pack", path: "pack.gates", budget: offered(pack.pack.gates), error: "PACK_INVALID" },
    {
      source: "pack",
      path: `risk_profiles.${riskProfile.name}.risk_budget`,
      budget: offered(riskProfile.risk_budget),
      error: "PACK_INVALID",
    },
    { source: policySource(resolvedPolicy), path: "policy.risk_budget", budget: policy.risk_budget, error: "POLICY_INVALID" },
    { source: "model", path: "gates", budget: config.gates, error: "MODEL_INVALID" },
  ]);

  const tags = effectiveTags(pack.pack.tags, strategy?.tags, config.tags);
  const resolvedNames = items.map((item) => item.name);
  const policyProvenance = resolvedPolicy.provenance;
  const facts = { config, policy, strategy, columns, limits, tags, pack: pack.pack, resolvedNames, flowColumns, policyProvenance };
  const all = [...findings, ...modelFindings(facts), ...riskProfileDiffers(config, resolvedPolicy)];

  const resolved: ResolvedModel = {
    config,
    policy,
    riskProfile,
    limits,
    indicatorEntries,
    columns,
    strategy,
    signalInterval: config.signal_interval ?? pack.pack.signal_interval,
    tags,
    lineage: {
      config_sha: sha256OfJson(config),
      policy_sha: sha256OfJson(policy),
      risk_sha: riskSha(riskProfile, limits),
      pack_sha: pack.packSha,
      indicator_set_sha: indicatorSetSha(items),
    },
    provenance: { ...provenance, ...prefixed("policy.", resolvedPolicy.provenance), ...prefixed("limits.", sources) },
    warnings: all.filter(({ severity }) => severity === "warning"),
  };
  return { resolved, findings: all };
}

function resolveConfig(pack: ResolvedPack, modelId: string, documents: PackDocuments) {
  const packId = pack.pack.id;
  const path = documentPath(packId, "model_configs", modelId);
  const text = documents.read(path);
  if (text === undefined)
    throw new SigmaError("NOT_FOUND", `Pack "${packId}" has no model "${modelId}". "sigma models list" shows those that exist.`, {
      packId,
      modelId,
    });
  const { label, features, default_risk_profile } = pack.pack;
  const layers: Layer<ValueSource>[] = [
    { source: "model", document: readModelDocument(text, packId, modelId) },
    { source: "pack", document: { label, features, risk_profile: default_risk_profile } },
  ];
  const config = parseOr("MODEL_INVALID", ModelConfigSchema, mergeLayers(layers, WHOLE), `"${path}"`);
  return { config, provenance: provenanceOf(config, layers, WHOLE) };
}

function findPolicy(name: string, pack: ResolvedPack, documents: PackDocuments): ResolvedPolicy {
  const packId = pack.pack.id;
  const path = documentPath(packId, "policy_templates", name);
  const fallback = documentPath(packId, "policy_templates", pack.pack.policy);
  const own = pack.policies.has(name) ? undefined : documents.read(path);
  if (own === undefined && !pack.policies.has(name)) {
    const nearest = nearestName(name, pack.policies.keys());
    throw new SigmaError(
      "POLICY_INVALID",
      `A model needs a policy, and "${path}" does not exist. Write it, or name one of the pack's: ${[...pack.policies.keys()].join(", ")}.`,
      { policy: name, findings: ["policy_missing"], ...(nearest ? { nearest } : {}) },
      { fieldErrors: [{ path: "policy", issue: `no policy has the name "${name}"` }] },
    );
  }
  const chain: PolicyDocument[] = [
    own === undefined ? { source: "pack", path, text: pack.documents.read(path)! } : { source: "policy", path, text: own },
  ];
  if (path !== fallback) chain.push({ source: "pack", path: fallback, text: pack.documents.read(fallback)! });
  return resolvePolicy(chain);
}

function findIndicatorSet(name: string, pack: ResolvedPack, documents: PackDocuments): IndicatorSet {
  const known = pack.indicatorSets.get(name);
  if (known) return known;
  const path = documentPath(pack.pack.id, "indicator_sets", name);
  const text = documents.read(path);
  if (text !== undefined) return readDocument(text, IndicatorSetSchema, { code: "MODEL_INVALID", path });
  throw unknownName("MODEL_INVALID", "indicator_set", "indicator set", name, [...pack.indicatorSets.keys()]);
}

function findStrategy(name: string | null, pack: ResolvedPack): Strategy | null {
  if (name === null) return null;
  const strategy = pack.strategies.get(name);
  if (strategy) return strategy;
  throw unknownName("MODEL_INVALID", "strategy", "strategy", name, [...pack.strategies.keys()]);
}

function findRiskProfile(name: ModelConfig["risk_profile"], pack: ResolvedPack): RiskProfile {
  const profile = pack.pack.risk_profiles.includes(name) ? pack.riskProfiles.get(name) : undefined;
  if (profile) return profile;
  throw unknownName("MODEL_INVALID", "risk_profile", "risk profile", name, pack.pack.risk_profiles);
}

/** The set's entries (or the named subset), then the strategy's that compute something else. */
function modelIndicators(config: ModelConfig, set: IndicatorSet, strategy: Strategy | null): IndicatorEntry[] {
  const names = set.indicators.map((entry) => entry.name);
  const unknown = config.indicators.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw unknownName("MODEL_INVALID", "indicators", `indicator of set "${config.indicator_set}"`, unknown, [...new Set(names)]);
  const chosen = set.indicators.filter((entry) => config.indicators.length === 0 || config.indicators.includes(entry.name));
  const keys = new Set(chosen.map((entry) => resolveIndicator(entry).key));
  return [...chosen, ...(strategy?.indicators ?? []).filter((entry) => !keys.has(resolveIndicator(entry).key))];
}

/** Identity of what is computed, not of how the file spells it. */
const indicatorSetSha = (items: readonly { readonly key: string }[]): Sha256 => sha256OfJson(items.map((item) => item.key));

const policySource = ({ provenance }: ResolvedPolicy): ValueSource =>
  Object.entries(provenance).some(([path, source]) => path.startsWith("risk_budget") && source === "policy") ? "policy" : "pack";

/** The model's profile decides; a policy that was written for another one deserves a word. */
function riskProfileDiffers(config: ModelConfig, { policy, provenance }: ResolvedPolicy): Finding[] {
  if (policy.risk_profile === config.risk_profile || provenance["risk_profile"] !== "policy") return [];
  const reason = `The policy names the profile "${policy.risk_profile}", the model "${config.risk_profile}"; the model's is used.`;
  return [finding("risk_profile_differs", "policy.risk_profile", reason)];
}

const prefixed = <T>(prefix: string, record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([path, source]) => [`${prefix}${path}`, source]));
