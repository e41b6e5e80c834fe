import { SigmaError } from "../errors/sigma-error.ts";

/**
 * Why a vendor did not give what was asked: the plan does not include it, the key is not taken, there is no such thing, the
 * request is not taken, or nothing usable came back.
 */
export type RefusalReason = "entitlement" | "credentials" | "not_found" | "refused" | "unreachable";

/** Which request it was. The endpoint is a path without its query, which may hold a cursor or a key. */
export interface VendorRequest {
  readonly provider: string;
  readonly endpoint: string;
}

/** A refusal that says who refused what and why. */
export function vendorRefusal(
  reason: RefusalReason,
  { provider, endpoint }: VendorRequest,
  detail: string,
  options: { readonly status?: number; readonly cause?: unknown } = {},
): SigmaError {
  const { status, cause } = options;
  return new SigmaError(
    "DATA_UNAVAILABLE",
    detail,
    { provider, endpoint, reason, ...(status === undefined ? {} : { status }) },
    cause === undefined ? {} : { cause },
  );
}

export function isRefusal(error: unknown, reason: RefusalReason): boolean {
  return error instanceof SigmaError && error.code === "DATA_UNAVAILABLE" && error.facts["reason"] === reason;
}
