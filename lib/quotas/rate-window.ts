import type { MetadataStore, RecordKey } from "../ports/metadata-store.ts";

const WINDOW_SECONDS = 60;

/** How much of a minute's budget is left, after a request or without one. */
export interface RateWindow {
  /** False: the request is one too many. */
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the next minute begins. */
  readonly resetSeconds: number;
}

/**
 * Counts a request against the minute that it falls into. The counter is one conditional write, so of any number of
 * requests at once exactly the limit is allowed.
 *
 * @param subject - whose budget it is, such as `owner#local`
 * @param now - UTC milliseconds
 */
export async function takeFromWindow(metadata: MetadataStore, subject: string, limit: number, now: number): Promise<RateWindow> {
  const { key, resetSeconds, expiresAt } = windowAt(subject, now);
  const used = await metadata.increment("idempotency", key, 1, { limit, expiresAt });
  return { allowed: used !== undefined, limit, remaining: used === undefined ? 0 : limit - used, resetSeconds };
}

/** The minute's budget as it stands; nothing is counted. */
export async function lookAtWindow(
  metadata: MetadataStore,
  subject: string,
  limit: number,
  now: number,
): Promise<RateWindow & { readonly used: number }> {
  const { key, resetSeconds } = windowAt(subject, now);
  const used = Number((await metadata.get("idempotency", key))?.body["value"] ?? 0);
  return { allowed: true, limit, remaining: Math.max(0, limit - used), resetSeconds, used };
}

function windowAt(subject: string, now: number): { key: RecordKey; resetSeconds: number; expiresAt: number } {
  const seconds = Math.floor(now / 1000);
  const begin = seconds - (seconds % WINDOW_SECONDS);
  return {
    key: { pk: subject, sk: `minute#${begin}` },
    resetSeconds: begin + WINDOW_SECONDS - seconds,
    expiresAt: begin + 2 * WINDOW_SECONDS,
  };
}
