import { parseOr } from "../errors/parse.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import type { MetadataStore, RecordDraft, RecordKey } from "../ports/metadata-store.ts";
import { type OwnPack, OwnPackSchema, type PackVersionRecord } from "./own-pack.schema.ts";
import { documentsOf, type PackDocuments } from "./pack-source.ts";
import { workspacePrefix } from "./workspace.ts";

/** A record with the version that conditional writes compare. */
export type StoredPack = OwnPack & { readonly record_version: number };

interface ReaderPorts {
  readonly artifacts: ArtifactStore;
  readonly metadata: MetadataStore;
}

/** Documents of a pack that are read at once. */
const READS = 8;

const partition = (owner: string): string => `${workspacePrefix(owner)}#own`;

/** The folder of all versions of the owner's packs, without a slash at the end. */
export const packVersionsPrefix = (owner: string): string => workspacePrefix(owner).replace(/packs$/, "pack_versions");

/** The caller has checked the pack's id. */
export const ownPackKey = (owner: string, packId: string): RecordKey => ({ pk: partition(owner), sk: packId });

/** Packs of all owners that wait for a review stand in one sparse index, as reviewers look for them. */
const SUBMITTED = "submitted_packs";

/** The record of a pack; one that was handed in and not decided on stands in the index of those that wait, too. */
export function ownPackRecord(owner: string, body: OwnPack): RecordDraft {
  const draft = { ...ownPackKey(owner, body.pack_id), body };
  if (body.submission?.state !== "submitted") return draft;
  return { ...draft, index: { pk: SUBMITTED, sk: `${body.submission.submitted_at}#${owner}#${body.pack_id}` } };
}

/** Packs of all owners that wait for a review, the one that has waited longest first. */
export async function listSubmittedPacks(
  { metadata }: Pick<ReaderPorts, "metadata">,
  page: { readonly limit: number; readonly cursor?: string },
): Promise<{ readonly rows: readonly { readonly owner: string; readonly pack: StoredPack }[]; readonly nextCursor: string | null }> {
  const { records, nextCursor } = await metadata.query({ table: "state", pk: SUBMITTED, byIndex: true, ...page });
  const rows = records.map(({ body, version, sk, index }) => ({
    owner: index?.sk.split("#")[1] ?? "",
    pack: storedPack(body, version, sk),
  }));
  return { rows, nextCursor };
}

export async function findOwnPack(
  { metadata }: Pick<ReaderPorts, "metadata">,
  owner: string,
  packId: string,
): Promise<StoredPack | undefined> {
  const stored = await metadata.get("state", ownPackKey(owner, packId));
  return stored && storedPack(stored.body, stored.version, packId);
}

/** The owner's packs in the order of their ids. */
export async function listOwnPacks({ metadata }: Pick<ReaderPorts, "metadata">, owner: string): Promise<readonly StoredPack[]> {
  const packs: StoredPack[] = [];
  let cursor: string | undefined;
  do {
    const page = await metadata.query({ table: "state", pk: partition(owner), limit: 500, ...(cursor === undefined ? {} : { cursor }) });
    packs.push(...page.records.map(({ body, version, sk }) => storedPack(body, version, sk)));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return packs;
}

const storedPack = (body: unknown, version: number, packId: string): StoredPack => ({
  ...parseOr("ARTIFACT_CORRUPT", OwnPackSchema, body, `The record of pack "${packId}"`),
  record_version: version,
});

/**
 * The documents of one version of a pack. Versions are written once, so whoever reads one reads it whole.
 *
 * @throws ARTIFACT_NOT_FOUND when the pack was removed meanwhile
 */
export async function readPackVersion(
  { artifacts }: Pick<ReaderPorts, "artifacts">,
  { paths }: Pick<PackVersionRecord, "paths">,
): Promise<PackDocuments> {
  const texts: Record<string, string> = {};
  for (let from = 0; from < paths.length; from += READS) {
    const part = paths.slice(from, from + READS);
    const read = await Promise.all(part.map((key) => artifacts.get(key)));
    part.forEach((key, i) => {
      texts[pathOf(key)] = new TextDecoder().decode(read[i]!.bytes);
    });
  }
  return documentsOf(texts);
}

/** Path inside the folder of packs, of a key below `owners/<owner>/pack_versions/<pack_id>/<version>/`. */
const pathOf = (key: string): string => key.split("/").slice(5).join("/");

/** The version that models use, or the one that is about to be the first. */
export function currentVersion({ pack_id, active, candidate }: OwnPack): PackVersionRecord {
  const version = active ?? candidate;
  if (version) return version;
  throw new SigmaError("ARTIFACT_CORRUPT", `The record of pack "${pack_id}" names no version.`, { pack_id });
}

/** Most keys that are listed for one owner; who has more has lost count. */
const MAX_KEYS = 20_000;

/**
 * Reads the documents of a pack that was put into the owner's workspace by hand. What belongs to a single model (its configuration,
 * and a policy or indicator set of its name) is no part of the pack and is left out.
 *
 * @param packId - a checked id
 */
export async function readWorkspacePack(artifacts: ArtifactStore, owner: string, packId: string): Promise<PackDocuments> {
  const prefix = `${workspacePrefix(owner)}/`;
  const texts: Record<string, string> = {};
  const keys = (await keysBelow(artifacts, `${prefix}${packId}/`)).filter((key) => key.endsWith(".yaml"));
  const models = new Set(keys.filter((key) => key.includes("/model_configs/")).map(fileName));
  for (const key of keys) {
    const mayBelongToModel = key.includes("/indicator_sets/") || key.includes("/policy_templates/");
    if (key.includes("/model_configs/") || (mayBelongToModel && models.has(fileName(key)))) continue;
    texts[key.slice(prefix.length)] = new TextDecoder().decode((await artifacts.get(key)).bytes);
  }
  return documentsOf(texts);
}

/** Ids of the packs that stand in the owner's workspace (not those in which the owner merely has models). */
export async function workspacePackIds(artifacts: ArtifactStore, owner: string): Promise<string[]> {
  const prefix = `${workspacePrefix(owner)}/`;
  const keys = await keysBelow(artifacts, prefix);
  return keys
    .map((key) => /^([a-z0-9][a-z0-9_]{0,63})\/pack\.yaml$/.exec(key.slice(prefix.length))?.[1])
    .filter((id): id is string => id !== undefined);
}

const fileName = (key: string): string => key.slice(key.lastIndexOf("/") + 1);

async function keysBelow(artifacts: ArtifactStore, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await artifacts.list(prefix, { limit: 1000, ...(cursor ? { cursor } : {}) });
    keys.push(...page.keys);
    cursor = page.nextCursor;
    if (keys.length > MAX_KEYS)
      throw new SigmaError("PACK_INVALID", `"${prefix}" holds more than "${MAX_KEYS}" documents; remove some.`, { prefix });
  } while (cursor);
  return keys;
}
