import { describe, expect, it } from "vitest";
import { parseOr } from "#lib/errors/parse.ts";
import { SweepRequestSchema } from "#lib/sweeps/sweep.schema.ts";
import { requestWith } from "./sweep.fixture.ts";

describe("SweepRequestSchema", () => {
  it("has the defaults of the API", () => {
    expect(requestWith()).toEqual({
      model_id: "spx_eq_swing_daily",
      pack_id: "swingsigma",
      mode: "simple",
      hours_scope: "trade",
      splits: 5,
      min_trades: 20,
      min_sharpe: 0.5,
      tag: "sweep",
      save: true,
    });
  });

  it.each([
    [{ axes: { thresholds: [0.5] } }, "axes"],
    [{ mode: "custom" }, "axes"],
    [{ mode: "custom", axes: { thresholds: [0.5] }, top_pct_variants: "0.1" }, "mode"],
    [{ mode: "custom", axes: { thresholds: [0.5] }, preset: "balanced" }, "preset"],
    [{ preset: "balanced", thresholds_variants: "0.6" }, "preset"],
    [{ embargo: 0.01, embargo_bars: 5 }, "embargo"],
    [{ mode: "composition" }, "axes"],
    [{ mode: "composition", axes: { thresholds: [0.5] } }, "axes"],
    [{ mode: "custom", axes: { thresholds: [0.5], risk_profiles: ["balanced"] } }, "axes"],
    [{ mode: "composition", axes: { risk_profiles: ["balanced"], thresholds: [0.1] }, preset: "balanced" }, "preset"],
    [{ mode: "custom", axes: { hold_bars: [3], hold_days: [3] } }, "axes.hold_days"],
    [{ axis: {} }, "axis"],
    [{ mode: "custom", axes: { hour_thresholds: [{ "24": 0.6 }] } }, "axes.hour_thresholds.0.24"],
    [{ mode: "custom", axes: { hour_thresholds: [{}] } }, "axes.hour_thresholds.0"],
    [{ splits: { kind: "cpcv", n_groups: 6, k_test: 6 } }, "splits.k_test"],
    [{ save: false }, "save"],
  ])("refuses %o at %s", (changes, path) => {
    const document = { model_id: "m", pack_id: "p", ...changes };
    expect(() => parseOr("INVALID_PARAM", SweepRequestSchema, document)).toThrowError(
      expect.objectContaining({ fieldErrors: expect.arrayContaining([expect.objectContaining({ path })]) }),
    );
  });
});
