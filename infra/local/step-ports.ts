import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { StepPorts } from "#functions/shared/ports.ts";
import { readBuiltinPacks } from "#lib/adapters/local/builtin-packs.ts";
import { createColumnWorkers } from "#lib/adapters/local/column-workers.ts";
import { createEnvSecrets } from "#lib/adapters/local/env-secrets.ts";
import { createFsArtifactStore } from "#lib/adapters/local/fs-artifact-store.ts";
import { createLocalMarketData } from "#lib/adapters/local/market-data.ts";
import { createNetworkProviders } from "#lib/adapters/network/network-providers.ts";
import { readNetworkSettings } from "#lib/market-data/network-settings.ts";
import type { Clock } from "#lib/ports/clock.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import { localClock } from "./clock.ts";
import { localCodeVersion } from "./code-version.ts";
import { localEnvironment } from "./environment.ts";
import { readSampleData } from "./sample-data.ts";

/**
 * The ports of a step on one machine: a folder for artifacts, packs beside the code, sample data from its package. The
 * metadata store is handed in, because only the main thread opens it.
 */
export function createStepPorts(options: { readonly home: string; readonly metadata: MetadataStore; readonly clock?: Clock }): StepPorts {
  const artifacts = createFsArtifactStore({ root: join(options.home, "artifacts") });
  const clock = options.clock ?? localClock();
  const environment = localEnvironment();
  const network = createNetworkProviders({
    artifacts,
    secrets: createEnvSecrets({ values: environment }),
    clock,
    settings: readNetworkSettings(environment),
  });
  return {
    artifacts,
    metadata: options.metadata,
    marketData: createLocalMarketData({ artifacts, sample: readSampleData, network }),
    clock,
    builtinPacks: readBuiltinPacks(),
    computeColumns: createColumnWorkers({ threads: availableParallelism() }),
    codeVersion: localCodeVersion(),
  };
}
