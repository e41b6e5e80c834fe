import { describe, expect, it } from "vitest";
import { contractSymbol, optionStatements } from "#lib/backtest/options/option-report.ts";
import { matrixOf, policyOf, variantOf } from "../support.ts";
import { contractTapeOf } from "./support.ts";

describe("contractSymbol", () => {
  it("is the symbol of vendors: date, right, and the strike in thousandths", () => {
    expect(contractSymbol("SPY", 20240701, 1, 545)).toBe("O:SPY240701C00545000");
    expect(contractSymbol("F", 20240119, -1, 12.5)).toBe("O:F240119P00012500");
  });
});

describe("optionStatements", () => {
  const contracts = contractTapeOf(matrixOf([[100, 100, 100, 100]]), []);
  const input = { contracts, rule: { dteTarget: 7, strike: null }, riskPerTrade: 0.01 };
  const said = (execution: Record<string, unknown> = {}, params = {}): string =>
    optionStatements(input, policyOf(execution), variantOf(params)).join(" ");

  it("say how a contract is chosen, bought, sold, settled and sized", () => {
    const text = said();
    expect(text).toContain("nearest to 7 days from the entry, and a delta of 0.35, within 0.05");
    expect(text).toContain("$0.65 a contract on each side");
    expect(text).toContain("at most 1 % of equity with the fee; equity starts at $10000");
    expect(text).toContain("nothing is written, so nothing is assigned");
    expect(text).not.toContain("at least");
  });

  it("say the variant's own choices and the policy's limits", () => {
    const selection = { min_oi: 500, min_volume: 100, min_vol: 0.1, max_spread_pct: 8, weekly_ok: false };
    const text = said(
      { options: { selection } },
      { strike_selection: "5%_OTM", dte_target: 30, slippage: "pessimistic", position_size: 0.005 },
    );
    expect(text).toContain("nearest to 30 days from the entry among monthly ones, and the strike 5%_OTM");
    expect(text).toContain("open interest of 500 (the morning's), volume of 100 so far, implied volatility of 0.1");
    expect(text).toContain("8 % of its middle at most");
    expect(text).toContain("mid + 2 x (half the spread");
    expect(text).toContain("at most 0.5 % of equity");
  });
});
