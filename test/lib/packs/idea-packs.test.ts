import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { validatePack } from "#lib/coherence/validate-pack.ts";
import { indicatorNamed } from "#lib/indicators/catalog.ts";
import { resolveIndicator } from "#lib/indicators/resolve.ts";
import { planModel } from "#lib/models/create-model.ts";
import { resolveModel } from "#lib/models/resolve-model.ts";
import { packIds } from "#lib/packs/pack-source.ts";
import { resolvePack } from "#lib/packs/resolve-pack.ts";
import { findStrategies } from "#lib/packs/tag-search.ts";
import { builtin } from "./support.ts";

/** Sets by pack that stand for an idea; scanners by pack. */
const PACKS = {
  swingsigma: {
    ideas: ["eq_default", "eq_breakout", "eq_meanrevert", "opt_default", "opt_breakout", "opt_meanrevert"],
    scanners: ["breakout", "high_momentum", "meanrevert", "rel_strength", "trend_follow", "vol_contraction"],
  },
  longsigma: { ideas: ["eq_default", "eq_carry", "opt_default", "opt_carry"], scanners: [] },
  overnightsigma: { ideas: ["eq_default", "eq_gap", "eq_last_hour", "opt_default", "opt_gap"], scanners: [] },
} as const satisfies Record<string, { readonly ideas: readonly string[]; readonly scanners: readonly string[] }>;

/** What every pack asks for, by profile. */
const COMMON = {
  conservative: { min_bets: 50, min_sharpe: 0.7, min_dsr: 0.95, max_p_oos_loss: 0.1 },
  balanced: { min_bets: 30, min_sharpe: 0.5, min_dsr: 0.9, max_p_oos_loss: 0.2 },
  aggressive: { min_bets: 20, min_sharpe: 0.4, min_dsr: 0.85, max_p_oos_loss: 0.2 },
};

/** What each pack asks for beside. */
const LIMITS = {
  longsigma: {
    conservative: { min_bets: 20, min_calmar: 0.8, max_drawdown_pct: 30 },
    balanced: { min_bets: 20, min_calmar: 0.6, max_drawdown_pct: 35 },
    aggressive: { min_bets: 20, min_calmar: 0.4, max_drawdown_pct: 40 },
  },
  overnightsigma: {
    conservative: { max_drawdown_pct: 15 },
    balanced: { max_drawdown_pct: 20 },
    aggressive: { max_drawdown_pct: 25 },
  },
};

/** Members of one of two sets that the other lacks. */
const differing = (a: ReadonlySet<string>, b: ReadonlySet<string>): number =>
  [...a].filter((key) => !b.has(key)).length + [...b].filter((key) => !a.has(key)).length;

describe.each(Object.entries(PACKS))("pack %s", (packId, { ideas, scanners }) => {
  const pack = resolvePack(builtin, packId);
  const keysOf = (set: string) => new Set(pack.indicatorSets.get(set)!.indicators.map((entry) => resolveIndicator(entry).key));

  /** Whether a set has indicators of bars inside the session, which daily bars do not have. */
  const looksInside = (set: string): boolean =>
    pack.indicatorSets.get(set)!.indicators.some((entry) => indicatorNamed(resolveIndicator(entry).name).timeframe === "minute");

  it("is approved for stocks and options, with no other warning than that daily nights are for research", () => {
    const { status, checks } = validatePack(builtin, packId);
    expect(status).not.toBe("REJECTED");
    expect([...new Set(checks.flatMap(({ code }) => code ?? []))]).toEqual(packId === "overnightsigma" ? ["label_research_only"] : []);
    expect(pack.pack.supported_instruments).toEqual(["stocks", "options"]);
    expect(pack.strategies.size).toBeGreaterThanOrEqual(2);
    expect([...pack.riskProfiles.keys()].sort()).toEqual(["aggressive", "balanced", "conservative"]);
  });

  it("has its idea sets and scanners, and a set by default", () => {
    const named = [...pack.indicatorSets].filter(([name]) => name !== "default");
    expect(named.map(([name]) => name).sort()).toEqual([...ideas, ...scanners].sort());
    expect(named.filter(([, { scan }]) => scan !== undefined).map(([name]) => name)).toEqual([...scanners]);
  });

  it("has sets of which any two differ by three indicators or parameters", () => {
    const sets = [...pack.indicatorSets.keys()];
    const near = sets.flatMap((a, i) => sets.slice(i + 1).flatMap((b) => (differing(keysOf(a), keysOf(b)) < 3 ? [`${a} ~ ${b}`] : [])));
    expect(near).toEqual([]);
  });

  it("reads option chains in every options set and in no other", () => {
    const reads = (set: string) =>
      pack.indicatorSets.get(set)!.indicators.some((entry) => {
        const { name, params } = resolveIndicator(entry);
        return indicatorNamed(name).needs?.(params).chains !== undefined;
      });
    for (const set of pack.indicatorSets.keys()) expect([set, reads(set)]).toEqual([set, set.startsWith("opt_")]);
  });

  it("makes a coherent model of every template, strategy and idea set of the template's instrument", () => {
    for (const [template_id, { model }] of pack.templates)
      for (const indicator_set of ["default", ...ideas.filter((set) => set.startsWith(model.asset_type))])
        for (const strategy of [null, ...pack.strategies.keys()]) {
          const request = { pack_id: packId, template_id, ticker: "SIMMKT", strategy, indicator_set };
          if (model.cadence === "daily" && looksInside(indicator_set)) {
            expect(() => planModel(request, pack)).toThrowError(/looks inside the session, and the bars are daily/);
            continue;
          }
          expect(planModel(request, pack).resolved.config.label, JSON.stringify(request)).toEqual(model.label ?? pack.pack.label);
        }
  });

  it("comes with an example of stocks and one of options, each with its own policy", () => {
    const models = pack.modelIds.map((modelId) => resolveModel(pack, { ...builtin, modelId }).config);
    expect(new Set(models.map(({ instrument }) => instrument))).toEqual(new Set(["stocks", "options"]));
    for (const { model_id, policy, template_id } of models) {
      expect([policy, pack.templates.has(template_id!)]).toEqual([model_id, true]);
      expect(builtin.read(`${packId}/policy_templates/${model_id}.yaml`)).toContain(`name: ${model_id}`);
    }
  });

  it("says in its README what it supposes, needs and cannot do, and names every template, strategy and set", () => {
    const text = readFileSync(new URL(`../../../packs/${packId}/README.md`, import.meta.url), "utf8");
    for (const word of ["**Hypothesis.**", "**Data.**", "**Honest limits.**"]) expect(text).toContain(word);
    for (const name of [...pack.templates.keys(), ...pack.strategies.keys(), ...pack.indicatorSets.keys()])
      expect(text).toContain(`\`${name}\``);
  });
});

describe.each(Object.entries(LIMITS))("the limits of %s", (packId, own) => {
  it.each(Object.entries(own))("are those of the evaluation's table for %s", (profile, limits) => {
    const { riskProfiles } = resolvePack(builtin, packId);
    expect(riskProfiles.get(profile)!.risk_budget).toEqual({ ...COMMON[profile as keyof typeof COMMON], ...limits });
  });
});

describe("tags of all built-in packs", () => {
  it("find mean_reversion_swing alone for conservative, long_only, swing and beginner", () => {
    const packs = packIds(builtin).map((packId) => resolvePack(builtin, packId));
    const found = findStrategies(packs, ["conservative", "long_only", "swing", "beginner"]);
    expect(found.map(({ strategy }) => strategy)).toEqual(["mean_reversion_swing"]);
  });
});
