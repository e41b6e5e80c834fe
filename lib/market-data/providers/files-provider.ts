import { CADENCES } from "../../core/bars.ts";
import type { ArtifactStore } from "../../ports/artifact-store.ts";
import type { ProviderOffer } from "../../ports/market-data.ts";
import { listImportedSeries, readImportedSeries } from "../imported-series.ts";
import type { DataProvider } from "./data-provider.ts";

/** The series that each user imported, visible to their owner only. */
export function createFilesProvider(artifacts: ArtifactStore): DataProvider {
  return {
    name: "files",
    offer: async (owner) => ({
      provider: "files",
      description: 'Series that you imported with "sigma data import"',
      kinds: ["bars"],
      symbols: await importedSymbols(artifacts, owner),
      needs: null,
    }),
    bars: ({ owner, symbol, cadence }) => readImportedSeries(artifacts, owner, symbol, cadence),
  };
}

async function importedSymbols(artifacts: ArtifactStore, owner: string): Promise<NonNullable<ProviderOffer["symbols"]>> {
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
