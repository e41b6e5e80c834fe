import type { Context } from "hono";
import { simulatedWorkspaceOf } from "#lib/core/workspace.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { OwnerSchema } from "#lib/runs/run-record.schema.ts";
import { requireAdminScope, requireScope } from "../authorizer/require-scope.ts";

/** The single user of local mode. */
export const LOCAL_OWNER = "local";

/** Chooses the workspace beside the real one, in local mode only. */
const WORKSPACE_HEADER = "x-sigma-workspace";

/** Local mode: one user, with a workspace for simulated models beside the real one. @throws INVALID_PARAM */
export function localOwner(context: Context): string {
  const workspace = context.req.header(WORKSPACE_HEADER) ?? context.req.query("workspace");
  if (workspace === undefined || workspace === "real") return LOCAL_OWNER;
  if (workspace === "simulated") return simulatedWorkspaceOf(LOCAL_OWNER);
  throw new SigmaError("INVALID_PARAM", `The workspace is "real" or "simulated"; found ${JSON.stringify(workspace.slice(0, 40))}.`, {
    field: "workspace",
  });
}

/** The part of an HTTP API event (payload 2.0) that says who was authenticated. */
interface AuthorizedEvent {
  readonly requestContext?: { readonly authorizer?: { readonly lambda?: { readonly owner?: unknown } | null } };
}

/**
 * Cloud mode: the owner that the authorizer put into the event, when the token's scopes allow the method. No header, query
 * or body of the caller is looked at.
 *
 * @throws UNAUTHENTICATED when the event carries no owner; FORBIDDEN when the token lacks the scope
 */
export function cloudOwner(context: Context): string {
  const event = (context.env as { readonly event?: AuthorizedEvent } | undefined)?.event;
  const owner = OwnerSchema.safeParse(event?.requestContext?.authorizer?.lambda?.owner);
  if (owner.success) {
    requireScope(context.req.method, event);
    return owner.data;
  }
  throw new SigmaError("UNAUTHENTICATED", "This route needs a token: send it as Authorization: Bearer.");
}

/** Local mode: the single user administers. */
export function localAdmin(): void {}

/** Cloud mode: asks for the scope `admin` of the token, as the authorizer put it into the event. @throws FORBIDDEN */
export function cloudAdmin(context: Context): void {
  requireAdminScope((context.env as { readonly event?: AuthorizedEvent } | undefined)?.event);
}
