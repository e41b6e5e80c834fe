import { describe, expect, it } from "vitest";
import { seriesGroups } from "../../../../web/src/pages/packs/check-request.tsx";

describe("seriesGroups", () => {
  it("offers real series first, names simulated ones as what they are, and leaves out other bars", () => {
    const providers = [
      { provider: "simulated", symbols: [{ symbol: "SIMEDGE", cadences: ["daily"], stamps: ["simulated"] }] },
      { provider: "polygon", symbols: null },
      {
        provider: "sample",
        symbols: [
          { symbol: "SPX", cadences: ["daily"], stamps: ["not_tradable"] },
          { symbol: "FAST", cadences: ["5m"], stamps: [] },
        ],
      },
    ];
    expect(seriesGroups(providers, ["daily"])).toEqual([
      { heading: "Sample (1)", options: [{ value: "sample SPX", label: "SPX", hint: "daily bars of sample; not tradable" }] },
      {
        heading: "Simulated: proves nothing about a market (1)",
        options: [{ value: "simulated SIMEDGE", label: "SIMEDGE", hint: "daily bars of simulated; simulated" }],
      },
    ]);
  });
});
