import { describe, expect, it } from "vitest";
import { evaluateVariant } from "#lib/backtest/evaluate-variant.ts";
import { capacityOf } from "#lib/backtest/robustness/capacity.ts";
import { createRng } from "#lib/core/rng.ts";
import { residualReturns } from "#lib/metrics/residual-returns.ts";
import { sharpeRatio } from "#lib/metrics/sharpe.ts";
import { contextOf, matrixOf, predictionsOf, randomBars, variantOf } from "../support.ts";

const ROWS = 500;
/** A forecaster that knows the next close with some noise, so that there is an edge to lose. */
function skilled(seed: string, noise = 0.02) {
  const matrix = matrixOf(randomBars(ROWS, seed));
  const rng = createRng(`${seed} noise`);
  const up = Array.from({ length: ROWS }, (_, row) => (matrix.retFwd[row]! + noise * rng.normal() > 0 ? 0.7 : 0.3));
  const context = contextOf(matrix, predictionsOf(up, [[100, ROWS]]));
  return { matrix, context, headline: evaluateVariant(context, variantOf({ threshold: 0.6 })) };
}

/** Net returns after impact at a capital, trade by trade from the law itself. */
function afterImpact({ context, headline }: ReturnType<typeof skilled>, capital: number): Float64Array {
  const { tape, range } = context;
  const net = headline.daily.slice();
  const { trades } = headline;
  for (let i = 0; i < trades.count; i++) {
    const row = trades.decisionRow[i]!;
    const share = trades.notional[i]! / trades.equity[i]!;
    const sigma = tape.volatility()[row]! / Math.sqrt(252);
    const impact = sigma * Math.sqrt((capital * share) / tape.dollarVolume()[row]!);
    for (const at of [trades.entryRow[i]!, trades.exitRow[i]!]) net[tape.session[at]! - tape.session[range.start]!]! -= share * impact;
  }
  return net;
}

describe("capacityOf", () => {
  it("names the capital at which the Sharpe ratio is half, and at which no residual return is left", () => {
    const run = skilled("capacity");
    const found = capacityOf(run.context, run.headline);
    expect(run.headline.metrics.sharpe!).toBeGreaterThan(1);
    expect(sharpeRatio(afterImpact(run, found.halfSharpe), 252)).toBeCloseTo(run.headline.metrics.sharpe! / 2, 9);
    const beta = run.headline.metrics.residual.beta!;
    const left = afterImpact(run, found.noAlpha);
    const mean = left.reduce((sum, value, i) => sum + value - beta * run.context.instrumentReturns[i]!, 0) / left.length;
    expect(mean).toBeCloseTo(0, 12);
    expect(residualReturns(left, run.context.instrumentReturns, true).alpha).toBeCloseTo(0, 4);
    expect(found.knownShare).toBe(1);
    // Raw closes near 100 times a million shares a day.
    expect(found.medianDollarVolume).toBeGreaterThan(5e7);
  });

  it("grows with the volume, in proportion", () => {
    const one = skilled("volume");
    const ten = { ...one.matrix, volume: one.matrix.volume.map((shares) => 10 * shares) };
    const context = contextOf(ten, one.context.input.predictions);
    const more = capacityOf(context, evaluateVariant(context, one.headline.params));
    const { halfSharpe, noAlpha } = capacityOf(one.context, one.headline);
    expect(more.halfSharpe / halfSharpe).toBeCloseTo(10, 6);
    expect(more.noAlpha / noAlpha).toBeCloseTo(10, 6);
  });

  it("is undefined without an edge, without trades and without volume, and says so", () => {
    const wrong = skilled("loses", 0);
    const against = wrong.context.input.predictions.map((prediction) => ({
      ...prediction,
      probabilities: [prediction.probabilities[1]!, prediction.probabilities[0]!],
    }));
    const losing = contextOf(wrong.matrix, against);
    const loses = capacityOf(losing, evaluateVariant(losing, wrong.headline.params));
    expect(loses).toMatchObject({ halfSharpe: Number.NaN, halfSharpeReason: "sharpe_not_above_0", noAlpha: Number.NaN });
    expect(capacityOf(wrong.context, evaluateVariant(wrong.context, variantOf({ threshold: 0.99 }))).noAlphaReason).toBe("no_trades");
    const quiet = contextOf({ ...wrong.matrix, volume: new Float64Array(ROWS) }, wrong.context.input.predictions);
    expect(capacityOf(quiet, evaluateVariant(quiet, wrong.headline.params))).toMatchObject({
      halfSharpeReason: "dollar_volume_unknown",
      knownShare: 0,
    });
  });
});
