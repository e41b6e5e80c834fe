import { parseOr } from "../../errors/parse.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { Clock } from "../../ports/clock.ts";
import type { MetadataStore, RecordKey } from "../../ports/metadata-store.ts";
import { workspacePrefix } from "../workspace.ts";
import { type PackDraft, PackDraftSchema } from "./pack-draft.schema.ts";

/** A draft with the version that conditional writes compare. */
export type StoredDraft = PackDraft & { readonly record_version: number };

interface DraftPorts {
  readonly metadata: MetadataStore;
  readonly clock: Clock;
}

const partition = (owner: string): string => `${workspacePrefix(owner)}#drafts`;
/** The caller has checked the pack's id. */
const keyOf = (owner: string, packId: string): RecordKey => ({ pk: partition(owner), sk: packId });

/** @throws NOT_FOUND also for another owner's draft */
export async function readDraft({ metadata }: Pick<DraftPorts, "metadata">, owner: string, packId: string): Promise<StoredDraft> {
  const stored = await metadata.get("state", keyOf(owner, packId));
  if (stored) return storedDraft(stored.body, stored.version, packId);
  throw new SigmaError("NOT_FOUND", `No draft of a pack has the id "${packId}". Begin one: POST /pack_drafts.`, { pack_id: packId });
}

/** Drafts in the order of their ids. */
export async function listDrafts(
  { metadata }: Pick<DraftPorts, "metadata">,
  owner: string,
  place: { readonly limit: number; readonly cursor?: string },
): Promise<{ readonly drafts: readonly StoredDraft[]; readonly nextCursor: string | null }> {
  const page = await metadata.query({ table: "state", pk: partition(owner), ...place });
  return { drafts: page.records.map(({ body, version, sk }) => storedDraft(body, version, sk)), nextCursor: page.nextCursor };
}

/** @throws CONFLICT when the owner has a draft of this id */
export async function createDraft(
  { metadata, clock }: DraftPorts,
  owner: string,
  draft: Pick<PackDraft, "pack_id" | "identity">,
): Promise<StoredDraft> {
  const at = new Date(clock.now()).toISOString();
  const body: PackDraft = { schema_version: 1, ...draft, instruments: null, strategies: null, created_at: at, updated_at: at };
  return { ...body, record_version: await metadata.put("state", { ...keyOf(owner, draft.pack_id), body: plain(body) }, "absent") };
}

/** @throws CONFLICT when the draft changed since it was read */
export async function changeDraft(
  { metadata, clock }: DraftPorts,
  owner: string,
  before: StoredDraft,
  change: Partial<Pick<PackDraft, "identity" | "instruments" | "strategies">>,
): Promise<StoredDraft> {
  const { record_version, ...draft } = before;
  const body: PackDraft = { ...draft, ...change, updated_at: new Date(clock.now()).toISOString() };
  return { ...body, record_version: await metadata.put("state", { ...keyOf(owner, body.pack_id), body: plain(body) }, record_version) };
}

/** @throws CONFLICT when the draft changed since it was read */
export async function removeDraft({ metadata }: Pick<DraftPorts, "metadata">, owner: string, before: StoredDraft): Promise<void> {
  await metadata.remove("state", keyOf(owner, before.pack_id), before.record_version);
}

const plain = (draft: PackDraft) => JSON.parse(JSON.stringify(draft));

const storedDraft = (body: unknown, version: number, packId: string): StoredDraft => ({
  ...parseOr("ARTIFACT_CORRUPT", PackDraftSchema, body, `The draft of pack "${packId}"`),
  record_version: version,
});
