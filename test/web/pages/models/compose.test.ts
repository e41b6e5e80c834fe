import { describe, expect, it } from "vitest";
import { type ComposeDraft, EMPTY_DRAFT, fieldOf, issuesOf, requestOf } from "../../../../web/src/pages/models/composer/compose.ts";

const IDS = { pack_id: "swingsigma", model_id: "spx_eq_swing_daily" };
const draft = (change: Partial<ComposeDraft> = {}): ComposeDraft => ({ ...EMPTY_DRAFT, ...change });

describe("requestOf", () => {
  it("asks for a build of the model's own window unless dates are given", () => {
    expect(requestOf("build", draft(), IDS)).toEqual({ ...IDS, force: false });
    expect(requestOf("build", draft({ start: "2012-01-03", end: "2018-01-01", force: true }), IDS)).toEqual({
      ...IDS,
      start: "2012-01-03",
      end: "2018-01-01",
      force: true,
    });
  });

  it("sends a backtest what its form says, hours as numbers, splits with the fields of their kind", () => {
    const request = requestOf("backtest", draft({ thresholds: "0, 0.1", top_pct: 0.1, allowed_hours: ["9", "10"], embargo_bars: 5 }), IDS);
    expect(request).toEqual({
      ...IDS,
      thresholds: "0, 0.1",
      top_pct: 0.1,
      allowed_hours: [9, 10],
      robustness: "quick",
      splits: 5,
      embargo_bars: 5,
    });
    expect(requestOf("backtest", draft({ split_kind: "cpcv" }), IDS)["splits"]).toEqual({ kind: "cpcv", n_groups: 6, k_test: 2 });
  });

  it("sends a sweep either a part of the grid or lists of its own, never both", () => {
    const both = { preset: "conservative", thresholds_variants: "0.5,0.6; 0.7" } as const;
    expect(requestOf("sweep", draft(both), IDS)).toEqual({ ...IDS, preset: "conservative", splits: 5 });
    expect(requestOf("sweep", draft({ ...both, grid: "lists" }), IDS)).toEqual({
      ...IDS,
      thresholds_variants: ["0.5,0.6", "0.7"],
      splits: 5,
    });
  });

  it("trains chosen rows as they are, and a baseline with its own settings", () => {
    const settings = { calibration: "isotonic", research: true } as const;
    expect(requestOf("train", draft({ ...settings, rows: ["a-1"] }), IDS)).toEqual({ ...IDS, research: true, rows: ["a-1"] });
    expect(requestOf("train", draft(settings), IDS)).toEqual({ ...IDS, research: true, calibration: "isotonic" });
  });

  it("gives a pipeline the fields of the evaluation that it makes only", () => {
    const given = { thresholds: "0", preset: "balanced" } as const;
    expect(requestOf("pipeline", draft({ ...given, evaluate: "sweep" }), IDS)).not.toHaveProperty("thresholds");
    expect(requestOf("pipeline", draft({ ...given, evaluate: "backtest" }), IDS)).not.toHaveProperty("preset");
  });
});

describe("issuesOf", () => {
  const fields = (...request: Parameters<typeof issuesOf>) => issuesOf(...request).map(({ path }) => path);

  it("objects to nothing in a form as it is opened", () => {
    for (const job of ["build", "backtest", "sweep", "train", "pipeline"] as const) expect(issuesOf(job, draft(), IDS)).toEqual([]);
  });

  it("has the words of the API's own schemas, by the field of the form", () => {
    expect(issuesOf("backtest", draft({ thresholds: "0.5, high" }), IDS)).toEqual([
      { path: "thresholds", message: 'must be numbers separated by commas; found "0.5, high"' },
    ]);
    expect(fields("backtest", draft({ top_pct: 1.5 }), IDS)).toEqual(["top_pct"]);
    expect(fields("sweep", draft({ splits: 1 }), IDS)).toEqual(["splits"]);
    expect(fields("backtest", draft({ split_kind: "cpcv", k_test: 6 }), IDS)).toEqual(["k_test"]);
    expect(fields("train", draft({ rows: ["not a row"] }), IDS)).toEqual(["rows"]);
  });

  it("refuses a window that ends before it begins", () => {
    expect(issuesOf("build", draft({ start: "2018-01-02", end: "2018-01-02" }), IDS)).toEqual([
      { path: "end", message: 'must come after start ("2018-01-02"); the end itself is not in the window' },
    ]);
    expect(fields("pipeline", draft({ start: "2018-01-02", end: "2017-01-02" }), IDS)).toEqual(["end"]);
  });

  it("objects to half a date, to a reason that is none, and to what is wrong with the evaluation inside a pipeline", () => {
    expect(issuesOf("build", draft({ start: "2018-1" }), IDS)).toEqual([
      { path: "start", message: 'must be a date such as 2026-11-20; found "2018-1"' },
    ]);
    expect(issuesOf("train", draft({ override_reason: "no" }), IDS)).toEqual([
      { path: "override_reason", message: "must have at least 3 characters; found 2" },
    ]);
    expect(fields("pipeline", draft({ evaluate: "backtest", split_kind: "cpcv", k_test: 6 }), IDS)).toEqual(["k_test"]);
    expect(fields("pipeline", draft({ evaluate: "sweep", embargo_bars: -1 }), IDS)).toEqual(["embargo_bars"]);
  });
});

it("knows which field of the form stands for a place in a request", () => {
  expect(fieldOf(["splits", "k_test"])).toBe("k_test");
  expect(fieldOf(["splits", "splits"])).toBe("splits");
  expect(fieldOf(["rows", "0"])).toBe("rows");
});
