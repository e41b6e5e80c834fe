import { realWorkspaceOf } from "../core/workspace.ts";
import { parseOr } from "../errors/parse.ts";
import type { MetadataStore, RecordKey, WriteCondition } from "../ports/metadata-store.ts";
import { type Account, AccountSchema, type Tier } from "./account.schema.ts";

const keyOf = (owner: string): RecordKey => ({ pk: `owner#${owner}`, sk: "account" });

/** The tier of an owner whom no record names. One machine is its user's own; in the cloud a tier is given, never assumed. */
export const DEFAULT_TIER = { local: "pro", cloud: "free" } as const satisfies Record<string, Tier>;

/**
 * The owner's tier. Both workspaces of an owner, the real one and the simulated one, have one account.
 *
 * @param place - decides for owners without a record
 */
export async function readTier(metadata: MetadataStore, owner: string, place: keyof typeof DEFAULT_TIER): Promise<Tier> {
  return (await findAccount(metadata, owner))?.tier ?? DEFAULT_TIER[place];
}

/** A record with the version that conditional writes compare. */
export type StoredAccount = Account & { readonly record_version: number };

/** What is known of an owner, of either workspace; undefined when nothing was ever set. @throws ARTIFACT_CORRUPT */
export async function findAccount(metadata: MetadataStore, owner: string): Promise<StoredAccount | undefined> {
  const record = await metadata.get("state", keyOf(realWorkspaceOf(owner)));
  if (!record) return undefined;
  return {
    ...parseOr("ARTIFACT_CORRUPT", AccountSchema, record.body, `The account of "${owner}"`),
    record_version: record.version,
  };
}

/**
 * Gives an owner a tier and quotas from now on; what was made under others stays.
 *
 * @param condition - the version that was read, or that there was none
 * @returns the new version
 * @throws CONFLICT when the account changed meanwhile
 */
export async function writeAccount(metadata: MetadataStore, account: Account, condition: WriteCondition = "any"): Promise<number> {
  const body = parseOr("INVALID_PARAM", AccountSchema, account, "The account");
  return metadata.put("state", { ...keyOf(body.owner), body }, condition);
}
