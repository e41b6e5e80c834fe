import { describe, expect, it } from "vitest";
import { combinatorialFolds } from "#lib/backtest/combinatorial-folds.ts";
import { evaluatePaths, preparePaths } from "#lib/backtest/evaluate-paths.ts";
import { evaluateVariant, prepareEvaluation } from "#lib/backtest/evaluate-variant.ts";
import { type FoldPrediction, testBlocksOf } from "#lib/backtest/fold-prediction.ts";
import { pooledScores } from "#lib/backtest/pooled-scores.ts";
import { createRng } from "#lib/core/rng.ts";
import { inputOf, matrixOf, predictionsOf, randomBars, variantOf } from "./support.ts";

const ROWS = 420;
const LABEL = { kind: "forward_return", unit: "bars", task: "classify", entry: "next_open", horizon: 3, band: { kind: "none" } } as const;
const matrix = matrixOf(randomBars(ROWS, "paths"), { label: LABEL });
const noise = (seed: string, n: number): Float64Array => {
  const rng = createRng(seed);
  return Float64Array.from({ length: n }, () => 0.35 + 0.3 * rng.uniform());
};

/** Six groups, two tested: each split has opinions of its own. */
function combinatorial(opinion: (split: number) => Float64Array = (split) => noise(`split-${split}`, ROWS)): FoldPrediction[] {
  return combinatorialFolds(matrix, 6, 2, 3).map((fold) => {
    const own = opinion(fold.index);
    const up = Float64Array.from(testBlocksOf(fold).flatMap(({ start, end }) => [...own.slice(start, end)]));
    const reference = noise(`slice-${fold.index}`, 100);
    const [shape] = predictionsOf(own, [[0, ROWS]]);
    return {
      ...shape!,
      fold: fold.index,
      testStart: fold.testStart,
      testEnd: fold.testEnd,
      ...(fold.blocks === undefined ? {} : { blocks: fold.blocks }),
      probabilities: [up.map((p) => 1 - p), up],
      slice: [reference.map((p) => 1 - p), reference],
    };
  });
}
const prepare = (predictions = combinatorial()) => preparePaths(inputOf(matrix, predictions, { longestHoldBars: 6 }));

describe("evaluatePaths", () => {
  const prepared = prepare();
  const found = evaluatePaths(prepared, variantOf({ threshold: 0.52 }));

  it("evaluates complete histories over the same sessions", () => {
    expect(prepared.contexts).toHaveLength(5);
    for (const { sessionDates, instrumentReturns, foldStarts, range } of prepared.contexts) {
      expect(sessionDates).toEqual(matrix.sessionDate);
      expect(instrumentReturns).toEqual(prepared.contexts[0]!.instrumentReturns);
      expect([...foldStarts]).toEqual([0, 70, 140, 210, 280, 350]);
      expect(range).toEqual({ start: 0, end: ROWS });
    }
  });

  it("lets the median path stand for the variant, beside the spread over all", () => {
    const single = prepared.contexts.map((context) => evaluateVariant(context, variantOf({ threshold: 0.52 })));
    const ratios = single.map(({ metrics }) => metrics.residual.sharpe!);
    const sorted = ratios.toSorted((a, b) => a - b);
    expect(new Set(ratios).size).toBe(5);
    expect(found.evaluation.metrics.residual.sharpe).toBe(sorted[2]);
    expect(ratios[found.path]).toBe(sorted[2]);
    expect(found.spread).toMatchObject({
      paths: 5,
      shown: found.path,
      residual_sharpe: { min: sorted[0], median: sorted[2], max: sorted[4], known: 5 },
    });
    expect(found.results.map(({ residual_sharpe }) => residual_sharpe)).toEqual(ratios);
  });

  it("counts no trade twice: the path's trades do not overlap and add up to its return", () => {
    const { trades, daily } = found.evaluation;
    for (let i = 1; i < trades.count; i++) expect(trades.entryMs[i]!).toBeGreaterThanOrEqual(trades.exitMs[i - 1]!);
    const pnl = trades.pnl.slice(0, trades.count).reduce((sum, value) => sum + value, 0);
    expect(daily.reduce((equity, value) => equity * (1 + value), 1)).toBeCloseTo(1 + pnl, 9);
  });

  it("lets a position cross a block's edge, and counts it to the block that opened it", () => {
    const { trades } = found.evaluation;
    const edges = [70, 140, 210, 280, 350];
    let crossing = 0;
    for (let i = 0; i < trades.count; i++) {
      expect(trades.fold[i]).toBe(Math.floor(trades.decisionRow[i]! / 70));
      if (edges.some((edge) => trades.decisionRow[i]! < edge && trades.exitRow[i]! >= edge)) crossing++;
    }
    expect(crossing).toBeGreaterThan(0);
  });

  it("cuts the top share by the block's own past and its split's slice, never by another block", () => {
    const before = prepared.contexts.map((context) => context.sheet("probability").cuts(0.3));
    // Every opinion changes but those on rows 210 to 249, in the middle of group 3.
    const changed = prepare(
      combinatorial((split) => {
        const [own, other] = [noise(`split-${split}`, ROWS), noise(`other-${split}`, ROWS)];
        return own.map((value, row) => (row >= 210 && row < 250 ? value : other[row]!));
      }),
    );
    for (const [path, context] of changed.contexts.entries()) {
      const after = context.sheet("probability").cuts(0.3);
      expect(after.slice(210, 251)).toEqual(before[path]!.slice(210, 251));
      expect(after.slice(270, 420)).not.toEqual(before[path]!.slice(270, 420));
    }
  });

  it("scores each row once a path", () => {
    const labelled = matrix.y.filter((value) => !Number.isNaN(value)).length;
    const scores = pooledScores(prepared.predictions, matrix.y);
    expect(scores.rows).toBe(5 * labelled);
    expect(scores.folds).toHaveLength(5 * 6);
  });

  it("is the plain evaluation where there is one path", () => {
    const walkForward = predictionsOf(noise("plain", ROWS), [
      [120, 260],
      [260, ROWS],
    ]);
    const input = inputOf(matrix, walkForward, { longestHoldBars: 6 });
    const one = evaluatePaths(preparePaths(input), variantOf({ threshold: 0.5 }));
    const plain = evaluateVariant(prepareEvaluation(input), variantOf({ threshold: 0.5 }));
    expect(one).toMatchObject({ path: 0, spread: null, results: [] });
    expect([one.evaluation.metrics, one.evaluation.digest]).toEqual([plain.metrics, plain.digest]);
  });
});
