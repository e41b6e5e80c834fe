import { describe, expect, it } from "vitest";
import { validatePack } from "#lib/packs/validate-pack.ts";
import { builtin, edited } from "./support.ts";

const PACK = "swingsigma/pack.yaml";
const SET = "swingsigma/indicator_sets/default.yaml";
const replace = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);

/** A set of n different indicators. */
const setOf = (n: number) =>
  `name: default\nversion: 1\ndescription: A set.\nindicators:\n${Array.from({ length: n }, (_, i) => `  - { name: ret, window: ${i + 1} }\n`).join("")}`;

const verdicts = (changes: Parameters<typeof edited>[0]) => {
  const report = validatePack(edited(changes), "swingsigma");
  const complaints = report.checks.filter(({ status }) => status !== "PASS");
  return { status: report.status, complaints: complaints.map(({ check, status }) => `${check} ${status}`), report };
};

describe("validatePack", () => {
  it("approves the built-in pack, a line for each check", () => {
    const report = validatePack(builtin, "swingsigma");
    expect(report.status).toBe("APPROVED");
    expect(report.checks.map(({ check }) => check)).toEqual([
      "schema",
      "references",
      "indicators_exist",
      "indicators_in_menu",
      "indicator_counts",
      "required_gates",
      "default_strategy",
      "risk_consistency",
      "strategy_columns",
      "scanner_columns",
      "layout",
      "documentation",
    ]);
    expect(report.checks.every(({ status, remedy }) => status === "PASS" && remedy === null)).toBe(true);
  });

  it.each<[string, Parameters<typeof edited>[0]]>([
    ["3 indicators", { [SET]: setOf(3) }],
    ["15 indicators", { [SET]: setOf(15) }],
    ["15 indicators and the weekday", { [SET]: `${setOf(15)}  - { name: day_of_week }\n` }],
    ["min_trades as the name of min_bets", { [PACK]: replace("min_bets: 20", "min_trades: 20") }],
    [
      "max_drawdown and sharpe_ratio as names",
      { [PACK]: (t) => t.replace("max_drawdown_pct: 30", "max_drawdown: 30").replace("min_sharpe", "sharpe_ratio") },
    ],
    ["a Sharpe limit of 0", { [PACK]: replace("min_sharpe: 0.4", "min_sharpe: 0") }],
    [
      "aggressive with 1 % positions",
      { "swingsigma/policy_templates/default.yaml": replace("position_size_pct: 10", "position_size_pct: 1") },
    ],
    ["a pack of 1 character", { [PACK]: replace("name: SwingSigma", "name: S") }],
  ])("accepts %s", (_what, changes) => {
    expect(verdicts(changes).complaints.filter((complaint) => complaint.endsWith("FAIL"))).toEqual([]);
  });

  it.each<[string, Parameters<typeof edited>[0], string[]]>([
    [
      "a scanner that ranks by a column it does not compute",
      { "swingsigma/indicator_sets/breakout.yaml": replace("column: adx_14, best", "column: adx_20, best") },
      ["scanner_columns FAIL"],
    ],
    [
      "a scanner whose condition reads a column it does not compute",
      { "swingsigma/indicator_sets/breakout.yaml": replace('op: ">", value: 20', 'op: ">", value: rsi_14') },
      ["scanner_columns FAIL"],
    ],
    ["2 indicators", { [SET]: setOf(2) }, ["indicator_counts FAIL"]],
    ["16 indicators", { [SET]: setOf(16) }, ["indicator_counts FAIL"]],
    ["gates without min_bets", { [PACK]: replace("  min_bets: 20\n", "") }, ["required_gates FAIL"]],
    ["fewer than 20 bets", { [PACK]: replace("min_bets: 20", "min_bets: 19") }, ["required_gates FAIL"]],
    ["a negative Sharpe limit", { [PACK]: replace("min_sharpe: 0.4", "min_sharpe: -0.1") }, ["required_gates FAIL"]],
    ["no default strategy", { "swingsigma/strategies/momentum_swing.yaml": replace("default: true\n", "") }, ["default_strategy FAIL"]],
    [
      "a conservative strategy under gates of 31 %",
      { [PACK]: replace("max_drawdown_pct: 30", "max_drawdown_pct: 31") },
      ["risk_consistency FAIL"],
    ],
    [
      "balanced gates of 41 %, which the conservative strategy's 30 % forbids too",
      { [PACK]: replace("max_drawdown_pct: 30", "max_drawdown_pct: 41") },
      ["risk_consistency FAIL", "risk_consistency FAIL", "risk_consistency FAIL"],
    ],
    [
      "a conservative profile of 31 %",
      {
        [PACK]: replace("max_drawdown_pct: 30", "max_drawdown_pct: 40"),
        "swingsigma/risk_profiles/conservative.yaml": replace("max_drawdown_pct: 20", "max_drawdown_pct: 31"),
      },
      ["risk_consistency FAIL", "risk_consistency FAIL"],
    ],
    [
      "aggressive with 0.5 % positions",
      { "swingsigma/policy_templates/default.yaml": replace("position_size_pct: 10", "position_size_pct: 0.5") },
      ["risk_consistency FAIL"],
    ],
    ["an indicator that does not exist", { [SET]: replace("name: rsi,", "name: rsj,") }, ["indicators_exist FAIL"]],
    ["a parameter out of bounds", { [SET]: replace("name: rsi, window: 14", "name: rsi, window: 0") }, ["indicators_exist FAIL"]],
    [
      "an indicator outside the menu",
      { [PACK]: replace("  - { name: vol_zscore, timeframe: bar }\n", "") },
      ["indicators_in_menu FAIL", "indicators_in_menu FAIL", "indicators_in_menu FAIL"],
    ],
    [
      "a rule on a column that the strategy does not compute",
      { "swingsigma/strategies/momentum_swing.yaml": replace("column: adx_14", "column: adx_15") },
      ["strategy_columns FAIL"],
    ],
    ["a strategy that is listed and not there", { "swingsigma/strategies/breakout_swing.yaml": null }, ["references FAIL"]],
    [
      "a profile looser than the pack",
      { "swingsigma/risk_profiles/aggressive.yaml": replace("min_sharpe: 0.4", "min_sharpe: 0.3") },
      ["references FAIL"],
    ],
    ["a name of 21 characters", { [PACK]: replace("name: SwingSigma", "name: SwingSigmaSwingSigmaX") }, ["schema FAIL"]],
    [
      "a description of 49 characters",
      { [PACK]: replace(/description: >-\n(.*\n){2}/, `description: ${"x".repeat(49)}\n`) },
      ["schema FAIL"],
    ],
  ])("rejects %s", (_what, changes, complaints) => {
    const found = verdicts(changes);
    expect(found.status).toBe("REJECTED");
    expect(found.complaints).toEqual(complaints);
    expect(found.report.checks.every(({ status, remedy }) => status === "PASS" || (remedy ?? "").length > 0)).toBe(true);
  });

  it("warns of a set without description and of a second default strategy, and still approves", () => {
    const found = verdicts({
      [SET]: replace(/description:.*\n/, ""),
      "swingsigma/strategies/breakout_swing.yaml": replace("version: 1\n", "version: 1\ndefault: true\n"),
    });
    expect(found.status).toBe("APPROVED WITH WARNINGS");
    expect(found.complaints).toEqual(["default_strategy WARN", "documentation WARN"]);
  });

  it("warns of documents that nothing reads", () => {
    const found = verdicts({
      "swingsigma/strategies/My Idea.yaml": "a: 1",
      "swingsigma/strategy/x.yaml": "a: 1",
      "swingsigma/notes.yaml": "a: 1",
    });
    expect(found.complaints).toEqual(["layout WARN", "layout WARN", "layout WARN"]);
  });

  it("reports every broken document, not only the first", () => {
    const found = verdicts({ [SET]: "name: [", "swingsigma/strategies/breakout_swing.yaml": "a: 1\na: 2\n" });
    expect(found.complaints.filter((line) => line === "schema FAIL")).toHaveLength(2);
  });

  it("says NOT_FOUND for a pack that is not there", () => {
    expect(() => validatePack(builtin, "swingsigm")).toThrowError(
      expect.objectContaining({ code: "NOT_FOUND", message: expect.stringContaining('"swingsigma"') }),
    );
  });
});
