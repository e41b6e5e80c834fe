import { normalCdf } from "#lib/metrics/normal.ts";
import { RISK_PROFILES } from "#lib/policies/risk-budget.schema.ts";
import { dsrLimitTable } from "../dsr-limits.ts";
import type { Claim, Done, Scale, Section } from "../experiment.ts";
import { fixed, percent, table } from "../markdown.ts";
import { POWER_GROUPS, type PowerGroup } from "./groups.ts";
import type { PowerResult } from "./result.ts";

const LEAST_POWER = 0.8;
/** How far the mean of the true Sharpe ratios may be from what is stated. */
const STATED_WITHIN = 0.1;
/** 90th percentile of the normal distribution: what a deflated Sharpe ratio of .90 asks for. */
const BALANCED_Z = 1.2815515655446004;

export function powerSection(done: readonly Done<PowerResult>[], scale: Scale): Section {
  const groups = Object.entries(POWER_GROUPS).flatMap(([name, group]) => {
    const results = done.filter(({ job }) => job.group === name).map(({ result }) => result);
    return results.length === 0 ? [] : [{ group, results }];
  });
  return {
    claims: scale === "quick" ? groups.flatMap(quickClaims) : groups.flatMap(claimsOf),
    text: [
      "A fading sum of past returns moves the next bar (`sigma data simulate --edge-sharpe`). The rule that knows this sum has the stated long-run Sharpe ratio; a model that",
      "must learn it from past bars gets less. What is stated of the first groups is the *true* net Sharpe ratio of the declared variant (edge 0, every row, held for the",
      "label's 5 bars): its own positions and costs, with each bar's mean, which only who planted it knows, in the place of its return. Years are those evaluated out of",
      "sample; the first training share and the holdout stand beside them. The rule's Sharpe ratio was set so that the stated one comes out; the last groups show what is",
      "left of a rule that has it.",
      "",
      table(
        [
          "Planted",
          "n",
          "Rule",
          "Declared, true",
          "Declared, measured",
          ...RISK_PROFILES.map((profile) => `PASS ${profile}`),
          "Model has skill",
        ],
        groups.map(({ group, results }) => [
          group.title,
          String(results.length),
          fixed(group.ruleSharpe),
          fixed(meanOf(results, ({ declared }) => declared.expected)),
          fixed(meanOf(results, ({ declared }) => declared.measured)),
          ...RISK_PROFILES.map((profile) => percent(meanOf(results, ({ passed }) => (passed[profile] ? 1 : 0)))),
          percent(meanOf(results, ({ hasSkill }) => (hasSkill ? 1 : 0))),
        ]),
      ),
      "",
      "Measured less true is what the evaluation adds: nothing, within its error, for a variant that was declared. The recommended variant was chosen because it looks good,",
      "so it looks better than it is: that is the winner's bias. SR0 is what the best of the trials would show by luck; one variant of the true Sharpe ratio alone clears the",
      "balanced profile's deflated Sharpe ratio of .90 with the probability in the last column, and a sweep has several tries.",
      "",
      table(
        [
          "Planted",
          "Declared: measured - true",
          "Standard error",
          "Winner: measured",
          "Winner: true",
          "Winner's bias",
          "SR0",
          "One variant clears it",
        ],
        groups.map(({ group, results }) => {
          const difference = errorOf(results);
          const [measured, expected] = [meanOf(results, ({ winner }) => winner.measured), meanOf(results, ({ winner }) => winner.expected)];
          const luck = meanOf(results, ({ referenceSharpe }) => referenceSharpe ?? 0);
          return [
            group.title,
            fixed(difference.mean),
            fixed(difference.standardError),
            fixed(measured),
            fixed(expected),
            fixed(measured - expected),
            fixed(luck),
            percent(aloneOf(group, results, luck)),
          ];
        }),
      ),
      "",
      "Share of histories with a variant that would PASS if `min_dsr` were what stands above the column, all other limits being left as they are.",
      "",
      dsrLimitTable(
        ["Planted", "Profile"],
        groups.flatMap(({ group, results }) =>
          RISK_PROFILES.map((profile) => ({ names: [group.title, profile], ratios: results.map((each) => each.dsrOtherwise[profile]) })),
        ),
      ),
    ].join("\n"),
  };
}

interface Group {
  readonly group: PowerGroup;
  readonly results: readonly PowerResult[];
}

function claimsOf({ group, results }: Group): Claim[] {
  const { statedSharpe, title } = group;
  const { mean, standardError } = errorOf(results);
  const unbiased: Claim = {
    says: `Power, ${title}: the declared variant's measured Sharpe ratio is its true one within 2 standard errors of the mean`,
    found: `${fixed(mean)} +- ${fixed(standardError)}`,
    holds: Math.abs(mean) <= 2 * standardError,
  };
  if (statedSharpe === null) return [unbiased];
  const passed = meanOf(results, (result) => (result.passed.balanced ? 1 : 0));
  const truth = meanOf(results, ({ declared }) => declared.expected);
  return [
    {
      says: `Power, ${title}: the plant is what is stated, a true net Sharpe ratio of ${fixed(statedSharpe, 1)} on average`,
      found: fixed(truth),
      holds: Math.abs(truth - statedSharpe) <= STATED_WITHIN,
    },
    {
      says: `Power, ${title}: a variant PASSes on the balanced profile in at least ${percent(LEAST_POWER, 0)} of the histories`,
      found: percent(passed),
      holds: passed >= LEAST_POWER,
    },
    unbiased,
  ];
}

/** A few histories prove no share; they show that a planted edge can pass at all. */
function quickClaims({ group, results }: Group): Claim[] {
  const passed = results.filter((result) => result.passed.balanced).length;
  return [{ says: `Power, ${group.title}: a planted edge can PASS`, found: `${passed} of ${results.length}`, holds: passed > 0 }];
}

function errorOf(results: readonly PowerResult[]): { readonly mean: number; readonly standardError: number } {
  const differences = results.map(({ declared }) => declared.measured - declared.expected);
  const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (differences.length - 1);
  return { mean, standardError: Math.sqrt(variance / differences.length) };
}

/** Probability that one variant of the mean true Sharpe ratio measures enough above SR0, on normal returns. */
function aloneOf({ years }: PowerGroup, results: readonly PowerResult[], luck: number): number {
  const truth = meanOf(results, ({ declared }) => declared.expected);
  return normalCdf((truth - luck) * Math.sqrt(years) - BALANCED_Z);
}

const meanOf = (results: readonly PowerResult[], value: (result: PowerResult) => number): number =>
  results.reduce((sum, result) => sum + value(result), 0) / results.length;
