import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Bars, PriceSeries } from "#lib/core/bars.ts";
import { sessionDateOf } from "#lib/core/time.ts";
import type { CorporateAction } from "#lib/market-data/actions.ts";
import { BAR_FIELDS } from "#lib/market-data/bar-source.ts";
import { barsFromTables } from "#lib/market-data/bars-from-tables.ts";
import { fingerprintOf } from "#lib/market-data/fingerprint.ts";
import { readCsvTable } from "#lib/market-data/source/csv-table.ts";
import { buildMatrix } from "#lib/matrix/build-matrix.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import { barsOnly, dataSources } from "#lib/matrix/matrix-data.ts";
import { matrixSpecOf } from "#lib/matrix/matrix-spec.ts";
import { describeWithShared, sharedPath } from "../../support/shared-data.ts";
import { configOf } from "./fixtures.ts";

const HOURLY = "data/equity_hourly_lean/AAPL_1h.csv";

/** AAPL of 2014-05-01 on, up to before a day: with the factors of the source, or with those of a list of actions. */
function aapl(until: string, actions?: readonly CorporateAction[]): PriceSeries {
  const [header, ...lines] = readFileSync(sharedPath(HOURLY), "utf8").trim().split("\n");
  const csv = [header, ...lines.filter((line) => line >= "2014-05-01" && line < until)].join("\n");
  const table = readCsvTable(csv, BAR_FIELDS, { name: "AAPL_1h.csv" }, actions === undefined ? {} : { factor: null });
  const { bars } = barsFromTables([table], { symbol: "AAPL", cadence: "hourly" }, actions);
  return { bars, facts: { provider: "files", fingerprint: fingerprintOf(bars), stamps: [], simulation: null } };
}

const SPLIT: CorporateAction = { exDate: 20140609, split: 7, cash: 0 };
const LATER: readonly CorporateAction[] = [SPLIT, { exDate: 20140807, split: 1, cash: 0.47 }];
const INDICATORS = [
  { name: "ret", window: 1 },
  { name: "sma", window: 10 },
  { name: "rsi", window: 14 },
  { name: "atr", window: 14 },
  { name: "obv" },
];

function matrixOf(series: PriceSeries): Matrix {
  const data = barsOnly(series);
  return buildMatrix(matrixSpecOf(configOf({ cadence: "hourly" }), INDICATORS, "AAPL", dataSources(data)), data);
}
const featureOf = (matrix: Matrix, name: string): Float64Array =>
  matrix.features[matrix.info.features.findIndex((feature) => feature.name === name)]!;
const rowsOn = (matrix: Matrix, date: number): number[] =>
  [...matrix.sessionDate].flatMap((session, row) => (session === date ? [row] : []));

/** The bytes of every feature in the rows of a session. */
function bytesOn(matrix: Matrix, date: number): string[] {
  const rows = rowsOn(matrix, date);
  return matrix.features.map((column) => Buffer.from(Float64Array.from(rows, (row) => column[row]!).buffer).toString("hex"));
}
const closesOn = (bars: Bars, date: number): number[] => [...bars.close].filter((_, row) => sessionDateOf(bars.start[row]!) === date);

describeWithShared("the split of AAPL on 2014-06-09, seven for one", [HOURLY], () => {
  const sources = [
    ["the factors of the source", undefined],
    ["a list of actions", LATER],
  ] as const;

  it.each(sources)("shows in no return, by %s", (_, actions) => {
    const matrix = matrixOf(aapl("2014-07-01", actions));
    const returns = featureOf(matrix, "ret_1");
    const [first] = rowsOn(matrix, 20140609);
    // From 645.57 to 92.31, which is worth 646.17 old dollars.
    expect(returns[first!]).toBeCloseTo((92.31 * 7) / 645.57 - 1, 6);
    expect([...returns].filter((value) => value < -0.05)).toEqual([]);
    expect([...returns].filter((value) => value > 0.05)).toEqual([]);
    expect(returns.length).toBe(42 * 7);
  });

  it.each(sources)("changes no feature of 2014-06-06, by %s: they are the same bytes without what came later", (_, actions) => {
    const before = matrixOf(aapl("2014-06-07", actions));
    const known = matrixOf(aapl("2015-01-01", actions));
    expect(rowsOn(before, 20140606)).toHaveLength(7);
    expect(bytesOn(known, 20140606)).toEqual(bytesOn(before, 20140606));
    for (const column of known.features) expect(rowsOn(known, 20140606).filter((row) => Number.isNaN(column[row]!))).toEqual([]);
  });

  it("changes no feature whether a later dividend is known or not", () => {
    const without = matrixOf(aapl("2015-01-01", [SPLIT]));
    const known = matrixOf(aapl("2015-01-01", LATER));
    for (const date of [20140606, 20140609, 20140806]) expect(bytesOn(known, date)).toEqual(bytesOn(without, date));
    expect(bytesOn(known, 20140807)).not.toEqual(bytesOn(without, 20140807));
  });

  it("leaves raw prices as they were traded: strikes are raw", () => {
    for (const [, actions] of sources) {
      const { bars } = aapl("2014-07-01", actions);
      expect(closesOn(bars, 20140606)).toEqual([647.86, 647.52, 649.69, 649.74, 645.74, 648.43, 645.57]);
      expect(closesOn(bars, 20140609)[0]).toBe(92.31);
      const matrix = matrixOf({ bars, facts: { provider: "files", fingerprint: fingerprintOf(bars), stamps: [], simulation: null } });
      expect(rowsOn(matrix, 20140606).map((row) => matrix.close[row])).toEqual(closesOn(bars, 20140606));
    }
  });
});
