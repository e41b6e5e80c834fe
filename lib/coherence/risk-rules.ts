import type { Finding } from "../packs/finding.ts";
import type { PackContent } from "../packs/resolved-pack.ts";
import { MAX_DRAWDOWN_PCT, MIN_AGGRESSIVE_POSITION_PCT, type RiskTag } from "../packs/risk-limits.ts";
import { effectiveTags } from "../packs/tags.ts";
import { objection } from "./rules.ts";

interface Tagged {
  readonly who: string;
  readonly risk: RiskTag;
}

/** Gates, the vibe and position sizes agree with the words for risk that the pack, its strategies and its profiles use. */
export function riskConsistency({ pack, strategies, riskProfiles, policies }: PackContent): Finding[] {
  const own: Tagged = { who: "The pack", risk: pack.tags.risk };
  const tagged: readonly Tagged[] = [
    own,
    ...[...strategies].map(([name, { tags }]) => ({
      who: `Strategy "${name}"`,
      risk: effectiveTags(pack.tags, tags).byCategory["risk"] as RiskTag,
    })),
  ];
  const { max_drawdown_pct: gate } = pack.gates;
  return [
    ...tagged.flatMap(({ who, risk }) =>
      drawdownFits("gates.max_drawdown_pct", `${who} is tagged "${risk}" and the pack's gates`, risk, gate),
    ),
    ...[...riskProfiles].flatMap(([name, { risk_budget }]) =>
      drawdownFits(
        `risk_profiles.${name}.risk_budget.max_drawdown_pct`,
        `Profile "${name}"`,
        name as RiskTag,
        risk_budget.max_drawdown_pct,
      ),
    ),
    ...vibeFits(own.risk, 100 * pack.vibe.risk_appetite.max_drawdown),
    // Strategies are traded under the default policy unless a model has its own; other templates stand for the pack.
    ...[...policies].flatMap(([name, { risk }]) =>
      (name === pack.policy ? tagged : [own]).flatMap((each) => positionFits(name, each, risk.position_size_pct)),
    ),
  ];
}

function drawdownFits(path: string, who: string, risk: RiskTag, drawdown: number | undefined): Finding[] {
  const limit = MAX_DRAWDOWN_PCT[risk];
  if (drawdown === undefined || drawdown <= limit) return [];
  return [objection("drawdown_above_risk", path, `${who} allows a drawdown of "${drawdown}" %; ${risk} allows at most ${limit} %.`)];
}

function vibeFits(risk: RiskTag, tolerated: number): Finding[] {
  const limit = MAX_DRAWDOWN_PCT[risk];
  if (tolerated <= limit + 1e-9) return [];
  return [
    objection(
      "vibe_drawdown_above_risk",
      "vibe.risk_appetite.max_drawdown",
      `The vibe tolerates a drawdown of "${Number(tolerated.toFixed(4))}" %; ${risk} allows at most ${limit} %.`,
    ),
  ];
}

function positionFits(policy: string, { who, risk }: Tagged, position: number): Finding[] {
  if (risk !== "aggressive" || position >= MIN_AGGRESSIVE_POSITION_PCT) return [];
  return [
    objection(
      "position_below_risk",
      `policy_templates.${policy}.risk.position_size_pct`,
      `${who} is tagged "aggressive" but policy "${policy}" has positions of "${position}" % of capital; at least ${MIN_AGGRESSIVE_POSITION_PCT} % is expected.`,
    ),
  ];
}
