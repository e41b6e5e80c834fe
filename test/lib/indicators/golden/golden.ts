import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { createIndicatorInputs, type IndicatorInputs } from "#lib/indicators/inputs.ts";
import { computePlan, planIndicators } from "#lib/indicators/plan.ts";
import type { IndicatorEntry } from "#lib/indicators/resolve.ts";
import { sharedPath } from "../../../support/shared-data.ts";
import { DAILY, sessionColumns } from "../series.ts";

/** One definition against values that somebody else published. */
export interface Golden {
  readonly indicator: string;
  /** Who says so: a document, or the file of reference results. */
  readonly against: string;
  /** Which convention differs, and what is compared because of it; absent = everything agrees. */
  readonly differs?: string;
  /** Files of the shared folder that the check reads; absent = the values stand in the test. */
  readonly files?: readonly string[];
  readonly check: () => void;
}

/** Columns of one indicator on bars that only have the given fields; open = close, volume = 1 where they have none. */
export function columnsOf(
  entry: IndicatorEntry,
  bars: { open?: number[]; high?: number[]; low?: number[]; close: number[]; volume?: number[] },
) {
  const { close, open = close, high = close, low = close, volume = close.map(() => 1) } = bars;
  const inputs: IndicatorInputs = createIndicatorInputs({
    length: close.length,
    open: Float64Array.from(open),
    high: Float64Array.from(high),
    low: Float64Array.from(low),
    close: Float64Array.from(close),
    volume: Float64Array.from(volume),
    ...sessionColumns(close.length, DAILY),
  });
  const plan = planIndicators([entry]);
  return Object.fromEntries(computePlan(plan, inputs).map((series, c) => [plan.columns[c]!.name, [...series]]));
}

export const known = (series: readonly number[] | undefined): number[] => series!.filter((value) => !Number.isNaN(value));
export const rounded = (series: readonly number[] | undefined, digits: number): number[] =>
  known(series).map((value) => Number(value.toFixed(digits)));

/** The series of the Tulip indicator tests. */
export const TULIP = {
  volume: [
    5653100, 6447400, 7690900, 3831400, 4455100, 3798000, 3936200, 4732000, 4841300, 3915300, 6830800, 6694100, 5293600, 7985800, 4807900,
  ],
  high: [82.15, 81.89, 83.03, 83.3, 83.85, 83.9, 83.33, 84.3, 84.84, 85.0, 85.9, 86.58, 86.98, 88.0, 87.87],
  low: [81.29, 80.64, 81.31, 82.65, 83.07, 83.11, 82.49, 82.3, 84.15, 84.11, 84.03, 85.39, 85.76, 87.17, 87.01],
  close: [81.59, 81.06, 82.87, 83.0, 83.61, 83.15, 82.84, 83.99, 84.55, 84.36, 85.53, 86.54, 86.89, 87.77, 87.29],
};

export type Table = Readonly<Record<string, readonly number[]>>;

/** Numeric columns of a CSV file; an empty cell is NaN. */
export function readTable(path: string): Table {
  const [header, ...lines] = readFileSync(path, "utf8").trim().split(/\r?\n/);
  const names = header!.split(",");
  const rows = lines.map((line) => line.split(","));
  return Object.fromEntries(
    names.map((name, c) => [name, rows.map((row) => (row[c] === "" || row[c] === undefined ? Number.NaN : Number(row[c])))]),
  );
}

const QUOTES = "reference/skender/quotes/default.csv";

/** The reference's 502 daily bars. */
export const quotes = (): { open: number[]; high: number[]; low: number[]; close: number[]; volume: number[] } =>
  readTable(sharedPath(QUOTES)) as never;

/** A check against single values that somebody published for those bars. */
export function onQuotes(indicator: string, against: string, check: () => void, differs?: string): Golden {
  return { indicator, against, files: [QUOTES], check, ...(differs === undefined ? {} : { differs }) };
}

/** [bar, value] as published: equal to as many decimals as it has. */
export function mustAgreeAt(series: readonly number[] | undefined, published: readonly (readonly [bar: number, value: string])[]): void {
  for (const [bar, value] of published) {
    const decimals = value.split(".")[1]?.length ?? 0;
    expect(series![bar]!.toFixed(decimals), `bar ${bar}`).toBe(value);
  }
}

/** [bar, value] in full precision: equal to 1e-8 relative. */
export function mustEqualAt(series: readonly number[] | undefined, expected: readonly (readonly [bar: number, value: number])[]): void {
  for (const [bar, value] of expected)
    expect(Math.abs(series![bar]! - value), `bar ${bar}: ${series![bar]}, published ${value}`).toBeLessThanOrEqual(1e-8 * Math.abs(value));
}

/** The first bar that is known. */
export const firstKnown = (series: readonly number[] | undefined): number => series!.findIndex((value) => !Number.isNaN(value));

const resultsFile = (name: string): string => `reference/skender/results/${name}.standard.csv`;

/** The reference's results for those bars. */
export const reference = (name: string): Table => readTable(sharedPath(resultsFile(name)));

/** A check against the reference's results of this name. */
export function skender(indicator: string, name: string, check: () => void, differs?: string): Golden {
  return {
    indicator,
    against: `skender ${name}`,
    files: [QUOTES, resultsFile(name)],
    check,
    ...(differs === undefined ? {} : { differs }),
  };
}

/** Same places known, same values to 1e-8 relative. @param from - first bar compared */
export function mustEqual(actual: readonly number[] | undefined, expected: readonly number[] | undefined, from = 0): void {
  expect(actual!.length).toBe(502);
  expect(expected!.length).toBe(502);
  let compared = 0;
  for (let i = from; i < 502; i++) {
    expect(Number.isNaN(actual![i]!), `known at ${i}`).toBe(Number.isNaN(expected![i]!));
    if (Number.isNaN(expected![i]!)) continue;
    compared += 1;
    expect(Math.abs(actual![i]! - expected![i]!), `bar ${i}: ${actual![i]}, reference ${expected![i]}`).toBeLessThanOrEqual(
      1e-8 * Math.max(Math.abs(expected![i]!), 1e-2),
    );
  }
  expect(compared).toBeGreaterThan(100);
}
