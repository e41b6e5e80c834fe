import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { CreateModelRequest } from "#lib/models/create-model.schema.ts";
import { type ModelPlan, planModel } from "#lib/models/create-model.ts";
import { createModelReader } from "#lib/models/model-reader.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import type { ResolvedPack } from "#lib/packs/resolved-pack.ts";
import type { ContextPorts } from "./load-model.ts";

/** What a request for a model is judged by: its pack, and the sets of the owner's own that it names. */
export interface DraftBasis {
  readonly pack: ResolvedPack;
  readonly sets: Readonly<Record<string, string>>;
}

/** @throws NOT_FOUND for an unknown pack; UNPROCESSABLE for one that is a draft still */
export async function draftBasis(
  ports: Pick<ContextPorts, "artifacts" | "metadata" | "builtinPacks">,
  owner: string,
  { pack_id, indicator_set }: Pick<CreateModelRequest, "pack_id" | "indicator_set">,
): Promise<DraftBasis> {
  const packs = createPackLibrary({ builtIn: ports.builtinPacks, artifacts: ports.artifacts, metadata: ports.metadata });
  const { resolved: pack, isDraft } = await packs.get(owner, pack_id);
  if (isDraft)
    throw new SigmaError("UNPROCESSABLE", `Pack "${pack_id}" is a draft. Check and activate it: POST /packs/${pack_id}/check.`, {
      pack_id,
    });
  // A set that is asked for by its name may be one that the owner keeps beside the pack.
  const names = typeof indicator_set === "string" ? [indicator_set] : [];
  return { pack, sets: await createModelReader(ports).sets(owner, pack, names) };
}

/**
 * A model that is asked for, planned and coherent; nothing is written.
 *
 * @param request - the request as it came, so that absent keys stay absent
 * @throws as `draftBasis` and `planModel`
 */
export async function planDraft(
  ports: Pick<ContextPorts, "artifacts" | "metadata" | "builtinPacks">,
  owner: string,
  request: CreateModelRequest,
): Promise<ModelPlan> {
  const { pack, sets } = await draftBasis(ports, owner, request);
  return planModel(request, pack, sets);
}
