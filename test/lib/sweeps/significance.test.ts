import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "#lib/core/rng.ts";
import { cscv } from "#lib/metrics/cscv.ts";
import { moments } from "#lib/metrics/moments.ts";
import { residualReturns } from "#lib/metrics/residual-returns.ts";
import { SignificanceSchema } from "#lib/metrics/significance.schema.ts";
import { emptyLedger } from "#lib/sweeps/ledger.ts";
import { collectSignificance, createMeanCorrelation, type SignificanceInput } from "#lib/sweeps/significance.ts";

const meanCorrelation = (series: readonly Float64Array[]): number => {
  const correlation = createMeanCorrelation(series[0]?.length ?? 0);
  for (const values of series) correlation.add(values, moments(values));
  return correlation.mean();
};

const usual = { variants: 12, sessions: 1000, edge: 0, skilled: Number.POSITIVE_INFINITY, shared: 0, seed: "sweep" };

/** Noisy variants on a drifting market; the first ones have an edge. */
function sweep(options: Partial<typeof usual> = {}): SignificanceInput {
  const { variants, sessions, edge, skilled, shared, seed } = { ...usual, ...options };
  const rng = createRng(seed);
  const normal = () => Float64Array.from({ length: sessions }, () => rng.normal());
  const instrumentReturns = normal().map((value) => 0.0004 + 0.01 * value);
  const common = normal();
  const list = Array.from({ length: variants }, (_, v) => {
    const own = normal();
    const dailyReturns = instrumentReturns.map(
      (x, i) => 0.5 * x + (v < skilled ? edge : 0) + 0.005 * (Math.sqrt(shared) * common[i]! + Math.sqrt(1 - shared) * own[i]!),
    );
    return { variant_id: `v${v}`, dailyReturns };
  });
  return { variants: list, instrumentReturns, directional: true, sessionsPerYear: 252, ledger: emptyLedger("lineage") };
}

describe("collectSignificance", () => {
  it("counts variants with equal returns once and points to the first", () => {
    const input = sweep({ variants: 11 });
    const copy = { variant_id: "copy", dailyReturns: input.variants[3]!.dailyReturns.slice() };
    const found = collectSignificance({ ...input, variants: [...input.variants, copy] });
    expect(found.distinct).toBe(11);
    expect(found.variants[11]).toMatchObject({ variant_id: "copy", duplicate_of: "v3" });
    expect(found.variants[11]!.significance).toEqual(found.variants[3]!.significance);
    expect(found.variants[3]!.duplicate_of).toBeNull();
    expect(found.variants[0]!.significance.trials).toBe(11);
    expect(found.ledger.trials).toHaveLength(11);
  });

  it("judges residual returns", () => {
    const input = sweep();
    const residuals = input.variants.map(({ dailyReturns }) => residualReturns(dailyReturns, input.instrumentReturns, true).residual);
    const found = collectSignificance(input);
    expect(found.pbo).toBe(cscv(residuals)!.pbo);
    expect(found.p_oos_loss).toBe(cscv(residuals)!.pOosLoss);
    expect(found.variants[0]!.significance.mean_correlation).toBe(meanCorrelation(residuals));
  });

  it("remembers what earlier runs of the lineage tried", () => {
    const first = collectSignificance(sweep({ seed: "first", edge: 0.0003 }));
    const input = sweep({ seed: "second", edge: 0.0003 });
    const alone = collectSignificance(input);
    const after = collectSignificance({ ...input, ledger: first.ledger });
    expect(after.variants[0]!.significance.trials).toBe(24);
    expect(after.luck_sharpe!).toBeGreaterThan(alone.luck_sharpe!);
    expect(after.dsr_best!).toBeLessThan(alone.dsr_best!);
    // The same sweep again adds no trial.
    expect(collectSignificance({ ...input, ledger: after.ledger }).ledger).toEqual(after.ledger);
  });

  it("finds a planted edge significant and noise not", () => {
    const planted = collectSignificance(sweep({ edge: 0.0007, skilled: 6, sessions: 2000, shared: 0.6 }));
    expect(planted.dsr_best!).toBeGreaterThan(0.95);
    expect(planted.p_oos_loss!).toBeLessThan(0.05);
    const noise = collectSignificance(sweep({ sessions: 2000, shared: 0.6, seed: "noise" }));
    expect(noise.dsr_best!).toBeLessThan(0.9);
    expect(noise.p_oos_loss!).toBeGreaterThan(0.2);
  });

  it("deflates near-identical variants by sampling error, not by nothing", () => {
    const found = collectSignificance(sweep({ variants: 27, shared: 0.99 }));
    const { trial_sharpe_sd, reference_sharpe, effective_trials } = found.variants[0]!.significance;
    expect(effective_trials!).toBeLessThan(1.5);
    expect(trial_sharpe_sd!).toBeLessThan(0.15);
    expect(reference_sharpe!).toBeGreaterThan(0);
  });

  it("names why CSCV is undefined for few variants and for a plain backtest", () => {
    const nine = collectSignificance(sweep({ variants: 9 }));
    expect(nine).toMatchObject({ pbo: null, p_oos_loss: null });
    expect(nine.variants[0]!.significance.undefined_reasons).toMatchObject({ p_oos_loss: "distinct_variants_below_10" });
    const [one] = collectSignificance(sweep({ variants: 1, edge: 0.001 })).variants;
    expect(one!.significance).toMatchObject({ trials: 1, reference_sharpe: 0, mean_correlation: null, luck_sharpe: 0 });
    expect(one!.significance.dsr!).toBeGreaterThan(0.5);
    expect(collectSignificance(sweep({ sessions: 31 })).variants[0]!.significance.undefined_reasons["pbo"]).toBe("sessions_below_32");
  });

  it("keeps an idle variant as a trial without a DSR", () => {
    const input = sweep();
    const idle = { variant_id: "idle", dailyReturns: new Float64Array(1000) };
    const found = collectSignificance({ ...input, variants: [...input.variants, idle] });
    expect(found.variants[12]!.significance).toMatchObject({ dsr: null, trials: 13, undefined_reasons: { dsr: "no_variance" } });
    expect(found.dsr_best).not.toBeNull();
    const onlyIdle = collectSignificance({ ...input, variants: [idle] });
    expect(onlyIdle.dsr_best).toBeNull();
  });

  it("writes documents of its schema with a reason for every null", () => {
    for (const input of [sweep(), sweep({ variants: 1 }), sweep({ variants: 3, sessions: 40 })])
      for (const { significance } of collectSignificance(input).variants) {
        expect(SignificanceSchema.parse(significance)).toEqual(significance);
        const nulls = Object.entries(significance).filter(([, value]) => value === null);
        expect(Object.keys(significance.undefined_reasons)).toEqual(expect.arrayContaining(nulls.map(([key]) => key)));
      }
  });

  it("does not depend on the order of the variants", () => {
    const input = sweep({ variants: 10 });
    const byId = (found: ReturnType<typeof collectSignificance>) =>
      new Map(found.variants.map((one) => [one.variant_id, one.significance.dsr!]));
    const expected = byId(collectSignificance(input));
    fc.assert(
      fc.property(fc.shuffledSubarray([...input.variants], { minLength: 10 }), (variants) => {
        for (const [id, dsr] of byId(collectSignificance({ ...input, variants }))) expect(dsr).toBeCloseTo(expected.get(id)!, 12);
      }),
      { numRuns: 5 },
    );
  });

  it("refuses series of different lengths", () => {
    expect(() => collectSignificance({ ...sweep(), instrumentReturns: new Float64Array(999) })).toThrow("1000 sessions");
  });
});

describe("meanCorrelation", () => {
  it("equals the mean over all pairs", () => {
    // 1,2,3 and 3,2,1 correlate at -1, each with 1,3,2 at .5 and -.5: mean -1/3, floored.
    expect(meanCorrelation([Float64Array.of(1, 2, 3), Float64Array.of(3, 2, 1), Float64Array.of(1, 3, 2)])).toBe(0);
    expect(meanCorrelation([Float64Array.of(1, 2, 3), Float64Array.of(1, 3, 2)])).toBeCloseTo(0.5, 12);
    expect(meanCorrelation([Float64Array.of(1, 2, 3), Float64Array.of(2, 4, 6), Float64Array.of(1, 3, 2)])).toBeCloseTo(2 / 3, 12);
  });

  it("leaves constant series out and is unknown under two others", () => {
    expect(meanCorrelation([Float64Array.of(1, 2, 3), new Float64Array(3)])).toBeNaN();
    expect(meanCorrelation([])).toBeNaN();
  });
});
