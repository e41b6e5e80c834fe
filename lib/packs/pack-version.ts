import * as z from "zod";

const PART = "(0|[1-9]\\d{0,8})";
const PATTERN = new RegExp(`^${PART}\\.${PART}\\.${PART}$`);

/** Where the versions of a pack start. */
export const FIRST_VERSION = "0.1.0";

/** A semantic version without pre-release or build: `major.minor.patch`, no leading zeros. */
export const PackVersionSchema = z.string().regex(PATTERN, 'must be a semantic version such as "0.1.0"');

/** Below 0 when `a` is the older version, above 0 when it is the newer one. Both must match the schema. */
export function compareVersions(a: string, b: string): number {
  const left = a.split(".").map(Number);
  const right = b.split(".").map(Number);
  const at = left.findIndex((part, i) => part !== right[i]);
  return at < 0 ? 0 : left[at]! - right[at]!;
}
