import { readTier } from "#lib/accounts/account-store.ts";
import { requirePackCount, requireTier, type TierLimits } from "#lib/accounts/tier-limits.ts";
import { RESERVED_IDS } from "#lib/core/ids.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { createModelStore } from "#lib/models/model-store.ts";
import { resolveModel } from "#lib/models/resolve-model.ts";
import { currentVersion, findOwnPack, readPackVersion, type StoredPack } from "#lib/packs/own-pack-reader.ts";
import { createOwnPackStore } from "#lib/packs/own-pack-store.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import { compareVersions, FIRST_VERSION } from "#lib/packs/pack-version.ts";
import { resolvePack, unknownPack } from "#lib/packs/resolve-pack.ts";
import type { ResolvedPack } from "#lib/packs/resolved-pack.ts";
import type { ApiDeps, ApiPorts } from "../api-deps.ts";
import { etagOf, requireMatch } from "../http/conditions.ts";
import { requireNoRuns } from "../models/active-work.ts";
import type { CheckView } from "./pack-check.schema.ts";
import { checkView, requireNoCheck, requirePassed } from "./pack-check.ts";
import { type PackTexts, packIdIn, packTexts, planPack } from "./pack-documents.ts";
import { packState } from "./pack-state.ts";

/** Who acts on a pack, and where. */
export interface PackCall {
  readonly deps: ApiDeps;
  readonly ports: ApiPorts;
  readonly owner: string;
}

export const packEtag = ({ record_version }: StoredPack): string => etagOf(record_version);

/** @throws TIER_LIMIT when the owner's tier does not allow it */
export async function requirePackTier({ deps, ports, owner }: PackCall, allows: (limits: TierLimits) => boolean, what: string) {
  requireTier(await readTier(ports.metadata, owner, deps.mode), allows, what);
}

/**
 * A pack that the owner made, as a change finds it.
 *
 * @throws NOT_FOUND also for another owner's; UNPROCESSABLE for one that is built in, or was put into the workspace by hand
 */
export async function ownPack({ ports, owner }: PackCall, packId: string, ifMatch?: string): Promise<StoredPack> {
  const pack = await findOwnPack(ports, owner, packId);
  if (pack !== undefined) {
    requireMatch(ifMatch, packEtag(pack), `pack "${packId}"`);
    return pack;
  }
  const listed = await packsOf(ports).list(owner);
  const known = listed.find((one) => one.packId === packId);
  if (!known)
    throw unknownPack(
      packId,
      listed.map((one) => one.packId),
    );
  throw new SigmaError(
    "UNPROCESSABLE",
    known.builtIn
      ? `Pack "${packId}" comes with the product and stays as it is. Copy its documents under another id: GET /packs/${packId}/documents.`
      : `Pack "${packId}" was put into the workspace by hand; change its files there.`,
    { pack_id: packId },
  );
}

/**
 * Writes a new pack. Models can be made of it once it has passed its check and was activated.
 *
 * @throws TIER_LIMIT | CONFLICT when there is a pack of this id | PACK_INVALID
 */
export async function createPack(call: PackCall, documents: PackTexts): Promise<StoredPack> {
  const { ports, owner } = call;
  const packId = packIdIn(documents);
  await requireFree(call, packId);
  const plan = planPack(documents, packId);
  if (compareVersions(plan.version, FIRST_VERSION) < 0) throw versionTooLow(packId, plan.version, `versions start at "${FIRST_VERSION}"`);
  return createOwnPackStore(ports).write(owner, undefined, plan, await packCounter(call));
}

/** @throws CONFLICT when the owner can see a pack of this id, or the API needs the word */
export async function requireFree({ ports, owner }: PackCall, packId: string): Promise<void> {
  if (RESERVED_IDS.includes(packId))
    throw new SigmaError("CONFLICT", `"${packId}" is a reserved word. Choose another id.`, { pack_id: packId });
  if ((await packsOf(ports).list(owner)).every((pack) => pack.packId !== packId)) return;
  throw new SigmaError("CONFLICT", `There is a pack "${packId}" already. Choose another id.`, { pack_id: packId });
}

/** Says no when the owner has as many packs as the tier includes. */
export async function packCounter({ deps, ports, owner }: PackCall): Promise<(count: number) => void> {
  const tier = await readTier(ports.metadata, owner, deps.mode);
  return (count) => requirePackCount(tier, count);
}

/**
 * Writes another version beside the one that models use.
 *
 * @returns the pack, the same when the documents are those that it has
 * @throws CONFLICT while a check runs; PACK_INVALID also when the version is not above the one in use
 */
export async function updatePack({ ports, owner }: PackCall, before: StoredPack, documents: PackTexts): Promise<StoredPack> {
  const { pack_id: packId, active, candidate } = before;
  const plan = planPack(documents, packId);
  const current = candidate ?? active;
  if (current?.pack_sha === plan.packSha) return before;
  await requireNoCheck(ports, owner, packId);
  if (active !== null && compareVersions(plan.version, active.version) <= 0)
    throw versionTooLow(packId, plan.version, `it must be above "${active.version}", which is in use`);
  return createOwnPackStore(ports).write(owner, before, plan, () => {});
}

const versionTooLow = (packId: string, version: string, why: string): SigmaError =>
  new SigmaError(
    "PACK_INVALID",
    `Version "${version}" of pack "${packId}" is too low: ${why}. Raise version in pack.yaml.`,
    { pack_id: packId, version },
    { fieldErrors: [{ path: "version", issue: why }] },
  );

/**
 * Makes the waiting version the one that models use.
 *
 * @throws UNPROCESSABLE, CONFLICT, PACK_INVALID as `requirePassed`; CONFLICT while runs work on the pack, or when a model of it
 *   would not hold together any more
 */
export async function activatePack({ ports, owner }: PackCall, before: StoredPack): Promise<StoredPack> {
  const { pack_id: packId, candidate } = before;
  const resolved = candidate && (await resolvedVersion(ports, packId, candidate));
  await requirePassed(ports, owner, before, resolved!);
  await requireNoRuns(ports, owner, { packId }, `Pack "${packId}" cannot change`);
  await requireModelsHold(ports, owner, resolved!);
  return createOwnPackStore(ports).activate(owner, before);
}

/** Where an own pack stands; undefined for one that was put into the workspace by hand. */
export async function ownPackView(ports: ApiPorts, owner: string, packId: string) {
  const pack = await findOwnPack(ports, owner, packId);
  return pack && { state: packState(pack), etag: packEtag(pack) };
}

/** What the check of the waiting version found so far. @throws NOT_FOUND when none was asked for */
export async function checkOfPack(call: PackCall, packId: string): Promise<CheckView> {
  const pack = await ownPack(call, packId);
  const view = pack.candidate?.check
    ? await checkView(call.ports, call.owner, pack, await resolvedVersion(call.ports, packId, pack.candidate))
    : null;
  if (view !== null) return view;
  throw new SigmaError("NOT_FOUND", `No version of pack "${packId}" that waits has had a check. Start it: POST /packs/${packId}/check.`, {
    pack_id: packId,
  });
}

/** Hands the version in use in. The same version again is the same submission. @throws UNPROCESSABLE when none is in use */
export async function submitPack({ ports, owner }: PackCall, before: StoredPack, note: string | null): Promise<StoredPack> {
  const { active, submission } = before;
  if (submission !== null && submission.state === "submitted" && submission.pack_sha === active?.pack_sha) return before;
  return createOwnPackStore(ports).submit(owner, before, note);
}

/** @throws CONFLICT while there are models of the pack, or runs work on it */
export async function removePack({ ports, owner }: PackCall, before: StoredPack): Promise<void> {
  const { pack_id: packId } = before;
  const models = await modelsIn(ports, owner, packId);
  if (models.length > 0)
    throw new SigmaError("CONFLICT", `Pack "${packId}" has models: ${models.slice(0, 3).join(", ")}. Remove them first.`, { models });
  await requireNoRuns(ports, owner, { packId }, `Pack "${packId}" cannot be removed`);
  await createOwnPackStore(ports).remove(owner, before);
}

/** The pack as one of its versions says. */
export const resolvedVersion = async (
  ports: ApiPorts,
  packId: string,
  version: Parameters<typeof readPackVersion>[1],
): Promise<ResolvedPack> => resolvePack(await readPackVersion(ports, version), packId);

/** The texts of a pack that the owner can see: of an own one what was written last. @throws NOT_FOUND */
export async function documentsOfPack(ports: ApiPorts, owner: string, packId: string): Promise<PackTexts> {
  const own = await findOwnPack(ports, owner, packId);
  if (own !== undefined) return packTexts(await readPackVersion(ports, own.candidate ?? currentVersion(own)));
  const documents = await packsOf(ports).documents(owner, packId);
  return Object.fromEntries(Object.entries(packTexts(documents)).filter(([path]) => path.startsWith(`${packId}/`)));
}

async function modelsIn(ports: ApiPorts, owner: string, packId: string): Promise<string[]> {
  const models: string[] = [];
  const store = createModelStore(ports);
  let cursor: string | undefined;
  do {
    const page = await store.list(owner, { limit: 500, ...(cursor === undefined ? {} : { cursor }) });
    models.push(...page.models.filter(({ pack_id }) => pack_id === packId).map(({ model_id }) => model_id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return models;
}

/** A name of the pack's comes before a model's own, so a new one of a model's name would take its policy away. */
async function requireModelsHold(ports: ApiPorts, owner: string, pack: ResolvedPack): Promise<void> {
  const store = createModelStore(ports);
  const broken: string[] = [];
  for (const modelId of await modelsIn(ports, owner, pack.pack.id)) {
    if (pack.policies.has(modelId) || pack.indicatorSets.has(modelId)) {
      broken.push(`${modelId}: the pack has a policy or set of this name`);
      continue;
    }
    try {
      resolveModel(pack, await store.documents(owner, pack, modelId));
    } catch (error) {
      if (!(error instanceof SigmaError) || error.retryable) throw error;
      broken.push(`${modelId}: ${error.message}`);
    }
  }
  if (broken.length === 0) return;
  throw new SigmaError("CONFLICT", `Models of pack "${pack.pack.id}" would not hold together any more: ${broken[0]}`, { models: broken });
}

const packsOf = (ports: ApiPorts) =>
  createPackLibrary({ builtIn: ports.builtinPacks, artifacts: ports.artifacts, metadata: ports.metadata });
