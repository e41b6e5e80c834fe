import { describe, expect, it } from "vitest";
import { type ModelLine, modelLines, passes } from "../../../../web/src/pages/models/model-line.ts";
import { holdoutVerdict } from "../../../../web/src/pages/models/outcome.ts";

type Args = Parameters<typeof modelLines>;

const model = (model_id: string, more: object = {}) =>
  ({
    model_id,
    pack_id: "swingsigma",
    cadence: "daily",
    matrix: "current",
    created_at: null,
    updated_at: null,
    ...more,
  }) as unknown as Args[0][number];
const run = (model_id: string, created_at: string, more: object = {}) =>
  ({ run_id: `r ${created_at}`, pack_id: "swingsigma", model_id, created_at, ended_at: null, ...more }) as unknown as Args[1][number];

describe("modelLines", () => {
  const own = model("a", { created_at: "2026-01-01T00:00:00.000Z" });

  it("joins the newest run and the best row of each model", () => {
    const best = { pack_id: "swingsigma", model_id: "a", score: 1 } as unknown as Args[2][number];
    const runs = [run("a", "2026-02-02T00:00:00.000Z"), run("b", "2026-02-01T12:00:00.000Z"), run("a", "2026-02-01T00:00:00.000Z")];
    const [a, b] = modelLines([own, model("b")], runs, [best]);
    expect(a).toMatchObject({ isOwn: true, activeAt: "2026-02-02T00:00:00.000Z", best: { score: 1 } });
    expect(a!.run?.run_id).toBe("r 2026-02-02T00:00:00.000Z");
    expect(b).toMatchObject({ isOwn: false, best: undefined });
  });

  it("keeps models of the same name in two packs apart", () => {
    const [, other] = modelLines([own, model("a", { pack_id: "longsigma" })], [run("a", "2026-02-02T00:00:00.000Z")], []);
    expect(other!.run).toBeUndefined();
    expect(other!.activeAt).toBeNull();
  });

  it("lets through what has all that the filters ask for", () => {
    const [line] = modelLines([own], [], []) as [ModelLine];
    expect(passes({}, line)).toBe(true);
    expect(passes({ from: "own", cadence: "daily", matrix: "current", pack: "swingsigma" }, line)).toBe(true);
    expect(passes({ from: "pack" }, line)).toBe(false);
    expect(passes({ from: "own", matrix: "stale" }, line)).toBe(false);
  });
});

describe("holdoutVerdict", () => {
  const holdout = { vetoed: false, probability_this_low: 0.4, sharpe: 0.3, backtest_sharpe: 0.5, sessions: 700, looks: 1 };

  it("says in words what the holdout does to the backtest", () => {
    expect(holdoutVerdict(holdout)).toMatchObject({ name: "Holds", tone: "gain" });
    expect(holdoutVerdict({ ...holdout, vetoed: true, probability_this_low: 0.006 })).toMatchObject({ name: "Vetoed", tone: "danger" });
    expect(holdoutVerdict({ ...holdout, probability_this_low: null }).name).toBe("Says nothing");
    expect(holdoutVerdict(null).name).toBe("No holdout");
  });

  it("says that a second look proves less", () => {
    expect(holdoutVerdict(holdout).says).not.toContain("look");
    expect(holdoutVerdict({ ...holdout, looks: 3 }).says).toContain("look 3");
  });
});
