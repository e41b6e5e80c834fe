import { sha256OfJson } from "../core/digest.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { MetadataStore } from "../ports/metadata-store.ts";
import type { OwnPack, PackCheck, PackVersionRecord } from "./own-pack.schema.ts";
import { findOwnPack, ownPackKey, ownPackRecord, packVersionsPrefix, type StoredPack } from "./own-pack-reader.ts";
import { workspacePrefix } from "./workspace.ts";

/** A pack that was read and found coherent, ready to be written. */
export interface PackPlan {
  readonly packId: string;
  readonly version: string;
  readonly packSha: string;
  /** Texts by path inside the folder of packs. */
  readonly texts: Readonly<Record<string, string>>;
}

/** What a reviewer found of a version that was handed in. */
export interface PackReview {
  /** Of the version that the reviewer read. */
  readonly packSha: string;
  readonly state: "approved" | "rejected";
  readonly reason: string | null;
  readonly reviewer: string;
}

/** How often the number of packs is read again when another pack came or went meanwhile. */
const MOST_ATTEMPTS = 20;

/**
 * The packs that an owner made. A version's documents are written first, into a folder of their own; the record is what
 * makes them count, so a pack is the old one or the new one, whole, wherever a writer dies.
 */
export interface OwnPackStore {
  /**
   * Writes a version that is not used yet: of a new pack, or in the place of the one that waited.
   *
   * @param before - the pack as it was read; undefined = there is none
   * @param admit - told how many packs the owner has, before another is added; throws when it may not be
   * @throws CONFLICT when the pack changed, came or went since it was read
   */
  write(owner: string, before: StoredPack | undefined, plan: PackPlan, admit: (count: number) => void): Promise<StoredPack>;
  /** Notes the check of the waiting version. @throws CONFLICT as `write` */
  noteCheck(owner: string, before: StoredPack, check: PackCheck): Promise<StoredPack>;
  /** Makes the waiting version the one that models use. @throws CONFLICT as `write`; UNPROCESSABLE when none waits */
  activate(owner: string, before: StoredPack): Promise<StoredPack>;
  /** Hands the version in use in for review. @throws CONFLICT as `write`; UNPROCESSABLE when none is in use */
  submit(owner: string, before: StoredPack, note: string | null): Promise<StoredPack>;
  /**
   * Decides on what was handed in; models and versions stay as they are.
   *
   * @throws CONFLICT as `write`, when another version than the one reviewed waits or none does any more, and when an approved
   *   one is not in use any more; UNPROCESSABLE when the pack was never handed in
   */
  review(owner: string, before: StoredPack, review: PackReview): Promise<StoredPack>;
  /** Removes the record, then every version. @throws CONFLICT as `write` */
  remove(owner: string, before: StoredPack): Promise<void>;
}

export function createOwnPackStore(ports: {
  readonly artifacts: ArtifactStore;
  readonly metadata: MetadataStore;
  readonly clock: Clock;
}): OwnPackStore {
  const { artifacts, metadata, clock } = ports;
  const now = (): string => new Date(clock.now()).toISOString();

  const writeVersion = async (owner: string, { packId, version, packSha, texts }: PackPlan): Promise<PackVersionRecord> => {
    const folder = `${versionsPrefix(owner, packId)}${sha256OfJson(texts).slice(0, 24)}`;
    const entries = Object.entries(texts);
    // The folder's name says what is in it: who else writes there writes the same.
    for (const [path, text] of entries) await artifacts.put(`${folder}/${path}`, new TextEncoder().encode(text), "any");
    const paths = entries.map(([path]) => `${folder}/${path}`) as [string, ...string[]];
    return { version, pack_sha: packSha, paths, written_at: now() };
  };

  const replace = async (owner: string, before: StoredPack, change: Partial<OwnPack>): Promise<StoredPack> => {
    const { record_version, ...record } = before;
    const body: OwnPack = { ...record, ...change, updated_at: now() };
    try {
      return { ...body, record_version: await metadata.put("state", ownPackRecord(owner, body), record_version) };
    } catch (error) {
      throw lost(body.pack_id, error);
    }
  };

  /** Adds or removes the record and counts in one step, so that no two writers pass a limit together. */
  const counted = async (
    owner: string,
    packId: string,
    by: 1 | -1,
    admit: (count: number) => void,
    record: OwnPack | number,
  ): Promise<void> => {
    const key = ownPackKey(owner, packId);
    const count = countKey(owner);
    for (let attempt = 1; ; attempt++) {
      const stored = await metadata.get("state", count);
      const packs = typeof stored?.body["packs"] === "number" ? stored.body["packs"] : 0;
      admit(packs);
      try {
        await metadata.transact([
          typeof record === "number"
            ? { kind: "remove", table: "state", key, condition: record }
            : { kind: "put", table: "state", record: { ...key, body: record }, condition: "absent" },
          {
            kind: "put",
            table: "state",
            record: { ...count, body: { packs: packs + by } },
            condition: stored === undefined ? "absent" : stored.version,
          },
        ]);
        return;
      } catch (error) {
        if (!(error instanceof SigmaError) || error.code !== "CONFLICT") throw error;
        const current = await findOwnPack(ports, owner, packId);
        const isOurs = typeof record === "number" ? current?.record_version !== record : current !== undefined;
        if (isOurs || attempt === MOST_ATTEMPTS) throw lost(packId, error);
      }
    }
  };

  return {
    async write(owner, before, plan, admit) {
      if (before === undefined) admit(await countOf(metadata, owner));
      const candidate = { ...(await writeVersion(owner, plan)), check: null };
      if (before !== undefined) {
        const stored = await replace(owner, before, { candidate });
        const kept = new Set([...candidate.paths, ...(before.active?.paths ?? [])]);
        for (const key of before.candidate?.paths ?? []) if (!kept.has(key)) await artifacts.remove(key);
        return stored;
      }
      const at = now();
      const body: OwnPack = {
        schema_version: 1,
        pack_id: plan.packId,
        active: null,
        candidate,
        submission: null,
        reviewed_by: null,
        created_at: at,
        updated_at: at,
      };
      await counted(owner, plan.packId, 1, admit, body);
      return { ...body, record_version: 1 };
    },

    async noteCheck(owner, before, check) {
      if (before.candidate === null) throw nothingWaits(before.pack_id);
      return replace(owner, before, { candidate: { ...before.candidate, check } });
    },

    async activate(owner, before) {
      if (before.candidate === null) throw nothingWaits(before.pack_id);
      const { check, ...active } = before.candidate;
      return replace(owner, before, { active, candidate: null });
    },

    async submit(owner, before, note) {
      if (before.active === null)
        throw new SigmaError("UNPROCESSABLE", `Pack "${before.pack_id}" has not passed its check. Check and activate it first.`, {
          pack_id: before.pack_id,
        });
      const { version, pack_sha } = before.active;
      const submission = { state: "submitted", version, pack_sha, submitted_at: now(), note, reason: null, reviewed_at: null } as const;
      return replace(owner, before, { submission, reviewed_by: null });
    },

    async review(owner, before, { packSha, state, reason, reviewer }) {
      const submission = requireReviewable(before, packSha, state);
      return replace(owner, before, { submission: { ...submission, state, reason, reviewed_at: now() }, reviewed_by: reviewer });
    },

    async remove(owner, before) {
      await counted(owner, before.pack_id, -1, () => {}, before.record_version);
      const prefix = versionsPrefix(owner, before.pack_id);
      for (;;) {
        const { keys } = await artifacts.list(prefix, { limit: 1000 });
        if (keys.length === 0) return;
        for (const key of keys) await artifacts.remove(key);
      }
    },
  };
}

async function countOf(metadata: MetadataStore, owner: string): Promise<number> {
  const stored = await metadata.get("state", countKey(owner));
  return typeof stored?.body["packs"] === "number" ? stored.body["packs"] : 0;
}

const countKey = (owner: string) => ({ pk: `${workspacePrefix(owner)}#own_count`, sk: "count" });

/** Where all versions of a pack stand. */
const versionsPrefix = (owner: string, packId: string): string => `${packVersionsPrefix(owner)}/${packId}/`;

function lost(packId: string, error: unknown): unknown {
  if (!(error instanceof SigmaError) || error.code !== "CONFLICT") return error;
  return new SigmaError(
    "CONFLICT",
    `The pack "${packId}" changed while this change was made. Read it again and repeat the change.`,
    { pack_id: packId },
    { cause: error },
  );
}

const nothingWaits = (packId: string): SigmaError =>
  new SigmaError("UNPROCESSABLE", `No version of pack "${packId}" waits for its check. Write one: PUT /packs/${packId}.`, {
    pack_id: packId,
  });

function requireReviewable({ pack_id, active, submission }: StoredPack, packSha: string, state: PackReview["state"]) {
  if (submission === null)
    throw new SigmaError(
      "UNPROCESSABLE",
      `Pack "${pack_id}" was not handed in for review. Its owner does: POST /packs/${pack_id}/submit.`,
      {
        pack_id,
      },
    );
  const { version, pack_sha } = submission;
  const refuse = (why: string): never => {
    throw new SigmaError("CONFLICT", `${why} Read it again: GET /admin/packs/${pack_id}/review.`, { pack_id, version, pack_sha });
  };
  if (pack_sha !== packSha) refuse(`Another version of pack "${pack_id}" was handed in: "${version}".`);
  if (submission.state !== "submitted") refuse(`Version "${version}" of pack "${pack_id}" was ${submission.state} already.`);
  if (state === "approved" && active?.pack_sha !== pack_sha)
    refuse(`Version "${version}" of pack "${pack_id}" is not in use any more, so it cannot be approved.`);
  return submission;
}
