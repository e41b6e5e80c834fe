import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { validatePack } from "#lib/coherence/validate-pack.ts";
import { resolveIndicator } from "#lib/indicators/resolve.ts";
import { isSelected } from "#lib/models/column-globs.ts";
import { planModel } from "#lib/models/create-model.ts";
import { resolveModel } from "#lib/models/resolve-model.ts";
import { packIds } from "#lib/packs/pack-source.ts";
import { resolvePack } from "#lib/packs/resolve-pack.ts";
import type { ResolvedPack } from "#lib/packs/resolved-pack.ts";
import { builtin } from "./support.ts";

const packs = packIds(builtin).map((id) => ({ id, pack: resolvePack(builtin, id) }));
const packOf = (id: string): ResolvedPack => packs.find((one) => one.id === id)!.pack;
const limitsOf = (id: string) => Object.fromEntries([...packOf(id).riskProfiles].map(([name, { risk_budget }]) => [name, risk_budget]));

/** Entries of a set, each with its parameters, that another set has not: what one must change to get from it to the other. */
function own(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return [...a].filter((key) => !b.has(key)).length;
}

describe.each(packs)("the built-in pack $id", ({ id, pack }) => {
  it("is approved without a warning but of what is for research", () => {
    const codes = validatePack(builtin, id).checks.flatMap(({ code }) => code ?? []);
    expect(codes.filter((code) => code !== "label_research_only")).toEqual([]);
  });

  it("has idea sets that differ by three definitions or parameters at least, each from each", () => {
    const sets = [...pack.indicatorSets].map(([name, { indicators }]) => ({
      name,
      keys: new Set(indicators.map((entry) => resolveIndicator(entry).key)),
    }));
    const alike = sets.flatMap((a, i) =>
      sets.slice(i + 1).flatMap((b) => (Math.max(own(a.keys, b.keys), own(b.keys, a.keys)) < 3 ? [`${a.name} and ${b.name}`] : [])),
    );
    expect(alike).toEqual([]);
  });

  it("has strategies with entry rules, profiles for every appetite, and a policy for every model", () => {
    expect(pack.strategies.size).toBeGreaterThanOrEqual(2);
    expect([...pack.riskProfiles.keys()].sort()).toEqual(["aggressive", "balanced", "conservative"]);
    for (const modelId of pack.modelIds) expect(builtin.read(`${id}/policy_templates/${modelId}.yaml`), modelId).toBeDefined();
  });

  it("resolves every model that comes with it, without a warning but of what is for research", () => {
    for (const modelId of pack.modelIds) {
      const { config, warnings } = resolveModel(pack, { ...builtin, modelId });
      expect(
        warnings.filter(({ code }) => code !== "label_research_only"),
        modelId,
      ).toEqual([]);
      expect(config.policy, modelId).toBe(modelId);
      expect(pack.templates.has(config.template_id!), modelId).toBe(true);
    }
  });

  it("names in its README every set, template and strategy, and what it is for and when it fails", () => {
    const text = readFileSync(new URL(`../../../packs/${id}/README.md`, import.meta.url), "utf8");
    for (const name of [...pack.indicatorSets.keys(), ...pack.templates.keys(), ...pack.strategies.keys()])
      expect(text).toContain(`\`${name}\``);
    for (const part of ["**Hypothesis.**", "**Data.**", "**Honest limits.**"]) expect(text).toContain(part);
  });
});

describe.each(["zerosigma", "momentumsigma"])("models of %s", (id) => {
  const pack = packOf(id);
  const strategies = [null, ...pack.strategies.keys()];

  it.each([...pack.templates.keys()].flatMap((template_id) => [...pack.indicatorSets.keys()].map((set) => ({ template_id, set }))))(
    "are coherent under $template_id with $set and any strategy, without price levels among their features",
    ({ template_id, set }) => {
      for (const strategy of strategies) {
        const { resolved } = planModel({ pack_id: id, template_id, ticker: "SPY", strategy, indicator_set: set }, pack);
        const { config, columns } = resolved;
        const levels = columns.filter(
          ({ name, unit }) => (unit === "price" || unit === "volume") && isSelected(name, config.features.custom),
        );
        expect(levels.map(({ name }) => name)).toEqual([]);
      }
    },
  );
});

describe("zerosigma", () => {
  it("has the limits of the evaluation's table", () => {
    const shared = { max_p_oos_loss: 0.2 };
    expect(limitsOf("zerosigma")).toEqual({
      conservative: {
        ...{ min_bets: 50, min_sharpe: 0.7, min_dsr: 0.95, max_p_oos_loss: 0.1, max_drawdown_pct: 15, es95_mult: 1.5 },
        ...{ spread_pct_max: 8, oi_min: 1000, volume_min: 400, fill_rate_min: 0.9, allowed_hours: [13, 14, 15] },
      },
      balanced: {
        ...{ ...shared, min_bets: 30, min_sharpe: 0.5, min_dsr: 0.9, max_drawdown_pct: 20, es95_mult: 2 },
        ...{ spread_pct_max: 10, oi_min: 500, volume_min: 200, fill_rate_min: 0.85, allowed_hours: [13, 14, 15] },
      },
      aggressive: {
        ...{ ...shared, min_bets: 20, min_sharpe: 0.4, min_dsr: 0.85, max_drawdown_pct: 25, es95_mult: 2.5 },
        ...{ spread_pct_max: 12, oi_min: 300, volume_min: 100, fill_rate_min: 0.8, allowed_hours: [12, 13, 14, 15] },
      },
    });
  });

  it("makes the runbook's model of a name alone: next hour, same-day contracts, flow by distance", () => {
    const request = { pack_id: "zerosigma", ticker: "SPY", asset_type: "opt", horizon: "0dte", cadence: "hourly", algo: "gbm" };
    const { config, policy } = planModel(request, packOf("zerosigma")).resolved;
    expect(config.model_id).toBe("spy_opt_0dte_hourly");
    expect(config.label).toMatchObject({ kind: "next_bar_direction", band: { kind: "trailing_sigma", k: 0.3, window: 140 } });
    expect(config.features.flow).toMatchObject({ per_distance: true, distance_max: 7 });
    expect(policy.execution.options.selection).toMatchObject({ dte_target: 0, strike_selection: "ATM" });
    expect(policy.execution.momentum_column).toBe("momentum_score_total");
  });

  it("has an idea for each of its labels, of the kind that the idea is about", () => {
    const kinds = [...packOf("zerosigma").templates].map(([name, { model }]) => [name, model.label.kind]);
    expect(Object.fromEntries(kinds)).toEqual({
      hourly_next_hour: "next_bar_direction",
      quarter_next_hour: "forward_return",
      headfake_reversal_v1: "headfake_reversal",
      headfake_reversal_v2: "headfake_reversal",
      pin_drift_v1: "pin_drift",
      pin_drift_v2: "pin_drift",
      opening_drive: "forward_return",
      gamma_unwind: "next_bar_direction",
    });
  });
});

describe("momentumsigma", () => {
  it("has the limits of the evaluation's table", () => {
    expect(limitsOf("momentumsigma")).toEqual({
      conservative: {
        ...{ min_bets: 50, min_sharpe: 0.7, min_dsr: 0.95, max_p_oos_loss: 0.1 },
        ...{ max_drawdown_pct: 20, adv_bps_max: 5, turnover_max: 2 },
      },
      balanced: {
        ...{ min_bets: 30, min_sharpe: 0.5, min_dsr: 0.9, max_p_oos_loss: 0.2 },
        ...{ max_drawdown_pct: 25, adv_bps_max: 10, turnover_max: 3 },
      },
      aggressive: {
        ...{ min_bets: 20, min_sharpe: 0.4, min_dsr: 0.85, max_p_oos_loss: 0.2 },
        ...{ max_drawdown_pct: 30, adv_bps_max: 15, turnover_max: 4 },
      },
    });
  });

  it("looks one bar ahead, whatever the template", () => {
    for (const [, { model }] of packOf("momentumsigma").templates) expect(model.label.kind).toBe("next_bar_direction");
  });
});
