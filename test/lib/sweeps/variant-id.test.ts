import { describe, expect, it } from "vitest";
import type { Condition } from "#lib/packs/condition.schema.ts";
import { VariantParamsSchema } from "#lib/sweeps/variant.schema.ts";
import { normalVariant, variantOf } from "#lib/sweeps/variant-id.ts";

const base = VariantParamsSchema.parse({ threshold_mode: "edge", threshold: 0.1, top_pct: null, hours: [15, 13], hold_bars: null });

describe("normalVariant", () => {
  it("writes out what is implied", () => {
    expect(normalVariant(base, 10)).toMatchObject({ top_pct: 1, hours: [13, 15], hold_bars: 10, slippage: "realistic" });
    expect(Object.is(normalVariant({ ...base, threshold: -0 }, 10).threshold, 0)).toBe(true);
  });

  it("keeps the hours' thresholds that say something, ascending", () => {
    const normal = (hour_thresholds: Record<string, number> | null, change: Partial<typeof base> = {}) =>
      normalVariant({ ...base, hours: null, hour_thresholds, ...change }, 10).hour_thresholds;
    expect(Object.entries(normal({ "15": 0.3, "9": 0.2, "10": -0 })!)).toEqual([
      ["9", 0.2],
      ["10", 0],
      ["15", 0.3],
    ]);
    // 0.1 is the global threshold; hour 12 lies outside the variant's hours.
    expect(normal({ "9": 0.1, "10": 0.2 })).toEqual({ "10": 0.2 });
    expect(normal({ "12": 0.3, "13": 0.2 }, { hours: [13, 15] })).toEqual({ "13": 0.2 });
    expect(normal({ "9": 0.1 })).toBeNull();
    expect(normal(null)).toBeNull();
  });

  it("changes nothing the second time", () => {
    const once = normalVariant(base, 10);
    expect(normalVariant(once, 10)).toEqual(once);
  });
});

describe("variantOf", () => {
  it("has an id that is permanent", () => {
    expect(variantOf(base, 10).variant_id).toBe("dcda499f7d00522a");
    expect(variantOf({ ...base, hour_thresholds: { "13": 0.1, "9": 3 } }, 10).variant_id).toBe("dcda499f7d00522a");
    expect(variantOf(base, 10).variant_id).toBe(variantOf({ ...base, group: "0.1", hold_bars: 10, hours: [13, 15, 15] }, 10).variant_id);
  });

  it("takes filters as a set", () => {
    const a: Condition = { column: "vix_level", op: "<", value: 20 };
    const b: Condition = { column: "close", op: ">", value: "sma_200" };
    const id = (filters: [Condition, ...Condition[]]) => variantOf({ ...base, filters }, 10).variant_id;
    expect(id([a, b])).toBe(id([b, a, b]));
    expect(id([a])).not.toBe(id([a, b]));
    expect(variantOf({ ...base, filters: [a, b, a] }, 10).params.filters).toEqual([b, a]);
  });

  it("tells every parameter apart", () => {
    const changes = [
      {},
      { threshold: 0.2 },
      { threshold: null },
      { threshold_mode: "probability" as const },
      { hour_thresholds: { "13": 0.2 } },
      { hour_thresholds: { "15": 0.2 } },
      { hour_thresholds: { "13": 0.3 } },
      { top_pct: 0.5 },
      { hours: null },
      { hold_bars: 5 },
      { stop_loss: 0.02 },
      { take_profit: 2 },
      { time_stop_bars: 3 },
      { momentum_min: 0 },
      { slippage: "pessimistic" as const },
      { position_size: 0.5 },
      { max_positions: 3 },
      { entry_type: "limit" as const },
      { filters: [{ column: "vix_level", op: "<" as const, value: 20 }] as [Condition] },
      { filters: [{ column: "vix_level", op: "<=" as const, value: 20 }] as [Condition] },
      { option_type: "call" as const },
      { strike_selection: "ATM" },
      { dte_target: 0 },
      { contract_size: 5 },
    ];
    expect(new Set(changes.map((change) => variantOf({ ...base, ...change }, 10).variant_id)).size).toBe(changes.length);
  });
});
