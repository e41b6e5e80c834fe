import type { PackDocuments } from "#lib/packs/pack-source.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import type { Clock } from "#lib/ports/clock.ts";
import type { ComputeColumns } from "#lib/ports/compute-columns.ts";
import type { MarketData } from "#lib/ports/market-data.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";

/** What a pipeline step may reach. Each handler's factory asks for the part it needs. */
export interface StepPorts {
  readonly artifacts: ArtifactStore;
  readonly metadata: MetadataStore;
  readonly marketData: MarketData;
  readonly clock: Clock;
  readonly builtinPacks: PackDocuments;
  /** Where indicators are computed. */
  readonly computeColumns: ComputeColumns;
  /** Version and digest of the code that computes: part of every lineage. */
  readonly codeVersion: string;
}
