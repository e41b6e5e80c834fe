import { describe, expect, it } from "vitest";
import { CHECKS } from "#lib/coherence/rule-texts.ts";
import { validatePack } from "#lib/coherence/validate-pack.ts";
import { packIds } from "#lib/packs/pack-source.ts";
import { performanceCheck } from "#lib/packs/performance-check.ts";
import { builtin } from "../packs/support.ts";
import { inFile, inPack, lintpack } from "./support.ts";

const complaints = ({ checks }: ReturnType<typeof validatePack>) =>
  checks.filter(({ status }) => status !== "PASS").map(({ code, status }) => `${code} ${status}`);

describe("validatePack", () => {
  it.each(packIds(builtin))("approves the built-in pack %s, a line for each check", (packId) => {
    const report = validatePack(builtin, packId);
    // What daily models of the night are for is said of each of them.
    expect(complaints(report).filter((line) => line !== "label_research_only WARN")).toEqual([]);
    expect(report).toMatchObject({ pack_id: packId, status: expect.stringMatching(/^APPROVED/) });
    expect([...new Set(report.checks.map(({ check }) => check))]).toEqual(Object.keys(CHECKS).filter((check) => check !== "performance"));
    const passed = report.checks.filter(({ status }) => status === "PASS");
    expect(passed.every(({ code, path, remedy }) => code === null && path === null && remedy === null)).toBe(true);
  });

  it("names the rule, the place, the reason and the remedy of an objection", () => {
    const report = validatePack(lintpack(inPack(["min_bets: 20", "min_bets: 19"])), "lintpack");
    expect(report.checks.find(({ check }) => check === "required_gates")).toEqual({
      check: "required_gates",
      title: "Required gates",
      status: "FAIL",
      code: "gate_too_low",
      path: "gates.min_bets",
      reason: 'The gates set min_bets to "19"; at least 20 is needed.',
      remedy: "Raise it.",
    });
    expect(report).toMatchObject({ status: "REJECTED", recommendation: "Raise it." });
  });

  it("approves with warnings when nothing worse was found", () => {
    const report = validatePack(
      lintpack(
        inFile("indicator_sets/default.yaml", [/^description:.*\n/m, ""]),
        inFile("strategies/bold.yaml", ["version: 1\n", "version: 1\ndefault: true\n"]),
      ),
      "lintpack",
    );
    expect(complaints(report)).toEqual(["default_strategy_repeated WARN", "set_undescribed WARN"]);
    expect(report.status).toBe("APPROVED WITH WARNINGS");
  });

  it("says where in the models and templates a rule objects", () => {
    const report = validatePack(
      lintpack(
        inFile("model_templates/plain.yaml", ["horizon: 5", "horizon: 21"]),
        inFile("model_configs/m.yaml", ["horizon: 5", "horizon: 22"]),
      ),
      "lintpack",
    );
    expect(report.checks.filter(({ check }) => check === "models").map(({ path }) => path)).toEqual([
      "model_configs.m.label.horizon",
      "model_templates.plain.label.horizon",
    ]);
  });

  it("does not repeat what is wrong with the pack for every model made from it", () => {
    const report = validatePack(lintpack(inPack(["  - { name: natr, timeframe: bar }\n", ""])), "lintpack");
    expect(complaints(report)).toEqual(["indicator_not_in_menu FAIL"]);
  });

  it("reports every broken document, and leaves out the checks that need them", () => {
    const report = validatePack(lintpack({ "indicator_sets/default.yaml": "name: [", "strategies/bold.yaml": "a: 1\na: 2\n" }), "lintpack");
    expect(report.checks.filter(({ code }) => code === "document_invalid")).toHaveLength(2);
    expect(report.checks.map(({ check }) => check)).not.toContain("models");
  });

  it("has a line on the backtest when there was one", () => {
    const failed = performanceCheck({ failure: { code: "SINGLE_CLASS", message: "One class only." } });
    expect(validatePack(lintpack(), "lintpack", failed)).toMatchObject({ status: "REJECTED" });
    const passed = validatePack(lintpack(), "lintpack", { accepted: true, findings: [] });
    expect(passed.checks.at(-1)).toMatchObject({ check: "performance", status: "PASS" });
    expect(passed.status).toBe("APPROVED");
  });

  it("says NOT_FOUND for a pack that is not there", () => {
    expect(() => validatePack(builtin, "swingsigm")).toThrowError(
      expect.objectContaining({ code: "NOT_FOUND", message: expect.stringContaining('"swingsigma"') }),
    );
  });
});
