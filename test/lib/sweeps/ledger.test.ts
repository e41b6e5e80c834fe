import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TrialLedgerSchema } from "#lib/sweeps/ledger.schema.ts";
import { distinctTrials, emptyLedger, lineageKey, mergeTrials, returnsDigest, trialSharpeDeviation } from "#lib/sweeps/ledger.ts";

const trial = (n: number, sharpe: number | null = n / 100) => ({ digest: n.toString(16).padStart(32, "0"), sharpe });
const range = { modelId: "m", symbol: "SPX", cadence: "daily", start: "2000-01-03", end: "2020-01-01" };

describe("returnsDigest", () => {
  it("is equal for equal series only", () => {
    expect(returnsDigest(Float64Array.of(0.1, 0))).toBe(returnsDigest(Float64Array.of(0.1, -0)));
    expect(returnsDigest(Float64Array.of(0.1, 0))).not.toBe(returnsDigest(Float64Array.of(0, 0.1)));
    expect(returnsDigest(Float64Array.of(0.1))).not.toBe(returnsDigest(Float64Array.of(0.1 + 2 ** -56)));
    // SHA-256 of eight zero bytes.
    expect(returnsDigest(Float64Array.of(0))).toBe("af5570f5a1810b7af78caf4bc70a660f");
  });
});

describe("lineageKey", () => {
  it("tells models and ranges apart", () => {
    expect(lineageKey(range)).toBe(lineageKey({ ...range }));
    expect(lineageKey(range)).not.toBe(lineageKey({ ...range, end: "2021-01-01" }));
    expect(lineageKey(range)).not.toBe(lineageKey({ ...range, modelId: "n" }));
  });
});

describe("mergeTrials", () => {
  it("counts each distinct series once", () => {
    const ledger = mergeTrials(mergeTrials(emptyLedger("key"), [trial(2), trial(1)]), [trial(2), trial(3)]);
    expect(ledger.trials).toEqual([trial(1), trial(2), trial(3)]);
    expect(distinctTrials(ledger)).toBe(3);
    expect(TrialLedgerSchema.parse(ledger)).toEqual(ledger);
  });

  it("does not depend on order or repetition", () => {
    const list = fc.array(fc.nat(30), { maxLength: 20 });
    fc.assert(
      fc.property(list, list, (a, b) => {
        const one = mergeTrials(
          mergeTrials(
            emptyLedger("k"),
            a.map((n) => trial(n)),
          ),
          b.map((n) => trial(n)),
        );
        const two = mergeTrials(
          mergeTrials(
            emptyLedger("k"),
            b.map((n) => trial(n)),
          ),
          a.map((n) => trial(n)),
        );
        expect(two).toEqual(one);
        expect(
          mergeTrials(
            one,
            a.map((n) => trial(n)),
          ),
        ).toEqual(one);
      }),
    );
  });
});

describe("trialSharpeDeviation", () => {
  it("divides by n - 1 over the known ratios", () => {
    const ledger = mergeTrials(emptyLedger("k"), [trial(1, 0.01), trial(2, 0.03), trial(3, null)]);
    expect(trialSharpeDeviation(ledger)).toBeCloseTo(0.01 * Math.SQRT2, 12);
    expect(trialSharpeDeviation(emptyLedger("k"))).toBeNaN();
  });
});
