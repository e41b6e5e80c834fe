import { randomBytes } from "node:crypto";
import * as z from "zod";
import { sha256 } from "#lib/core/digest.ts";
import { parseOr } from "#lib/errors/parse.ts";
import type { MetadataStore, RecordKey } from "#lib/ports/metadata-store.ts";
import { OwnerSchema } from "#lib/runs/run-record.schema.ts";

/** `sigma_` and 256 random bits in base64url. */
const TOKEN_PATTERN = /^sigma_[A-Za-z0-9_-]{43}$/;

/** What a machine's token stands for. The token itself is kept nowhere: its SHA-256 is the record's key. */
export const ApiTokenSchema = z.strictObject({
  owner: OwnerSchema,
  name: z.string().min(1).max(64),
  scopes: z.array(z.enum(["read", "write"])).min(1),
  created_at: z.iso.datetime(),
});
export type ApiToken = z.infer<typeof ApiTokenSchema>;

/** The token has 256 bits of entropy, so a plain hash cannot be searched and needs no salt. */
const tokenKey = (token: string): RecordKey => ({ pk: `token#${sha256(token)}`, sk: "token" });

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
  await metadata.put("state", { ...tokenKey(token), body, expiresAt }, "absent");
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
