import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { FlowCells, OptionBars } from "#lib/core/option-data.ts";
import { roundHalfEven } from "#lib/core/round-half-even.ts";
import { barStartsOf } from "#lib/core/session.ts";
import { newYorkWallToUtc, parseDate } from "#lib/core/time.ts";
import { flowCellsFromBars, mergeFlowCells } from "#lib/options/flow/flow-cells.ts";
import { flowColumns } from "#lib/options/flow/flow-columns.ts";
import { describeWithShared, sharedPath } from "../../../support/shared-data.ts";

type Row = Readonly<Record<string, string>>;

function readRows(file: string): readonly Row[] {
  const [head, ...lines] = readFileSync(sharedPath("data", file), "utf8").trim().split(/\r?\n/);
  const names = head!.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((text, i) => [names[i]!, text])));
}

/** Start of an hour's bar: hour 9 starts at 09:30. */
function hourStart(date: string, hour: number): number {
  const [year, month, day] = date.split("-").map(Number) as [number, number, number];
  return newYorkWallToUtc(year, month, day, hour, hour === 9 ? 30 : 0);
}

const closeTo = (found: number | undefined, expected: number) =>
  expect(Math.abs(found! - expected), `${found} against ${expected}`).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));

const FLOW = "spy_0dte_flow_hourly_2024H1.csv";
const EXPECTED = "spy_0dte_flow_expected_2024H1.csv";

describeWithShared("flowColumns against half a year of SPY", [`data/${FLOW}`, `data/${EXPECTED}`], () => {
  const flow = readRows(FLOW);
  const expected = readRows(EXPECTED);
  const of = (value: (row: Row) => number) => Float64Array.from(flow, value);
  const nothing = new Float64Array(flow.length).fill(Number.NaN);
  const cells: FlowCells = {
    underlying: "SPY",
    length: flow.length,
    barStart: of((row) => hourStart(row["session_date"]!, Number(row["hour_et"]))),
    strike: of((row) => roundHalfEven(Number(row["prev_close"])) + Number(row["distance"])),
    callVolume: of((row) => Number(row["calls_volume"])),
    putVolume: of((row) => Number(row["puts_volume"])),
    callPremium: of((row) => Number(row["calls_premium_usd"])),
    putPremium: of((row) => Number(row["puts_premium_usd"])),
    callBought: nothing,
    callSold: nothing,
    putBought: nothing,
    putSold: nothing,
    callBoughtPremium: nothing,
    callSoldPremium: nothing,
    putBoughtPremium: nothing,
    putSoldPremium: nothing,
  };
  const previousClose = new Map(flow.map((row) => [row["session_date"]!, Number(row["prev_close"])]));
  const rows = {
    length: expected.length,
    barStart: Float64Array.from(expected, (row) => hourStart(row["date"]!, Number(row["hour_et"]))),
    previousClose: Float64Array.from(expected, (row) => previousClose.get(row["date"]!)!),
    close: new Float64Array(expected.length).fill(100),
  };

  it("agrees with all 868 rows of the expected totals and ratios", () => {
    const columns = flowColumns(cells, rows);
    const names = Object.keys(expected[0]!).filter((name) => !["date", "hour_et", "day_of_week"].includes(name));
    expect(names).toHaveLength(7);
    expect(expected).toHaveLength(868);
    expected.forEach((row, i) => {
      for (const name of names) closeTo(columns.get(name)![i], Number(row[name]));
    });
  });

  it("gives back every cell by distance", () => {
    const columns = flowColumns(cells, rows);
    const rowOf = new Map([...rows.barStart].map((start, row) => [start, row]));
    expect(flow).toHaveLength(13_020);
    flow.forEach((cell, i) => {
      const row = rowOf.get(cells.barStart[i]!)!;
      const distance = Number(cell["distance"]);
      const name = distance < 0 ? `dm${-distance}` : `d${distance}`;
      expect(columns.get(`calls_sold_${name}`)![row]).toBe(Number(cell["calls_volume"]));
      expect(columns.get(`puts_sold_${name}`)![row]).toBe(Number(cell["puts_volume"]));
      expect(columns.get(`calls_premium_${name}`)![row]).toBe(Number(cell["calls_premium_usd"]));
      expect(columns.get(`puts_premium_${name}`)![row]).toBe(Number(cell["puts_premium_usd"]));
    });
  });
});

const MINUTES = "spy_0dte_option_minute_bars_2024-07-01_02.csv";
const FROM_MINUTES = "spy_0dte_flow_from_minute_bars_2024-07-01_02.csv";

describeWithShared("flowCellsFromBars against two days of SPY's minute bars", [`data/${MINUTES}`, `data/${FROM_MINUTES}`], () => {
  const minutes = readRows(MINUTES);
  const expected = readRows(FROM_MINUTES);

  /** The day's bars, ordered by start. */
  function barsOf(date: string): OptionBars {
    const day = minutes
      .filter((row) => row["timestamp"]!.startsWith(date))
      .toSorted((a, b) => (a["timestamp"]! < b["timestamp"]! ? -1 : 1));
    const of = (value: (row: Row) => number) => Float64Array.from(day, value);
    return {
      underlying: "SPY",
      sessionDate: parseDate(date),
      expiry: parseDate(date),
      length: day.length,
      start: of((row) => Date.parse(row["timestamp"]!)),
      strike: of((row) => Number(row["contract"]!.slice(-8)) / 1000),
      right: Int8Array.from(day, (row) => (row["contract"]!.at(-9) === "C" ? 1 : -1)),
      open: of((row) => Number(row["open"])),
      high: of((row) => Number(row["high"])),
      low: of((row) => Number(row["low"])),
      close: of((row) => Number(row["close"])),
      vwap: of((row) => Number(row["vwap"])),
      volume: of((row) => Number(row["volume"])),
    };
  }

  it("sums to every cell of the hourly flow", () => {
    const cells = mergeFlowCells(["2024-07-01", "2024-07-02"].map((date) => flowCellsFromBars(barsOf(date), "hourly")));
    const previous = new Map(expected.map((row) => [parseDate(row["session_date"]!), Number(row["prev_close"])]));
    const starts = [20240701, 20240702].flatMap((date) => barStartsOf(date, "hourly").map((start) => ({ date, start })));
    const columns = flowColumns(cells, {
      length: starts.length,
      barStart: Float64Array.from(starts, ({ start }) => start),
      previousClose: Float64Array.from(starts, ({ date }) => previous.get(date)!),
      close: new Float64Array(starts.length),
    });
    expect(expected).toHaveLength(210);
    for (const row of expected) {
      const at = starts.findIndex(({ start }) => start === hourStart(row["session_date"]!, Number(row["hour_et"])));
      const distance = Number(row["distance"]);
      const name = distance < 0 ? `dm${-distance}` : `d${distance}`;
      const found = (column: string) => columns.get(`${column}_${name}`)![at]!;
      expect(found("calls_sold")).toBe(Number(row["calls_volume"]));
      expect(found("puts_sold")).toBe(Number(row["puts_volume"]));
      // The file's premiums are rounded to cents.
      expect(Math.round(found("calls_premium") * 100) / 100).toBe(Number(row["calls_premium_usd"]));
      expect(Math.round(found("puts_premium") * 100) / 100).toBe(Number(row["puts_premium_usd"]));
    }
  });
});
