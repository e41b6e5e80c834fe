import { SigmaError } from "../../errors/sigma-error.ts";
import { indicatorNamed } from "../../indicators/catalog.ts";
import type { Matrix } from "../matrix.ts";
import type { MatrixData } from "../matrix-data.ts";
import { type MatrixSpec, planOf } from "../matrix-spec.ts";
import { adjustedTwice } from "./adjusted-twice.ts";
import { chainSanity } from "./chain-sanity.ts";
import { driftCheck } from "./drift.ts";
import { constantColumns, leakageScan, nanShare, nanShareCheck } from "./feature-checks.ts";
import { coverageByHour, coverageByHourCheck, labelBalance, labelBalanceCheck } from "./label-checks.ts";
import { flowPresent, ivPopulated } from "./option-checks.ts";
import { otherSeriesCheck } from "./other-series.ts";
import { missingCloses, nonNegativeVolume, priceSanity } from "./price-checks.ts";
import type { QualityReport, Verdict, VerdictStatus } from "./quality.schema.ts";
import { staleClose, staleOpen } from "./stale-checks.ts";
import { duplicateBars, missingSessions, monotonicTime, sessionAlignment } from "./time-checks.ts";
import { type Check, worse } from "./verdict.ts";

/** In the order of the report. */
const CHECKS: readonly Check[] = [
  monotonicTime,
  duplicateBars,
  sessionAlignment,
  missingSessions,
  priceSanity,
  adjustedTwice,
  nonNegativeVolume,
  missingCloses,
  staleOpen,
  staleClose,
  labelBalanceCheck,
  coverageByHourCheck,
  nanShareCheck,
  constantColumns,
  leakageScan,
  driftCheck,
  otherSeriesCheck,
  chainSanity,
  ivPopulated,
  flowPresent,
];

/** Every check on a matrix, with the numbers behind each verdict. */
export function assessQuality(spec: MatrixSpec, matrix: Matrix, data: MatrixData): QualityReport {
  const input = { matrix, openBasedFeatures: openBasedColumns(spec), data };
  return reportOf(
    matrix,
    CHECKS.map((check) => check(input)),
  );
}

/** The report that these verdicts make. */
export function reportOf(matrix: Matrix, verdicts: Verdict[]): QualityReport {
  return {
    schema_version: 1,
    status: verdicts.reduce<VerdictStatus>((status, verdict) => worse(status, verdict.status), "ok"),
    rows: matrix.rows,
    labelled_rows: matrix.y.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0),
    verdicts,
    nan_share: nanShare(matrix),
    label_balance: labelBalance(matrix),
    coverage_by_hour: coverageByHour(matrix),
  };
}

/**
 * Stops a build whose report has a `fail`, unless it is forced.
 *
 * @returns the checks that a force overruled, to be recorded with the matrix; empty when nothing failed
 * @throws SINGLE_CLASS when the labels' one class is the only failure, else QUALITY_FAILED naming each failed check
 */
export function requireQuality(report: QualityReport, options: { readonly force: boolean }): string[] {
  const failed = report.verdicts.filter(({ status }) => status === "fail");
  const names = failed.map(({ check }) => check);
  if (failed.length === 0 || options.force) return names;
  const summaries = failed.map(({ check, summary }) => `${check}: ${summary}`).join(" ");
  const singleClass = failed.length === 1 && failed[0]!.check === "label_balance" && failed[0]!.items.length === 1;
  throw new SigmaError(
    singleClass ? "SINGLE_CLASS" : "QUALITY_FAILED",
    `The matrix failed "${names.length}" of its quality checks. ${summaries} To build it anyway, force the build; that is recorded.`,
    { failed: names },
  );
}

/** Columns whose value depends on the open price. */
function openBasedColumns(spec: MatrixSpec): ReadonlySet<string> {
  const { items, columns } = planOf(spec);
  const names = new Set<string>();
  let next = 0;
  for (const { name, params, column, carryForward } of items) {
    const definition = indicatorNamed(name);
    const own = columns.slice(next, next + definition.columns(params).length * (carryForward ? 2 : 1));
    if (column === "open" || definition.inputs.includes("open")) for (const { name: columnName } of own) names.add(columnName);
    next += own.length;
  }
  return names;
}
