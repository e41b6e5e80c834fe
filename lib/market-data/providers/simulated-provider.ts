import type { PriceSeries } from "../../core/bars.ts";
import { parseOr } from "../../errors/parse.ts";
import type { BarsRequest } from "../../ports/market-data.ts";
import { PlantedEdgeSchema } from "../simulate/planted-edge.schema.ts";
import { simulatePlantedEdge } from "../simulate/planted-edge.ts";
import type { DataProvider } from "./data-provider.ts";

/** The simulated symbols and what is planted in each. */
const SIMULATED: Readonly<Record<string, { readonly edge?: number }>> = { SIMEDGE: {}, SIMFLAT: { edge: 0 } };

/** A seeded market whose truth is known; its data are stamped `simulated` and never stand in for real ones. */
export function createSimulatedProvider(): DataProvider {
  return {
    name: "simulated",
    offer: async () => ({
      provider: "simulated",
      description: "Seeded daily market: SIMEDGE has a known small edge, SIMFLAT has none",
      kinds: ["bars"],
      symbols: Object.keys(SIMULATED).map((symbol) => ({ symbol, cadences: ["daily"] as const, stamps: ["simulated"] })),
      needs: null,
    }),
    bars: async (request) => (request.cadence === "daily" ? simulate(request) : undefined),
  };
}

function simulate({ symbol, seed }: BarsRequest): PriceSeries | undefined {
  const plan = Object.hasOwn(SIMULATED, symbol) ? SIMULATED[symbol] : undefined;
  if (plan === undefined) return undefined;
  const spec = parseOr("INVALID_PARAM", PlantedEdgeSchema, { ...plan, ...(seed === undefined ? {} : { seed }) }, "The simulation");
  return simulatePlantedEdge(symbol, spec).series;
}
