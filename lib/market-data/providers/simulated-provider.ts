import type { PriceSeries } from "../../core/bars.ts";
import { sha256OfJson } from "../../core/digest.ts";
import { parseOr } from "../../errors/parse.ts";
import type { ArtifactStore } from "../../ports/artifact-store.ts";
import type { BarsRequest, DataRequest, SessionRequest } from "../../ports/market-data.ts";
import { fingerprintOf } from "../fingerprint.ts";
import { resampleBars } from "../resample.ts";
import { EdgeSchema, type EdgeSpec } from "../simulate/edge/edge.schema.ts";
import { plantEdge } from "../simulate/edge/plant-edge.ts";
import { MarketSchema } from "../simulate/market/market.schema.ts";
import { createRecent } from "../simulate/market/recent.ts";
import { type MarketPart, readMarketSymbol } from "../simulate/market/symbols.ts";
import { createMarketWorld } from "../simulate/market/world.ts";
import type { PartOptions } from "../simulate/options/market-options.ts";
import { PlantedEdgeSchema } from "../simulate/planted-edge.schema.ts";
import { simulatePlantedEdge } from "../simulate/planted-edge.ts";
import { createSimulatedMarket, type SimulatedMarket } from "../simulate/simulated-market.ts";
import { listSimulations, readSimulation } from "../simulate/simulation-store.ts";
import type { DataProvider } from "./data-provider.ts";
import { edgeCadences, simulatedOffer } from "./simulated-offer.ts";

/** Symbols with one hidden drift, daily only, and how strong it is. */
const PLANTED: Readonly<Record<string, { readonly edge?: number }>> = { SIMEDGE: {}, SIMFLAT: { edge: 0 } };

/** Markets that are kept for the next question; each takes up to 80 MB. */
const KEPT_MARKETS = 2;

type Asked =
  | { readonly kind: "edge"; readonly edge: EdgeSpec }
  | { readonly kind: "market"; readonly market: SimulatedMarket; readonly part: MarketPart };

/**
 * Seeded markets whose truth is known: the one that everybody has, and those that an owner registered under a name. Their data are
 * stamped `simulated` and never stand in for real ones.
 */
export function createSimulatedProvider(artifacts: ArtifactStore): DataProvider {
  const markets = createRecent<SimulatedMarket>(KEPT_MARKETS);

  const find = async ({ owner, symbol, seed }: DataRequest): Promise<Asked | undefined> => {
    const asked = readMarketSymbol(symbol);
    if (asked === undefined) return undefined;
    const { name, part } = asked;
    const spec = name === null ? { kind: "market" as const, market: {} } : (await readSimulation(artifacts, owner, name))?.spec;
    if (spec === undefined) return undefined;
    const changes = seed === undefined ? {} : { seed };
    if (spec.kind === "edge") {
      if (part.kind !== "market") return undefined;
      return { kind: "edge", edge: parseOr("INVALID_PARAM", EdgeSchema, { ...spec.edge, ...changes }, "The simulation") };
    }
    const market = parseOr("INVALID_PARAM", MarketSchema, { ...spec.market, ...changes }, "The simulation");
    const key = sha256OfJson({ name, market });
    return { kind: "market", market: markets.get(key, () => createSimulatedMarket(createMarketWorld(name, market))), part };
  };

  const optionsOf = async (request: Omit<SessionRequest, "expiry">): Promise<PartOptions | undefined> => {
    const found = await find(request);
    return found?.kind === "market" ? found.market.options(found.part) : undefined;
  };

  return {
    name: "simulated",
    offer: async (owner) => simulatedOffer(Object.keys(PLANTED), await listSimulations(artifacts, owner)),
    async bars(request) {
      const plan = Object.hasOwn(PLANTED, request.symbol) ? PLANTED[request.symbol] : undefined;
      if (plan !== undefined) return request.cadence === "daily" ? plantedSeries(request, plan) : undefined;
      const found = await find(request);
      if (found?.kind === "edge") return edgeSeries(request, found.edge);
      return found?.market.bars(found.part, request);
    },
    async optionChains(request) {
      const found = await find(request);
      return found?.kind === "market" ? found.market.chains(found.part, request) : undefined;
    },
    async chainEditions(request) {
      const found = await find(request);
      return found?.kind === "market" ? found.market.chainEditions(found.part) : undefined;
    },
    optionBars: async (request) => (await optionsOf(request))?.bars(request.session, request.expiry),
    optionTape: async (request) => (await optionsOf(request))?.tape(request.session, request.expiry),
    underlyingTape: async (request) => (await optionsOf(request))?.underlyingTape(request.session),
  };
}

function plantedSeries({ symbol, seed }: BarsRequest, plan: { readonly edge?: number }): PriceSeries {
  const spec = parseOr("INVALID_PARAM", PlantedEdgeSchema, { ...plan, ...(seed === undefined ? {} : { seed }) }, "The simulation");
  return simulatePlantedEdge(symbol, spec).series;
}

function edgeSeries({ symbol, cadence }: BarsRequest, edge: EdgeSpec): PriceSeries | undefined {
  if (!edgeCadences(edge.cadence).includes(cadence)) return undefined;
  const { series } = plantEdge(symbol, edge);
  if (cadence === edge.cadence) return series;
  const bars = resampleBars(series.bars, cadence);
  return { bars, facts: { ...series.facts, fingerprint: fingerprintOf(bars) } };
}
