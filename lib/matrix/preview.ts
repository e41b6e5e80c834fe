import { formatDate, parseDate, sessionDateOf } from "../core/time.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { BARS_PER_SESSION } from "../indicators/inputs.ts";
import { sliceBars } from "./bars-window.ts";
import { matrixOf, prepareMatrix, windowRange } from "./build-matrix.ts";
import { matrixSha } from "./fingerprint.ts";
import type { LeakageReport } from "./leakage.schema.ts";
import { checkLeakage } from "./leakage.ts";
import type { Matrix } from "./matrix.ts";
import { matrixColumns } from "./matrix-columns.ts";
import type { MatrixData } from "./matrix-data.ts";
import { FLOW_HISTORY_SESSIONS, type MatrixSpec, planOf } from "./matrix-spec.ts";
import type { Preview } from "./preview.schema.ts";
import { assessQuality } from "./quality/assess-quality.ts";
import type { QualityReport, Verdict, VerdictStatus } from "./quality/quality.schema.ts";
import { worse } from "./quality/verdict.ts";
import { shownSessions } from "./shown-sessions.ts";
import { sliceMatrix } from "./slice-matrix.ts";

/** Bars kept before a preview's rows, as a multiple of the warm-up: recursive filters settle meanwhile. */
const SETTLING = 4;

/** The last sessions of one symbol's matrix, and what the checks say of them. */
export interface PreviewedMatrix {
  /** Session dates that are shown. */
  readonly sessions: readonly string[];
  readonly matrix: Matrix;
  readonly quality: QualityReport;
  readonly leakage: LeakageReport;
}

/**
 * A few sessions of a matrix with the verdicts on them: the last ones whose labels are known.
 *
 * Only as much history as the indicators need is computed, so values of recursive filters (an EMA, say) may differ from
 * the build's in the last digits. A handful of rows may well hold one class: that only warns here.
 *
 * @param sessions - how many sessions to show, 1 to 20
 * @throws HISTORY_TOO_SHORT | INVALID_PARAM | DATA_INVALID as a build does
 */
export async function previewMatrix(spec: MatrixSpec, data: MatrixData, sessions = 2): Promise<Preview> {
  return previewOf(spec, await lastSessions(spec, data, sessions), namedBy([data], spec));
}

/** The name that a build would give, or null: chains, flow and trades are read for a preview's own sessions only. */
export const namedBy = (data: readonly MatrixData[], spec: MatrixSpec): string | null =>
  data.some(({ chains, flow, tape }) => chains !== null || flow !== null || tape !== null) ? null : matrixSha(spec);

/** The rows of a preview. @throws as `previewMatrix` */
export async function lastSessions(spec: MatrixSpec, data: MatrixData, sessions: number): Promise<PreviewedMatrix> {
  const all = data.series.bars;
  const shown = shownSessions(spec, all, sessions);
  const { first, last } = windowRange(spec, all);
  const shownFirst = parseDate(shown[0]!);
  const shownLast = parseDate(shown.at(-1)!);

  let row = first;
  while (sessionDateOf(all.start[row]!) < shownFirst) row += 1;
  const from = Math.max(0, row - Math.max(SETTLING * planOf(spec).warmupBars, dealerBars(spec)) - 1);
  const recent: MatrixData = { ...data, series: { bars: sliceBars(all, from, last), facts: data.series.facts } };
  const source = prepareMatrix({ ...spec, window: { start: shown[0]!, end: spec.window.end } }, recent);
  const leakage = await checkLeakage(spec, source.data, source.table);
  const whole = matrixOf(spec, source);
  const rows = whole.sessionDate.findLastIndex((date) => date <= shownLast) + 1;
  if (rows === 0)
    throw new SigmaError(
      "HISTORY_TOO_SHORT",
      `"${spec.symbol}" is no member of the universe in its last sessions of the window. Widen it.`,
      {
        symbol: spec.symbol,
      },
    );
  const matrix = sliceMatrix(whole, 0, rows);
  return { sessions: shown, matrix, leakage, quality: assessQuality(spec, matrix, source.data) };
}

/** Bars that the dealers' columns look back to. */
const dealerBars = ({ flow, cadence }: MatrixSpec): number =>
  flow?.signed?.dealer === true ? FLOW_HISTORY_SESSIONS * Math.ceil(BARS_PER_SESSION[cadence]) : 0;

/**
 * What is shown of a few sessions.
 *
 * @param matrixName - the matrix that a build makes of the same data; null when only a part of the data was read
 */
export function previewOf(spec: MatrixSpec, { sessions, matrix, quality, leakage }: PreviewedMatrix, matrixName: string | null): Preview {
  const verdicts = quality.verdicts.map((verdict) => leniently(verdict, matrix.rows));
  return {
    matrix_sha: matrixName,
    sessions: [...sessions],
    status: verdicts.reduce<VerdictStatus>((status, verdict) => worse(status, verdict.status), leakage.status),
    columns: matrix.info.features.map((feature) => ({ ...feature })),
    warmup_bars: planOf(spec).warmupBars,
    rows: rowsOf(matrix),
    nan_share: quality.nan_share,
    label_balance: quality.label_balance,
    coverage_by_hour: quality.coverage_by_hour,
    verdicts,
    leakage,
  };
}

/** A few rows may well hold one class or no label, and one row tells nothing of what varies: that is for the build to judge. */
function leniently(verdict: Verdict, rows: number): Verdict {
  const { check, status, items } = verdict;
  if (check === "constant_columns" && rows === 1)
    return { ...verdict, status: "ok", summary: "One row cannot tell which features vary.", items: [] };
  if (check !== "label_balance" || status !== "fail") return verdict;
  const found = items.length === 1 ? `All labels shown are "${items[0]}".` : "No row shown has a label.";
  return { ...verdict, status: "warn", summary: `${found} That may happen in a few sessions: the build judges all of them.` };
}

function rowsOf(matrix: Matrix): Preview["rows"] {
  const columns = matrixColumns(matrix);
  return Array.from({ length: matrix.rows }, (_, row) =>
    Object.fromEntries(
      columns.map(({ name, type, values, words }) => {
        const value = values[row]!;
        if (words) return [name, words[value]!];
        if (!Number.isFinite(value)) return [name, null];
        if (type === "time") return [name, new Date(value).toISOString()];
        return [name, type === "date" ? formatDate(value) : value];
      }),
    ),
  );
}
