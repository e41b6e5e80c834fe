import type * as z from "zod";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { createModelStore } from "#lib/models/model-store.ts";
import { planUpdate } from "#lib/models/update-model.ts";
import { checkIndicatorSet } from "#lib/packs/check-indicator-set.ts";
import { type IndicatorSet, IndicatorSetSchema } from "#lib/packs/indicator-set.schema.ts";
import { findOwnSet, writeOwnSet } from "#lib/packs/own-indicator-sets.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import { documentPath } from "#lib/packs/pack-source.ts";
import type { ResolvedPack } from "#lib/packs/resolved-pack.ts";
import { readDocument } from "#lib/packs/yaml.ts";
import { pointerKey } from "../../shared/matrix-pointer.ts";
import type { ApiPorts } from "../api-deps.ts";
import { etagOf, requireMatch } from "../http/conditions.ts";
import { requireNoRuns, requireNotPublished } from "./active-work.ts";
import {
  definitionTags,
  type ModelDetail,
  modelDetail,
  modelEtag,
  packIdOf,
  type ReadModel,
  readModel,
  shownEtag,
  shownPaths,
} from "./model-detail.ts";
import { withinReach } from "./within-reach.ts";
import type { WriteSet, WrittenSchema } from "./write-set.schema.ts";

type Written = z.output<typeof WrittenSchema> & { readonly etag: string };

/** A set beside the pack's: one document, so it is written whole or not at all. */
export async function writeNamed(
  ports: ApiPorts,
  owner: string,
  pack: ResolvedPack,
  name: string,
  asked: WriteSet,
  ifMatch?: string,
): Promise<Written> {
  const { artifacts } = ports;
  const packId = pack.pack.id;
  const model = await createModelStore(ports).find(owner, name);
  if (pack.indicatorSets.has(name) || pack.modelIds.includes(name) || model?.pack_id === packId)
    throw new SigmaError("CONFLICT", `"${name}" names a set or a model of pack "${packId}" already. Choose another name.`, { name });
  checkIndicatorSet(name, asked.indicators, pack.pack);
  const before = await findOwnSet(artifacts, owner, packId, name);
  requireMatch(ifMatch, before === undefined ? etagOf("absent") : etagOf(before.etag), `set "${name}"`);
  const content = { ...(asked.description === undefined ? {} : { description: asked.description }), indicators: asked.indicators };
  if (before !== undefined && isSame(before.set, content))
    return { pack_id: packId, model_id: null, set: before.set, changed: false, etag: etagOf(before.etag) };
  const set: IndicatorSet = { name, version: nextVersion(before?.set.version ?? 0, asked.version, name), ...content };
  const etag = await writeOwnSet(artifacts, owner, packId, set, before);
  return { pack_id: packId, model_id: null, set, changed: true, etag: etagOf(etag) };
}

/** A model's own set: a change of the model like any other. */
export async function writeForModel(
  ports: ApiPorts,
  owner: string,
  pack: ResolvedPack,
  modelId: string,
  asked: WriteSet,
  ifMatch?: string,
): Promise<Written> {
  const packId = pack.pack.id;
  const store = createModelStore(ports);
  const { record, etag } = await readModel(ports, owner, packId, modelId);
  if (record === undefined)
    throw new SigmaError("UNPROCESSABLE", `Model "${modelId}" comes with pack "${packId}" and stays as it is.`, { model_id: modelId });
  requireMatch(definitionTags(ifMatch), etag, `model "${modelId}"`);
  const documents = await store.documents(owner, pack, modelId);
  const path = documentPath(packId, "indicator_sets", modelId);
  const readSet = (text: string) => readDocument(text, IndicatorSetSchema, { code: "MODEL_INVALID", path });
  const text = documents.read(path);
  const before = text === undefined ? undefined : readSet(text);
  const plan = planUpdate({ indicator_set: { indicators: asked.indicators } }, pack, documents);
  const set = readSet(plan.texts[path]!);
  if (set.version !== (before?.version ?? 0)) nextVersion(before?.version ?? 0, asked.version, modelId);
  await requireNoRuns(ports, owner, { packId, modelId }, `Model "${modelId}" cannot change`);
  const stored = await store.replace(owner, record, plan);
  return { pack_id: packId, model_id: modelId, set, changed: stored.version !== record.version, etag: modelEtag(plan.resolved, stored) };
}

function nextVersion(current: number, asked: number | undefined, name: string): number {
  if (asked === undefined || asked === current + 1) return current + 1;
  throw new SigmaError("CONFLICT", `The next version of set "${name}" is "${current + 1}"; found "${asked}". Read it again.`, {
    name,
    version: current,
  });
}

const isSame = ({ description, indicators }: IndicatorSet, content: Pick<IndicatorSet, "description" | "indicators">): boolean =>
  description === content.description && JSON.stringify(indicators) === JSON.stringify(content.indicators);

/** Which model a change is meant for. */
interface ModelPlace {
  readonly modelId: string;
  /** Absent = the pack of the owner's model of this id. */
  readonly packId: string | undefined;
  /** The ETag that the model must still have. */
  readonly ifMatch: string | undefined;
}

/** The owner's own model, as a change of it finds it. @throws NOT_FOUND, CONFLICT */
async function ownModel(
  ports: ApiPorts,
  owner: string,
  { modelId, packId, ifMatch }: ModelPlace,
): Promise<ReadModel & { readonly record: NonNullable<ReadModel["record"]> }> {
  const read = await readModel(ports, owner, await packIdOf(ports, owner, modelId, packId), modelId);
  const { record, model, etag } = read;
  if (record === undefined)
    throw new SigmaError(
      "UNPROCESSABLE",
      `Model "${modelId}" comes with pack "${model.config.pack_id}" and stays as it is. Create one of your own: POST /models.`,
      { model_id: modelId },
    );
  requireMatch(definitionTags(ifMatch), etag, `model "${modelId}"`);
  return { ...read, record };
}

/** Changes an own model: its documents together, or not at all. @throws as `planUpdate`; CONFLICT while a run works on it */
export async function changeModel(
  ports: ApiPorts,
  owner: string,
  place: ModelPlace,
  change: unknown,
): Promise<{ readonly detail: ModelDetail; readonly etag: string }> {
  const { modelId } = place;
  const { record } = await ownModel(ports, owner, place);
  const store = createModelStore(ports);
  const { resolved: pack } = await createPackLibrary({
    builtIn: ports.builtinPacks,
    artifacts: ports.artifacts,
    metadata: ports.metadata,
  }).get(owner, record.pack_id);
  const named = (change as { readonly indicator_set?: unknown }).indicator_set;
  const plan = planUpdate(change, pack, await store.documents(owner, pack, modelId, typeof named === "string" ? [named] : []));
  const judged = await withinReach(plan.resolved);
  await requireNoRuns(ports, owner, { packId: record.pack_id, modelId }, `Model "${modelId}" cannot change`);
  const stored = await store.replace(owner, record, plan);
  await (await import("../runs/watch-volatility.ts")).watchVolatilityOf(ports, owner, plan.resolved);
  const detail = await modelDetail(ports, owner, { model: judged, record: stored });
  return { detail, etag: shownEtag(modelEtag(plan.resolved, stored), detail.matrix) };
}

/** Removes an own model's documents and its pointer to a matrix. @throws CONFLICT while a run works on it or one of it is published */
export async function removeModel(
  ports: ApiPorts,
  owner: string,
  place: ModelPlace,
): Promise<{ readonly model_id: string; readonly pack_id: string; readonly removed: readonly string[] }> {
  const { modelId, packId, ifMatch } = place;
  const store = createModelStore(ports);
  const record = await store.get(owner, modelId);
  const { pack_id } = record;
  if (packId !== undefined && packId !== pack_id)
    throw new SigmaError("NOT_FOUND", `Pack "${packId}" has no model "${modelId}" of yours.`, { model_id: modelId });
  // A model that does not resolve any more can still be removed; only who names its tag must find it whole.
  if (ifMatch !== undefined) await ownModel(ports, owner, place);
  const filter = { packId: pack_id, modelId };
  await requireNoRuns(ports, owner, filter, `Model "${modelId}" cannot be removed`);
  await requireNotPublished(ports, owner, filter, `Model "${modelId}" cannot be removed`);
  await store.remove(owner, modelId, record.version);
  await ports.artifacts.remove(pointerKey(owner, pack_id, modelId));
  return { model_id: modelId, pack_id, removed: shownPaths(owner, record) };
}
