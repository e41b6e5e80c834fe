import { describe, expect, it } from "vitest";
import type { OptionBars } from "#lib/core/option-data.ts";
import { flowCellsFromBars, flowCellsFromTape, mergeFlowCells } from "#lib/options/flow/flow-cells.ts";
import { signTrades } from "#lib/options/signing/sign-trades.ts";
import { TEN, tapeOf, workedTape } from "../signing/tape-rows.ts";

const at = (clock: string, date = "2024-07-01") => Date.parse(`${date}T${clock}:00-04:00`);

type BarRow = readonly [start: number, right: 1 | -1, strike: number, volume: number, vwap: number];

function barsOf(rows: readonly BarRow[], sessionDate = 20240701, expiry = sessionDate): OptionBars {
  const of = (value: (row: BarRow) => number) => Float64Array.from(rows, value);
  const price = of(([, , , , vwap]) => vwap);
  return {
    underlying: "SPY",
    sessionDate,
    expiry,
    length: rows.length,
    start: of(([start]) => start),
    strike: of(([, , strike]) => strike),
    right: Int8Array.from(rows, ([, right]) => right),
    open: price,
    high: price,
    low: price,
    close: price,
    vwap: price,
    volume: of(([, , , volume]) => volume),
  };
}

const invalid = expect.objectContaining({ code: "DATA_INVALID" });

describe("flowCellsFromBars", () => {
  const rows: readonly BarRow[] = [
    [at("09:30"), 1, 545, 10, 0.5],
    [at("09:30"), -1, 543, 3, 1],
    [at("09:59"), 1, 544, 5, 1.2],
    [at("09:59"), 1, 545, 2, 0.4],
    [at("10:00"), 1, 545, 7, 0.25],
    [at("15:59"), -1, 544, 1, 0.01],
  ];

  it("sums contracts and dollars by bar and strike", () => {
    const cells = flowCellsFromBars(barsOf(rows), "hourly");
    expect([...cells.barStart]).toEqual([at("09:30"), at("09:30"), at("09:30"), at("10:00"), at("15:00")]);
    expect([...cells.strike]).toEqual([543, 544, 545, 545, 544]);
    expect([...cells.callVolume]).toEqual([0, 5, 12, 7, 0]);
    expect([...cells.putVolume]).toEqual([3, 0, 0, 0, 1]);
    // 10 x 0.50 x 100 + 2 x 0.40 x 100
    expect([...cells.callPremium]).toEqual([0, 600, 580, 175, 0]);
    expect([...cells.putPremium]).toEqual([300, 0, 0, 0, 1]);
  });

  it("does not know who bought and who sold", () => {
    const cells = flowCellsFromBars(barsOf(rows), "hourly");
    for (const name of ["callBought", "callSold", "putBought", "putSold", "callBoughtPremium", "callSoldPremium"] as const) {
      expect([...cells[name]].every(Number.isNaN)).toBe(true);
    }
  });

  it("follows the cadence: one bar a day, or one a minute", () => {
    const daily = flowCellsFromBars(barsOf(rows), "daily");
    expect([...new Set(daily.barStart)]).toEqual([at("09:30")]);
    expect([...daily.callVolume]).toEqual([0, 5, 19]);
    expect(flowCellsFromBars(barsOf(rows), "1m").length).toBe(6);
  });

  it("leaves out what trades after the close, 13:00 on a half day", () => {
    expect(flowCellsFromBars(barsOf([[at("16:05"), 1, 544, 1, 1]]), "hourly").length).toBe(0);
    const halfDay = barsOf(
      [
        [at("12:59", "2024-07-03"), 1, 544, 1, 1],
        [at("13:01", "2024-07-03"), 1, 544, 1, 1],
      ],
      20240703,
    );
    expect([...flowCellsFromBars(halfDay, "hourly").callVolume]).toEqual([1]);
  });

  it("adds nothing for a bar without volume, and makes a sum with an unknown part unknown", () => {
    const cells = flowCellsFromBars(
      barsOf([
        [at("10:00"), 1, 544, 0, Number.NaN],
        [at("10:01"), 1, 545, 2, Number.NaN],
        [at("10:02"), -1, 546, Number.NaN, 1],
      ]),
      "hourly",
    );
    expect([...cells.strike]).toEqual([545, 546]);
    expect([...cells.callVolume]).toEqual([2, 0]);
    expect([...cells.callPremium]).toEqual([Number.NaN, 0]);
    expect([...cells.putVolume]).toEqual([0, Number.NaN]);
  });

  it("refuses another expiry, another day, and bars that do not ascend", () => {
    expect(() => flowCellsFromBars(barsOf(rows, 20240701, 20240702), "hourly")).toThrowError(invalid);
    expect(() => flowCellsFromBars(barsOf(rows, 20240702), "hourly")).toThrowError(invalid);
    expect(() => flowCellsFromBars(barsOf(rows.toReversed()), "hourly")).toThrowError(invalid);
    expect(() => flowCellsFromBars(barsOf([[Number.NaN, 1, 544, 1, 1]]), "hourly")).toThrowError(invalid);
    expect(() => flowCellsFromBars(barsOf([], 20240704), "hourly")).toThrowError(expect.objectContaining({ code: "INVALID_PARAM" }));
  });
});

describe("flowCellsFromTape", () => {
  it("sums the worked tape by who started each trade", () => {
    const tape = workedTape();
    const cells = flowCellsFromTape(tape, signTrades(tape).sides, "hourly");
    // The cell of the bar before holds the tick test's earlier trade.
    expect([...cells.barStart]).toEqual([at("09:30"), TEN, TEN, TEN, TEN, TEN]);
    expect([...cells.strike]).toEqual([500, 498, 499, 500, 501, 502]);
    expect([...cells.callVolume]).toEqual([1, 0, 0, 10, 15, 20]);
    expect([...cells.callSold]).toEqual([0, 0, 0, 10, 10, 20]);
    expect([...cells.callBought]).toEqual([0, 0, 0, 0, 5, 0]);
    expect([...cells.putSold]).toEqual([0, 30, 8, 0, 0, 0]);
    expect([...cells.putBought]).toEqual([0, 0, 12, 9, 0, 0]);
    // 4 x 1.62 x 100 + 6 x 1.60 x 100
    expect(cells.callSoldPremium[3]).toBeCloseTo(1608, 9);
    expect(cells.putBoughtPremium[2]).toBeCloseTo(1188, 9);
    expect(cells.putSoldPremium[1]).toBeCloseTo(1500, 9);
    expect(cells.callBoughtPremium[4]).toBeCloseTo(570, 9);
    expect(cells.putPremium[2]).toBeCloseTo(1948, 9);
  });

  it("counts a trade without a side as volume only", () => {
    const tape = tapeOf([[1, 500]], [{ at: 0, contract: 0, price: 2, size: 3, kind: "complex" }], []);
    const cells = flowCellsFromTape(tape, Int8Array.of(0), "hourly");
    expect([cells.callVolume[0], cells.callPremium[0], cells.callBought[0], cells.callSold[0]]).toEqual([3, 600, 0, 0]);
  });

  it("refuses sides that are not one for each trade", () => {
    expect(() => flowCellsFromTape(workedTape(), new Int8Array(3), "hourly")).toThrowError(invalid);
  });
});

describe("mergeFlowCells", () => {
  const monday = flowCellsFromBars(barsOf([[at("10:00"), 1, 544, 1, 1]]), "hourly");
  const tuesday = flowCellsFromBars(barsOf([[at("10:00", "2024-07-02"), -1, 545, 2, 1]], 20240702), "hourly");

  it("joins sessions in time", () => {
    const cells = mergeFlowCells([monday, flowCellsFromBars(barsOf([]), "hourly"), tuesday]);
    expect(cells.length).toBe(2);
    expect([...cells.strike]).toEqual([544, 545]);
    expect([...cells.callVolume]).toEqual([1, 0]);
    expect([...cells.putPremium]).toEqual([0, 200]);
  });

  it("refuses sessions that descend, overlap or are of another underlying, and an empty list", () => {
    expect(() => mergeFlowCells([tuesday, monday])).toThrowError(invalid);
    expect(() => mergeFlowCells([monday, monday])).toThrowError(invalid);
    expect(() => mergeFlowCells([monday, { ...tuesday, underlying: "QQQ" }])).toThrowError(invalid);
    expect(() => mergeFlowCells([])).toThrowError(invalid);
  });
});
