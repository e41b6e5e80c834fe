/**
 * How long to wait before another attempt: exponential back-off with full jitter, so that clients that failed together do
 * not come back together.
 *
 * @param attempt - how many attempts have failed, from 1
 * @param random - uniform in [0, 1)
 * @returns milliseconds
 * @see Marc Brooker, Exponential Backoff And Jitter (2015)
 */
export function backOffMs(
  attempt: number,
  limits: { readonly firstBackOffMs: number; readonly maxBackOffMs: number },
  random: () => number,
): number {
  return Math.floor(random() * Math.min(limits.maxBackOffMs, limits.firstBackOffMs * 2 ** (attempt - 1)));
}

/**
 * What a `Retry-After` header asks for: a number of seconds, or a date.
 *
 * @param nowMs - UTC milliseconds
 * @returns milliseconds from now, at least 0; undefined when there is no header or it says neither
 * @see RFC 9110, section 10.2.3
 */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // An HTTP date names its weekday; Date.parse alone would also take "1.5" for a month.
  const at = /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
