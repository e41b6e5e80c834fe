import { createMarketData } from "../../market-data/market-data-door.ts";
import type { DataProvider } from "../../market-data/providers/data-provider.ts";
import { lazyProviders } from "../../market-data/providers/lazy-provider.ts";
import type { ArtifactStore } from "../../ports/artifact-store.ts";
import type { MarketData } from "../../ports/market-data.ts";

/**
 * All providers: the sample series, the simulated market, the series that users imported, and the vendors across the
 * network. The code of each is loaded when it is asked: most calls ask one, many ask none.
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
  const own = [
    lazyProviders(["sample"], async () => [(await import("../../market-data/providers/sample-provider.ts")).createSampleProvider(sample)]),
    lazyProviders(["simulated"], async () => [
      (await import("../../market-data/providers/simulated-provider.ts")).createSimulatedProvider(artifacts),
    ]),
    lazyProviders(["files"], async () => [(await import("../../market-data/providers/files-provider.ts")).createFilesProvider(artifacts)]),
  ];
  return createMarketData([...own.flat(), ...network]);
}
