import { describe, expect, it } from "vitest";
import type { ValidationReport } from "#lib/coherence/report.schema.ts";
import { reportMarkdown, reportText } from "#lib/coherence/report-text.ts";

const report: ValidationReport = {
  pack_id: "mine",
  status: "APPROVED WITH WARNINGS",
  checks: [
    { check: "time_alignment", title: "Time coherence", status: "PASS", code: null, path: null, reason: "All fit.", remedy: null },
    {
      check: "performance",
      title: "Backtest performance",
      status: "WARN",
      code: "performance_below_gate",
      path: "performance",
      reason: "The ratio is 0.4 | the gate's 0.5.",
      remedy: "Tighten the gates.",
    },
  ],
  recommendation: "Tighten the gates.",
};

describe("reportText", () => {
  it("writes a line a check, the remedy below it, and the verdict", () => {
    expect(reportText(report)).toBe(
      [
        "Pack Validation Report: mine",
        "============================",
        "PASS  Time coherence        All fit.",
        "WARN  Backtest performance  The ratio is 0.4 | the gate's 0.5. [performance_below_gate]",
        "                            Tighten the gates.",
        "",
        "Status: APPROVED WITH WARNINGS",
        "Recommendation: Tighten the gates.",
      ].join("\n"),
    );
  });

  it("colours status words only", () => {
    const painted = reportText(report, (status) => `<${status}>`);
    expect(painted).toContain("<PASS>  Time coherence");
    expect(painted).toContain("Status: <APPROVED WITH WARNINGS>");
  });
});

describe("reportMarkdown", () => {
  it("writes a table whose cells no text can end", () => {
    expect(reportMarkdown(report)).toBe(
      [
        "# Pack validation report: mine",
        "",
        "|  | Check | Rule | Reason | Remedy |",
        "| --- | --- | --- | --- | --- |",
        "| PASS | Time coherence |  | All fit. |  |",
        "| WARN | Backtest performance | `performance_below_gate` | The ratio is 0.4 \\| the gate's 0.5. | Tighten the gates. |",
        "",
        "**Status: APPROVED WITH WARNINGS**",
        "",
        "Recommendation: Tighten the gates.",
        "",
      ].join("\n"),
    );
  });
});
