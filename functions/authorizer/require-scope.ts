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
  const needed = method === "GET" || method === "HEAD" ? "read" : "write";
  if (hasScope(event, needed)) return;
  throw new SigmaError("FORBIDDEN", `The token lacks the scope "${needed}", which ${method} needs. Use a token that has it.`, {
    scope: needed,
  });
}

/**
 * Checks that the token has the scope `admin`, which the routes of administrators need beside that of their method.
 *
 * @throws FORBIDDEN
 */
export function requireAdminScope(event: unknown): void {
  if (hasScope(event, "admin")) return;
  throw new SigmaError("FORBIDDEN", 'This route is for administrators: it needs a token with the scope "admin".', { scope: "admin" });
}

function hasScope(event: unknown, scope: string): boolean {
  const scopes = (event as AuthorizedEvent | undefined)?.requestContext?.authorizer?.lambda?.scopes;
  return typeof scopes === "string" && scopes.split(" ").includes(scope);
}
