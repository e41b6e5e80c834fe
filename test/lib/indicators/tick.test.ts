import { describe, expect, it } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import type { UnderlyingTape } from "#lib/core/option-data.ts";
import { createIndicatorInputs } from "#lib/indicators/inputs.ts";
import { computePlan, planIndicators } from "#lib/indicators/plan.ts";
import type { IndicatorEntry } from "#lib/indicators/resolve.ts";
import { tradeSides } from "#lib/indicators/tick/trade-sides.ts";

const OPEN = NYSE.openOf(20240708);
const MINUTE = 60_000;

type Quote = readonly [at: number, bid: number, ask: number, bidSize: number, askSize: number];
type Trade = readonly [at: number, price: number, size: number];

/** Times in seconds after the open. */
function tapeOf(quotes: readonly Quote[], trades: readonly Trade[]): UnderlyingTape {
  const column = <T extends readonly number[]>(rows: readonly T[], k: number): Float64Array => Float64Array.from(rows, (row) => row[k]!);
  const times = (rows: readonly (readonly number[])[]): Float64Array => Float64Array.from(rows, (row) => OPEN + 1000 * row[0]!);
  return {
    symbol: "SPY",
    trades: { length: trades.length, ts: times(trades), price: column(trades, 1), size: column(trades, 2) },
    quotes: {
      length: quotes.length,
      ts: times(quotes),
      bid: column(quotes, 1),
      ask: column(quotes, 2),
      bidSize: column(quotes, 3),
      askSize: column(quotes, 4),
    },
  };
}

/** Minute bars from the open on; prices on twice the raw scale when asked. */
function minutes(count: number, tape: UnderlyingTape | null, entry: IndicatorEntry, scale = 1): number[] {
  const flat = new Float64Array(count).fill(100);
  const inputs = createIndicatorInputs({
    length: count,
    open: flat,
    high: flat,
    low: flat,
    close: flat,
    volume: flat,
    sessionDate: flat.map(() => 20240708),
    barStart: flat.map((_, i) => OPEN + i * MINUTE),
    barEnd: flat.map((_, i) => OPEN + (i + 1) * MINUTE),
    scale: flat.map(() => scale),
    barsPerYear: 390 * 252,
    tape,
  });
  return [...computePlan(planIndicators([entry]), inputs)[0]!];
}

describe("quote_imbalance and microprice", () => {
  const quotes: Quote[] = [
    [10, 99.9, 100.1, 100, 700],
    [50, 100, 100.2, 600, 200],
    [60, 90, 110, 1, 1],
    [130, 100.3, 100.2, 5, 5],
    [200, 100, 100.1, 0, 0],
    [250, 100, 100.1, 0, 400],
  ];

  it("read the last quote before the bar's end: one at the end itself belongs to the next bar", () => {
    expect(minutes(5, tapeOf(quotes, []), { name: "quote_imbalance" })).toEqual([0.5, 0, Number.NaN, Number.NaN, -1]);
    const price = minutes(2, tapeOf(quotes, []), { name: "microprice" });
    // 100 x 200 + 100.2 x 600, over 800.
    expect(price[0]).toBeCloseTo(100.15, 10);
    expect(price[1]).toBe(100);
  });

  it("are on the scale of the bars, and unknown without a tape", () => {
    expect(minutes(1, tapeOf(quotes, []), { name: "microprice" }, 2)[0]).toBeCloseTo(200.3, 10);
    expect(minutes(2, null, { name: "microprice" })).toEqual([Number.NaN, Number.NaN]);
  });
});

describe("tradeSides", () => {
  const sides = (quotes: readonly Quote[], trades: readonly Trade[]): number[] => [...tradeSides(tapeOf(quotes, trades))];
  const quote: Quote = [0, 100, 100.02, 1, 1];

  it("is a buyer's above the middle, a seller's below", () => {
    expect(
      sides(
        [quote],
        [
          [1, 100.02, 1],
          [2, 100, 1],
          [3, 100.03, 1],
        ],
      ),
    ).toEqual([1, -1, 1]);
  });

  it("follows the last other price at the middle, whatever the rounding of the middle", () => {
    const half: Quote = [0, 100.01, 100.02, 1, 1];
    expect(
      sides(
        [half],
        [
          [1, 100.01, 1],
          [2, 100.015, 1],
          [3, 100.015, 1],
        ],
      ),
    ).toEqual([-1, 1, 1]);
  });

  it("does not read a quote of the trade's own moment, an old one, or a crossed one", () => {
    expect(sides([[1, 100, 100.02, 1, 1]], [[1, 100.02, 1]])).toEqual([0]);
    expect(sides([quote], [[6, 100.02, 1]])).toEqual([0]);
    expect(
      sides(
        [[0, 100.02, 100, 1, 1]],
        [
          [1, 100.02, 1],
          [2, 100.03, 1],
        ],
      ),
    ).toEqual([0, 1]);
  });

  it("forgets other prices after a minute", () => {
    expect(
      sides(
        [],
        [
          [0, 100, 1],
          [30, 101, 1],
          [59, 101, 1],
          [62, 101, 1],
        ],
      ),
    ).toEqual([0, 1, 1, 0]);
  });
});

describe("vpin", () => {
  const quotes: Quote[] = [0, 60, 120].map((at): Quote => [at, 100, 100.02, 1, 1]);

  it("is the mean imbalance of full buckets, also of one trade that fills several", () => {
    // Buckets of 100: 60 bought + 40 sold; then 60 of the sold 110 and 40 bought; then 260 bought fill 60 + 100 + 100.
    const trades: Trade[] = [
      [1, 100.02, 60],
      [2, 100, 100],
      [61, 100.02, 40],
      [121, 100.02, 60],
      [122, 100.02, 190],
    ];
    const found = minutes(3, tapeOf(quotes, trades), { name: "vpin", bucket: 100, window: 2 });
    // Minute 1: |60 - 40| and 60 sold left. Minute 2: |-60 + 40|. Minute 3: 60 + 40 bought, then 100 bought; 50 left.
    expect(found).toEqual([Number.NaN, (20 + 20) / 200, (100 + 100) / 200]);
  });

  it("counts a side that is not known for half each, and drops what is not full when the session ends", () => {
    expect(minutes(1, tapeOf([], [[1, 100, 250]]), { name: "vpin", bucket: 100, window: 2 })).toEqual([0]);
  });

  it("is unknown before the first trade", () => {
    expect(minutes(2, tapeOf(quotes, [[62, 100.02, 500]]), { name: "vpin", bucket: 100, window: 2 })).toEqual([Number.NaN, 1]);
  });
});
