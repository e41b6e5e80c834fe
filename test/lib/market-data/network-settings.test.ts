import { describe, expect, it } from "vitest";
import { networkVariables, readNetworkSettings } from "#lib/market-data/network-settings.ts";

describe("readNetworkSettings", () => {
  it("gives what the free plans allow when nothing is set, or set to nothing", () => {
    const free = {
      POLYGON_REQUESTS_PER_MINUTE: 5,
      ALPACA_REQUESTS_PER_MINUTE: 200,
      ALPACA_FEED: "sip_delayed",
      POLYGON_URL: "https://api.massive.com",
      ALPACA_URL: "https://data.alpaca.markets",
    };
    expect(readNetworkSettings({})).toEqual(free);
    expect(readNetworkSettings({ POLYGON_REQUESTS_PER_MINUTE: "", ALPACA_FEED: undefined, PATH: "/bin" })).toEqual(free);
  });

  it("reads what is set", () => {
    expect(readNetworkSettings({ POLYGON_REQUESTS_PER_MINUTE: "1000", ALPACA_FEED: "iex" })).toMatchObject({
      POLYGON_REQUESTS_PER_MINUTE: 1000,
      ALPACA_FEED: "iex",
    });
  });

  it.each([
    ["POLYGON_REQUESTS_PER_MINUTE", "0"],
    ["POLYGON_REQUESTS_PER_MINUTE", "1.5"],
    ["ALPACA_REQUESTS_PER_MINUTE", "lots"],
    ["ALPACA_FEED", "otc"],
    ["ALPACA_URL", "data"],
  ])("refuses %s=%s by its name", (variable, value) => {
    expect(() => readNetworkSettings({ [variable]: value })).toThrowError(
      expect.objectContaining({ code: "CONFIG_INVALID", fieldErrors: [expect.objectContaining({ path: variable })] }),
    );
  });
});

describe("networkVariables", () => {
  it("takes the settings that are set, and nothing else", () => {
    expect(networkVariables({ ALPACA_FEED: "sip", POLYGON_API_KEY: "secret", POLYGON_URL: "" })).toEqual({ ALPACA_FEED: "sip" });
  });
});
