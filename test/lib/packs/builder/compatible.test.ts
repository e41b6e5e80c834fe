import { describe, expect, it } from "vitest";
import { validatePack } from "#lib/coherence/validate-pack.ts";
import { compatibleInstruments, compatibleStrategies } from "#lib/packs/builder/compatible.ts";
import { composePack } from "#lib/packs/builder/compose-pack.ts";
import type { IdentityStep, InstrumentsStep } from "#lib/packs/builder/pack-draft.schema.ts";
import { documentsOf } from "#lib/packs/pack-source.ts";

const identity = (time_horizon: IdentityStep["vibe"]["time_horizon"], tags: Partial<IdentityStep["tags"]>): IdentityStep => ({
  name: "Any",
  description: "A pack for a test of what the builder offers, with every indicator in its menu.",
  vibe: {
    time_horizon,
    risk_appetite: { max_drawdown: 0.2, concentration: "medium", leverage: 1, stop_tightness: "medium" },
    decision_style: { kind: "technical", patience: "patient" },
    market_preference: { regime: "trending", bias: "neutral", liquidity: "liquid" },
    execution_character: { orders: "market", entry: "all_in", exit: "binary" },
  },
  tags: {
    risk: "balanced",
    direction: "long_short",
    timeframe: "swing",
    market: "trending",
    asset: "equities",
    style: "technical",
    experience: "beginner",
    ...tags,
  },
});

describe("compatibleInstruments", () => {
  it.each([
    ["minutes", "intraday", "equities"],
    ["minutes", "intraday", "options"],
    ["days", "swing", "equities"],
    ["days", "swing", "multi_asset"],
    ["weeks", "position", "equities"],
    ["months", "investment", "equities"],
  ] as const)("offers for %s, %s, %s only what the linter takes, indicators and all", (time_horizon, timeframe, asset) => {
    const who = identity(time_horizon, { timeframe, asset });
    const offered = compatibleInstruments(who);
    const instruments: InstrumentsStep = {
      supported_instruments: [...offered.supported_instruments] as InstrumentsStep["supported_instruments"],
      default_instrument: offered.supported_instruments[0]!,
      horizons: [...offered.horizons] as InstrumentsStep["horizons"],
      cadences: [...offered.cadences] as InstrumentsStep["cadences"],
      signal_interval: offered.signal_intervals[0]!,
      indicators: offered.indicators.map(({ name }) => name) as InstrumentsStep["indicators"],
      sets: { default: [{ name: "ret" }, { name: "rsi" }, { name: "natr" }, { name: "adx" }] },
      label: {
        kind: "forward_return",
        horizon: offered.horizons[0] === "long" ? 63 : 1,
        unit: "bars",
        entry: "next_open",
        band: { kind: "none" },
        task: "classify",
      },
    };
    const { suggested_gates, columns } = compatibleStrategies(who, instruments);
    expect(columns.map(({ name }) => name)).toContain("adx_14");
    const strategies = {
      strategies: [
        {
          name: "trend",
          version: 1,
          default: true,
          description: "Trades while a trend has some strength.",
          tags: { approach: "momentum" as const },
          indicators: [{ name: "adx", window: 14 }] as InstrumentsStep["sets"][string],
          entry: { all: [{ column: "adx_14", op: ">" as const, value: 10 }] as never },
          exit: { kind: "label_end" as const },
          side: "both" as const,
        },
      ] as never,
      gates: suggested_gates,
    };
    const texts = composePack({ pack_id: "any", identity: who, instruments, strategies }, "0.1.0");
    const report = validatePack(documentsOf(texts), "any");
    const failed = report.checks.filter(({ status, check }) => status === "FAIL" && check !== "models" && check !== "feasibility");
    expect(failed).toEqual([]);
  });

  it.each([
    [{ asset: "crypto" }, "tags.asset"],
    [{ asset: "futures" }, "tags.asset"],
    [{ style: "fundamental" }, "tags.style"],
  ] as const)("refuses %j, which no provider has", (tags, field) => {
    expect(() => compatibleInstruments(identity("days", tags))).toThrowError(
      expect.objectContaining({ code: "DATA_UNAVAILABLE", fieldErrors: [expect.objectContaining({ path: field })] }),
    );
  });
});
