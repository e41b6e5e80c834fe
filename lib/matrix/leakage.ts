import type { Bars } from "../core/bars.ts";
import { createRng } from "../core/rng.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { type BarTable, buildTable, type SlowTableBuilder } from "./build-table.ts";
import { matrixSha } from "./fingerprint.ts";
import { describeInstant } from "./instant.ts";
import { type LeakCut, leakCuts } from "./leak-cuts.ts";
import { perturbedData, truncatedData } from "./leak-probes.ts";
import type { Leak, LeakageReport } from "./leakage.schema.ts";
import type { MatrixData } from "./matrix-data.ts";
import { type MatrixSpec, planOf } from "./matrix-spec.ts";

/**
 * The truncation leak test: rebuilds the table without the future and compares every earlier value bit for bit.
 *
 * At each cut everything that was known later (bars, other symbols, chains, flow, trades) is removed, or replaced by other
 * numbers, and the adjustment factors are rescaled as a vendor's later action would. A feature, or a label's unit, at or before the
 * cut that changes has read the future. A label must not change while it ends at or before the cut, and must be unknown where it
 * ends later.
 *
 * @param full - the table of the whole series, as the build made it
 * @param build - the builder that made it
 * @returns the first finding for each column; the cuts are drawn from the matrix's own name, so a build repeats exactly
 */
export async function checkLeakage(
  spec: MatrixSpec,
  data: MatrixData,
  full: BarTable,
  build: SlowTableBuilder = buildTable,
): Promise<LeakageReport> {
  const { bars } = data.series;
  const rng = createRng(`leakage:${matrixSha(spec)}`);
  const cuts = leakCuts(bars, planOf(spec).warmupBars, rng.fork("cuts"));
  const leaks = new Map<string, Leak>();
  let compared = 0;

  for (const cut of cuts) {
    const probe = await build(
      spec,
      cut.probe === "truncated" ? truncatedData(data, cut.bar) : perturbedData(data, cut.bar, rng.fork(`data:${cut.bar}`)),
    );
    compared += (cut.bar + 1) * (full.features.length + 4);
    const record = (column: string, indicator: string, change: Change | undefined): void => {
      if (!change || leaks.has(column)) return;
      leaks.set(column, {
        column,
        indicator,
        probe: cut.probe,
        cut_time: bars.end[cut.bar]!,
        row_time: bars.end[change.row]!,
        rows_changed: change.rows,
        with_future: orNull(change.full),
        without_future: orNull(change.probe),
      });
    };
    for (const [i, { name, indicator }] of full.info.entries())
      record(name, indicator, firstChange(full.features[i]!, probe.features[i]!, cut.bar));
    record("label_unit", "label", firstChange(full.label.unit, probe.label.unit, cut.bar));
    for (const [name, change] of labelChanges(full, probe, bars, cut)) record(name, "label", change);
  }

  const order = [...full.info.map(({ name }) => name), "y", "ret_fwd", "t1", "label_unit"];
  return {
    schema_version: 1,
    status: leaks.size === 0 ? "ok" : "fail",
    cuts: cuts.map(({ bar, probe }) => ({ bar, time: bars.end[bar]!, probe })),
    columns_checked: order.length,
    values_compared: compared,
    leaks: order.flatMap((name) => leaks.get(name) ?? []),
  };
}

/** The reports of a universe's members as one: all cuts and findings, of columns that every member has. */
export function mergeLeakage(reports: readonly LeakageReport[]): LeakageReport {
  const leaks = reports.flatMap((report) => report.leaks);
  return {
    schema_version: 1,
    status: leaks.length === 0 ? "ok" : "fail",
    cuts: reports.flatMap(({ cuts }) => cuts),
    columns_checked: reports[0]?.columns_checked ?? 0,
    values_compared: reports.reduce((sum, report) => sum + report.values_compared, 0),
    leaks,
  };
}

/** @throws LEAKAGE_DETECTED naming the first column, its indicator, the row's time and both values */
export function requireNoLeakage(report: LeakageReport): void {
  const leak = report.leaks[0];
  if (!leak) return;
  const more = report.leaks.length > 1 ? ` "${report.leaks.length - 1}" more columns do so too.` : "";
  const how = leak.probe === "truncated" ? "removed" : "changed";
  throw new SigmaError(
    "LEAKAGE_DETECTED",
    `The column "${leak.column}" of "${leak.indicator}" uses the future: its value at ${describeInstant(leak.row_time)} is ` +
      `"${leak.with_future}", but "${leak.without_future}" when the bars after ${describeInstant(leak.cut_time)} are ${how}.${more} ` +
      "Remove the indicator from the set and report it.",
    {
      column: leak.column,
      indicator: leak.indicator,
      row_time: leak.row_time,
      with_future: leak.with_future,
      without_future: leak.without_future,
      columns: report.leaks.map(({ column }) => column),
    },
  );
}

interface Change {
  readonly row: number;
  readonly rows: number;
  readonly full: number;
  readonly probe: number;
}

/** The first row up to `last` where two columns differ in any bit; all NaNs are equal. */
function firstChange(full: Float64Array, probe: Float64Array, last: number): Change | undefined {
  let row = -1;
  let rows = 0;
  for (let i = 0; i <= last; i++) {
    if (sameBits(full[i]!, probe[i]!)) continue;
    rows += 1;
    if (row < 0) row = i;
  }
  return row < 0 ? undefined : { row, rows, full: full[row]!, probe: probe[row]! };
}

/** Equality of bits, the sign of zero included; NaNs are equal. Most values are equal numbers, so those come first. */
function sameBits(a: number, b: number): boolean {
  return a === b ? a !== 0 || Object.is(a, b) : Number.isNaN(a) && Number.isNaN(b);
}

/**
 * Labels that end at or before the cut must stay; those that end later must be unknown once later bars are removed.
 * Where later bars are only replaced, later labels may be anything; so may one that ends later with the other bars and not at
 * all with the true ones, such as a barrier that only the other prices touch.
 */
function* labelChanges(
  full: BarTable,
  probe: BarTable,
  bars: Bars,
  { bar, probe: kind }: LeakCut,
): Generator<[string, Change | undefined]> {
  const cutTime = bars.end[bar]!;
  const ends = full.label.t1;
  for (const [name, field] of LABEL_FIELDS) {
    let row = -1;
    let rows = 0;
    for (let i = 0; i <= bar; i++) {
      const later = ends[i]! > cutTime;
      if (kind === "perturbed" && (later || (Number.isNaN(ends[i]!) && probe.label.t1[i]! > cutTime))) continue;
      if (sameBits(later ? Number.NaN : full.label[field][i]!, probe.label[field][i]!)) continue;
      rows += 1;
      if (row < 0) row = i;
    }
    yield [name, row < 0 ? undefined : { row, rows, full: full.label[field][row]!, probe: probe.label[field][row]! }];
  }
}

const LABEL_FIELDS = [
  ["y", "y"],
  ["ret_fwd", "retFwd"],
  ["t1", "t1"],
] as const;

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
