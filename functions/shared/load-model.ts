import type { ModelChange } from "#lib/models/model-change.schema.ts";
import { createModelReader } from "#lib/models/model-reader.ts";
import { resolveModel } from "#lib/models/resolve-model.ts";
import type { ResolvedModel } from "#lib/models/resolved-model.ts";
import { PACK_CHECK_MODEL } from "#lib/packs/pack-check-model.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import type { StepPorts } from "./ports.ts";

export type ContextPorts = Pick<StepPorts, "artifacts" | "metadata" | "marketData" | "builtinPacks" | "codeVersion" | "clock">;

/** The model of this owner with everything that it inherits, and a composition's changes. @throws NOT_FOUND, MODEL_INVALID, POLICY_INVALID, PACK_INVALID */
export async function loadModel(
  ports: ContextPorts,
  owner: string,
  packId: string,
  modelId: string,
  change: ModelChange = {},
): Promise<ResolvedModel> {
  const packs = createPackLibrary({ builtIn: ports.builtinPacks, artifacts: ports.artifacts, metadata: ports.metadata });
  // A pack is checked as it was written last, before anything else is made of that.
  const resolved = modelId === PACK_CHECK_MODEL ? await packs.latest(owner, packId) : (await packs.get(owner, packId)).resolved;
  const others = change.indicator_set === undefined ? [] : [change.indicator_set];
  const documents = await createModelReader(ports).documents(owner, resolved, modelId, others);
  return resolveModel(resolved, documents, change);
}
