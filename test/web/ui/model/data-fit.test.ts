import { describe, expect, it } from "vitest";
import { type DataNeeds, fitsOf, lacksOf, type Offer, othersFor } from "../../../../web/src/ui/model/data-fit.ts";

const offer = (provider: string, kinds: Offer["kinds"], symbols: Offer["symbols"], needs: string | null = null): Offer => ({
  provider,
  description: "",
  kinds,
  symbols,
  needs,
  requests_per_minute: null,
});
const SAMPLE = offer("sample", ["index"], [{ symbol: "SPX", cadences: ["daily"], stamps: ["not_tradable"] }]);
const SIMULATED = offer(
  "simulated",
  ["bars", "index", "option_chains", "option_bars"],
  [
    { symbol: "SIMEDGE", cadences: ["daily"], kinds: ["bars"], stamps: ["simulated"] },
    { symbol: "SIMMKT", cadences: ["5m", "daily"], kinds: ["bars", "option_chains", "option_bars"], stamps: ["simulated"] },
    { symbol: "SIMVIX", cadences: ["5m", "daily"], kinds: ["index"], stamps: ["simulated"] },
  ],
);
const VENDOR = offer("polygon", ["bars", "option_chains"], null, "SIGMA_POLYGON_KEY");
const OFFERS = [SAMPLE, SIMULATED, VENDOR];

const needs = (change: Partial<DataNeeds> = {}): DataNeeds => ({
  cadence: "daily",
  real_opens: false,
  data: [{ what: "Daily bars", any_of: ["bars", "index"] }],
  others: [],
  universe: false,
  history_sessions: 1,
  ...change,
});
const REAL_OPENS = needs({ real_opens: true, data: [{ what: "Daily bars with real opens", any_of: ["bars"] }] });

describe("fitsOf", () => {
  it("finds the sample index where closes are enough, and not where the open counts", () => {
    expect(fitsOf(needs(), OFFERS).map(({ symbol }) => symbol)).toEqual(["SPX", "SIMEDGE", "SIMMKT", "SIMVIX"]);
    expect(fitsOf(REAL_OPENS, OFFERS).map(({ symbol }) => symbol)).toEqual(["SIMEDGE", "SIMMKT"]);
  });

  it("asks for the cadence and for every kind of data", () => {
    const flow = [...REAL_OPENS.data, { what: "Flow", any_of: ["flow_cells" as const, "option_bars" as const] }];
    expect(fitsOf(needs({ cadence: "5m", data: flow }), OFFERS).map(({ symbol }) => symbol)).toEqual(["SIMMKT"]);
    expect(fitsOf(needs({ cadence: "hourly" }), OFFERS)).toEqual([]);
  });

  it("maps further symbols to the simulated market for a simulated model only", () => {
    const withVix = needs({ others: [{ symbol: "VIX", cadence: "daily" }] });
    expect(fitsOf(withVix, OFFERS).map(({ provider, symbol, others }) => [provider, symbol, others])).toEqual([
      ["simulated", "SIMEDGE", { VIX: { provider: "simulated", symbol: "SIMVIX" } }],
      ["simulated", "SIMMKT", { VIX: { provider: "simulated", symbol: "SIMVIX" } }],
      ["simulated", "SIMVIX", { VIX: { provider: "simulated", symbol: "SIMVIX" } }],
    ]);
    expect(othersFor(withVix, "sample", OFFERS)).toEqual({ others: {}, missing: ["VIX"] });
  });

  it("finds nothing for what is not known, a universe, or a provider that is not ready", () => {
    expect(fitsOf(null, OFFERS)).toEqual([]);
    expect(fitsOf(needs({ universe: true }), OFFERS)).toEqual([]);
    expect(fitsOf(needs(), [{ ...SAMPLE, needs: "a file" }])).toEqual([]);
  });
});

describe("othersFor", () => {
  it("takes a real series of another provider before it says that one is missing", () => {
    const files = offer("files", ["index"], [{ symbol: "VIX", cadences: ["daily"], stamps: [] }]);
    const withVix = needs({ others: [{ symbol: "VIX", cadence: "daily" }] });
    expect(othersFor(withVix, "sample", [SAMPLE, files])).toEqual({ others: { VIX: { provider: "files", symbol: "VIX" } }, missing: [] });
    expect(othersFor(withVix, "files", [SAMPLE, files])).toEqual({ others: {}, missing: [] });
  });
});

describe("lacksOf", () => {
  it("says in words what a symbol lacks", () => {
    expect(lacksOf(REAL_OPENS, SAMPLE, SAMPLE.symbols![0])).toEqual(["Daily bars with real opens"]);
    expect(lacksOf(needs({ cadence: "hourly" }), SAMPLE, SAMPLE.symbols![0])).toEqual(["bars of hourly cadence"]);
    expect(lacksOf(REAL_OPENS, VENDOR, undefined)).toEqual([]);
  });
});
