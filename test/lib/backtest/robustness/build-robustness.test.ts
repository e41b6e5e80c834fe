import { describe, expect, it } from "vitest";
import { evaluateVariant } from "#lib/backtest/evaluate-variant.ts";
import { buildRobustness, type RobustnessInput } from "#lib/backtest/robustness/build-robustness.ts";
import { RobustnessSchema } from "#lib/backtest/robustness/robustness.schema.ts";
import { canonicalJson } from "#lib/core/canonical-json.ts";
import { createRng } from "#lib/core/rng.ts";
import { contextOf, matrixOf, policyOf, predictionsOf, randomBars, variantOf } from "../support.ts";

const ROWS = 400;
const matrix = matrixOf(randomBars(ROWS, "robust"));

/** A forecaster that sees the next close through some noise; a wide noise is a guess. */
function questioned(noise: number, change: Partial<RobustnessInput> = {}, threshold = 0.6) {
  const rng = createRng(`noise ${noise}`);
  const up = Array.from({ length: ROWS }, (_, row) => (matrix.retFwd[row]! + noise * rng.normal() > 0 ? 0.7 : 0.3));
  const context = contextOf(matrix, predictionsOf(up, [[100, ROWS]]), { policy: policyOf({ slippage_bps: 2 }) });
  const headline = evaluateVariant(context, variantOf({ threshold }));
  return {
    headline,
    block: buildRobustness({
      level: "quick",
      context,
      headline,
      seed: 7,
      withoutRefits: "not_asked_for",
      seeds: null,
      permuted: null,
      ...change,
    }),
  };
}

const nullPaths = (value: unknown, path = ""): string[] => {
  if (value === null) return [path];
  if (typeof value !== "object") return [];
  return Object.entries(value as object).flatMap(([key, inner]) => nullPaths(inner, path === "" ? key : `${path}.${key}`));
};

describe("buildRobustness", () => {
  const skilled = questioned(0.01);

  it("makes the document of its schema, the same each time", () => {
    expect(RobustnessSchema.parse(skilled.block)).toEqual(skilled.block);
    expect(canonicalJson(questioned(0.01).block)).toBe(canonicalJson(skilled.block));
  });

  it("shows that an edge of one bar is gone a bar later, and that chance does not reach it", () => {
    const { block, headline } = skilled;
    expect(headline.metrics.residual.sharpe!).toBeGreaterThan(3);
    expect(block.costs_doubled.residual_sharpe!).toBeLessThan(headline.metrics.residual.sharpe!);
    expect(Math.abs(block.later_entry[0]!.residual_sharpe!)).toBeLessThan(2);
    expect(block.break_even.total_return_bps!).toBeGreaterThan(block.break_even.charged_bps);
    expect(block.random_entries.p_value).toBeCloseTo(1 / 201, 12);
    expect(block.random_entries.residual_sharpe.p95!).toBeLessThan(headline.metrics.residual.sharpe!);
    expect(block.capacity.half_sharpe_usd!).toBeLessThan(block.capacity.no_alpha_usd!);
  });

  it("gives a guess a p-value far from 0", () => {
    expect(questioned(10).block.random_entries.p_value!).toBeGreaterThan(0.05);
  });

  it("has a reason for every null and for nothing else, whatever the headline did", () => {
    for (const [noise, threshold] of [
      [0.01, 0.6],
      [10, 0.6],
      [0.01, 0.99],
    ] as const) {
      const { block } = questioned(noise, {}, threshold);
      const { undefined_reasons, ...rest } = block;
      expect(nullPaths(rest).sort()).toEqual(Object.keys(undefined_reasons).sort());
      expect(() => canonicalJson(block)).not.toThrow();
    }
    const idle = questioned(0.01, {}, 0.99).block;
    expect(idle.undefined_reasons).toMatchObject({
      "costs_doubled.sharpe": "trades_below_10",
      "random_entries.p_value": "trade_groups_below_5",
      "break_even.total_return_bps": "nothing_earned_without_costs",
      "capacity.no_alpha_usd": "no_trades",
      learner_seeds: "not_asked_for",
    });
  });

  it("sums other seeds and permuted labels up", () => {
    const [own, other, guess] = [0.01, 0.02, 10].map((noise) => questioned(noise).headline);
    const { learner_seeds, permuted_labels } = questioned(0.01, {
      level: "full",
      seeds: [
        { seed: 7, evaluation: own! },
        { seed: 8, evaluation: other! },
      ],
      permuted: { blockRows: 3, evaluations: [guess!, own!] },
    }).block;
    const ratios = [own, other].map((evaluation) => evaluation!.metrics.residual.sharpe!);
    expect(learner_seeds!.results.map(({ seed, residual_sharpe }) => [seed, residual_sharpe])).toEqual([
      [7, ratios[0]],
      [8, ratios[1]],
    ]);
    expect(learner_seeds!.residual_sharpe.mean).toBeCloseTo((ratios[0]! + ratios[1]!) / 2, 12);
    expect(learner_seeds!.residual_sharpe.sd).toBeCloseTo(Math.abs(ratios[0]! - ratios[1]!) / Math.SQRT2, 12);
    expect(permuted_labels).toMatchObject({ block_rows: 3, reached: 1 });
  });
});
