import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateVariant, type VariantEvaluation } from "#lib/backtest/evaluate-variant.ts";
import { createScratch } from "#lib/backtest/evaluation-scratch.ts";
import { createRng } from "#lib/core/rng.ts";
import { contextOf, matrixOf, policyOf, predictionsOf, randomBars, variantOf } from "./support.ts";

const ROWS = 400;
const BLOCKS = [
  [120, 260],
  [260, 400],
] as const;
const LABEL = { kind: "forward_return", unit: "bars", task: "classify", entry: "next_open", horizon: 3, band: { kind: "none" } } as const;
const noise = (seed: string, n: number): number[] => {
  const rng = createRng(seed);
  return Array.from({ length: n }, () => 0.35 + 0.3 * rng.uniform());
};
const context = (long: boolean, short: boolean, byConfidence: boolean, rows = ROWS) =>
  contextOf(
    matrixOf(randomBars(rows, "bars"), { label: LABEL }),
    predictionsOf(noise("scores", rows), rows === ROWS ? BLOCKS : [[120, rows]], noise("slice", 100)),
    {
      longestHoldBars: 6,
      sides: { long, short },
      policy: policyOf({ size_by_conf: byConfidence, slippage_bps: 3, max_positions: 2 }),
    },
  );

/** What an evaluation says, its trades as plain values: the log may be longer than its trades. */
const said = ({ trades, ...rest }: VariantEvaluation) => ({
  ...rest,
  trades: Object.entries(trades).flatMap(([name, column]) =>
    ArrayBuffer.isView(column) ? [[name, [...(column as Float64Array).subarray(0, trades.count)]]] : [],
  ),
});

describe("createScratch", () => {
  const contexts = [context(true, true, true), context(true, true, false), context(true, false, true), context(true, true, true, 330)];

  it("gives what new memory gives, in any order of contexts and variants", () => {
    const one = fc.record({
      which: fc.nat(contexts.length - 1),
      threshold: fc.constantFrom(0.5, 0.52, 0.55, 0.64),
      hold: fc.integer({ min: 1, max: 6 }),
      top: fc.constantFrom(0.2, 0.6, 1),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 2, maxLength: 6 }), (list) => {
        const scratch = createScratch();
        for (const { which, threshold, hold, top } of list) {
          const params = variantOf({ threshold, hold_bars: hold, top_pct: top });
          expect(said(evaluateVariant(contexts[which]!, params, scratch))).toEqual(said(evaluateVariant(contexts[which]!, params)));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("keeps its memory: the next evaluation writes where the one before did", () => {
    const scratch = createScratch();
    const many = evaluateVariant(contexts[0]!, variantOf({ threshold: 0.5 }), scratch);
    const { buffer } = many.trades.pnl;
    const few = evaluateVariant(contexts[0]!, variantOf({ threshold: 0.6 }), scratch);
    expect(few.trades.pnl.buffer).toBe(buffer);
    expect(few.trades.count).toBeLessThan(evaluateVariant(contexts[0]!, variantOf({ threshold: 0.5 })).trades.count);
    expect(scratch.side(ROWS)).toBe(scratch.side(ROWS));
  });
});
