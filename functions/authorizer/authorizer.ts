import * as z from "zod";
import { parseOr } from "#lib/errors/parse.ts";
import type { Clock } from "#lib/ports/clock.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import { findApiToken, isApiToken } from "./api-token.ts";
import type { KeySet } from "./key-set.ts";
import { type Claims, verifyJwt } from "./verify-jwt.ts";

/** The gateway's request (payload format 2.0), as far as it is read. Header names come in lower case. */
const RequestSchema = z.object({ headers: z.record(z.string(), z.string()).default({}) });

/** The gateway's simple response. `context` reaches the API as `requestContext.authorizer.lambda`. */
export type AuthorizerResponse =
  | { readonly isAuthorized: false }
  | {
      readonly isAuthorized: true;
      readonly context: { readonly owner: string; readonly scopes: string; readonly kind: "user" | "machine" };
    };

export interface AuthorizerPorts {
  readonly metadata: MetadataStore;
  readonly clock: Clock;
  readonly issuer: string;
  readonly clientId: string;
  readonly keys: KeySet;
}

const REFUSED: AuthorizerResponse = { isAuthorized: false };

/**
 * Decides who calls: a person with a Cognito access token, or a machine with an API token. The owner comes from the verified
 * claim or the token's record, never from the rest of the request. A failing store or key fetch is thrown, not a refusal.
 */
export const createAuthorizer =
  (ports: AuthorizerPorts) =>
  async (event: unknown): Promise<AuthorizerResponse> => {
    const { headers } = parseOr("INVALID_PARAM", RequestSchema, event, "The authorizer's request");
    const token = /^Bearer +(\S+)$/i.exec(headers["authorization"]?.trim() ?? "")?.[1];
    if (token === undefined) return REFUSED;

    if (isApiToken(token)) {
      const found = await findApiToken(ports.metadata, token);
      return found ? allow(found.owner, found.scopes.join(" "), "machine") : REFUSED;
    }
    const claims = await verifyJwt(token, { ...ports, now: ports.clock.now() });
    // A person may do all that the product offers; what belongs to whom is decided on each record.
    return claims ? allow(claims.sub, isAdmin(claims) ? "read write admin" : "read write", "user") : REFUSED;
  };

/** The group of the user pool whose members administer. */
const ADMIN_GROUP = "admin";

const isAdmin = (claims: Claims): boolean => claims["cognito:groups"].includes(ADMIN_GROUP);

const allow = (owner: string, scopes: string, kind: "user" | "machine"): AuthorizerResponse => ({
  isAuthorized: true,
  context: { owner, scopes, kind },
});
