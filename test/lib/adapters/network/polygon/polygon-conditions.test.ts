import { describe, expect, it } from "vitest";
import { polygonCondition, tradeStands } from "#lib/adapters/network/polygon/polygon-conditions.ts";

describe("polygonCondition", () => {
  // Names as `GET /v3/reference/conditions?asset_class=options&data_type=trade` lists them.
  it.each([
    [201, "Canceled", "canceled"],
    [202, "Late and Out Of Sequence", "late"],
    [203, "Last and Canceled", "canceled"],
    [204, "Late", "late"],
    [205, "Opening Trade and Canceled", "canceled"],
    [206, "Opening Trade, Late, and Out Of Sequence", "late"],
    [207, "Only Trade and Canceled", "canceled"],
    [208, "Opening Trade and Late", "late"],
    [209, "Automatic Execution", "regular"],
    [210, "Reopening Trade", "regular"],
    [219, "Intermarket Sweep Order", "regular"],
    [227, "Single Leg Auction Non ISO", "regular"],
    [228, "Single Leg Auction ISO", "regular"],
    [229, "Single Leg Cross Non ISO", "cross"],
    [230, "Single Leg Cross ISO", "cross"],
    [231, "Single Leg Floor Trade", "regular"],
    [232, "Multi Leg auto-electronic trade", "complex"],
    [234, "Multi Leg Cross", "complex"],
    [237, "Stock Options Auction", "complex"],
    [245, "Stock Options floor trade against single leg(s)", "complex"],
    [247, "Multilateral Compression Trade of Proprietary Products", "complex"],
    [248, "Extended Hours Trade", "regular"],
  ])("%i (%s) is %s", (code, _, condition) => {
    expect(polygonCondition(code)).toBe(condition);
  });
});

describe("tradeStands", () => {
  it("keeps what was never touched and what was corrected, and drops what was withdrawn", () => {
    expect([undefined, 0, 1, 7, 8, 10, 11, 12].map(tradeStands)).toEqual([true, true, true, false, false, false, false, false]);
  });
});
