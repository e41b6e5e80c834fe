import { RISK_PROFILES } from "#lib/policies/risk-budget.schema.ts";
import { upperBound } from "../clopper-pearson.ts";
import { dsrLimitTable } from "../dsr-limits.ts";
import type { Claim, Done, Scale, Section } from "../experiment.ts";
import { percent, table } from "../markdown.ts";
import type { RiskProfile } from "../profiles.ts";
import { NOISE_GROUPS, type NoiseGroup, type NoiseResult } from "./groups.ts";
import { NAIVE_SHARPE, type ProfileVerdict } from "./verdict.ts";

const MOST_THAT_PASS = 0.05;
const CONFIDENCE = 0.95;
const LEAST_THAT_MEET_MIN_BETS = 0.9;
/** From this length on, every variant of most profiles can have enough bets. */
const LONG_YEARS = 14;

interface Count {
  readonly series: number;
  readonly pass: number;
  readonly passButForSkill: number;
  readonly naive: number;
}

function countOf(verdicts: readonly ProfileVerdict[]): Count {
  const where = (test: (verdict: ProfileVerdict) => boolean): number => verdicts.filter(test).length;
  return {
    series: verdicts.length,
    pass: where(({ pass }) => pass > 0),
    passButForSkill: where(({ pass, passButForSkill }) => pass + passButForSkill > 0),
    naive: where(({ bestSharpe }) => bestSharpe !== null && bestSharpe > NAIVE_SHARPE),
  };
}

/** What passed, by family and profile, with the share that is still compatible with it. */
export function noiseSection(done: readonly Done<NoiseResult>[], scale: Scale): Section {
  const families = [...new Set(Object.values(NOISE_GROUPS).map(familyOf))].filter((family) => resultsOf(done, family).length > 0);
  const verdicts = (family: string, profile: RiskProfile) => resultsOf(done, family).map(({ result }) => result[profile]);
  const rows = families.flatMap((family) =>
    RISK_PROFILES.map((profile) => {
      const { series, pass, passButForSkill, naive } = countOf(verdicts(family, profile));
      return [
        family,
        profile,
        String(series),
        `${pass} (${percent(pass / series)})`,
        percent(upperBound(pass, series, CONFIDENCE)),
        percent(passButForSkill / series),
        percent(naive / series),
      ];
    }),
  );
  const claims = families.map((family): Claim => {
    const worst = Math.max(
      ...RISK_PROFILES.map((profile) => {
        const { pass, series } = countOf(verdicts(family, profile));
        return upperBound(pass, series, CONFIDENCE);
      }),
    );
    const most = Math.max(...RISK_PROFILES.map((profile) => countOf(verdicts(family, profile)).pass));
    // A few series cannot bound a share by 5 %: a quick run only says that none passed.
    const holds = scale === "full" ? worst <= MOST_THAT_PASS : most === 0;
    return {
      says: `Noise, ${family}: at most ${percent(MOST_THAT_PASS, 0)} of the series have a variant that PASSes, on every profile (upper ${percent(CONFIDENCE, 0)} bound)`,
      found: `bound ${percent(worst)} (${most} of ${verdicts(family, "balanced").length})`,
      holds,
    };
  });
  return {
    claims: [...claims, ...betsClaims(done)],
    text: [
      "Series by series the whole simple sweep (27 variants) runs under each risk profile. A series counts as passed when any variant does. The bound is the one-sided",
      'Clopper-Pearson bound of that share. "But for skill" also counts variants that only fail because the model\'s log loss is not below that of base rates: what the',
      `other limits alone would let through. "Sharpe > ${NAIVE_SHARPE}" is a gate that looks at the best variant's net Sharpe ratio and at nothing else.`,
      "",
      table(["Series", "Profile", "n", "PASS", "Upper bound", "PASS but for skill", `Sharpe > ${NAIVE_SHARPE}`], rows),
      "",
      "### By length",
      "",
      lengthTable(done),
      "",
      "### What another limit would let through",
      "",
      "Share of series with a variant that would PASS if `min_dsr`, the limit of the deflated Sharpe ratio, were what stands above the column, all other limits being left as",
      "they are. The same table of planted edges stands below: the limits in force are those that keep noise out and let the planted edges through.",
      "",
      dsrLimitTable(
        ["Series", "Profile"],
        families.flatMap((family) =>
          RISK_PROFILES.map((profile) => ({
            names: [family, profile],
            ratios: verdicts(family, profile).map((each) => each.dsrOtherwise),
          })),
        ),
      ),
      "",
      "### Enough bets to be judged",
      "",
      'Share of variants with `min_bets` bets. "Possible" are those that can have them at all: sessions / hold x share of the top. Where not even the most active one can, the',
      "sweep says `gate_infeasible` before it runs and nothing can PASS; two years are too short for some profiles, and the product says so.",
      "",
      betsTable(done),
    ].join("\n"),
  };
}

const familyOf = ({ family }: NoiseGroup): string => family;

const resultsOf = (done: readonly Done<NoiseResult>[], family: string): readonly Done<NoiseResult>[] =>
  done.filter(({ job }) => NOISE_GROUPS[job.group]!.family === family);

function lengthTable(done: readonly Done<NoiseResult>[]): string {
  const rows = Object.entries(NOISE_GROUPS).flatMap(([name, { family, years }]) => {
    const results = done.filter(({ job }) => job.group === name).map(({ result }) => result);
    if (results.length === 0) return [];
    const counts = RISK_PROFILES.map((profile) => countOf(results.map((result) => result[profile])));
    return [
      [
        family,
        years === null ? "20" : String(years),
        String(results.length),
        ...counts.map(({ pass, series }) => percent(pass / series)),
        ...counts.slice(1, 2).map(({ naive, series }) => percent(naive / series)),
      ],
    ];
  });
  return table(["Series", "Years", "n", ...RISK_PROFILES.map((profile) => `PASS ${profile}`), `Sharpe > ${NAIVE_SHARPE}`], rows);
}

interface Bets {
  readonly variants: number;
  readonly met: number;
  readonly possible: number;
  readonly possibleMet: number;
  readonly infeasible: number;
  /** Series with a variant that has enough bets. */
  readonly judged: number;
  readonly series: number;
}

function betsOf(verdicts: readonly ProfileVerdict[]): Bets {
  const sum = (of: (verdict: ProfileVerdict) => number): number => verdicts.reduce((total, verdict) => total + of(verdict), 0);
  return {
    variants: sum(({ variants }) => variants),
    met: sum(({ minBetsMet }) => minBetsMet),
    possible: sum(({ possible }) => possible),
    possibleMet: sum(({ possibleMet }) => possibleMet),
    infeasible: sum(({ infeasible }) => (infeasible ? 1 : 0)),
    judged: sum(({ minBetsMet }) => (minBetsMet > 0 ? 1 : 0)),
    series: verdicts.length,
  };
}

/** Uncalibrated models only: who is silent by calibration says nothing of the limit. */
function tradedLengths(done: readonly Done<NoiseResult>[]): (readonly [years: string, results: readonly NoiseResult[]])[] {
  const lengths = new Map<string, NoiseResult[]>();
  for (const { job, result } of done) {
    const { years, model } = NOISE_GROUPS[job.group]!;
    if (model === "calibrated") continue;
    const name = years === null ? "20" : String(years);
    lengths.set(name, [...(lengths.get(name) ?? []), result]);
  }
  return [...lengths].sort(([a], [b]) => Number(a) - Number(b));
}

function betsTable(done: readonly Done<NoiseResult>[]): string {
  const rows = tradedLengths(done).flatMap(([years, results]) =>
    RISK_PROFILES.map((profile) => {
      const bets = betsOf(results.map((result) => result[profile]));
      return [
        years,
        profile,
        percent(bets.met / bets.variants),
        percent(bets.possible / bets.variants),
        percent(bets.possibleMet / bets.possible),
        percent(bets.judged / bets.series),
        percent(bets.infeasible / bets.series),
      ];
    }),
  );
  return table(
    [
      "Years",
      "Profile",
      "Variants that met min_bets",
      "Possible",
      "Possible that met it",
      "Series with one that met it",
      "Sweeps `gate_infeasible`",
    ],
    rows,
  );
}

function betsClaims(done: readonly Done<NoiseResult>[]): Claim[] {
  const lengths = tradedLengths(done);
  const betsWhere = (test: (years: number) => boolean): Bets =>
    betsOf(
      lengths
        .filter(([years]) => test(Number(years)))
        .flatMap(([, results]) => results.flatMap((result) => RISK_PROFILES.map((profile) => result[profile]))),
    );
  const all = betsWhere(() => true);
  const long = betsWhere((years) => years >= LONG_YEARS);
  const least = percent(LEAST_THAT_MEET_MIN_BETS, 0);
  const possible = all.possibleMet / all.possible;
  const claims: Claim[] = [
    {
      says: `Noise: at least ${least} of the variants that can have enough bets have them, so the gate is not passed for want of trades`,
      found: `${percent(possible)} (of all variants, ${percent(all.met / all.variants)})`,
      holds: possible >= LEAST_THAT_MEET_MIN_BETS,
    },
  ];
  if (long.series === 0) return claims;
  const met = long.met / long.variants;
  return [
    ...claims,
    {
      says: `Noise of ${LONG_YEARS} years and more: at least ${least} of all variants have enough bets`,
      found: percent(met),
      holds: met >= LEAST_THAT_MEET_MIN_BETS,
    },
  ];
}
