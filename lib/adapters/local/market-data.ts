import { CADENCES, type PriceSeries } from "../../core/bars.ts";
import { parseOr } from "../../errors/parse.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import { checkBars } from "../../market-data/bar-checks.ts";
import { listImportedSeries, readImportedSeries } from "../../market-data/imported-series.ts";
import { readSampleSeries, SAMPLE_STAMPS, SAMPLE_SYMBOL } from "../../market-data/sample.ts";
import { PlantedEdgeSchema } from "../../market-data/simulate/planted-edge.schema.ts";
import { simulatePlantedEdge } from "../../market-data/simulate/planted-edge.ts";
import { sliceToWindow } from "../../market-data/window.ts";
import type { ArtifactStore } from "../../ports/artifact-store.ts";
import type { BarsRequest, MarketData, ProviderOffer } from "../../ports/market-data.ts";

/** The simulated symbols and what is planted in each. */
const SIMULATED: Readonly<Record<string, { readonly edge?: number }>> = { SIMEDGE: {}, SIMFLAT: { edge: 0 } };

/**
 * The providers of a single machine: the sample series, the simulated market, and the series that users imported.
 *
 * @param sample - gives the bytes of the sample file; asked once
 */
export function createLocalMarketData(parts: {
  readonly artifacts: ArtifactStore;
  readonly sample: () => Promise<Uint8Array>;
}): MarketData {
  let sampleSeries: Promise<PriceSeries> | undefined;
  const readSample = (): Promise<PriceSeries> => {
    sampleSeries ??= parts
      .sample()
      .then(readSampleSeries)
      .catch((error: unknown) => {
        // The next request tries again.
        sampleSeries = undefined;
        throw error;
      });
    return sampleSeries;
  };

  const find = async (request: BarsRequest): Promise<PriceSeries | undefined> => {
    const { provider, symbol, cadence } = request;
    if (provider === "sample") return symbol === SAMPLE_SYMBOL && cadence === "daily" ? await readSample() : undefined;
    if (provider === "simulated") return cadence === "daily" ? simulate(request) : undefined;
    if (provider === "files") return await readImportedSeries(parts.artifacts, request.owner, symbol, cadence);
    return undefined;
  };

  const offers = async (owner: string): Promise<readonly ProviderOffer[]> => [
    {
      provider: "sample",
      description: "S&P 500 index, daily, 2000-01-03 to 2020-04-17, from the vega-datasets package",
      symbols: [{ symbol: SAMPLE_SYMBOL, cadences: ["daily"], stamps: SAMPLE_STAMPS }],
    },
    {
      provider: "simulated",
      description: "Seeded daily market: SIMEDGE has a known small edge, SIMFLAT has none",
      symbols: Object.keys(SIMULATED).map((symbol) => ({ symbol, cadences: ["daily"] as const, stamps: ["simulated"] })),
    },
    {
      provider: "files",
      description: 'Series that you imported with "sigma data import"',
      symbols: await importedSymbols(parts.artifacts, owner),
    },
  ];

  return {
    offers,
    async bars(request) {
      const series = await find(request);
      if (series === undefined) throw unavailable(request, await offers(request.owner));
      checkBars(series.bars);
      return sliceToWindow(series, request.window);
    },
  };
}

function simulate({ symbol, seed }: BarsRequest): PriceSeries | undefined {
  const plan = Object.hasOwn(SIMULATED, symbol) ? SIMULATED[symbol] : undefined;
  if (plan === undefined) return undefined;
  const spec = parseOr("INVALID_PARAM", PlantedEdgeSchema, { ...plan, ...(seed === undefined ? {} : { seed }) }, "The simulation");
  return simulatePlantedEdge(symbol, spec).series;
}

async function importedSymbols(artifacts: ArtifactStore, owner: string): Promise<ProviderOffer["symbols"]> {
  const manifests = await listImportedSeries(artifacts, owner);
  const symbols = [...new Set(manifests.map(({ symbol }) => symbol))].sort();
  return symbols.map((symbol) => {
    const own = manifests.filter((manifest) => manifest.symbol === symbol);
    return {
      symbol,
      cadences: CADENCES.filter((cadence) => own.some((manifest) => manifest.cadence === cadence)),
      stamps: [...new Set(own.flatMap(({ stamps }) => stamps))].sort(),
    };
  });
}

/** Says who has what was asked for, or what the provider has instead. */
function unavailable({ provider, symbol, cadence }: BarsRequest, offers: readonly ProviderOffer[]): SigmaError {
  const having = offers.filter((offer) => offer.symbols.some((one) => one.symbol === symbol && one.cadences.includes(cadence)));
  const asked = offers.find((offer) => offer.provider === provider);
  const has = asked?.symbols.map((one) => `${one.symbol} (${one.cadences.join(", ")})`).join("; ") || "nothing yet";
  const first =
    asked === undefined
      ? `There is no data provider "${provider}"; there are ${offers.map((offer) => `"${offer.provider}"`).join(", ")}.`
      : `The provider "${provider}" has no ${cadence} bars of "${symbol}"; it has ${has}.`;
  const second =
    having.length > 0
      ? `${having.map((offer) => `"${offer.provider}"`).join(" and ")} has ${cadence} bars of "${symbol}": name it in the model's data section.`
      : `Bring your own with: sigma data import --file F --symbol ${symbol} --cadence ${cadence}`;
  return new SigmaError("DATA_UNAVAILABLE", `${first} ${second}`, {
    provider,
    symbol,
    cadence,
    availableFrom: having.map((offer) => offer.provider),
  });
}
