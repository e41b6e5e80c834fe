import { describe, expect, it } from "vitest";
import { INDICATORS } from "#lib/indicators/catalog.ts";
import { planIndicators } from "#lib/indicators/plan.ts";
import { type IndicatorEntry, resolveIndicator } from "#lib/indicators/resolve.ts";
import { planFlowColumns } from "#lib/options/flow/flow-plan.ts";
import { planSignedFlowColumns } from "#lib/options/flow/signed-flow-plan.ts";

/** The map that accepts older spellings in indicator sets: what is written, and what is meant. */
const ALIASES: readonly (readonly [IndicatorEntry, IndicatorEntry])[] = [
  [{ name: "returns" }, { name: "ret" }],
  [
    { name: "stddev", window: 20 },
    { name: "rolling_std", window: 20 },
  ],
  [
    { name: "roll_std", window: 20 },
    { name: "rolling_std", window: 20 },
  ],
  [{ name: "bollinger" }, { name: "bollinger_bands" }],
  [{ name: "iv_skew_25d_rr" }, { name: "iv_skew_25d" }],
  [{ name: "iv_skew25_delta" }, { name: "iv_skew_25d" }],
  [{ name: "momentum_score" }, { name: "momentum_score_total" }],
  [{ name: "options_smile" }, { name: "iv_smile_wings" }],
  [
    { name: "supertrend", mult: 2 },
    { name: "supertrend", multiplier: 2 },
  ],
  [
    { name: "rsi", period: 9 },
    { name: "rsi", window: 9 },
  ],
  [
    { name: "rsi", length: 9 },
    { name: "rsi", window: 9 },
  ],
  [{ name: "rsi_14" }, { name: "rsi", window: 14 }],
  [{ name: "stddev_20" }, { name: "rolling_std", window: 20 }],
  [{ name: "daily_rsi_7" }, { name: "daily_rsi", window: 7 }],
];

describe("aliases of indicators", () => {
  it.each(ALIASES)("read %j as %j", (written, meant) => {
    expect(resolveIndicator(written).key).toBe(resolveIndicator(meant).key);
  });

  it("give the same columns as the names that they stand for", () => {
    for (const [written, meant] of ALIASES) expect(planIndicators([written]).columns).toEqual(planIndicators([meant]).columns);
  });

  it("are no names of indicators themselves", () => {
    for (const [{ name }, meant] of ALIASES) if (name !== meant.name) expect(INDICATORS.has(name)).toBe(false);
  });
});

describe("columns of indicators and of option flow", () => {
  it("never share a name, so that a set may have sold_flow_ratio beside features.flow", () => {
    const flow = new Set(
      [...planFlowColumns({ atm: true, distanceMax: 50 }), ...planSignedFlowColumns({ atm: true, dealer: true })].map(({ name }) => name),
    );
    const own = [...INDICATORS.values()].flatMap((definition) => {
      const params = definition.params.safeParse({});
      return params.success ? definition.columns(params.data).map(({ name }) => name) : [];
    });
    expect(own.length).toBeGreaterThan(150);
    expect(own).toContain("sold_flow_ratio");
    expect(own.filter((name) => flow.has(name))).toEqual([]);
  });
});
