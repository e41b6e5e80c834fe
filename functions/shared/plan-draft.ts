import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { CreateModelRequest } from "#lib/models/create-model.schema.ts";
import { type ModelPlan, planModel } from "#lib/models/create-model.ts";
import { createModelReader } from "#lib/models/model-reader.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import type { ResolvedPack } from "#lib/packs/resolved-pack.ts";
import { withDefaultSource } from "./default-source.ts";
import type { ContextPorts } from "./load-model.ts";

/** What a request for a model is judged by: its pack, the sets of the owner's own that it names, and whose data it reads. */
export interface DraftBasis {
  /** The request as it came, with the data that it reads when it names none. */
  readonly request: CreateModelRequest;
  readonly pack: ResolvedPack;
  readonly sets: Readonly<Record<string, string>>;
}

/** @throws NOT_FOUND for an unknown pack; UNPROCESSABLE for one that is a draft still */
export async function draftBasis(ports: ContextPorts, owner: string, asked: CreateModelRequest): Promise<DraftBasis> {
  const { pack_id, indicator_set } = asked;
  const packs = createPackLibrary({ builtIn: ports.builtinPacks, artifacts: ports.artifacts, metadata: ports.metadata });
  const { resolved: pack, isDraft } = await packs.get(owner, pack_id);
  if (isDraft)
    throw new SigmaError("UNPROCESSABLE", `Pack "${pack_id}" is a draft. Check and activate it: POST /packs/${pack_id}/check.`, {
      pack_id,
    });
  // A set that is asked for by its name may be one that the owner keeps beside the pack.
  const names = typeof indicator_set === "string" ? [indicator_set] : [];
  const sets = await createModelReader(ports).sets(owner, pack, names);
  return { request: await withDefaultSource(ports, owner, pack, asked), pack, sets };
}

/**
 * A model that is asked for, planned and coherent; nothing is written.
 *
 * @param asked - the request as it came, so that absent keys stay absent
 * @throws as `draftBasis` and `planModel`
 */
export async function planDraft(ports: ContextPorts, owner: string, asked: CreateModelRequest): Promise<ModelPlan> {
  const { request, pack, sets } = await draftBasis(ports, owner, asked);
  return planModel(request, pack, sets);
}
