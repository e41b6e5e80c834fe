import { describe, expect, it } from "vitest";
import { evaluateOrders, evaluateVariant, selectOrders } from "#lib/backtest/evaluate-variant.ts";
import { randomEntries } from "#lib/backtest/robustness/random-entries.ts";
import { createRng } from "#lib/core/rng.ts";
import { contextOf, matrixOf, predictionsOf, randomBars, variantOf } from "../support.ts";

/** Hourly rows of six-bar sessions with some entries, and those of a daily series. */
function traded(barsPerSession: number, share: number, hold: number, seed: string) {
  const rows = 600;
  const rng = createRng(seed);
  const up = Array.from({ length: rows }, () => (rng.uniform() < share ? (rng.uniform() < 0.5 ? 0.9 : 0.1) : 0.5));
  const matrix = matrixOf(randomBars(rows, seed), { barsPerSession });
  const context = contextOf(matrix, predictionsOf(up, [[120, rows]]), { longestHoldBars: hold, sessionBound: barsPerSession > 1 });
  const params = variantOf({ threshold: 0.6, hold_bars: hold });
  const selected = selectOrders(context, params);
  return { context, params, selected, headline: evaluateVariant(context, params) };
}

describe("randomEntries", () => {
  it.each([
    ["daily, one bar", 1, 0.2, 1],
    ["daily, five bars", 1, 0.05, 5],
    ["daily, nearly always invested", 1, 0.9, 1],
    ["hourly", 6, 0.1, 1],
    ["hourly, two bars", 6, 0.1, 2],
  ])("keeps count, hours and sides: %s", (_, barsPerSession, share, hold) => {
    const { context, params, selected, headline } = traded(barsPerSession, share, hold, `keep ${share} ${hold}`);
    const draw = randomEntries(context, headline, selected)!;
    const rng = createRng("draws");
    const counts: number[] = [];
    for (let i = 0; i < 20; i++) {
      const { metrics, trades } = evaluateOrders(context, params, draw(rng));
      counts.push(metrics.trades);
      for (let k = 1; k < trades.count; k++) expect(trades.entryRow[k]!).toBeGreaterThan(trades.exitRow[k - 1]!);
      if (metrics.trades !== headline.metrics.trades) continue;
      expect(metrics.trades_by_hour).toEqual(headline.metrics.trades_by_hour);
      expect(metrics.trades_by_side).toEqual(headline.metrics.trades_by_side);
    }
    // An entry that lands before the first row or after the last decision is dropped: at most one at either end.
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(headline.metrics.trades - 2);
    expect(Math.max(...counts)).toBe(headline.metrics.trades);
  });

  it("puts entries on other days in each draw, the same ones for the same seed", () => {
    const { context, headline, selected } = traded(1, 0.1, 2, "days");
    const draw = randomEntries(context, headline, selected)!;
    const rows = (seed: number) => [...draw(createRng(seed)).orders.side].join("");
    expect(rows(1)).toBe(rows(1));
    expect(new Set([1, 2, 3, 4].map(rows)).size).toBe(4);
  });

  it("spreads entries evenly over the range", () => {
    const { context, headline, selected } = traded(1, 0.1, 1, "even");
    const draw = randomEntries(context, headline, selected)!;
    const rng = createRng("many");
    const halves = [0, 0];
    for (let i = 0; i < 200; i++) {
      const { side } = draw(rng).orders;
      for (let row = 120; row < 600; row++) if (side[row] !== 0) halves[row < 360 ? 0 : 1]!++;
    }
    expect(halves[0]! / (halves[0]! + halves[1]!)).toBeCloseTo(0.5, 1);
  });

  it("is null where nothing can be moved", () => {
    const { context, headline, selected } = traded(1, 0.004, 1, "few");
    expect(headline.metrics.trades).toBeLessThan(5);
    expect(randomEntries(context, headline, selected)).toBeNull();
  });
});
