import { RESERVED_IDS } from "#lib/core/ids.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { CreateModelRequest } from "#lib/models/create-model.schema.ts";
import { createModelReader } from "#lib/models/model-reader.ts";
import { modelName } from "#lib/models/naming.ts";
import type { ResolvedModel } from "#lib/models/resolved-model.ts";
import { tagList } from "#lib/packs/tags.ts";
import { draftBasis } from "../../shared/plan-draft.ts";
import type { ApiPorts } from "../api-deps.ts";
import { dataNeedsOf } from "./data-needs.ts";
import type { ModelVerdict } from "./model-verdict.schema.ts";

const NAME_TAKEN = "Choose another model_id or a variant.";

/**
 * Judges a model that is asked for by the rules that its creation heeds, and says all that is wrong at once.
 *
 * @param asked - as it came, so that absent keys stay absent
 */
export async function judgedDraft(ports: ApiPorts, owner: string, asked: CreateModelRequest): Promise<ModelVerdict> {
  const { judgeDraft } = (await import("./linter.ts")).LINTER;
  const { request, pack, sets } = await draftBasis(ports, owner, asked);
  const found = judge(() => judgeDraft(request, pack, sets));
  const model_id = found.resolved?.config.model_id ?? nameOf(request);
  const existing = model_id === null ? undefined : await createModelReader(ports).find(owner, model_id);
  const takenBy = found.conflict ?? takenText(model_id, existing);
  const findings: ModelVerdict["findings"] = found.findings.map(({ severity, code, path, reason, remedy }) => ({
    severity,
    code,
    path,
    reason,
    remedy,
  }));
  if (takenBy !== undefined)
    findings.unshift({ severity: "error", code: "CONFLICT", path: "model_id", reason: takenBy, remedy: NAME_TAKEN });
  const isSound = findings.every(({ severity }) => severity !== "error");
  return {
    valid: isSound && found.resolved !== null,
    model_id,
    is_free: takenBy === undefined,
    findings,
    model: found.resolved === null ? null : shown(found.resolved),
    needs: found.resolved === null ? null : dataNeedsOf(found.resolved),
  };
}

type Judged = ReturnType<typeof import("#lib/coherence/model-rules.ts").judgeDraft> & { readonly conflict?: string | undefined };

/** A name that the pack has already is said beside the rest. */
function judge(of: () => Judged): Judged {
  try {
    return of();
  } catch (error) {
    if (!(error instanceof SigmaError) || error.code !== "CONFLICT") throw error;
    return { resolved: null, findings: [], conflict: error.message.replace(` ${NAME_TAKEN}`, "") };
  }
}

function nameOf({ model_id, ticker, asset_type, horizon, cadence, algo, variant }: CreateModelRequest): string | null {
  if (model_id !== undefined) return model_id;
  if (asset_type === undefined || horizon === undefined || cadence === undefined) return null;
  return modelName({ ticker, asset_type, horizon, cadence, algo, variant });
}

function takenText(modelId: string | null, existing: { readonly pack_id: string } | undefined): string | undefined {
  if (existing !== undefined) return `You have a model "${modelId}" in pack "${existing.pack_id}" already.`;
  return modelId !== null && RESERVED_IDS.includes(modelId) ? `"${modelId}" is a reserved word.` : undefined;
}

function shown(model: ResolvedModel): NonNullable<ModelVerdict["model"]> {
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
  return {
    config: model.config,
    policy: plain(model.policy),
    limits: plain(model.limits),
    strategy: plain(model.strategy),
    indicators: plain(model.indicatorEntries),
    columns: model.columns.map(({ name, indicator, unit }) => ({ name, indicator, unit })),
    tags: tagList(model.tags),
  };
}
