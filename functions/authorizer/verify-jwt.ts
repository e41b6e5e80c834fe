import { verify } from "node:crypto";
import * as z from "zod";
import { OwnerSchema } from "#lib/runs/run-record.schema.ts";
import type { KeySet } from "./key-set.ts";

/** `crit` names extensions that a verifier must understand; we understand none. */
const HeaderSchema = z.object({ alg: z.literal("RS256"), kid: z.string().min(1).max(256), crit: z.never().optional() });

/** A Cognito access token. An ID token tells a client who signed in; it is no permission to call an API. */
const ClaimsSchema = z.object({
  iss: z.string(),
  sub: OwnerSchema,
  token_use: z.literal("access"),
  client_id: z.string(),
  exp: z.int(),
  nbf: z.int().optional(),
  /** Only the user pool writes it: no user can put himself into a group. */
  "cognito:groups": z.array(z.string()).default([]),
});
export type Claims = z.infer<typeof ClaimsSchema>;

export interface JwtRules {
  readonly issuer: string;
  readonly clientId: string;
  readonly keys: KeySet;
  /** UTC milliseconds. */
  readonly now: number;
}

/** API Gateway itself accepts headers up to 10 KB. */
const LONGEST = 8192;

/**
 * The claims of a token that this issuer signed for this client and that is valid now; undefined for every other text.
 * The algorithm is pinned: what the token's header asks for is compared, never followed.
 *
 * @see RFC 8725, JSON Web Token Best Current Practices, section 3.1 (algorithm verification)
 */
export async function verifyJwt(token: string, { issuer, clientId, keys, now }: JwtRules): Promise<Claims | undefined> {
  if (token.length > LONGEST) return undefined;
  const parts = token.split(".");
  if (parts.length !== 3 || !parts.every((part) => /^[A-Za-z0-9_-]+$/.test(part))) return undefined;
  const [head, body, signature] = parts as [string, string, string];
  const header = HeaderSchema.safeParse(jsonIn(head));
  if (!header.success) return undefined;
  const key = await keys.find(header.data.kid);
  if (!key || !verify("RSA-SHA256", Buffer.from(`${head}.${body}`), key, Buffer.from(signature, "base64url"))) return undefined;

  const claims = ClaimsSchema.safeParse(jsonIn(body));
  if (!claims.success) return undefined;
  const { iss, client_id, exp, nbf } = claims.data;
  const seconds = now / 1000;
  if (iss !== issuer || client_id !== clientId || seconds >= exp || (nbf !== undefined && seconds < nbf)) return undefined;
  return claims.data;
}

function jsonIn(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
