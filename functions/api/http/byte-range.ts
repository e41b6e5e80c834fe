import { SigmaError } from "#lib/errors/sigma-error.ts";

/** A gateway answers at most 6 MB, and bytes grow by a third on their way through it. */
export const MOST_BYTES_IN_CLOUD = 4 * 1024 * 1024;

/** Part of an object: `from` inclusive, `to` exclusive. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The part that a `Range` header asks for (RFC 9110, section 14). An answer may be shorter than what was asked; its Content-Range
 * says what it is. A header of another form than `bytes=first-` or `bytes=first-last` is as good as none.
 *
 * @param ifRange - `If-Range`: another state than this one is answered whole
 * @returns undefined when the whole object is asked for
 * @throws INVALID_PARAM when the part begins behind the end
 */
export function rangeOf(
  header: string | undefined,
  {
    ifRange,
    etag,
    size,
    most,
  }: { readonly ifRange: string | undefined; readonly etag: string; readonly size: number; readonly most: number },
): ByteRange | undefined {
  const found = /^bytes=(\d{1,15})-(\d{1,15})?$/.exec(header ?? "");
  if (found === null || (ifRange !== undefined && ifRange !== etag)) return undefined;
  const from = Number(found[1]);
  const last = found[2] === undefined ? size - 1 : Math.min(size - 1, Number(found[2]));
  // A part that ends before it begins is no range at all.
  if (found[2] !== undefined && Number(found[2]) < from) return undefined;
  if (from >= size)
    throw new SigmaError("INVALID_PARAM", `Range begins at byte ${from}, and the object ends after ${size} bytes.`, { from, size });
  return { from, to: Math.min(last + 1, from + most) };
}
