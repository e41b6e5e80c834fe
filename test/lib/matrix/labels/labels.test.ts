import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalBytes } from "#lib/core/canonical-nan.ts";
import { sha256 } from "#lib/core/digest.ts";
import { createRng } from "#lib/core/rng.ts";
import type { Label } from "#lib/matrix/label.schema.ts";
import { computeLabel, LABEL_VERSIONS, type LabelTerms } from "#lib/matrix/labels/compute-label.ts";
import { forwardReturnLabel } from "#lib/matrix/labels/forward-return.ts";
import type { LabelSeries } from "#lib/matrix/labels/label-series.ts";
import { nextBarDirectionLabel } from "#lib/matrix/labels/next-bar-direction.ts";
import { trailingSigma } from "#lib/matrix/labels/trailing-sigma.ts";
import { plainBars } from "./label-bars.ts";

const nan = Number.NaN;

/** One bar an hour from 0; all in one session unless dates are given. */
const seriesOf = (open: readonly number[], close: readonly number[], sessionDate?: readonly number[]): LabelSeries =>
  plainBars({ close, open, ...(sessionDate ? { sessionDate } : {}) });

const five = seriesOf([100, 101, 104, 102, 103], [101, 103, 102, 105, 105]);
const crossing = { crossSession: true, band: { kind: "none" }, unit: "bars", task: "classify" } as const;

describe("forwardReturnLabel", () => {
  it("runs from the decision bar's close to the close N bars later", () => {
    const { y, retFwd, t1 } = forwardReturnLabel(five, { ...crossing, entry: "decision_close", horizon: 2 });
    // 102/101 - 1, 105/103 - 1, 105/102 - 1
    expect(retFwd).toEqual(Float64Array.of(102 / 101 - 1, 105 / 103 - 1, 105 / 102 - 1, nan, nan));
    expect(y).toEqual(Float64Array.of(1, 1, 1, nan, nan));
    expect(t1).toEqual(Float64Array.of(300, 400, 500, nan, nan));
  });

  it("runs from the next bar's open when the entry is there", () => {
    const { y, retFwd, t1 } = forwardReturnLabel(five, { ...crossing, entry: "next_open", horizon: 2 });
    // 102/101, 105/104, 105/102
    expect(retFwd).toEqual(Float64Array.of(102 / 101 - 1, 105 / 104 - 1, 105 / 102 - 1, nan, nan));
    expect(y).toEqual(Float64Array.of(1, 1, 1, nan, nan));
    expect(t1).toEqual(Float64Array.of(300, 400, 500, nan, nan));
  });

  it("classes returns inside a fixed band as FLAT, its limits included", () => {
    // From 32: +1, -1, +1.01, -1.01 and 0 thirty-seconds; 1/32 = 312.5 basis points is exact in floating point.
    const changes = [1, -1, 1.01, -1.01, 0];
    const found = changes.map((change) => {
      const closes = [32, 32 + change];
      const band = { kind: "fixed_bps", bps: 312.5 } as const;
      return forwardReturnLabel(seriesOf(closes, closes), { ...crossing, band, entry: "decision_close", horizon: 1 }).y[0];
    });
    expect(found).toEqual([0, 0, 1, -1, 0]);
  });

  it("gives a zero return without a band no class, but keeps its return and end", () => {
    const { y, retFwd, t1 } = forwardReturnLabel(five, { ...crossing, entry: "decision_close", horizon: 1 });
    expect(retFwd[3]).toBe(0);
    expect(y[3]).toBeNaN();
    expect(t1[3]).toBe(500);
  });

  it("has no label where the decision's or the end's close is missing, nor where the entry's open is", () => {
    const gap = seriesOf([100, 101, 104, nan, 103, 107], [101, nan, 102, 105, 106, 107.5]);
    const byClose = forwardReturnLabel(gap, { ...crossing, entry: "decision_close", horizon: 1 });
    expect(Array.from(byClose.y)).toEqual([nan, nan, 1, 1, 1, nan]);
    expect(Array.from(byClose.t1)).toEqual([nan, nan, 400, 500, 600, nan]);
    const byOpen = forwardReturnLabel(gap, { ...crossing, entry: "next_open", horizon: 1 });
    // Row 0: the end's close is missing. Row 1: its own close is, though 102/104 is known. Row 2: the entry's open is.
    expect(Array.from(byOpen.retFwd)).toEqual([nan, nan, nan, 106 / 103 - 1, 107.5 / 107 - 1, nan]);
  });

  it("never crosses a session's close where that is not allowed", () => {
    const dates = [20240701, 20240701, 20240701, 20240702, 20240702];
    const series = seriesOf([100, 101, 102, 103, 104], [101, 102, 103, 104, 105], dates);
    const inside = forwardReturnLabel(series, { ...crossing, entry: "next_open", horizon: 1, crossSession: false });
    expect(Array.from(inside.t1)).toEqual([200, 300, nan, 500, nan]);
    const across = forwardReturnLabel(series, { ...crossing, entry: "next_open", horizon: 1 });
    expect(Array.from(across.t1)).toEqual([200, 300, 400, 500, nan]);
  });

  it("widens a trailing-sigma band with the root of the horizon and leaves rows without a sigma unclassified", () => {
    // One-bar returns alternate +10 %, -10 % (to 1e-12): sigma over two is sqrt(2) x 0.1.
    const closes = [100, 110, 99, 108.9, 98.01, 107.811];
    const series = seriesOf(closes, closes);
    const sigma = trailingSigma(series, 2, false);
    expect(Array.from(sigma.subarray(0, 2))).toEqual([nan, nan]);
    expect(sigma[2]).toBeCloseTo(0.1414213562373095, 12);
    // Limit 0.5 x 0.1414 = 0.0707 < 0.1: not flat. Limit 0.8 x 0.1414 = 0.113: flat.
    const narrow = forwardReturnLabel(series, {
      ...crossing,
      entry: "decision_close",
      horizon: 1,
      band: { kind: "trailing_sigma", k: 0.5, window: 2 },
    });
    expect(Array.from(narrow.y)).toEqual([nan, nan, 1, -1, 1, nan]);
    const wide = forwardReturnLabel(series, {
      ...crossing,
      entry: "decision_close",
      horizon: 1,
      band: { kind: "trailing_sigma", k: 0.8, window: 2 },
    });
    expect(Array.from(wide.y)).toEqual([nan, nan, 0, 0, 0, nan]);
    // Two bars move -1 %: inside 0.05 x 0.1414 x sqrt(2) = 0.01 exactly at the edge, outside with 0.04.
    const twoBars = forwardReturnLabel(series, {
      ...crossing,
      entry: "decision_close",
      horizon: 2,
      band: { kind: "trailing_sigma", k: 0.04, window: 2 },
    });
    expect(Array.from(twoBars.y)).toEqual([nan, nan, -1, -1, nan, nan]);
    const twoBarsWide = forwardReturnLabel(series, {
      ...crossing,
      entry: "decision_close",
      horizon: 2,
      band: { kind: "trailing_sigma", k: 0.06, window: 2 },
    });
    expect(Array.from(twoBarsWide.y)).toEqual([nan, nan, 0, 0, nan, nan]);
  });
});

describe("nextBarDirectionLabel", () => {
  it("is the sign of the next bar's return", () => {
    const { y, t1 } = nextBarDirectionLabel(five, { entry: "next_open", band: { kind: "none" }, crossSession: true });
    // 103/101 up, 102/104 down, 105/102 up, 105/103 up
    expect(Array.from(y)).toEqual([1, -1, 1, 1, nan]);
    expect(Array.from(t1)).toEqual([200, 300, 400, 500, nan]);
  });
});

describe("trailingSigma", () => {
  it("equals the sample deviation of the window however long the series is", () => {
    const rng = createRng("sigma");
    const closes = [100];
    for (let i = 1; i < 20_000; i++) closes.push(closes[i - 1]! * (1 + 0.01 * rng.normal()));
    const sigma = trailingSigma(seriesOf(closes, closes), 140, false);
    for (const end of [140, 141, 279, 280, 281, 10_007, 19_999]) {
      const returns = Array.from({ length: 140 }, (_, k) => closes[end - k]! / closes[end - k - 1]! - 1);
      const mean = returns.reduce((sum, value) => sum + value, 0) / 140;
      const deviation = Math.sqrt(returns.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 139);
      expect(Math.abs(sigma[end]! / deviation - 1)).toBeLessThan(1e-10);
    }
    expect(sigma[139]).toBeNaN();
  });

  it("skips unknown returns while at least half of the window is known", () => {
    const series = seriesOf([], [100, 110, nan, 121, 133.1, 146.41, 131.769]);
    // Returns: -, .1, NaN, NaN, .1, .1, -.1; window 4.
    const sigma = trailingSigma(series, 4, false);
    expect(Array.from(sigma.subarray(0, 4))).toEqual([nan, nan, nan, nan]);
    expect(sigma[4]).toBeCloseTo(0, 10);
    expect(sigma[5]).toBeCloseTo(0, 10);
    expect(sigma[6]).toBeCloseTo(0.11547005383792516, 10);
  });

  it("leaves overnight returns out of labels that stay inside a session", () => {
    const dates = [1, 1, 1, 2, 2, 2];
    const series = seriesOf([], [100, 101, 102.01, 204.02, 206.0602, 208.120802], dates);
    expect(trailingSigma(series, 3, true)[5]).toBeCloseTo(0, 8);
    expect(trailingSigma(series, 3, false)[5]).toBeGreaterThan(0.5);
  });
});

const terms = (crossSession: boolean): LabelTerms => ({ cadence: "hourly", crossSession, known: new Map() });

describe("computeLabel", () => {
  const prices = fc.array(
    fc.oneof({ weight: 9, arbitrary: fc.double({ min: 1, max: 1000, noNaN: true }) }, { weight: 1, arbitrary: fc.constant(nan) }),
    { minLength: 3, maxLength: 60 },
  );
  const label = fc.record({
    kind: fc.constant("forward_return" as const),
    unit: fc.constant("bars" as const),
    task: fc.constant("classify" as const),
    entry: fc.constantFrom("next_open" as const, "decision_close" as const),
    horizon: fc.integer({ min: 1, max: 5 }),
    band: fc.oneof(
      fc.constant({ kind: "none" as const }),
      fc.constant({ kind: "fixed_bps" as const, bps: 50 }),
      fc.constant({ kind: "trailing_sigma" as const, k: 0.5, window: 4 }),
    ),
  });

  it("never changes a label that has ended, and knows none that has not, when the series is cut", () => {
    fc.assert(
      fc.property(prices, label, fc.boolean(), fc.double({ min: 0, max: 1, noNaN: true }), (closes, spec, crossSession, share) => {
        const dates = closes.map((_, i) => 20240701 + Math.floor(i / 7));
        const opens = closes.map((price) => price * 1.01);
        const full = computeLabel(seriesOf(opens, closes, dates), spec, terms(crossSession));
        const kept = 1 + Math.floor(share * (closes.length - 1));
        const cut = computeLabel(seriesOf(opens.slice(0, kept), closes.slice(0, kept), dates.slice(0, kept)), spec, terms(crossSession));
        for (let i = 0; i < kept; i++) {
          const known = full.t1[i]! <= kept * 100;
          expect(cut.t1[i]).toBe(known ? full.t1[i] : nan);
          expect(cut.retFwd[i]).toBe(known ? full.retFwd[i] : nan);
          expect(cut.y[i]).toBe(known ? full.y[i] : nan);
        }
      }),
    );
  });

  it("keeps its golden output as long as the version stays", () => {
    const rng = createRng("golden-label");
    const closes = [100];
    for (let i = 1; i < 400; i++) closes.push(closes[i - 1]! * (1 + 0.01 * rng.normal()));
    const series = seriesOf(
      closes.map((price) => price * 1.001),
      closes,
      closes.map((_, i) => 20240701 + Math.floor(i / 7)),
    );
    const digestOf = (spec: Label, crossSession: boolean): string => {
      const { y, retFwd, t1 } = computeLabel(series, spec, terms(crossSession));
      return [y, retFwd, t1].map((column) => sha256(canonicalBytes(column)).slice(0, 12)).join(" ");
    };
    const band = { kind: "trailing_sigma", k: 0.3, window: 20 } as const;
    expect({
      versions: LABEL_VERSIONS,
      forward: digestOf(
        {
          kind: "forward_return",
          entry: "decision_close",
          horizon: 5,
          unit: "bars",
          task: "classify",
          band,
        },
        true,
      ),
      next: digestOf({ kind: "next_bar_direction", entry: "next_open", band }, false),
    }).toMatchInlineSnapshot(`
      {
        "forward": "e74f8b9b7cec 8f5753610d9e 513c540d2ef9",
        "next": "a436a05f1fb8 69d33744b619 5f83cc1f9d87",
        "versions": {
          "close_to_open": 1,
          "forward_return": 2,
          "headfake_reversal": 1,
          "next_bar_direction": 2,
          "pin_drift": 1,
          "triple_barrier": 1,
        },
      }
    `);
  });
});
