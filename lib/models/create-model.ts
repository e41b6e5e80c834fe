import { RESERVED_IDS } from "../core/ids.ts";
import { parseOr } from "../errors/parse.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { LabelSchema } from "../matrix/label.schema.ts";
import { unknownName } from "../packs/finding.ts";
import { mergeLayers } from "../packs/layers.ts";
import type { ModelTemplate } from "../packs/model-template.schema.ts";
import { PACK_CHECK_MODEL } from "../packs/pack-check-model.ts";
import { documentPath, documentsOf } from "../packs/pack-source.ts";
import type { ResolvedPack } from "../packs/resolved-pack.ts";
import { readYaml } from "../packs/yaml.ts";
import { normalisePolicy } from "../policies/resolve-policy.ts";
import { entryModeFor } from "./coherence.ts";
import { type CreateModelRequest, CreateModelSchema } from "./create-model.schema.ts";
import { modelName } from "./naming.ts";
import { resolveModel } from "./resolve-model.ts";
import type { ResolvedModel } from "./resolved-model.ts";
import { yamlText } from "./yaml-text.ts";

/** The documents that make a model, ready to be written together, and the model they make. */
export interface ModelPlan extends ModelDraft {
  readonly resolved: ResolvedModel;
}

/** The documents that a request asks for, not yet judged. */
export interface ModelDraft {
  readonly packId: string;
  readonly modelId: string;
  /** Texts by path inside the folder of packs: the configuration, the policy, and an own indicator set if any. */
  readonly texts: Readonly<Record<string, string>>;
}

type Mapping = Readonly<Record<string, unknown>>;

/**
 * Plans a model from a template and what the user wants otherwise. Nothing is written, and the model is resolved before
 * the plan is returned: an incoherent one is refused here. The configuration says what the template and the user said;
 * the policy says only what differs from the pack's default; the rest is inherited.
 *
 * @param sets - indicator sets that the owner keeps beside the pack, and that the request may name
 * @throws INVALID_PARAM when the request does not match its schema or gives too little
 * @throws CONFLICT when the pack itself has something of this name
 * @throws MODEL_INVALID | POLICY_INVALID | LABEL_ENTRY_MISMATCH as `resolveModel`
 */
export function planModel(request: unknown, pack: ResolvedPack, sets: ModelDraft["texts"] = {}): ModelPlan {
  const plan = planModelNamed(request, pack, sets);
  if (plan.modelId !== PACK_CHECK_MODEL && !RESERVED_IDS.includes(plan.modelId)) return plan;
  throw new SigmaError("CONFLICT", `"${plan.modelId}" is a reserved word. Choose another model_id or a variant.`, {
    modelId: plan.modelId,
  });
}

/** As `planModel`, for the product's own models, which may have reserved ids. */
export function planModelNamed(request: unknown, pack: ResolvedPack, sets: ModelDraft["texts"] = {}): ModelPlan {
  const draft = draftModel(request, pack);
  return { ...draft, resolved: resolveModel(pack, { ...documentsOf({ ...sets, ...draft.texts }), modelId: draft.modelId }) };
}

/**
 * Writes the documents of a model as `planModel` does, without judging the model that they make.
 *
 * @throws INVALID_PARAM | CONFLICT as `planModel`
 */
export function draftModel(request: unknown, pack: ResolvedPack): ModelDraft {
  const wanted = parseOr("INVALID_PARAM", CreateModelSchema, request, "The model's request");
  const asked = request as CreateModelRequest;
  const packId = pack.pack.id;
  if (wanted.pack_id !== packId)
    throw new SigmaError("INVALID_PARAM", `pack_id is "${wanted.pack_id}", but the pack is "${packId}".`, { field: "pack_id" });
  const found = wanted.template_id === undefined ? undefined : findTemplate(wanted.template_id, pack);
  const identity = identityOf(wanted, found?.template);
  const { modelId } = identity;
  refuseTaken(modelId, pack);

  const config = configDocument(asked, identity, found, packId);
  // As its kind reads it: the template says only what differs from the kind's own defaults.
  const label = LabelSchema.safeParse(config["label"] ?? pack.pack.label).data;
  const policy = policyDocument(asked, found?.template.policy ?? pack.pack.policy, label, modelId, pack);
  const texts: Record<string, string> = {
    [documentPath(packId, "model_configs", modelId)]: yamlText("What is modelled. Absent values come from the pack.", config),
    [documentPath(packId, "policy_templates", modelId)]: yamlText(
      "How predictions become trades. Absent values come from the pack's default policy.",
      policy,
    ),
  };
  if (typeof asked.indicator_set === "object") {
    const set = { name: modelId, version: 1, indicators: asked.indicator_set.indicators };
    texts[documentPath(packId, "indicator_sets", modelId)] = yamlText(`The indicators of ${modelId}.`, set);
  }
  return { packId, modelId, texts };
}

interface Identity extends Pick<ResolvedModel["config"], "ticker" | "asset_type" | "horizon" | "cadence"> {
  readonly modelId: string;
}

function identityOf(wanted: CreateModelRequest, template: ModelTemplate | undefined): Identity {
  const { ticker, algo, variant } = wanted;
  const asset_type = wanted.asset_type ?? template?.model.asset_type;
  const horizon = wanted.horizon ?? template?.model.horizon;
  const cadence = wanted.cadence ?? template?.model.cadence;
  if (asset_type === undefined || horizon === undefined || cadence === undefined) {
    const absent = Object.entries({ asset_type, horizon, cadence }).flatMap(([key, value]) => (value === undefined ? [key] : []));
    throw new SigmaError(
      "INVALID_PARAM",
      `A model without a template needs ${absent.join(", ")}. Give them, or name a template_id.`,
      { absent },
      { fieldErrors: absent.map((path) => ({ path, issue: "required without a template" })) },
    );
  }
  const modelId = wanted.model_id ?? modelName({ ticker, asset_type, horizon, cadence, algo, variant });
  return { modelId, ticker, asset_type, horizon, cadence };
}

interface FoundTemplate {
  readonly template: ModelTemplate;
  /** The template's `model` as its file says it, without defaults. */
  readonly model: Mapping;
}

function findTemplate(name: string, pack: ResolvedPack): FoundTemplate {
  const template = pack.templates.get(name);
  if (!template) throw unknownName("INVALID_PARAM", "template_id", "model template", name, [...pack.templates.keys()]);
  const path = documentPath(pack.pack.id, "model_templates", name);
  const { model } = readYaml(pack.documents.read(path)!, { code: "PACK_INVALID", path }) as { model: Mapping };
  return { template, model };
}

function refuseTaken(modelId: string, pack: ResolvedPack): void {
  const taken =
    (pack.modelIds.includes(modelId) && "a model") ||
    (pack.policies.has(modelId) && "a policy") ||
    (pack.indicatorSets.has(modelId) && "an indicator set");
  if (!taken) return;
  throw new SigmaError("CONFLICT", `"${modelId}" is ${taken} of pack "${pack.pack.id}" already. Choose another model_id or a variant.`, {
    modelId,
  });
}

function configDocument(asked: CreateModelRequest, identity: Identity, found: FoundTemplate | undefined, packId: string): Mapping {
  const { modelId, ticker, asset_type, horizon, cadence } = identity;
  const { algo, indicator_set, template_id } = asked;
  const ownSet = typeof indicator_set === "object";
  const { asset_type: _asset, horizon: _horizon, cadence: _cadence, instrument, ...rest } = found?.model ?? {};
  const overrides = {
    default_dte: asked.default_dte,
    default_strike: asked.default_strike,
    strategy: asked.strategy,
    risk_profile: asked.risk_profile,
    indicator_set: ownSet ? modelId : indicator_set,
    indicators: asked.indicators,
    gates: asked.gates,
    window: asked.window,
    tags: asked.tags,
    features: asked.features,
    label: asked.label,
    learner: algo === undefined && asked.learner === undefined ? undefined : { ...learnerFor(algo, rest["learner"]), ...asked.learner },
  };
  const merged = mergeLayers(
    [
      { source: "user", document: overrides },
      { source: "template", document: rest },
    ],
    ["label", "learner"],
  ) as Mapping;
  return present({
    version: 1,
    model_id: modelId,
    pack_id: packId,
    template_id,
    template_version: found?.template.version,
    ticker,
    asset_type,
    horizon,
    cadence,
    data: asked.data ?? { provider: "sample", symbol: ticker },
    instrument: asked.instrument ?? instrument ?? (asset_type === "opt" ? "options" : "stocks"),
    policy: modelId,
    ...merged,
  });
}

/** The template's settings where they fit the algorithm; parameters never carry over from one algorithm to another. */
function learnerFor(algo: CreateModelRequest["algo"], template: unknown): Mapping {
  if (algo === "prior") return { algo };
  const base = typeof template === "object" && template !== null ? (template as Mapping) : {};
  const own = base["algo"] === "prior" ? undefined : base["algo"];
  const wanted = algo ?? own ?? "gbm";
  const same = own === wanted || (own === "xgb" && wanted === "gbm") || (own === "gbm" && wanted === "xgb");
  const { params, calibration, model_sha256: modelSha, ...rest } = base;
  return {
    ...rest,
    // The prior's calibration is none for want of anything to calibrate.
    ...(calibration === undefined || own === undefined ? {} : { calibration }),
    ...(same && params !== undefined ? { params } : {}),
    ...(same && modelSha !== undefined ? { model_sha256: modelSha } : {}),
    algo: wanted === "xgb" ? "gbm" : wanted,
  };
}

function policyDocument(
  asked: CreateModelRequest,
  templateName: string,
  label: ResolvedModel["config"]["label"] | undefined,
  modelId: string,
  pack: ResolvedPack,
): Mapping {
  const raw = (name: string): Mapping => {
    const path = documentPath(pack.pack.id, "policy_templates", name);
    const {
      name: _name,
      version: _version,
      ...sections
    } = normalisePolicy(readYaml(pack.documents.read(path)!, { code: "POLICY_INVALID", path })) as Record<string, unknown>;
    return sections;
  };
  const entry = label === undefined ? undefined : { execution: { brackets: { entry_mode: entryModeFor(label.entry) } } };
  const wanted = mergeLayers([
    { source: "user", document: normalisePolicy(asked.policy ?? {}) },
    { source: "label", document: entry },
    { source: "template", document: raw(templateName) },
  ]);
  const differing = without(wanted, raw(pack.pack.policy));
  const mode = entry
    ? mergeLayers([
        { source: "user", document: differing },
        { source: "label", document: entry },
      ])
    : differing;
  return { name: modelId, version: 1, policy: mode ?? {} };
}

/** What a document says beyond another: leaves that are equal in both are left out. */
function without(value: unknown, base: unknown): unknown {
  if (!isMapping(value) || !isMapping(base)) return JSON.stringify(value) === JSON.stringify(base) ? undefined : value;
  const entries = Object.entries(value)
    .map(([key, inner]) => [key, without(inner, base[key])] as const)
    .filter(([, inner]) => inner !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

const isMapping = (value: unknown): value is Mapping => typeof value === "object" && value !== null && !Array.isArray(value);

const present = (document: Mapping): Mapping => Object.fromEntries(Object.entries(document).filter(([, value]) => value !== undefined));
