import { CADENCES, type Cadence } from "../../core/bars.ts";
import type { ProviderOffer } from "../../ports/market-data.ts";
import { MARKET_PARTS, marketSymbolOf } from "../simulate/market/symbols.ts";
import { stampsOf } from "../simulate/simulated-market.ts";
import type { Simulation } from "../simulate/simulation.schema.ts";

type OfferedSymbol = NonNullable<ProviderOffer["symbols"]>[number];

/** The simulated symbols of everybody and those that an owner registered. */
export function simulatedOffer(planted: readonly string[], named: readonly Simulation[]): ProviderOffer {
  return {
    provider: "simulated",
    description:
      "Seeded markets, SIMULATED: SIMMKT with its stocks, volatility indices and options; SIMEDGE has a known small edge, SIMFLAT has none; your own by name",
    kinds: ["bars", "index", "option_chains", "option_bars", "option_tape", "underlying_tape"],
    symbols: [
      ...planted.map((symbol): OfferedSymbol => ({ symbol, cadences: ["daily"], stamps: ["simulated"] })),
      ...partsOf(null),
      ...named.flatMap(symbolsOf),
    ],
    needs: null,
  };
}

function symbolsOf({ name, spec }: Simulation): OfferedSymbol[] {
  if (spec.kind === "market") return partsOf(name);
  return [{ symbol: `SIM:${name}`, cadences: edgeCadences(spec.edge.cadence), stamps: ["simulated"] }];
}

/** An hourly edge is also had by day. */
export const edgeCadences = (cadence: "daily" | "hourly"): readonly Cadence[] => (cadence === "hourly" ? ["hourly", "daily"] : ["daily"]);

function partsOf(name: string | null): OfferedSymbol[] {
  return MARKET_PARTS.map((part) => ({ symbol: marketSymbolOf(name, part), cadences: CADENCES, stamps: stampsOf(part) }));
}
