import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { hourEtOf, sessionDateOf } from "#lib/core/time.ts";
import { FLOW_FIELDS } from "#lib/market-data/options/flow-fields.ts";
import { type FlowSource, flowFromTables } from "#lib/market-data/options/flow-from-tables.ts";
import { readCsvTable } from "#lib/market-data/source/csv-table.ts";
import { describeWithShared, sharedPath } from "../../../support/shared-data.ts";

const SOURCE: FlowSource = { underlying: "SPY", name: "flow.csv", cadence: "hourly", barLabel: "start" };
const HEADER = "session_date,hour_et,distance,calls_volume,puts_volume,calls_premium_usd,puts_premium_usd,prev_close";
const CELL = "2024-07-01,9,-2,10,20,1000,2500,544.5";

function read(rows: readonly string[], changes: Partial<FlowSource> & { header?: string } = {}) {
  const { header = HEADER, ...source } = changes;
  const table = readCsvTable([header, ...rows].join("\n"), FLOW_FIELDS, { name: "flow.csv" });
  return flowFromTables([table], { ...SOURCE, ...source });
}
const refusal = (issue: string) => expect.objectContaining({ code: "DATA_INVALID", message: expect.stringContaining(issue) });
const iso = (values: Float64Array): string[] => Array.from(values, (ms) => new Date(ms).toISOString().slice(0, 16));

describe("flowFromTables", () => {
  it("reads cells by date, hour and distance: hour 9 is 09:30, the strike is the rounded previous close and the distance", () => {
    // 544.5 rounds to the even 544.
    const { cells, notes, droppedRows } = read([CELL.replace(",9,", ",10,"), CELL.replace(",-2,", ",1,"), CELL]);
    expect(iso(cells.barStart)).toEqual(["2024-07-01T13:30", "2024-07-01T13:30", "2024-07-01T14:00"]);
    expect([...cells.strike]).toEqual([542, 545, 542]);
    expect(cells).toMatchObject({ underlying: "SPY", length: 3 });
    expect([cells.callVolume[0], cells.putVolume[0], cells.callPremium[0], cells.putPremium[0]]).toEqual([10, 20, 1000, 2500]);
    expect([cells.callSold[0], cells.putBought[0], cells.putSoldPremium[0]]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(notes).toEqual(["The source does not say who started a trade: flow counts all volume."]);
    expect(droppedRows).toBe(0);
  });

  it("reads cells by time and strike at any intraday cadence", () => {
    const header = "ts,strike,calls_volume,puts_volume";
    const { cells, notes } = read(["2024-07-01T09:35,545,1,2", "2024-07-01T09:30,545,3,4"], { header, cadence: "5m" });
    expect(iso(cells.barStart)).toEqual(["2024-07-01T13:30", "2024-07-01T13:35"]);
    expect([...cells.callVolume]).toEqual([3, 1]);
    expect(notes[0]).toBe("The source has no premium: it is unknown in every cell.");
  });

  it("keeps signed volume where the source has it", () => {
    const header =
      "ts,strike,calls_volume,puts_volume,calls_sold,puts_sold,calls_bought,puts_bought,calls_sold_premium_usd,puts_sold_premium_usd";
    const { cells } = read(["2024-07-01T10:00,545,10,20,4,8,6,12,400,900"], { header });
    expect([cells.callSold[0], cells.putSold[0], cells.callBought[0], cells.putBought[0]]).toEqual([4, 8, 6, 12]);
    expect([cells.callSoldPremium[0], cells.putSoldPremium[0]]).toEqual([400, 900]);
  });

  it("leaves hours outside the session out: before the open, and after the close of a half day", () => {
    const half = CELL.replace("2024-07-01", "2024-07-03");
    const { cells, notes, droppedRows } = read([
      CELL.replace(",9,", ",8,"),
      CELL.replace(",9,", ",16,"),
      half.replace(",9,", ",12,"),
      half.replace(",9,", ",13,"),
    ]);
    expect(iso(cells.barStart)).toEqual(["2024-07-03T16:00"]);
    expect([droppedRows, notes[0]]).toEqual([3, "3 rows outside regular trading hours were left out."]);
  });

  it.each<[string, string, string]>([
    [
      "a negative volume",
      CELL.replace(",10,", ",-10,"),
      'line 3, column "calls_volume": expected 0 or more, or an empty cell for unknown; found "-10"',
    ],
    [
      "two previous closes in a session",
      CELL.replace("544.5", "544.6"),
      'column "prev_close": expected one previous close in a session, found "544.5" and "544.6"',
    ],
    ["an hour that is none", CELL.replace(",9,", ",9.5,"), 'column "hour_et": expected a New York hour from 0 to 23, found "9.5"'],
    [
      "a holiday",
      CELL.replace("2024-07-01", "2024-07-04"),
      'column "session_date": expected a trading session, found "2024-07-04" (Independence Day)',
    ],
    ["a strike below 0", CELL.replace(",-2,", ",-600,"), 'column "distance": expected a strike above 0, found "-56"'],
    [
      "a cell twice",
      CELL,
      'line 3, column "distance": duplicated cell: strike 542 of the bar from "2024-07-01T13:30:00.000Z" is also at line 2',
    ],
  ])("refuses %s, with its place", (_, row, issue) => {
    expect(() => read([CELL, row])).toThrow(refusal(issue));
  });

  it("refuses cells without bar or strike, and hours that are to be of another cadence", () => {
    expect(() => read(["545,1,2"], { header: "strike,calls_volume,puts_volume" })).toThrow(
      refusal("found no columns for the bar (ts, or date and hour_et)"),
    );
    expect(() => read(["2024-07-01T10:00,1,2,3"], { header: "ts,distance,calls_volume,puts_volume" })).toThrow(
      refusal("found no columns for the strike (strike, or distance and prev_close)"),
    );
    expect(() => read([CELL], { cadence: "5m" })).toThrow(refusal('bars given by their hour are hourly; the document says "5m"'));
    expect(() => read([CELL.replace(",9,", ",8,")])).toThrow(refusal("found none in 1 rows"));
  });
});

const FLOW = "data/spy_0dte_flow_hourly_2024H1.csv";
const EXPECTED = "data/spy_0dte_flow_expected_2024H1.csv";

describeWithShared("flowFromTables on real flow", [FLOW, EXPECTED], () => {
  it("gives cells that sum to the expected totals of every hour, to 1e-9", () => {
    const table = readCsvTable(readFileSync(sharedPath(FLOW)), FLOW_FIELDS, { name: "flow.csv" });
    const { cells } = flowFromTables([table], SOURCE);
    expect(cells.length).toBe(13_020);
    const sums = new Map<string, number[]>();
    for (let i = 0; i < cells.length; i++) {
      const key = `${sessionDateOf(cells.barStart[i]!)} ${hourEtOf(cells.barStart[i]!)}`;
      const sum = sums.get(key) ?? [0, 0, 0, 0];
      sums.set(
        key,
        [cells.callVolume, cells.putVolume, cells.callPremium, cells.putPremium].map((column, k) => sum[k]! + column[i]!),
      );
    }
    const [header, ...lines] = readFileSync(sharedPath(EXPECTED), "utf8").trim().split("\n");
    const names = header!.split(",");
    expect(lines).toHaveLength(868);
    expect(sums.size).toBe(868);
    for (const line of lines) {
      const row = Object.fromEntries(line.split(",").map((cell, i) => [names[i]!, cell]));
      const found = sums.get(`${row["date"]!.replaceAll("-", "")} ${row["hour_et"]}`)!;
      for (const [k, name] of ["calls_sold_total", "puts_sold_total", "calls_premium_total", "puts_premium_total"].entries()) {
        const expected = Number(row[name]);
        expect(Math.abs(found[k]! - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
      }
    }
  });
});
