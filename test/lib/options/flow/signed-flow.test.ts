import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import { barEndOf, barStartsOf } from "#lib/core/session.ts";
import type { DealerRows } from "#lib/options/flow/dealer-columns.ts";
import { createSameBarScore, divergenceScore, priceDeviation } from "#lib/options/flow/divergence.ts";
import { flowCellsFromTape } from "#lib/options/flow/flow-cells.ts";
import { signedFlowColumns } from "#lib/options/flow/signed-flow-columns.ts";
import { planSignedFlowColumns } from "#lib/options/flow/signed-flow-plan.ts";
import type { SignedFlowOptions } from "#lib/options/flow/signed-options.ts";
import { distinctStrikes, nearestStrike, stepsBetween, strikeStepOf } from "#lib/options/flow/strike-grid.ts";
import { signTrades } from "#lib/options/signing/sign-trades.ts";
import { TEN, tapeOf, workedTape } from "../signing/tape-rows.ts";
import { type CellRow, cellsOf } from "./cells.ts";

type RowChange = Partial<Record<"spotAtStart" | "spot" | "sessionOpen" | "years" | "volatility" | "straddle", number>>;

/** Hourly rows of these sessions; SPY at 500.30 with the market of the check values. */
function rowsOf(dates: readonly number[], change: RowChange = {}): DealerRows {
  const bars = dates.flatMap((date) => barStartsOf(date, "hourly").map((start) => ({ date, start })));
  const same = (value: number) => new Float64Array(bars.length).fill(value);
  return {
    length: bars.length,
    barStart: Float64Array.from(bars, ({ start }) => start),
    barEnd: Float64Array.from(bars, ({ start }) => barEndOf(start, "hourly")),
    sessionDate: Float64Array.from(bars, ({ date }) => date),
    spotAtStart: same(change.spotAtStart ?? 500.3),
    spot: same(change.spot ?? 500.3),
    sessionOpen: same(change.sessionOpen ?? 500),
    years: same(change.years ?? 2 / (252 * 6.5)),
    volatility: same(change.volatility ?? 0.15),
    straddle: same(change.straddle ?? 3.095),
    rate: same(0.05),
    dividendYield: same(0),
  };
}
/** Row of 10:00. */
const AT_TEN = 1;
const listed = new Map([[20240701, Float64Array.of(490, 495, 497, 498, 499, 500, 501, 502, 503, 504, 505, 510)]]);

describe("signedFlowColumns on the worked tape", () => {
  const tape = workedTape();
  const cells = flowCellsFromTape(tape, signTrades(tape).sides, "hourly");
  const options: Partial<SignedFlowOptions> = { atm: true, distanceMax: 3 };
  const columns = signedFlowColumns(cells, rowsOf([20240701]), listed, options);
  const at = (name: string) => columns.get(name)![AT_TEN]!;

  it("gives the contracts of statistics.md, flow 2", () => {
    expect(["calls_sold_d0", "calls_sold_d1", "calls_sold_d2", "calls_bought_d1"].map((name) => at(`${name}_signed`))).toEqual([
      10, 10, 20, 5,
    ]);
    expect(["puts_sold_d1", "puts_sold_d2", "puts_bought_d0", "puts_bought_d1"].map((name) => at(`${name}_signed`))).toEqual([
      8, 30, 9, 12,
    ]);
    expect(["calls_sold_d3", "calls_bought_d0", "puts_sold_d0"].map((name) => at(`${name}_signed`))).toEqual([0, 0, 0]);
    expect(["calls_sold", "calls_bought", "puts_sold", "puts_bought"].map((name) => at(`${name}_total_signed`))).toEqual([40, 5, 38, 21]);
    expect([at("atm_calls_sold_signed"), at("atm_puts_sold_signed")]).toEqual([20, 8]);
  });

  it("gives its ratios", () => {
    expect(at("sold_flow_ratio_signed")).toBeCloseTo(0.0256410256, 10);
    expect(at("sold_ratio_signed")).toBeCloseTo(40 / 78, 12);
    expect(at("call_sell_share_signed")).toBeCloseTo(0.8888888889, 10);
    expect(at("put_sell_share_signed")).toBeCloseTo(0.6440677966, 10);
    expect(at("flow_imbalance_signed")).toBeCloseTo(-0.1730769231, 10);
    expect(at("flow_classified_share")).toBe(1);
  });

  it("gives the dealer check values of flow 3", () => {
    expect(at("mm_inv_gamma_signed")).toBeCloseTo(1_478_319.98, 2);
    expect(at("mm_inv_delta_signed")).toBeCloseTo(1246.514, 3);
    // Up -806.75, down -4,299.75 on 9,258 of premium: more than a tenth.
    expect(at("mm_profit_dir_simple_signed")).toBe(1);
    // The same difference with moves of a hundredth: below a tenth.
    const quiet = signedFlowColumns(cells, rowsOf([20240701], { straddle: 0.03 }), listed, options);
    expect(quiet.get("mm_profit_dir_simple_signed")![AT_TEN]).toBe(0);
  });

  it("gives greeks that are the slopes of the book's delta", () => {
    const delta = (change: RowChange) => signedFlowColumns(cells, rowsOf([20240701], change), listed).get("mm_inv_delta_signed")![AT_TEN]!;
    const years = 2 / (252 * 6.5);
    expect(at("mm_inv_gamma_signed") / (500.3 * 500.3 * 0.01)).toBeCloseTo(
      (delta({ spot: 500.301 }) - delta({ spot: 500.299 })) / 0.002,
      1,
    );
    expect(at("mm_inv_vanna_signed")).toBeCloseTo((delta({ volatility: 0.1501 }) - delta({ volatility: 0.1499 })) / 0.02, 2);
    const hour = 1 / 8760;
    const charm = (delta({ years: years - 0.001 * hour }) - delta({ years: years + 0.001 * hour })) / 0.002;
    expect(at("mm_inv_charm_signed") / charm).toBeCloseTo(1, 4);
  });

  it("keeps the book after the bar, and knows nothing before the first trade", () => {
    // The hour before has one trade without a side: nothing of it is signed.
    expect(columns.get("flow_classified_share")![0]).toBe(0);
    for (const name of ["mm_inv_gamma_signed", "mm_profit_dir_simple_signed"]) {
      expect(columns.get(name)![0], name).toBeNaN();
      expect(columns.get(name)![2], name).toBe(at(name));
    }
    expect(columns.get("calls_sold_d0_signed")![0]).toBeNaN();
    expect(columns.get("calls_sold_d0_signed")![2]).toBeNaN();
    const empty = signedFlowColumns(cellsOf([], true), rowsOf([20240701]), listed, options);
    for (const [name, column] of empty) expect([...column].every(Number.isNaN), name).toBe(true);
  });
});

describe("signedFlowColumns", () => {
  const cell = (strike: number, rest: Omit<CellRow, "start" | "strike">, start = TEN): CellRow => ({ start, strike, ...rest });
  const traded = cell(500, { calls: 100, callSold: 60, callBought: 20, puts: 20 });
  const at = (rows: readonly CellRow[], name: string, options: Partial<SignedFlowOptions> = {}, change: RowChange = {}) =>
    signedFlowColumns(cellsOf(rows, true), rowsOf([20240701], change), listed, options).get(name)![AT_TEN];

  it("tells a listed strike without trades from one that is not listed", () => {
    expect(at([traded], "calls_sold_d5_signed")).toBe(0);
    expect(at([traded], "calls_sold_d6_signed")).toBeNaN();
    expect(at([traded], "calls_sold_total_signed")).toBe(60);
  });

  it("moves its distances with the spot at the bar's start, and takes the upper of two strikes as near", () => {
    expect(at([traded], "calls_sold_d0_signed", {}, { spotAtStart: 499.5 })).toBe(60);
    expect(at([traded], "calls_sold_d1_signed", {}, { spotAtStart: 499.49 })).toBe(60);
  });

  it("takes the strikes that have traded so far where nobody knows what was listed, and never a later one", () => {
    const near = [cell(499, { puts: 9, putSold: 9 }), traded, cell(501, { calls: 7, callSold: 7 })];
    const later = cell(503, { calls: 5, callSold: 5 }, TEN + 3_600_000);
    const of = (rows: readonly CellRow[], name: string) => signedFlowColumns(cellsOf(rows, true), rowsOf([20240701]), null).get(name)!;
    for (const rows of [near, [...near, later]]) {
      expect(of(rows, "calls_sold_d1_signed")[AT_TEN]).toBe(7);
      expect(of(rows, "calls_sold_d3_signed")[AT_TEN]).toBeNaN();
      expect(of(rows, "calls_sold_total_signed")[AT_TEN]).toBe(67);
    }
    const both = [...near, later];
    expect(of(both, "calls_sold_d3_signed")[AT_TEN + 1]).toBe(5);
    // Traded before, but not in this bar.
    expect(of(both, "calls_sold_d1_signed")[AT_TEN + 1]).toBe(0);
  });

  it("counts strikes in the money only when asked to", () => {
    const rows = [cell(499, { calls: 4, callSold: 4 }), traded];
    expect(at(rows, "calls_sold_total_signed")).toBe(60);
    expect(at(rows, "calls_sold_total_signed", { inTheMoney: true })).toBe(64);
    expect(at(rows, "calls_sold_dm1_signed", { inTheMoney: true })).toBe(4);
  });

  it("knows nothing when too little is signed, no strikes are listed or the spot is unknown", () => {
    const rows = [cell(500, { calls: 100, callSold: 59 })];
    expect(at(rows, "calls_sold_d0_signed")).toBeNaN();
    expect(at(rows, "mm_inv_delta_signed")).toBeNaN();
    expect(at(rows, "flow_classified_share")).toBeCloseTo(0.59, 12);
    expect(at(rows, "calls_sold_d0_signed", { minClassifiedShare: 0.5 })).toBe(59);
    expect(at([traded], "calls_sold_d0_signed", {}, { spotAtStart: Number.NaN })).toBeNaN();
    const unlisted = signedFlowColumns(cellsOf([traded], true), rowsOf([20240701]), new Map());
    expect(unlisted.get("calls_sold_total_signed")![AT_TEN]).toBeNaN();
    const bars = signedFlowColumns(cellsOf([cell(500, { calls: 5 })]), rowsOf([20240701]), listed);
    expect(bars.get("flow_classified_share")![AT_TEN]).toBeNaN();
    expect(bars.get("mm_inv_gamma_signed")![AT_TEN]).toBeNaN();
  });

  it("wants enough contracts for the sold ratio, and contracts at all for the others", () => {
    expect(at([traded], "sold_ratio_signed")).toBe(1);
    expect(at([traded], "sold_ratio_signed", { minVolume: 61 })).toBeNaN();
    expect(at([traded], "put_sell_share_signed")).toBeNaN();
    expect(at([traded], "sold_flow_ratio_signed")).toBe(1);
  });

  it("starts every session with an empty book", () => {
    const next = Date.parse("2024-07-02T10:00:00-04:00");
    const rows = [traded, cell(500, { calls: 10, callBought: 10 }, next)];
    const columns = signedFlowColumns(cellsOf(rows, true), rowsOf([20240701, 20240702]), listed);
    const delta = columns.get("mm_inv_delta_signed")!;
    // A call's delta is .53: long 40 calls on the first day, short 10 on the second.
    expect(delta[AT_TEN]! / delta[7 + AT_TEN]!).toBeCloseTo(-4, 9);
    expect(delta[7]).toBeNaN();
  });

  it("takes cells of bars that are no rows into the book", () => {
    const all = rowsOf([20240701]);
    const afternoon = Object.fromEntries(
      Object.entries(all).map(([name, column]) => [name, name === "length" ? 3 : (column as Float64Array).slice(4)]),
    );
    const columns = signedFlowColumns(cellsOf([traded], true), afternoon as unknown as DealerRows, listed);
    expect(columns.get("mm_inv_delta_signed")![0]).toBeGreaterThan(0);
  });

  it.each([{ distanceMax: 51 }, { minVolume: -1 }, { minClassifiedShare: Number.NaN }])("refuses %j", (options) => {
    expect(() => at([traded], "flow_classified_share", options)).toThrowError(expect.objectContaining({ code: "INVALID_PARAM" }));
  });

  it("scores divergence once twenty sessions have shown what is usual", () => {
    const dates = NYSE.sessionsBetween(20240603, 20240705);
    expect(dates).toHaveLength(22);
    const imbalances = dates.map((_, i) => (i * 7) % 11);
    const rows = dates.map((date, i) =>
      cell(500, { calls: 20, callBought: 10 + imbalances[i]! / 2, callSold: 10 - imbalances[i]! / 2 }, barStartsOf(date, "hourly")[0]!),
    );
    const market = rowsOf(dates);
    const score = signedFlowColumns(cellsOf(rows, true), market, listed).get("divergence_score_signed")!;
    const firstBars = dates.map((date) => market.sessionDate.indexOf(date));
    expect(firstBars.slice(0, 20).every((row) => Number.isNaN(score[row]!))).toBe(true);
    // One strike, calls only: the imbalance is (bought - sold) / 20, whatever the delta.
    const past = imbalances.slice(0, 20).map((value) => value / 20);
    const mean = past.reduce((sum, value) => sum + value, 0) / 20;
    const deviation = Math.sqrt(past.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 19);
    const flowZ = (imbalances[20]! / 20 - mean) / deviation;
    // Half an hour after the open: 0.06 % up.
    const priceZ = 0.0006 / (0.15 * Math.sqrt(30 / 525_600));
    expect(score[firstBars[20]!]).toBeCloseTo((Math.tanh(flowZ) - Math.tanh(priceZ)) / 2, 10);
  });

  const contracts = fc.record({ callBought: fc.nat(20), callSold: fc.nat(20), putBought: fc.nat(20), putSold: fc.nat(20) });
  const cellRows = fc
    .array(fc.record({ bar: fc.nat(6), strike: fc.integer({ min: 497, max: 504 }), contracts }), { maxLength: 30 })
    .map((rows) =>
      rows
        .toSorted((a, b) => a.bar - b.bar || a.strike - b.strike)
        .filter((row, i, all) => i === 0 || row.bar !== all[i - 1]!.bar || row.strike !== all[i - 1]!.strike)
        .map(({ bar, strike, contracts: { callBought, callSold, putBought, putSold } }) =>
          cell(
            strike,
            { callBought, callSold, putBought, putSold, calls: callBought + callSold + 1, puts: putBought + putSold },
            barStartsOf(20240701, "hourly")[bar]!,
          ),
        ),
    );

  it("never changes a row when later cells change", () => {
    const starts = barStartsOf(20240701, "hourly");
    fc.assert(
      fc.property(cellRows, cellRows, fc.nat(6), (rows, others, last) => {
        const mixed = [...rows.filter(({ start }) => start <= starts[last]!), ...others.filter(({ start }) => start > starts[last]!)];
        const options = { atm: true, inTheMoney: true };
        const before = signedFlowColumns(cellsOf(rows, true), rowsOf([20240701]), listed, options);
        const after = signedFlowColumns(cellsOf(mixed, true), rowsOf([20240701]), listed, options);
        for (const [name, column] of before) expect([...after.get(name)!.slice(0, last + 1)], name).toEqual([...column.slice(0, last + 1)]);
      }),
    );
  });
});

describe("planSignedFlowColumns", () => {
  it("names units, and every name says that it is signed", () => {
    const plan = planSignedFlowColumns({ atm: true, inTheMoney: true, distanceMax: 2 });
    expect(plan).toHaveLength(1 + 5 * 4 + 4 + 5 + 2 + 6);
    expect(plan.slice(1).every(({ name }) => name.endsWith("_signed"))).toBe(true);
    expect(plan.find(({ name }) => name === "puts_sold_dm2_signed")).toMatchObject({
      unit: "contracts",
      doc: "Puts that sellers started, 2 strikes in the money",
    });
    expect(plan.find(({ name }) => name === "mm_inv_gamma_signed")!.unit).toBe("usd");
    expect(planSignedFlowColumns({ perDistance: false, totals: false, ratios: false, dealer: false }).map(({ name }) => name)).toEqual([
      "flow_classified_share",
    ]);
  });
});

describe("strikeStepOf, nearestStrike, stepsBetween, distinctStrikes", () => {
  it("find the grid of a chain", () => {
    const chain = distinctStrikes(Float64Array.of(505, 480, 500, 501, 502, 500, 503, 530, 535));
    expect([...chain]).toEqual([480, 500, 501, 502, 503, 505, 530, 535]);
    // Gaps within 2 %: 1, 1, 1, 2.
    expect(strikeStepOf(chain, 500)).toBe(1);
    // An even number of gaps: the mean of 2.5 and 5.
    expect(strikeStepOf(Float64Array.of(500, 505, 507.5), 500)).toBe(3.75);
    expect(strikeStepOf(Float64Array.of(500), 500)).toBeNaN();
    expect(nearestStrike(chain, 500.5)).toBe(501);
    expect(nearestStrike(chain, 500.49)).toBe(500);
    expect(nearestStrike(chain, 900)).toBe(535);
    expect(nearestStrike(chain, Number.NaN)).toBeNaN();
    expect(nearestStrike(new Float64Array(), 500)).toBeNaN();
    expect(stepsBetween(5000, 4985, 5)).toBe(-3);
  });
});

describe("divergenceScore, priceDeviation, createSameBarScore", () => {
  it("gives the check value", () => {
    expect(divergenceScore(1.2, -0.5)).toBeCloseTo(0.6478858821, 10);
  });

  it("measures a return by what the volatility expects of the time passed", () => {
    expect(priceDeviation(101, 100, 0.2, 525_600)).toBeCloseTo(0.05, 12);
    expect(priceDeviation(101, 100, 0.2, 525_600 / 4)).toBeCloseTo(0.1, 12);
  });

  it("compares with the same bar only, and not with itself", () => {
    const score = createSameBarScore();
    for (let day = 0; day < 20; day++) {
      expect(score.next(0, day % 2)).toBeNaN();
      expect(score.next(30, 5)).toBeNaN();
    }
    // The last twenty: ten ones and ten zeros; then 0.5 takes the place of the first zero.
    expect(score.next(0, 0.5)).toBe(0);
    expect(score.next(0, Number.NaN)).toBeNaN();
    expect(score.next(0, 1)).toBeCloseTo(0.475 / Math.sqrt(4.7375 / 19), 12);
    // Always the same: nothing is usual about a change.
    expect(score.next(30, 6)).toBeNaN();
  });
});

describe("tape without sides", () => {
  it("gives no signed column a value", () => {
    const tape = tapeOf([[1, 500]], [{ at: 0, contract: 0, price: 1 }], []);
    const cells = flowCellsFromTape(tape, signTrades(tape).sides, "hourly");
    const columns = signedFlowColumns(cells, rowsOf([20240701]), listed);
    expect(columns.get("flow_classified_share")![AT_TEN]).toBe(0);
    expect(columns.get("calls_sold_total_signed")![AT_TEN]).toBeNaN();
  });
});
