import { describe, expect, it } from "vitest";
import { chartTime, type PriceTrade, viewOf } from "../../../web/src/charts/price-data.ts";

describe("chartTime", () => {
  it("leaves a session's date as it is", () => {
    expect(chartTime("2024-10-23")).toBe("2024-10-23");
  });

  it("says what a clock in New York shows, in summer and in winter", () => {
    const clock = (utc: string) => new Date((chartTime(Date.parse(utc)) as number) * 1000).toISOString();
    expect(clock("2024-10-23T13:30:00.000Z")).toBe("2024-10-23T09:30:00.000Z");
    expect(clock("2024-12-23T14:30:00.000Z")).toBe("2024-12-23T09:30:00.000Z");
  });
});

describe("viewOf", () => {
  const bars = Array.from({ length: 400 }, (_, i) => ({ time: i * 3_600_000, open: 1, high: 1, low: 1, close: 1 }));
  const trade = (entry: number, exit: number): PriceTrade => ({
    side: "long",
    entryTime: entry * 3_600_000,
    entryPrice: 1,
    exitTime: exit * 3_600_000,
    exitPrice: 1,
  });

  it("is the newest bars, or those around the trade that one came for", () => {
    expect(viewOf(bars, undefined)).toEqual({ from: 240, to: 404 });
    expect(viewOf(bars, trade(100, 110))).toEqual({ from: 70, to: 140 });
    expect(viewOf(bars, trade(10, 12))).toEqual({ from: 0, to: 42 });
    expect(viewOf(bars, trade(390, 399))).toEqual({ from: 360, to: 404 });
  });

  it("is the newest bars where the trade is not among them", () => {
    expect(viewOf(bars, trade(500, 510))).toEqual({ from: 240, to: 404 });
  });
});
