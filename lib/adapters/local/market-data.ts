import { createMarketData } from "../../market-data/market-data-door.ts";
import type { DataProvider } from "../../market-data/providers/data-provider.ts";
import { createFilesProvider } from "../../market-data/providers/files-provider.ts";
import { createSampleProvider } from "../../market-data/providers/sample-provider.ts";
import { createSimulatedProvider } from "../../market-data/providers/simulated-provider.ts";
import type { ArtifactStore } from "../../ports/artifact-store.ts";
import type { MarketData } from "../../ports/market-data.ts";

/**
 * All providers: the sample series, the simulated market, the series that users imported, and the vendors across the
 * network.
 *
 * @param sample - gives the bytes of the sample file; asked once
 * @param network - none where nothing may leave the machine
 */
export function createLocalMarketData(parts: {
  readonly artifacts: ArtifactStore;
  readonly sample: () => Promise<Uint8Array>;
  readonly network?: readonly DataProvider[];
}): MarketData {
  const { artifacts, sample, network = [] } = parts;
  return createMarketData([createSampleProvider(sample), createSimulatedProvider(artifacts), createFilesProvider(artifacts), ...network]);
}
