import { parseOr } from "../errors/parse.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { type Label, LabelSchema } from "../matrix/label.schema.ts";
import { mergeLayers } from "../packs/layers.ts";
import { documentPath, documentsOf, type PackDocuments } from "../packs/pack-source.ts";
import type { ResolvedPack } from "../packs/resolved-pack.ts";
import { readYaml } from "../packs/yaml.ts";
import { normalisePolicy } from "../policies/resolve-policy.ts";
import { entryModeFor } from "./coherence.ts";
import type { ModelPlan } from "./create-model.ts";
import { type ModelDocuments, resolveModel } from "./resolve-model.ts";
import { type UpdateModelRequest, UpdateModelSchema } from "./update-model.schema.ts";
import { yamlText } from "./yaml-text.ts";

type Mapping = Readonly<Record<string, unknown>>;

/** Sections of a configuration whose keys change one by one. */
const MERGED = ["features", "momentum", "volatility"];

/**
 * Plans a change of a model: new documents, or the old ones where the change says what they say already. Nothing is
 * written, and an incoherent model is refused here. When the label's entry changes and the policy is not given, the
 * policy's entry follows it.
 *
 * @param documents - the model's own documents as they stand
 * @throws INVALID_PARAM | MODEL_INVALID | POLICY_INVALID | LABEL_ENTRY_MISMATCH as `resolveModel`
 */
export function planUpdate(request: unknown, pack: ResolvedPack, documents: ModelDocuments): ModelPlan {
  parseOr("INVALID_PARAM", UpdateModelSchema, request, "The model's change");
  const change = request as UpdateModelRequest;
  if (Object.keys(change).length === 0)
    throw new SigmaError(
      "INVALID_PARAM",
      "The change is empty. Say what should be different.",
      {},
      { fieldErrors: [{ path: "", issue: "is empty" }] },
    );
  const { modelId } = documents;
  const packId = pack.pack.id;
  const configPath = documentPath(packId, "model_configs", modelId);
  const policyPath = documentPath(packId, "policy_templates", modelId);
  const setPath = documentPath(packId, "indicator_sets", modelId);

  const config = readYaml(documents.read(configPath)!, { code: "MODEL_INVALID", path: configPath }) as Mapping;
  const changedConfig = configWith(config, change, modelId);
  // As its kind reads it; a label that is none is refused when the model is resolved.
  const label = change.label === undefined ? undefined : LabelSchema.safeParse(changedConfig["label"] ?? pack.pack.label).data;
  const usesOwnSet = changedConfig["indicator_set"] === modelId;
  const texts: Record<string, string> = {
    [configPath]: sameOr(documents, configPath, config, changedConfig, "What is modelled. Absent values come from the pack."),
    ...policyTexts(change, label, documents, policyPath),
    ...(usesOwnSet ? setTexts(change, documents, setPath, modelId) : {}),
  };
  // What the model names beside its own documents is read and stays where it is.
  const others = documents.list().filter((path) => !path.endsWith(`/${modelId}.yaml`));
  const all = { ...Object.fromEntries(others.map((path) => [path, documents.read(path)!])), ...texts };
  return { packId, modelId, texts, resolved: resolveModel(pack, { ...documentsOf(all), modelId }) };
}

function configWith(config: Mapping, change: UpdateModelRequest, modelId: string): Mapping {
  const { policy: _policy, indicator_set, ...settings } = change;
  const next: Record<string, unknown> = { ...config };
  for (const [key, value] of Object.entries(settings)) {
    if (value === null && key !== "strategy" && key !== "allowed_hours" && key !== "signal_interval") delete next[key];
    else next[key] = MERGED.includes(key) ? mergeLayers([layer(value), layer(config[key] ?? {})]) : value;
  }
  if (indicator_set !== undefined) {
    next["indicator_set"] = typeof indicator_set === "object" ? modelId : indicator_set;
    // A subset names indicators of its own set.
    if (change.indicators === undefined) delete next["indicators"];
  }
  return next;
}

function policyTexts(
  change: UpdateModelRequest,
  label: Label | undefined,
  documents: ModelDocuments,
  path: string,
): Record<string, string> {
  const text = documents.read(path);
  const entry = label && { execution: { brackets: { entry_mode: entryModeFor(label.entry) } } };
  if (change.policy === undefined && entry === undefined) return text === undefined ? {} : { [path]: text };
  if (text === undefined && change.policy === undefined) return {};
  const before = text === undefined ? {} : (normalisePolicy(readYaml(text, { code: "POLICY_INVALID", path })) as Mapping);
  const { name: _name, version, ...sections } = before;
  const kept = change.policy === null ? {} : sections;
  const after = mergeLayers([layer(normalisePolicy(change.policy ?? {})), layer(entry), layer(kept)]) as Mapping;
  if (text !== undefined && JSON.stringify(after) === JSON.stringify(sections)) return { [path]: text };
  const document = { name: documents.modelId, version: typeof version === "number" ? version + 1 : 1, policy: after };
  return { [path]: yamlText("How predictions become trades. Absent values come from the pack's default policy.", document) };
}

function setTexts(change: UpdateModelRequest, documents: PackDocuments, path: string, modelId: string): Record<string, string> {
  const text = documents.read(path);
  const before = text === undefined ? undefined : (readYaml(text, { code: "MODEL_INVALID", path }) as Mapping);
  if (typeof change.indicator_set !== "object") return text === undefined ? {} : { [path]: text };
  const { indicators } = change.indicator_set;
  if (text !== undefined && JSON.stringify(before!["indicators"]) === JSON.stringify(indicators)) return { [path]: text };
  const version = typeof before?.["version"] === "number" ? before["version"] + 1 : 1;
  return { [path]: yamlText(`The indicators of ${modelId}.`, { name: modelId, version, indicators }) };
}

function sameOr(documents: PackDocuments, path: string, before: Mapping, after: Mapping, comment: string): string {
  return JSON.stringify(before) === JSON.stringify(after) ? documents.read(path)! : yamlText(comment, after);
}

const layer = (document: unknown) => ({ source: "change", document });
