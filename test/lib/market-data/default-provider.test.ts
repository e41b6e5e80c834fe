import { describe, expect, it } from "vitest";
import { defaultProvider, type OfferedData } from "#lib/market-data/default-provider.ts";

const spy = { symbol: "SPY", cadences: ["hourly", "daily"] } as const;
const files: OfferedData = { provider: "files", kinds: ["bars"], symbols: [{ ...spy, kinds: ["bars"] }], needs: null };
const sample: OfferedData = { provider: "sample", kinds: ["index"], symbols: [{ symbol: "SPX", cadences: ["daily"] }], needs: null };
const simulated: OfferedData = { provider: "simulated", kinds: ["bars", "option_chains"], symbols: [spy], needs: null };
const polygon: OfferedData = { provider: "polygon", kinds: ["bars", "option_chains"], symbols: null, needs: null };
const alpaca: OfferedData = { provider: "alpaca", kinds: ["bars", "option_chains"], symbols: null, needs: null };
const all = [sample, simulated, files, polygon, alpaca];

const shares = { symbol: "SPY", cadence: "hourly", options: false } as const;
const options = { ...shares, options: true };

describe("defaultProvider", () => {
  it("takes one's own files before the sample, and both before vendors in their order", () => {
    expect(defaultProvider(all, shares)).toBe("files");
    expect(defaultProvider(all, { symbol: "SPX", cadence: "daily", options: false })).toBe("sample");
    expect(defaultProvider(all, { symbol: "QQQ", cadence: "5m", options: false })).toBe("polygon");
  });

  it("takes who has the option chains too, where options are traded", () => {
    expect(defaultProvider(all, options)).toBe("polygon");
    const withChains: OfferedData = { ...files, kinds: ["bars", "option_chains"], symbols: [{ ...spy, kinds: ["bars", "option_chains"] }] };
    expect(defaultProvider([polygon, withChains], options)).toBe("files");
    expect(defaultProvider([sample, files], options)).toBe("files");
  });

  it("looks at the bar size, and at what a vendor still needs", () => {
    expect(defaultProvider([files], { ...shares, cadence: "5m" })).toBeUndefined();
    expect(defaultProvider([{ ...polygon, needs: "the secret POLYGON_API_KEY" }, alpaca], shares)).toBe("alpaca");
  });

  it("never takes a simulated market for a real one", () => {
    expect(defaultProvider([simulated], shares)).toBeUndefined();
  });
});
