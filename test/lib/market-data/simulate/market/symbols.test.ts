import { describe, expect, it } from "vitest";
import { SymbolSchema } from "#lib/core/ids.ts";
import { isNamedSimulation, MARKET_PARTS, marketSymbolOf, readMarketSymbol } from "#lib/market-data/simulate/market/symbols.ts";

describe("readMarketSymbol", () => {
  it.each([
    ["SIMMKT", null, { kind: "market" }],
    ["SIM00", null, { kind: "stock", index: 0 }],
    ["SIM39", null, { kind: "stock", index: 39 }],
    ["SIMVIX", null, { kind: "index", index: "VIX" }],
    ["SIMVIX3M", null, { kind: "index", index: "VIX3M" }],
    ["SIM:CALM", "CALM", { kind: "market" }],
    ["SIM:CALM:07", "CALM", { kind: "stock", index: 7 }],
    ["SIM:A-B_1:VIX3M", "A-B_1", { kind: "index", index: "VIX3M" }],
  ])("reads %s", (symbol, name, part) => {
    expect(readMarketSymbol(symbol)).toEqual({ name, part });
  });

  it.each([
    "SIM",
    "SIM40",
    "SIM7",
    "SIMO",
    "SIMEDGE",
    "SIMMKT:00",
    "SIM:",
    "SIM::",
    "SIM:CALM:",
    "SIM:calm",
    "SIM:9",
    "SIM:A:40",
    "SIM:A:07:1",
    "SPY",
  ])("finds none in %s", (symbol) => {
    expect(readMarketSymbol(symbol)).toBeUndefined();
  });

  it("reads what it writes, and every symbol may be a key", () => {
    for (const name of [null, "CALM", "A2345678901234567890"]) {
      for (const part of MARKET_PARTS) {
        const symbol = marketSymbolOf(name, part);
        expect(readMarketSymbol(symbol)).toEqual({ name, part });
        expect(SymbolSchema.safeParse(symbol).success).toBe(true);
        expect(isNamedSimulation(symbol)).toBe(name !== null);
      }
    }
  });
});
