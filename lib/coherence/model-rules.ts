import { SigmaError } from "../errors/sigma-error.ts";
import { draftModel, type ModelDraft } from "../models/create-model.ts";
import { inspectModel, type ModelDocuments } from "../models/resolve-model.ts";
import type { ResolvedModel } from "../models/resolved-model.ts";
import type { Finding } from "../packs/finding.ts";
import { documentsOf } from "../packs/pack-source.ts";
import type { ResolvedPack } from "../packs/resolved-pack.ts";
import { gateWithinReach } from "./feasibility-rules.ts";
import { isRule, objection } from "./rules.ts";

/** A symbol of the sample data: templates say nothing of symbols, and the rules do not look at it. */
const ANY_TICKER = "SPX";

/** Everything that the rules object to in a model that could be brought together: its own documents', and its gate's. */
function lintModel(pack: ResolvedPack, documents: ModelDocuments): { readonly resolved: ResolvedModel; readonly findings: Finding[] } {
  const { resolved, findings } = inspectModel(pack, documents);
  // A grid cannot be laid over settings that contradict each other.
  const sound = findings.every(({ severity }) => severity !== "error");
  return { resolved, findings: [...findings, ...(sound ? gateWithinReach(resolved) : [])] };
}

/** Every model that comes with the pack, and every template as a model: each must be coherent and have a policy. */
export function modelsAndTemplates(pack: ResolvedPack): Finding[] {
  const models = pack.modelIds.flatMap((modelId) =>
    placed(`model_configs.${modelId}`, () => lintModel(pack, { ...pack.documents, modelId }).findings),
  );
  const templates = [...pack.templates.keys()].flatMap((template) =>
    placed(`model_templates.${template}`, () => {
      const model_id = `check_of_${template}`.slice(0, 64);
      const draft = draftModel({ pack_id: pack.pack.id, template_id: template, ticker: ANY_TICKER, model_id }, pack);
      return lintModel(pack, { ...documentsOf(draft.texts), modelId: model_id }).findings;
    }),
  );
  return [...models, ...templates];
}

function placed(path: string, judge: () => readonly Finding[]): Finding[] {
  return attempt(judge).map((found) => ({ ...found, path: `${path}.${found.path}`, reason: `${path}: ${found.reason}` }));
}

/** A model that was asked for, as the rules see it; `resolved` is null where its parts cannot be brought together. */
export interface JudgedDraft {
  readonly resolved: ResolvedModel | null;
  readonly findings: readonly Finding[];
}

/**
 * Everything that the rules object to in a model that is asked for, without making it.
 *
 * @param request - as `planModel` takes it
 * @param sets - indicator sets that the owner keeps beside the pack, and that the request may name
 * @throws CONFLICT when the pack itself has something of its name
 */
export function judgeDraft(request: unknown, pack: ResolvedPack, sets: ModelDraft["texts"] = {}): JudgedDraft {
  try {
    const { texts, modelId } = draftModel(request, pack);
    return lintModel(pack, { ...documentsOf({ ...sets, ...texts }), modelId });
  } catch (error) {
    if (!(error instanceof SigmaError) || error.code === "CONFLICT") throw error;
    return { resolved: null, findings: findingsOf(error) };
  }
}

function attempt(judge: () => readonly Finding[]): readonly Finding[] {
  try {
    return judge();
  } catch (error) {
    if (error instanceof SigmaError) return findingsOf(error);
    throw error;
  }
}

/** What a refusal says, as findings: the rules that it names, else that a document cannot be read. */
function findingsOf({ code, facts, message, fieldErrors }: SigmaError): Finding[] {
  const named = Array.isArray(facts["findings"]) ? facts["findings"].filter(isRule) : [];
  if (named.length === 0) {
    const rule =
      code === "INDICATOR_UNKNOWN" ? "indicator_unknown" : code === "INVALID_PARAM" ? "indicator_parameter_invalid" : "document_invalid";
    return [objection(rule, fieldErrors[0]?.path ?? "", message, undefined, code)];
  }
  return named.map((rule, i) => objection(rule, fieldErrors[i]?.path ?? "", fieldErrors[i]?.issue ?? message, undefined, code));
}
