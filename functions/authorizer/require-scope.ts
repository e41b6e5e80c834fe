import { SigmaError } from "#lib/errors/sigma-error.ts";

/** The part of an HTTP API event (payload 2.0) that carries the authorizer's answer. */
interface AuthorizedEvent {
  readonly requestContext?: { readonly authorizer?: { readonly lambda?: { readonly scopes?: unknown } | null } };
}

/**
 * Checks that the token's scopes allow the request's method: `read` allows GET and HEAD, everything else needs `write`. The API
 * asks, and not the authorizer, because the gateway reuses the authorizer's answer for other requests with the same token.
 *
 * @throws FORBIDDEN
 */
export function requireScope(method: string, event: unknown): void {
  const scopes = (event as AuthorizedEvent | undefined)?.requestContext?.authorizer?.lambda?.scopes;
  const needed = method === "GET" || method === "HEAD" ? "read" : "write";
  if (typeof scopes === "string" && scopes.split(" ").includes(needed)) return;
  throw new SigmaError("FORBIDDEN", `The token lacks the scope "${needed}", which ${method} needs. Use a token that has it.`, {
    scope: needed,
  });
}
