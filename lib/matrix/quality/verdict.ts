import type { Matrix } from "../matrix.ts";
import type { MatrixData } from "../matrix-data.ts";
import type { Verdict, VerdictStatus } from "./quality.schema.ts";

/** What every check reads. */
export interface QualityInput {
  readonly matrix: Matrix;
  /** Features computed from the open price, for the stale-open check. */
  readonly openBasedFeatures: ReadonlySet<string>;
  /** What the matrix was made from. */
  readonly data: MatrixData;
}

export type Check = (input: QualityInput) => Verdict;

export function verdict(
  check: string,
  status: VerdictStatus,
  summary: string,
  numbers: Readonly<Record<string, number>> = {},
  items: readonly string[] = [],
): Verdict {
  const safe = Object.entries(numbers).map(([key, value]) => [key, Number.isFinite(value) ? value : null] as const);
  return { check, status, summary, numbers: Object.fromEntries(safe), items: [...items] };
}

/** The worse of two statuses. */
export function worse(a: VerdictStatus, b: VerdictStatus): VerdictStatus {
  if (a === "fail" || b === "fail") return "fail";
  return a === "warn" || b === "warn" ? "warn" : "ok";
}

/** Grades a share: above `fail` fails, above `warn` warns. */
export function grade(share: number, warn: number, fail: number): VerdictStatus {
  return share > fail ? "fail" : share > warn ? "warn" : "ok";
}

export const percent = (share: number): string => `${(100 * share).toFixed(share < 0.001 && share > 0 ? 3 : 1)} %`;

/** Adjusted close of a row. Only ratios matter. */
export const adjustedClose = (matrix: Matrix, row: number): number => matrix.close[row]! * matrix.factor[row]!;
