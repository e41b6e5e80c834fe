import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { INDICATORS } from "#lib/indicators/catalog.ts";
import { sliceBars } from "#lib/matrix/bars-window.ts";
import { buildMatrix } from "#lib/matrix/build-matrix.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import { barsOnly } from "#lib/matrix/matrix-data.ts";
import { barsOf, FACTS, randomSeries, specOf } from "./fixtures.ts";

const nan = Number.NaN;

const column = (matrix: Matrix, name: string): number[] => {
  const index = matrix.info.features.findIndex((feature) => feature.name === name);
  if (index < 0) throw new Error(`no column ${name}`);
  return Array.from(matrix.features[index]!);
};

describe("buildMatrix", () => {
  it("makes one row for each bar, decided at the bar's end", () => {
    const bars = barsOf({ close: [100, 102, 101, 105, 104, 107] });
    const matrix = buildMatrix(
      specOf({ features: { time: { day_of_week: true }, custom: { include: [], exclude: [] } } }),
      barsOnly({ bars, facts: FACTS }),
    );

    expect(matrix.rows).toBe(6);
    expect(matrix.info.features).toEqual([
      { name: "sma_3", indicator: "sma", version: 1, unit: "price" },
      { name: "ret_1", indicator: "ret", version: 1, unit: "ratio" },
      { name: "day_of_week", indicator: "day_of_week", version: 1, unit: "weekday" },
    ]);
    // 2018-01-02 was a Tuesday; its session ran 09:30 to 16:00 in New York, 14:30 to 21:00 UTC.
    expect(matrix.barStart[0]).toBe(Date.UTC(2018, 0, 2, 14, 30));
    expect(matrix.ts[0]).toBe(Date.UTC(2018, 0, 2, 21));
    expect(Array.from(matrix.sessionDate)).toEqual([20180102, 20180103, 20180104, 20180105, 20180108, 20180109]);
    expect(column(matrix, "day_of_week")).toEqual([1, 2, 3, 4, 0, 1]);
    expect(Array.from(matrix.hourEt)).toEqual([9, 9, 9, 9, 9, 9]);
    expect(column(matrix, "sma_3")).toEqual([
      nan,
      nan,
      ...[101, 102 + 2 / 3, 103 + 1 / 3, 105 + 1 / 3].map((value) => expect.closeTo(value, 12)),
    ]);
    expect(column(matrix, "ret_1")).toEqual([
      nan,
      ...[0.02, -1 / 102, 4 / 101, -1 / 105, 3 / 104].map((value) => expect.closeTo(value, 12)),
    ]);
    expect(Array.from(matrix.retFwd)).toEqual([101 / 100 - 1, 105 / 102 - 1, 104 / 101 - 1, 107 / 105 - 1, nan, nan]);
    expect(Array.from(matrix.y)).toEqual([1, 1, 1, 1, nan, nan]);
    expect(Array.from(matrix.t1)).toEqual([...Array.from(matrix.ts.subarray(2)), nan, nan]);
  });

  it("reads prices and volumes as of each row across a split", () => {
    // Two for one at the third bar; the vendor writes factors backwards: 0.5 before, 1 since.
    const bars = barsOf({
      close: [100, 102, 51, 52],
      open: [100, 101, 51, 51.5],
      high: [101, 102, 52, 53],
      low: [99, 100, 50, 51],
      volume: [1000, 1000, 2000, 2000],
      factor: [0.5, 0.5, 1, 1],
    });
    const entries = [
      { name: "sma", window: 2 },
      { name: "ret", window: 1 },
      { name: "obv" },
      { name: "dollar_volume", window: 2 },
      { name: "ease_of_movement", window: 1 },
    ];
    const matrix = buildMatrix(specOf({}, entries), barsOnly({ bars, facts: FACTS }));

    // Before the split the mean is in old dollars, after it in new ones: (51 + 51) / 2, not (102 + 51) / 2.
    expect(column(matrix, "sma_2")).toEqual([nan, 101, 51, 51.5]);
    expect(column(matrix, "ret_1")).toEqual([nan, expect.closeTo(0.02, 12), 0, expect.closeTo(1 / 51, 12)]);
    // 1000, then + 1000 on a rise; the third close is unchanged once adjusted, and one old share reads as two new ones.
    expect(column(matrix, "obv")).toEqual([1000, 2000, 4000, 6000]);
    // What was traded in money is the same on every scale.
    expect(column(matrix, "dollar_volume_2")).toEqual([nan, 101_000, 102_000, 103_000]);
    // Middle 100 to 101, range 2, 1000 shares; then in new dollars and shares 50.5 to 51, and 51 to 52, range 2, 2000 shares.
    expect(column(matrix, "ease_of_movement_1")).toEqual([nan, 200_000, 50_000, 100_000]);
    // 51/50 - 1 on the new scale: 100 old dollars are 50 new ones.
    expect(matrix.retFwd[0]).toBeCloseTo(0.02, 12);
    expect(matrix.retFwd[1]).toBeCloseTo(52 / 51 - 1, 12);
    expect(Array.from(matrix.close)).toEqual([100, 102, 51, 52]);
    expect(Array.from(matrix.factor)).toEqual([0.5, 0.5, 1, 1]);
  });

  it("does not change when a vendor rescales all factors after a later action", () => {
    const { bars, facts } = randomSeries({ bars: 300, actions: true });
    const spec = specOf(
      {},
      [...INDICATORS.keys()].map((name) => ({ name })),
    );
    const before = buildMatrix(spec, barsOnly({ bars, facts }));
    const after = buildMatrix(spec, barsOnly({ bars: { ...bars, factor: bars.factor.map((value) => value / 8) }, facts }));
    expect(after.features).toEqual(before.features);
    expect(after.retFwd).toEqual(before.retFwd);
  });

  it("warms indicators up on bars before the window and never reads those after it", () => {
    const { bars, facts } = randomSeries({ bars: 120 });
    const whole = buildMatrix(specOf(), barsOnly({ bars, facts }));
    const window = { start: "2018-03-01", end: "2018-04-02" };
    const matrix = buildMatrix(specOf({ window }), barsOnly({ bars, facts }));
    // March 2018 had 21 sessions; 40 came before it.
    expect(matrix.rows).toBe(21);
    expect(matrix.sessionDate[0]).toBe(20180301);
    expect(matrix.sessionDate[20]).toBe(20180329);
    expect(column(matrix, "sma_3")).toEqual(column(whole, "sma_3").slice(40, 61));
    expect(Array.from(matrix.y.subarray(0, 19))).toEqual(Array.from(whole.y.subarray(40, 59)));
    expect(Array.from(matrix.y.subarray(19))).toEqual([nan, nan]);
    const cut = buildMatrix(specOf({ window }), barsOnly({ bars: sliceBars(bars, 0, 61), facts }));
    expect(cut).toEqual(matrix);
  });

  it("keeps labels of intraday models inside their session", () => {
    const { bars, facts } = randomSeries({ bars: 21, cadence: "hourly" });
    const label = { kind: "next_bar_direction", entry: "next_open", band: { kind: "none" } } as const;
    const matrix = buildMatrix(specOf({ cadence: "hourly", horizon: "intraday", label }), barsOnly({ bars, facts }));
    // Seven bars a day: the last of each has no next bar inside the session.
    expect([6, 13, 20].map((row) => matrix.t1[row])).toEqual([nan, nan, nan]);
    expect(Array.from(matrix.t1).filter((end) => !Number.isNaN(end))).toHaveLength(18);
    expect(Array.from(matrix.hourEt.subarray(0, 7))).toEqual([9, 10, 11, 12, 13, 14, 15]);
  });

  it("refuses a window without bars, another symbol and a factor that is not positive", () => {
    const { bars, facts } = randomSeries({ bars: 30 });
    const series = { bars, facts };
    expect(() => buildMatrix(specOf({ window: { start: "2030-01-02", end: null } }), barsOnly(series))).toThrowError(
      expect.objectContaining({ code: "HISTORY_TOO_SHORT" }),
    );
    expect(() => buildMatrix(specOf(), barsOnly({ bars: { ...bars, symbol: "OTHER" }, facts }))).toThrowError(
      /symbol "TEST", the series has "OTHER"/,
    );
    expect(() => buildMatrix(specOf(), barsOnly({ bars, facts: { ...facts, fingerprint: "0".repeat(64) } }))).toThrowError(
      /asks for the bars data of TEST/,
    );
    const factor = bars.factor.slice();
    factor[4] = 0;
    expect(() => buildMatrix(specOf(), barsOnly({ bars: { ...bars, factor }, facts }))).toThrowError(
      expect.objectContaining({ code: "DATA_INVALID" }),
    );
  });

  it("gives rows that no later bar changes, whatever the series, cadence and cut", () => {
    const entries = [...INDICATORS.keys()].map((name) => ({ name }));
    const input = fc.record({
      seed: fc.nat(),
      bars: fc.integer({ min: 20, max: 400 }),
      cadence: fc.constantFrom("daily" as const, "hourly" as const),
      actions: fc.boolean(),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(input, ({ seed, bars: count, cadence, actions, share }) => {
        const { bars, facts } = randomSeries({ bars: count, seed, cadence, actions });
        const spec = specOf({ cadence, horizon: cadence === "daily" ? "swing" : "intraday" }, entries);
        const full = buildMatrix(spec, barsOnly({ bars, facts }));
        const kept = 1 + Math.floor(share * (count - 1));
        const cut = buildMatrix(spec, barsOnly({ bars: sliceBars(bars, 0, kept), facts }));
        expect(cut.features).toEqual(full.features.map((values) => values.subarray(0, kept)));
        const known = full.t1.findIndex((end) => end > full.ts[kept - 1]!);
        const settled = known < 0 ? kept : Math.min(known, kept);
        expect(cut.retFwd.subarray(0, settled)).toEqual(full.retFwd.subarray(0, settled));
      }),
      { numRuns: 40 },
    );
  });
});
