import { describe, expect, it } from "vitest";
import { spanOfTrade } from "../../../../web/src/pages/backtest/price-span.ts";

describe("spanOfTrade", () => {
  const trade = { entered_at: "2013-02-05T21:00:00.000Z", left_at: "2013-02-20T21:00:00.000Z" };

  it("shows what came before and after, the longer the coarser the bars are", () => {
    expect(spanOfTrade(trade, "daily")).toEqual({ from: "2012-12-07", to: "2013-04-21" });
    expect(spanOfTrade(trade, "5m")).toEqual({ from: "2013-02-03", to: "2013-02-22" });
  });
});
