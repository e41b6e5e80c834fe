import { describe, expect, it } from "vitest";
import { composedVariants, MOST_COMPOSITIONS, planCompositions } from "#lib/sweeps/compositions.ts";
import { planVariants } from "#lib/sweeps/grid.ts";
import { daily, intraday, requestWith } from "./sweep.fixture.ts";

const composed = (axes: object, context = daily) => planCompositions(requestWith({ mode: "composition", axes }), context);

describe("planCompositions", () => {
  it("has none for a sweep of the model as it is", () => {
    expect(planCompositions(requestWith(), daily)).toEqual([]);
    expect(planCompositions(requestWith({ mode: "custom", axes: { thresholds: [0.1] } }), daily)).toEqual([]);
  });

  it("multiplies the axes and names what each changes", () => {
    const found = composed({
      indicator_sets: ["eq_default", "eq_breakout"],
      strategy_variants: ["none", "momentum_swing"],
      ml_params: [{ params: { trees: 100, max_depth: 2 } }],
    });
    expect(found.map(({ label }) => label)).toEqual([
      "set eq_default, strategy none, trees 100 max_depth 2",
      "set eq_default, strategy momentum_swing, trees 100 max_depth 2",
      "set eq_breakout, strategy none, trees 100 max_depth 2",
      "set eq_breakout, strategy momentum_swing, trees 100 max_depth 2",
    ]);
    expect(found[0]!.change).toEqual({ indicator_set: "eq_default", strategy: null, ml_params: { params: { trees: 100, max_depth: 2 } } });
    expect(new Set(found.map(({ id }) => id)).size).toBe(4);
    expect(composed({ risk_profiles: ["balanced", "balanced"] })).toHaveLength(1);
  });

  it("gives an id by content, which is permanent", () => {
    // SHA-256 of {"risk_profile":"balanced"}.
    const [one] = composed({ risk_profiles: ["balanced"] });
    expect(one).toEqual({ id: "f1b5a2836f0d890b", label: "balanced", change: { risk_profile: "balanced" } });
  });

  it("makes a composition of each set of hours where training follows them", () => {
    const found = planCompositions(requestWith({ hours_scope: "train" }), intraday);
    expect(found.map(({ label, change }) => [label, change])).toEqual([
      ["hours 9|10", { train_hours: [9, 10] }],
      ["hours 13|14|15", { train_hours: [13, 14, 15] }],
      ["all hours", {}],
    ]);
    expect(() => planCompositions(requestWith({ hours_scope: "train" }), daily)).toThrowError(
      expect.objectContaining({ code: "INVALID_PARAM", fieldErrors: [expect.objectContaining({ path: "hours_scope" })] }),
    );
  });

  it("is bounded", () => {
    const trees = (count: number) => ({ ml_params: Array.from({ length: count }, (_, i) => ({ params: { trees: i + 1 } })) });
    expect(composed(trees(MOST_COMPOSITIONS))).toHaveLength(20);
    expect(() => composed({ ...trees(11), risk_profiles: ["balanced", "aggressive"] })).toThrowError(
      expect.objectContaining({ code: "UNPROCESSABLE", facts: { compositions: 22, max_compositions: 20 } }),
    );
  });
});

describe("composedVariants", () => {
  it("is the model's grid under every composition, with ids of its own", () => {
    const request = requestWith({ mode: "composition", axes: { risk_profiles: ["balanced", "aggressive"] } });
    const [a, b] = planCompositions(request, daily).map((composition) => composedVariants(request, daily, composition));
    const plain = planVariants(requestWith(), daily);
    expect(a!.map(({ params }) => ({ ...params, composition: null }))).toEqual(plain.map(({ params }) => params));
    expect(new Set([...a!, ...b!, ...plain].map(({ variant_id }) => variant_id)).size).toBe(3 * plain.length);
  });

  it("trades what was trained on", () => {
    const request = requestWith({ hours_scope: "train" });
    const compositions = planCompositions(request, intraday);
    const variants = compositions.map((composition) => composedVariants(request, intraday, composition));
    expect(variants.map((list) => list.length)).toEqual([15, 15, 15]);
    expect(variants.map((list) => [...new Set(list.map(({ params }) => String(params.hours)))])).toEqual([
      ["9,10"],
      ["13,14,15"],
      ["null"],
    ]);
  });
});
