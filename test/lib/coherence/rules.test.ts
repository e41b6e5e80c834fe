import { describe, expect, it } from "vitest";
import { RULE_TEXTS } from "#lib/coherence/rule-texts.ts";
import { COHERENCE_RULES } from "#lib/coherence/rules.ts";
import { validatePack } from "#lib/coherence/validate-pack.ts";
import { type Case, RULE_CASES, type RuleCases, type RuleOfPack } from "./fixtures.ts";
import { type Edits, lintpack } from "./support.ts";

const reportOf = (edits: readonly Edits[]) => validatePack(lintpack(...edits), "lintpack");
const told = (cases: readonly Case[]) => cases.map(([what, ...edits]) => ({ what, edits }));
const rules = Object.entries(RULE_CASES) as [RuleOfPack, RuleCases][];

describe("the sound pack", () => {
  it("is approved without a word, so that every edit stands for itself", () => {
    expect(reportOf([])).toMatchObject({ status: "APPROVED", recommendation: null });
  });
});

describe.each(rules)("%s", (code, { accepted, rejected }) => {
  it.each(told(accepted))("accepts $what", ({ edits }) => {
    const { checks, status } = reportOf(edits);
    expect(checks.filter((line) => line.code === code || line.status === "FAIL")).toEqual([]);
    expect(status).not.toBe("REJECTED");
  });

  it.each(told(rejected))("objects to $what", ({ edits }) => {
    const { checks, status } = reportOf(edits);
    const lines = checks.filter((line) => line.code === code);
    const { severity } = COHERENCE_RULES[code];
    const { check } = RULE_TEXTS[code];
    expect(checks.map((line) => line.code)).toContain(code);
    for (const line of lines) {
      expect(line).toMatchObject({ check, status: severity === "error" ? "FAIL" : "WARN" });
      expect(line.reason.length).toBeGreaterThan(10);
      expect(line.remedy?.length).toBeGreaterThan(3);
    }
    if (severity === "error") expect(status).toBe("REJECTED");
  });
});
