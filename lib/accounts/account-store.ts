import { realWorkspaceOf } from "../core/workspace.ts";
import { parseOr } from "../errors/parse.ts";
import type { MetadataStore, RecordKey } from "../ports/metadata-store.ts";
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
  const record = await metadata.get("state", keyOf(realWorkspaceOf(owner)));
  if (!record) return DEFAULT_TIER[place];
  return parseOr("ARTIFACT_CORRUPT", AccountSchema, record.body, `The account of "${owner}"`).tier;
}

/** Gives an owner a tier from now on; what was made under another tier stays. */
export async function writeAccount(metadata: MetadataStore, account: Account): Promise<void> {
  const body = parseOr("INVALID_PARAM", AccountSchema, account, "The account");
  await metadata.put("state", { ...keyOf(body.owner), body }, "any");
}
