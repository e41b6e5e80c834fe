import { describe, expect, it } from "vitest";
import { bestInWords, type JudgedRow } from "../../../web/src/words/verdict.ts";

const judged = (
  status: JudgedRow["gate"]["status"],
  change: Partial<JudgedRow> = {},
  reasons: JudgedRow["gate"]["reasons"] = [],
): JudgedRow => ({
  gate: { status, reasons },
  score: 0.1,
  metrics: { residual: { sharpe: 0.7 } },
  significance: { dsr: 0.52 },
  ...change,
});
const DSR = { code: "dsr_below_min", metric: "dsr", value: 0.52, limit: 0.9 };
const DRAWDOWN = { code: "max_dd_exceeded", metric: "max_drawdown_pct", value: 33.4, limit: 25 };

describe("bestInWords", () => {
  it("says how far the best is from the gate", () => {
    expect(bestInWords([judged("FAIL", { score: -1 }), judged("MARGINAL_SIG", {}, [DSR])], "variant")).toBe(
      "No variant passed: the best one's deflated Sharpe ratio is 0.52, the gate asks for 0.90.",
    );
  });

  it("names the reason that says most, and how many more there are", () => {
    expect(bestInWords([judged("FAIL", {}, [DRAWDOWN, DSR])])).toBe(
      "No result passed: the best one's deflated Sharpe ratio is 0.52, the gate asks for 0.90. One more limit is missed.",
    );
    expect(bestInWords([judged("MARGINAL", {}, [DRAWDOWN])])).toBe(
      "No result passed: the best one's largest drawdown is 33.4%, the gate allows 25.0%.",
    );
  });

  it("has words for reasons without a number", () => {
    const reason = { code: "capped_simulated", metric: "simulated", value: null, limit: null };
    expect(bestInWords([judged("MARGINAL", {}, [reason])])).toBe(
      "No result passed: simulated data (Results on simulated data cannot pass outside the SIMULATED workspace).",
    );
  });

  it("counts those that passed", () => {
    expect(bestInWords([judged("PASS"), judged("FAIL")], "variant", 27)).toBe(
      "1 of 27 variants passed: the best one's residual Sharpe ratio is 0.70, its deflated Sharpe ratio 0.52.",
    );
  });

  it("says nothing of nothing", () => {
    expect(bestInWords([])).toBeUndefined();
  });
});
