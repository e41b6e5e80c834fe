import { CADENCES, type Cadence } from "../../core/bars.ts";
import type { DataKind, OfferedSymbol, ProviderOffer } from "../../ports/market-data.ts";
import { MarketSchema, type MarketSpec } from "../simulate/market/market.schema.ts";
import { MARKET_PARTS, type MarketPart, marketSymbolOf } from "../simulate/market/symbols.ts";
import { hasOptions } from "../simulate/options/market-options.ts";
import { stampsOf } from "../simulate/simulated-market.ts";
import type { Simulation } from "../simulate/simulation.schema.ts";

/** The simulated symbols of everybody and those that an owner registered. */
export function simulatedOffer(planted: readonly string[], named: readonly Simulation[]): ProviderOffer {
  return {
    provider: "simulated",
    description:
      "Seeded markets, SIMULATED: SIMMKT with its stocks, volatility indices and options; SIMEDGE has a known small edge, SIMFLAT has none; your own by name",
    kinds: ["bars", "index", "option_chains", "option_bars", "option_tape", "underlying_tape"],
    symbols: [
      ...planted.map((symbol): OfferedSymbol => ({ symbol, cadences: ["daily"], kinds: ["bars"], stamps: ["simulated"] })),
      ...partsOf(null, MarketSchema.parse({})),
      ...named.flatMap(symbolsOf),
    ],
    needs: null,
  };
}

function symbolsOf({ name, spec }: Simulation): OfferedSymbol[] {
  if (spec.kind === "market") return partsOf(name, spec.market);
  return [{ symbol: `SIM:${name}`, cadences: edgeCadences(spec.edge.cadence), kinds: ["bars"], stamps: ["simulated"] }];
}

/** An hourly edge is also had by day. */
export const edgeCadences = (cadence: "daily" | "hourly"): readonly Cadence[] => (cadence === "hourly" ? ["hourly", "daily"] : ["daily"]);

function partsOf(name: string | null, spec: MarketSpec): OfferedSymbol[] {
  return MARKET_PARTS.map((part) => ({
    symbol: marketSymbolOf(name, part),
    cadences: CADENCES,
    kinds: kindsOf(spec, part),
    stamps: stampsOf(part),
  }));
}

function kindsOf(spec: MarketSpec, part: MarketPart): readonly DataKind[] {
  if (part.kind === "index") return ["index"];
  const options: readonly DataKind[] = hasOptions(spec, part) ? ["option_chains", "option_bars", "option_tape"] : [];
  return ["bars", ...options, "underlying_tape"];
}
