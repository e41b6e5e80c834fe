import type { Context } from "hono";
import { DEFAULT_TIER } from "#lib/accounts/account-store.ts";
import { ERROR_CATALOG } from "#lib/errors/catalog.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { quotasOf } from "#lib/quotas/quotas.ts";
import { lookAtWindow, type RateWindow, takeFromWindow } from "#lib/quotas/rate-window.ts";
import type { ApiDeps } from "../api-deps.ts";

/** Whose reads are counted together. */
export const readsSubject = (owner: string): string => `rate#owner#${owner}`;

/**
 * Counts a read against the caller's minute; other requests only see how it stands. Where nobody is known (health, the
 * description, a wrong token) the network address has a budget of its own.
 *
 * @returns the minute, or undefined where reads are not limited
 */
export async function rateWindow(
  deps: Pick<ApiDeps, "ports" | "quotas" | "mode" | "now" | "owner">,
  context: Context,
): Promise<RateWindow | undefined> {
  const reads = context.req.method === "GET" || context.req.method === "HEAD";
  const ask = reads ? takeFromWindow : lookAtWindow;
  const { metadata } = deps.ports;
  try {
    const owner = knownOwner(deps, context);
    const { reads_per_minute: limit } =
      owner === undefined ? deps.quotas[DEFAULT_TIER[deps.mode]] : await quotasOf(metadata, deps.quotas, deps.mode, owner);
    if (limit === null) return undefined;
    return await ask(metadata, owner === undefined ? `rate#address#${addressOf(context)}` : readsSubject(owner), limit, deps.now());
  } catch (error) {
    // A store that is down or out of reach must not hide what the request itself would say of it, health first.
    if (error instanceof SigmaError && ERROR_CATALOG[error.code].status >= 500) return undefined;
    throw error;
  }
}

/** @throws RATE_LIMITED with the seconds to wait */
export function requireBudget(window: RateWindow | undefined): void {
  if (window === undefined || window.allowed) return;
  const { limit, resetSeconds } = window;
  throw new SigmaError("RATE_LIMITED", `${limit} reads a minute are allowed. Ask again in ${resetSeconds} s.`, {
    quota: "reads_per_minute",
    limit,
    retry_after_seconds: resetSeconds,
  });
}

/** @see IETF draft "RateLimit header fields for HTTP", version 6: the three fields that clients read today */
export const rateHeaders = ({ limit, remaining, resetSeconds }: RateWindow): Readonly<Record<string, string>> => ({
  "ratelimit-limit": String(limit),
  "ratelimit-remaining": String(remaining),
  "ratelimit-reset": String(resetSeconds),
});

interface GatewayEvent {
  readonly requestContext?: { readonly http?: { readonly sourceIp?: unknown } };
}

function knownOwner({ owner }: Pick<ApiDeps, "owner">, context: Context): string | undefined {
  try {
    return owner(context);
  } catch (error) {
    if (error instanceof SigmaError) return undefined;
    throw error;
  }
}

function addressOf(context: Context): string {
  const address = (context.env as { readonly event?: GatewayEvent } | undefined)?.event?.requestContext?.http?.sourceIp;
  return typeof address === "string" ? address.slice(0, 64) : "unknown";
}
