import { describe, expect, it } from "vitest";
import { VariantParamsSchema } from "#lib/sweeps/variant.schema.ts";
import { normalVariant, variantOf } from "#lib/sweeps/variant-id.ts";

const base = VariantParamsSchema.parse({ threshold_mode: "edge", threshold: 0.1, top_pct: null, hours: [15, 13], hold_bars: null });

describe("normalVariant", () => {
  it("writes out what is implied", () => {
    expect(normalVariant(base, 10)).toMatchObject({ top_pct: 1, hours: [13, 15], hold_bars: 10, slippage: "realistic" });
    expect(Object.is(normalVariant({ ...base, threshold: -0 }, 10).threshold, 0)).toBe(true);
  });

  it("changes nothing the second time", () => {
    const once = normalVariant(base, 10);
    expect(normalVariant(once, 10)).toEqual(once);
  });
});

describe("variantOf", () => {
  it("has an id that is permanent", () => {
    expect(variantOf(base, 10).variant_id).toMatch(/^[0-9a-f]{16}$/);
    expect(variantOf(base, 10).variant_id).toBe(variantOf({ ...base, group: "0.1", hold_bars: 10, hours: [13, 15, 15] }, 10).variant_id);
  });

  it("tells every parameter apart", () => {
    const changes = [
      {},
      { threshold: 0.2 },
      { threshold: null },
      { threshold_mode: "probability" as const },
      { top_pct: 0.5 },
      { hours: null },
      { hold_bars: 5 },
      { stop_loss: 0.02 },
      { take_profit: 2 },
      { time_stop_bars: 3 },
      { momentum_min: 0 },
      { slippage: "pessimistic" as const },
    ];
    expect(new Set(changes.map((change) => variantOf({ ...base, ...change }, 10).variant_id)).size).toBe(changes.length);
  });
});
