import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { StepPorts } from "#functions/shared/ports.ts";
import { readBuiltinPacks } from "#lib/adapters/local/builtin-packs.ts";
import { createColumnWorkers } from "#lib/adapters/local/column-workers.ts";
import { createFsArtifactStore } from "#lib/adapters/local/fs-artifact-store.ts";
import { createLocalMarketData } from "#lib/adapters/local/market-data.ts";
import type { Clock } from "#lib/ports/clock.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import { localClock } from "./clock.ts";
import { localCodeVersion } from "./code-version.ts";
import { readSampleData } from "./sample-data.ts";

/**
 * The ports of a step on one machine: a folder for artifacts, packs beside the code, sample data from its package. The
 * metadata store is handed in, because only the main thread opens it.
 */
export function createStepPorts(options: { readonly home: string; readonly metadata: MetadataStore; readonly clock?: Clock }): StepPorts {
  const artifacts = createFsArtifactStore({ root: join(options.home, "artifacts") });
  return {
    artifacts,
    metadata: options.metadata,
    marketData: createLocalMarketData({ artifacts, sample: readSampleData }),
    clock: options.clock ?? localClock(),
    builtinPacks: readBuiltinPacks(),
    computeColumns: createColumnWorkers({ threads: availableParallelism() }),
    codeVersion: localCodeVersion(),
  };
}
