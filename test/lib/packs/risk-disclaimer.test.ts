import { describe, expect, it } from "vitest";
import { riskDisclaimer } from "#lib/packs/risk-disclaimer.ts";

const calm: Parameters<typeof riskDisclaimer>[0] = {
  supported_instruments: ["stocks"],
  horizons: ["swing"],
  tags: {
    risk: "conservative",
    direction: "long_only",
    timeframe: "swing",
    market: "trending",
    asset: "equities",
    style: "technical",
    experience: "beginner",
  },
  vibe: {
    time_horizon: "days",
    risk_appetite: { max_drawdown: 0.2, concentration: "low", leverage: 1, stop_tightness: "medium" },
    decision_style: { kind: "technical", patience: "patient" },
    market_preference: { regime: "trending", bias: "bull", liquidity: "liquid" },
    execution_character: { orders: "market", entry: "all_in", exit: "binary" },
  },
  gates: {},
};
const said = (changes: Partial<typeof calm>): string => riskDisclaimer({ ...calm, ...changes });

describe("riskDisclaimer", () => {
  it("says of every pack that it can lose money and promises nothing", () => {
    expect(said({})).toBe(
      "Models of this pack can lose money; past results, also those that pass the gate, promise nothing, and nothing here is advice.",
    );
  });

  it("says what the gate tolerates", () => {
    expect(said({ gates: { max_drawdown_pct: 30 } })).toContain("lost up to 30 % from a peak");
  });

  it("warns of the premium, more so on the day of expiry", () => {
    expect(said({ supported_instruments: ["options"] })).toContain("the whole premium is at risk.");
    expect(said({ supported_instruments: ["options"], horizons: ["0dte"] })).toContain("the whole premium is at risk every day.");
  });

  it("warns of nights, short sales, borrowed money and an aggressive tag", () => {
    expect(said({ horizons: ["overnight"] })).toContain("no stop works in between");
    expect(said({ tags: { ...calm.tags, direction: "long_short" } })).toContain("Short sales");
    expect(said({ supported_instruments: ["options"], tags: { ...calm.tags, direction: "long_short" } })).not.toContain("Short sales");
    expect(said({ vibe: { ...calm.vibe, risk_appetite: { ...calm.vibe.risk_appetite, leverage: 2 } } })).toContain(
      "up to 2 times the capital",
    );
    expect(said({ tags: { ...calm.tags, risk: "aggressive" } })).toContain("money that you can do without");
  });
});
