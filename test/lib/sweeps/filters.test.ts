import { describe, expect, it } from "vitest";
import { conditionsOf, FilterChoiceSchema } from "#lib/sweeps/filters.ts";

const columns = new Set(["close", "vix_level", "sma_200", "sma_50", "vol_ratio_20", "adx_14"]);

describe("FilterChoiceSchema", () => {
  it.each(["vix_below:20", "vix_below:17.5", "above_sma_200", "min_volume_ratio:1.5", "adx_14 > 25", "close>=sma_50", "ret_5 != -0.5"])(
    "takes %s",
    (text) => {
      expect(FilterChoiceSchema.safeParse(text).success).toBe(true);
    },
  );

  it.each(["vix_below", "vix_below:x", "above_sma_", "adx_14 ~ 25", "adx_14 >", "> 25", "adx_14 > 1e5", "none", ""])(
    "refuses %j",
    (text) => {
      expect(FilterChoiceSchema.safeParse(text).success).toBe(false);
    },
  );
});

describe("conditionsOf", () => {
  it("reads names, comparisons and conditions, alone and together", () => {
    expect(conditionsOf("vix_below:20", columns)).toEqual([{ column: "vix_level", op: "<", value: 20 }]);
    expect(conditionsOf("above_sma_200", columns)).toEqual([{ column: "close", op: ">", value: "sma_200" }]);
    expect(conditionsOf("min_volume_ratio:1.5", columns)).toEqual([{ column: "vol_ratio_20", op: ">=", value: 1.5 }]);
    expect(conditionsOf(["adx_14>25", { column: "close", op: "<", value: "sma_50" }], columns)).toEqual([
      { column: "adx_14", op: ">", value: 25 },
      { column: "close", op: "<", value: "sma_50" },
    ]);
  });

  it.each([
    ["above_sma_100", "sma_100", "{ name: sma, window: 100 }"],
    ["rsi_14 < 30", "rsi_14", "the indicator that makes it"],
    ["close > ema_9", "ema_9", "the indicator that makes it"],
  ])("refuses %s without its column, and says what makes it", (text, column, remedy) => {
    expect(() => conditionsOf(text, columns)).toThrowError(
      expect.objectContaining({ code: "UNPROCESSABLE", facts: { column, filter: text }, message: expect.stringContaining(remedy) }),
    );
    expect(conditionsOf(text, null)).toHaveLength(1);
  });
});
