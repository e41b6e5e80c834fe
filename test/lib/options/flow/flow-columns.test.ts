import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { roundHalfEven } from "#lib/core/round-half-even.ts";
import { FLOW_VERSION } from "#lib/options/flow/flow-column.ts";
import { flowColumns } from "#lib/options/flow/flow-columns.ts";
import type { FlowOptions } from "#lib/options/flow/flow-options.ts";
import { planFlowColumns } from "#lib/options/flow/flow-plan.ts";
import { type CellRow, cellsOf } from "./cells.ts";

const HOUR = 3_600_000;
/** Row t's bar starts at t hours. */
const rowsOf = (previousClose: readonly number[], close: readonly number[] = previousClose) => ({
  length: previousClose.length,
  barStart: Float64Array.from(previousClose, (_, i) => i * HOUR),
  previousClose: Float64Array.from(previousClose),
  close: Float64Array.from(close),
});
const bar = (hour: number, strike: number, rest: Omit<CellRow, "start" | "strike"> = {}): CellRow => ({
  start: hour * HOUR,
  strike,
  ...rest,
});
const columnsOf = (
  rows: readonly CellRow[],
  previousClose: readonly number[],
  options: Partial<FlowOptions> = {},
  close?: readonly number[],
) => flowColumns(cellsOf(rows), rowsOf(previousClose, close), options);

const everything: Partial<FlowOptions> = { atm: true, ratioWindows: [1, 2] };

describe("flowColumns", () => {
  it("lays contracts and dollars out by distance from the rounded previous close", () => {
    const columns = columnsOf(
      [
        bar(0, 543, { puts: 8, putPremium: 400 }),
        bar(0, 544, { calls: 3, puts: 2 }),
        bar(0, 546, { calls: 5, callPremium: 120 }),
        bar(0, 552, { calls: 99 }),
      ],
      [544.22],
    );
    expect(columns.get("puts_sold_dm1")![0]).toBe(8);
    expect(columns.get("puts_premium_dm1")![0]).toBe(400);
    expect(columns.get("calls_sold_d0")![0]).toBe(3);
    expect(columns.get("calls_sold_d2")![0]).toBe(5);
    expect(columns.get("calls_premium_d2")![0]).toBe(120);
    // 552 is eight away: left out of the totals too.
    expect(columns.get("calls_sold_total")![0]).toBe(8);
    expect(columns.get("puts_sold_total")![0]).toBe(10);
    expect(columns.get("imbalance")![0]).toBe(-2);
    expect(columns.get("pc_ratio")![0]).toBeCloseTo(10.000001 / 8.000001, 12);
    expect(columns.get("dealer_sold_premium_imbalance")![0]).toBeCloseTo(280 / 520.000001, 12);
    expect(columns.get("mm_profit_dir_simple")![0]).toBe(1);
  });

  it("takes the even whole number when the close lies in the middle", () => {
    expect(columnsOf([bar(0, 544, { calls: 1 })], [544.5]).get("calls_sold_d0")![0]).toBe(1);
    expect(columnsOf([bar(0, 546, { calls: 1 })], [545.5]).get("calls_sold_d0")![0]).toBe(1);
  });

  it("tells nothing traded from nothing known", () => {
    const columns = columnsOf([bar(0, 544, { calls: 1 }), bar(2, 600, { calls: 4 })], [544, 544, 544, Number.NaN], everything);
    for (const { name } of planFlowColumns(everything)) {
      if (name.startsWith("divergence") || name.startsWith("sold_flow_ratio_")) continue;
      const [first, second, third, fourth] = columns.get(name)!;
      expect(first, name).not.toBeNaN();
      // A bar without a cell; then one whose cells are all far away; then one without an anchor.
      expect(second, name).toBeNaN();
      expect(third, name).not.toBeNaN();
      expect(fourth, name).toBeNaN();
    }
    expect(columns.get("calls_sold_d1")![0]).toBe(0);
    expect(columns.get("calls_sold_total")![2]).toBe(0);
  });

  it("looks at the anchor alone for the columns at the money", () => {
    const columns = columnsOf([bar(0, 544, { calls: 4, puts: 1 }), bar(0, 545, { calls: 100 })], [544.1], everything);
    expect(columns.get("atm_calls")![0]).toBe(4);
    expect(columns.get("atm_puts")![0]).toBe(1);
    expect(columns.get("atm_imbalance")![0]).toBe(3);
    expect(columns.get("atm_pc_ratio")![0]).toBeCloseTo(1.000001 / 4.000001, 12);
  });

  it("averages the ratio over trailing bars, unknown while one of them is", () => {
    const rows = [bar(0, 544, { calls: 1, puts: 2 }), bar(1, 544, { calls: 1, puts: 4 }), bar(3, 544, { calls: 1, puts: 1 })];
    const columns = columnsOf(rows, [544, 544, 544, 544], { ratioWindows: [1, 2] });
    expect(columns.get("sold_flow_ratio")).toEqual(columns.get("pc_ratio"));
    const [first, second, third, fourth] = columns.get("sold_flow_ratio_2")!;
    expect([first, third, fourth]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(second).toBeCloseTo(3, 5);
  });

  it("scores divergence by the bar's return against the direction", () => {
    const rows = [0, 1, 2, 3].map((hour) => bar(hour, 544, hour === 3 ? { calls: 1, puts: 1 } : { calls: 1, puts: 5 }));
    const columns = columnsOf(rows, [544, 544, 544, 544], {}, [10, 11, 10.5, 10.5]);
    expect([...columns.get("mm_profit_dir_simple")!]).toEqual([1, 1, 1, 0]);
    expect([...columns.get("divergence_score")!]).toEqual([Number.NaN, -1, 1, 0]);
    expect([...columnsOf(rows, [544, 544, 544, 544], {}, [10, 10, 9, Number.NaN]).get("divergence_score")!]).toEqual([
      Number.NaN,
      0,
      1,
      Number.NaN,
    ]);
  });

  it("counts in steps where strikes are further apart", () => {
    const rows = [bar(0, 5005, { calls: 1 }), bar(0, 5010, { calls: 2 }), bar(0, 5012, { calls: 50 }), bar(0, 5015, { calls: 4 })];
    const columns = columnsOf(rows, [5011], { strikeStep: 5, distanceMax: 1 });
    expect([...planFlowColumns({ strikeStep: 5, distanceMax: 1 })].filter(({ name }) => name.startsWith("calls_sold_d"))).toHaveLength(3);
    expect([columns.get("calls_sold_dm1")![0], columns.get("calls_sold_d0")![0], columns.get("calls_sold_d1")![0]]).toEqual([1, 2, 4]);
    expect(columns.get("calls_sold_total")![0]).toBe(7);
  });

  it("counts what sellers started when asked to, and knows nothing when too little is signed", () => {
    const signed = [
      bar(0, 544, { calls: 10, callSold: 6, callBought: 1, callSoldPremium: 60 }),
      bar(1, 544, { calls: 10, callSold: 5 }),
      bar(2, 544, { calls: 10, callSold: 6 }),
    ];
    const inferred = (minClassifiedShare?: number) =>
      flowColumns(cellsOf(signed, true), rowsOf([544, 544, 544]), {
        flowSide: "inferred",
        ...(minClassifiedShare === undefined ? {} : { minClassifiedShare }),
      });
    expect([...inferred().get("calls_sold_d0")!]).toEqual([6, Number.NaN, 6]);
    expect(inferred().get("calls_premium_total")![0]).toBe(60);
    expect([...inferred(0.5).get("calls_sold_d0")!]).toEqual([6, 5, 6]);
    expect([
      ...columnsOf(
        signed.map(({ start, strike, calls }) => bar(start / HOUR, strike, { calls: calls! })),
        [544, 544, 544],
        { flowSide: "inferred" },
      ).get("calls_sold_d0")!,
    ]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  it("gives the groups that are asked for, in the order of the plan", () => {
    const none = { perDistance: false, totals: false, ratios: false, atm: false, mmProfitDirSimple: false, divergenceScore: false };
    const names = (options: Partial<FlowOptions>) => [...columnsOf([], [544], { ...none, ...options }).keys()];
    expect(names({})).toEqual([]);
    expect(names({ totals: true })).toEqual(["calls_sold_total", "puts_sold_total", "calls_premium_total", "puts_premium_total"]);
    expect(names({ ratios: true, ratioWindows: [3] })).toEqual([
      "pc_ratio",
      "imbalance",
      "dealer_sold_premium_imbalance",
      "sold_flow_ratio_3",
    ]);
    expect(names({ atm: true })).toEqual(["atm_calls", "atm_puts", "atm_pc_ratio", "atm_imbalance"]);
    expect(names({ mmProfitDirSimple: true, divergenceScore: true })).toEqual(["mm_profit_dir_simple", "divergence_score"]);
    expect(names({ perDistance: true, distanceMax: 1 })).toEqual(
      ["dm1", "d0", "d1"].flatMap((d) => [`calls_sold_${d}`, `puts_sold_${d}`, `calls_premium_${d}`, `puts_premium_${d}`]),
    );
    expect([...columnsOf([], [544], everything).keys()]).toEqual(planFlowColumns(everything).map(({ name }) => name));
  });

  it.each([
    { distanceMax: -1 },
    { distanceMax: 1.5 },
    { strikeStep: 0 },
    { strikeStep: Number.NaN },
    { minClassifiedShare: 1.1 },
    { ratioWindows: [0] },
    { ratioWindows: [2, 2] },
  ])("refuses %j", (options) => {
    expect(() => columnsOf([], [544], options)).toThrowError(expect.objectContaining({ code: "INVALID_PARAM" }));
  });

  it("refuses bars that do not ascend", () => {
    const rows = { ...rowsOf([544, 544]), barStart: Float64Array.of(HOUR, HOUR) };
    expect(() => flowColumns(cellsOf([]), rows)).toThrowError(expect.objectContaining({ code: "DATA_INVALID" }));
  });

  const cell = fc.record({ hour: fc.nat(9), strike: fc.integer({ min: 535, max: 555 }), calls: fc.nat(50), puts: fc.nat(50) });
  const cellRows = fc
    .uniqueArray(cell, { selector: ({ hour, strike }) => hour * 1000 + strike, maxLength: 60 })
    .map((cells) =>
      cells.toSorted((a, b) => a.hour - b.hour || a.strike - b.strike).map(({ hour, strike, ...rest }) => bar(hour, strike, rest)),
    );
  const closes = fc.array(fc.double({ min: 540, max: 550, noNaN: true }), { minLength: 10, maxLength: 10 });

  it("never changes a row when later cells, bars and closes change", () => {
    fc.assert(
      fc.property(cellRows, cellRows, closes, closes, fc.nat(9), (cells, others, close, other, last) => {
        const mixed = [...cells.filter(({ start }) => start <= last * HOUR), ...others.filter(({ start }) => start > last * HOUR)];
        const mixedClose = close.map((value, i) => (i <= last ? value : other[i]!));
        const before = columnsOf(cells, close, everything, close);
        const after = columnsOf(mixed, mixedClose, everything, mixedClose);
        for (const [name, column] of before) expect([...after.get(name)!.slice(0, last + 1)], name).toEqual([...column.slice(0, last + 1)]);
      }),
    );
  });

  it("always has totals that are the sums of its distances", () => {
    fc.assert(
      fc.property(cellRows, closes, (cells, close) => {
        const columns = columnsOf(cells, close, everything);
        for (const side of ["calls_sold", "puts_sold"]) {
          const parts = [...columns].filter(([name]) => name.startsWith(`${side}_d`)).map(([, column]) => column);
          expect(parts).toHaveLength(15);
          for (let row = 0; row < close.length; row++) {
            expect(columns.get(`${side}_total`)![row]).toBe(parts.reduce((sum, column) => sum + column[row]!, 0));
          }
        }
      }),
    );
  });
});

describe("planFlowColumns", () => {
  it("says unit, version and meaning of every column", () => {
    const plan = planFlowColumns(everything);
    expect(plan).toHaveLength(15 * 4 + 4 + 5 + 4 + 2);
    expect(new Set(plan.map(({ name }) => name)).size).toBe(plan.length);
    for (const { name, unit, version, doc } of plan) {
      expect(version).toBe(FLOW_VERSION);
      expect(doc).not.toBe("");
      if (name.includes("premium") && !name.startsWith("dealer")) expect(unit, name).toBe("usd");
      else if (/^(calls|puts)_sold|^atm_(calls|puts)$|imbalance$/.test(name) && !name.startsWith("dealer"))
        expect(unit, name).toBe("contracts");
    }
    const unitOf = (name: string) => plan.find((column) => column.name === name)!.unit;
    expect(["pc_ratio", "dealer_sold_premium_imbalance", "sold_flow_ratio_2"].map(unitOf)).toEqual(["ratio", "ratio", "ratio"]);
    expect(["mm_profit_dir_simple", "divergence_score"].map(unitOf)).toEqual(["index", "index"]);
    expect(plan.find(({ name }) => name === "puts_sold_dm2")!.doc).toBe("Puts traded in the bar, 2 steps below the anchor");
    expect(planFlowColumns({ flowSide: "inferred" })[0]!.doc).toBe("Calls that sellers started in the bar, 7 steps below the anchor");
  });
});

describe("roundHalfEven", () => {
  it("rounds halves to the even neighbour", () => {
    expect([0.5, 1.5, 2.5, -0.5, -1.5, 544.4999, 544.5001, 7].map((value) => roundHalfEven(value) + 0)).toEqual([
      0, 2, 2, 0, -2, 544, 545, 7,
    ]);
    expect(roundHalfEven(Number.NaN)).toBeNaN();
  });
});
