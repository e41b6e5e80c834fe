import { randomBytes } from "node:crypto";
import * as z from "zod";
import { sha256 } from "#lib/core/digest.ts";
import { parseOr } from "#lib/errors/parse.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { MetadataStore, RecordKey, StoredRecord } from "#lib/ports/metadata-store.ts";
import { OwnerSchema } from "#lib/runs/run-record.schema.ts";

/** `sigma_` and 256 random bits in base64url. */
const TOKEN_PATTERN = /^sigma_[A-Za-z0-9_-]{43}$/;

/** What a machine's token stands for. The token itself is kept nowhere: its SHA-256 is the record's key. */
export const ApiTokenSchema = z.strictObject({
  owner: OwnerSchema,
  name: z.string().min(1).max(64),
  scopes: z.array(z.enum(["read", "write", "admin"])).min(1),
  created_at: z.iso.datetime(),
});
export type ApiToken = z.infer<typeof ApiTokenSchema>;

/** A token as its owner sees it. `id` is enough to revoke it, and no token. */
export interface ListedToken extends ApiToken {
  readonly id: string;
  /** UTC seconds. */
  readonly expires_at: number | null;
}

/** So many of the hash's digits name a token among those of an owner. */
const ID_LENGTH = 16;

/** The token has 256 bits of entropy, so a plain hash cannot be searched and needs no salt. */
const tokenKey = (token: string): RecordKey => ({ pk: `token#${sha256(token)}`, sk: "token" });

const tokensOf = (owner: string): string => `owner#${owner}#tokens`;

const idOf = ({ pk }: RecordKey): string => pk.slice("token#".length).slice(0, ID_LENGTH);

export const isApiToken = (text: string): boolean => TOKEN_PATTERN.test(text);

/**
 * Makes a token and stores its hash.
 *
 * @param expiresAt - UTC seconds after which it is refused
 * @returns the token, to be shown once
 */
export async function issueApiToken(metadata: MetadataStore, record: ApiToken, expiresAt: number): Promise<string> {
  const body = parseOr("INVALID_PARAM", ApiTokenSchema, record, "The token's record");
  const token = `sigma_${randomBytes(32).toString("base64url")}`;
  const key = tokenKey(token);
  const index = { pk: tokensOf(body.owner), sk: `${body.created_at}#${idOf(key)}` };
  await metadata.put("state", { ...key, body, index, expiresAt }, "absent");
  return token;
}

/** What the token stands for, or undefined when nobody issued it, it was revoked or it has expired. */
export async function findApiToken(metadata: MetadataStore, token: string): Promise<ApiToken | undefined> {
  if (!isApiToken(token)) return undefined;
  const record = await metadata.get("state", tokenKey(token));
  return record && ApiTokenSchema.parse(record.body);
}

/** Revokes a token at once, but for what the gateway remembers of it. */
export async function revokeApiToken(metadata: MetadataStore, token: string): Promise<void> {
  await metadata.remove("state", tokenKey(token), "any");
}

/** The valid tokens of an owner, newest first. */
export async function listApiTokens(metadata: MetadataStore, owner: string): Promise<readonly ListedToken[]> {
  return (await recordsOf(metadata, owner)).map((record) => ({
    ...ApiTokenSchema.parse(record.body),
    id: idOf(record),
    expires_at: record.expiresAt ?? null,
  }));
}

/**
 * Revokes a token of an owner by its id, as `revokeApiToken` does by the token itself.
 *
 * @throws NOT_FOUND when the owner has no such token
 */
export async function revokeApiTokenById(metadata: MetadataStore, owner: string, id: string): Promise<void> {
  const found = (await recordsOf(metadata, owner)).find((record) => idOf(record) === id);
  if (!found) throw new SigmaError("NOT_FOUND", `"${owner}" has no token "${id.slice(0, 80)}". List them to see their ids.`, { owner });
  await metadata.remove("state", { pk: found.pk, sk: found.sk }, "any");
}

async function recordsOf(metadata: MetadataStore, owner: string): Promise<StoredRecord[]> {
  const records: StoredRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await metadata.query({
      table: "state",
      pk: tokensOf(owner),
      byIndex: true,
      descending: true,
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
    });
    records.push(...page.records);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return records;
}
