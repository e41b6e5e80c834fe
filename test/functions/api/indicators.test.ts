import { describe, expect, it } from "vitest";
import { apiHarness } from "./support.ts";

interface View {
  readonly name: string;
  readonly needs: Record<string, unknown> | null;
}

describe("GET /indicators", () => {
  it("says what an indicator needs beside the symbol's own bars", async () => {
    const { call } = apiHarness();
    const view = (await (await call("GET", "/v1/indicators/iv_rank_52w")).json()) as View;
    expect(view.needs).toEqual({
      summary: "daily option chains, from 253 sessions before the first bar",
      daily_symbols: [],
      bar_symbols: [],
      chains: "daily",
      flow: false,
      tape: false,
      universe: false,
      history_sessions: 253,
    });
    expect(((await (await call("GET", "/v1/indicators/rsi")).json()) as View).needs).toBeNull();
  });

  it("groups them by category, those of options and ticks too", async () => {
    const { call } = apiHarness();
    const { groups } = (await (await call("GET", "/v1/indicators?group=true")).json()) as { groups: Record<string, View[]> };
    for (const category of ["regime", "options_volatility", "options_flow", "options_structure", "tick"])
      expect(groups[category]!.length).toBeGreaterThan(2);
  });
});
