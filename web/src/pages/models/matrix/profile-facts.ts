import type { AnswerOf } from "../../../data/ask.ts";
import { formatNumber } from "../../../words/format.ts";

type Profile = AnswerOf<"GET /matrices/{matrix_sha}/profile">;

/** Periods with labelled rows; none where the label has no classes. */
export const classSharesOf = (periods: Profile["periods"]) =>
  periods
    .filter(({ classes, labelled }) => labelled > 0 && Object.keys(classes).length > 0)
    .map(({ name, labelled, classes }) => ({ name, rows: labelled, classes }));

/** Bytes in the largest unit that leaves at least 1. */
export function fileSize(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  let scaled = bytes;
  let unit = 0;
  while (scaled >= 1000 && unit < units.length - 1) {
    scaled /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? formatNumber(scaled, "count") : formatNumber(scaled, "ratio").replace(/0$/, "")} ${units[unit]}`;
}
