import { createMarketData } from "../../market-data/market-data-door.ts";
import { createFilesProvider } from "../../market-data/providers/files-provider.ts";
import { createSampleProvider } from "../../market-data/providers/sample-provider.ts";
import { createSimulatedProvider } from "../../market-data/providers/simulated-provider.ts";
import type { ArtifactStore } from "../../ports/artifact-store.ts";
import type { MarketData } from "../../ports/market-data.ts";

/**
 * The providers of a single machine: the sample series, the simulated market, and the series that users imported.
 *
 * @param sample - gives the bytes of the sample file; asked once
 */
export function createLocalMarketData(parts: {
  readonly artifacts: ArtifactStore;
  readonly sample: () => Promise<Uint8Array>;
}): MarketData {
  return createMarketData([
    createSampleProvider(parts.sample),
    createSimulatedProvider(parts.artifacts),
    createFilesProvider(parts.artifacts),
  ]);
}
