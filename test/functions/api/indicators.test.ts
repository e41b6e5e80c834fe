import { describe, expect, it } from "vitest";
import { apiHarness } from "./support.ts";

interface View {
  readonly name: string;
  readonly needs: readonly string[];
}

describe("GET /indicators", () => {
  it("says what an indicator needs beside the symbol's own bars", async () => {
    const { call } = apiHarness();
    const view = (await (await call("GET", "/v1/indicators/iv_rank_52w")).json()) as View;
    expect(view.needs).toEqual([
      "option chains, one snapshot a session is enough",
      "the at-the-money volatility of 253 sessions before the first row",
    ]);
    expect(((await (await call("GET", "/v1/indicators/rsi")).json()) as View).needs).toEqual([]);
  });

  it("groups them by category, those of options and ticks too", async () => {
    const { call } = apiHarness();
    const { groups } = (await (await call("GET", "/v1/indicators?group=true")).json()) as { groups: Record<string, View[]> };
    for (const category of ["regime", "options_volatility", "options_flow", "options_structure", "tick"])
      expect(groups[category]!.length).toBeGreaterThan(2);
  });
});
