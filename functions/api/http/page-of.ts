import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { PageQuery } from "./list.ts";

/**
 * A page of a list that is at hand whole. The cursor names the last item of the page, so it stays right when items come
 * and go.
 *
 * @param rows - in the order of their keys
 * @throws INVALID_PARAM when the cursor is none
 */
export function pageOf<T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  { limit, cursor }: PageQuery,
): { readonly rows: readonly T[]; readonly nextCursor: string | null } {
  const after = cursor === undefined ? undefined : decode(cursor);
  const rest = after === undefined ? rows : rows.filter((row) => keyOf(row) > after);
  const shown = rest.slice(0, limit);
  return { rows: shown, nextCursor: rest.length > limit ? encode(keyOf(shown.at(-1)!)) : null };
}

const encode = (key: string): string => Buffer.from(key).toString("base64url");

function decode(cursor: string): string {
  const key = Buffer.from(cursor, "base64url").toString();
  if (encode(key) === cursor) return key;
  throw new SigmaError("INVALID_PARAM", "The cursor is not one of this list. Start again without a cursor.", { field: "cursor" });
}
