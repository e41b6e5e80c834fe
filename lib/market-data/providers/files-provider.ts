import { CADENCES } from "../../core/bars.ts";
import type { ArtifactStore } from "../../ports/artifact-store.ts";
import { DATA_KINDS, type DataKind, type OfferedSymbol } from "../../ports/market-data.ts";
import { listImportedSeries, readImportedSeries } from "../imported-series.ts";
import { importedChainEditions, importedChains, importedFlow, importedOptionBars } from "../options/imported-options.ts";
import { listParts } from "../parts/read-parts.ts";
import type { DataProvider } from "./data-provider.ts";

/** The data that each user imported, visible to their owner only. */
export function createFilesProvider(artifacts: ArtifactStore): DataProvider {
  return {
    name: "files",
    async offer(owner) {
      const symbols = await importedSymbols(artifacts, owner);
      const present = new Set<DataKind>(["bars", ...symbols.flatMap(({ kinds = [] }) => kinds)]);
      return {
        provider: "files",
        description: 'Data that you imported with "sigma data import"',
        kinds: DATA_KINDS.filter((kind) => present.has(kind)),
        symbols,
        needs: null,
      };
    },
    bars: ({ owner, symbol, cadence }) => readImportedSeries(artifacts, owner, symbol, cadence),
    optionChains: (request) => importedChains(artifacts, request),
    chainEditions: (request) => importedChainEditions(artifacts, request),
    optionBars: (request) => importedOptionBars(artifacts, request),
    flowCells: (request) => importedFlow(artifacts, request),
  };
}

async function importedSymbols(artifacts: ArtifactStore, owner: string): Promise<OfferedSymbol[]> {
  const manifests = [...(await listImportedSeries(artifacts, owner)), ...(await listParts(artifacts, owner))];
  const symbols = [...new Set(manifests.map(({ symbol }) => symbol))].sort();
  return symbols.map((symbol) => {
    const own = manifests.filter((manifest) => manifest.symbol === symbol);
    const series = own.filter(({ kind }) => kind === "bars" || kind === "index");
    return {
      symbol,
      cadences: CADENCES.filter((cadence) => series.some((manifest) => manifest.cadence === cadence)),
      kinds: DATA_KINDS.filter((kind) => own.some((manifest) => manifest.kind === kind)),
      stamps: [...new Set(own.flatMap(({ stamps }) => stamps))].sort(),
    };
  });
}
