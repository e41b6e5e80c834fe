import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { indicatorNamed } from "#lib/indicators/catalog.ts";
import { resolveIndicator } from "#lib/indicators/resolve.ts";
import { planModel } from "#lib/models/create-model.ts";
import { resolveModel } from "#lib/models/resolve-model.ts";
import { resolvePack } from "#lib/packs/resolve-pack.ts";
import { validatePack } from "#lib/packs/validate-pack.ts";
import { builtin } from "./support.ts";

/** Sets by pack that stand for an idea; scanners by pack. */
const PACKS = {
  swingsigma: {
    ideas: ["eq_default", "eq_breakout", "eq_meanrevert", "opt_default", "opt_breakout", "opt_meanrevert"],
    scanners: ["breakout", "high_momentum", "meanrevert", "rel_strength", "trend_follow", "vol_contraction"],
  },
} as const satisfies Record<string, { readonly ideas: readonly string[]; readonly scanners: readonly string[] }>;

/** Members of one of two sets that the other lacks. */
const differing = (a: ReadonlySet<string>, b: ReadonlySet<string>): number =>
  [...a].filter((key) => !b.has(key)).length + [...b].filter((key) => !a.has(key)).length;

describe.each(Object.entries(PACKS))("pack %s", (packId, { ideas, scanners }) => {
  const pack = resolvePack(builtin, packId);
  const keysOf = (set: string) => new Set(pack.indicatorSets.get(set)!.indicators.map((entry) => resolveIndicator(entry).key));

  it("is approved without a word, for stocks and options", () => {
    expect(validatePack(builtin, packId).status).toBe("APPROVED");
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
