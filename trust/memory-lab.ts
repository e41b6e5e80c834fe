import type { StepPorts } from "#functions/shared/ports.ts";
import { localCodeVersion } from "#infra/local/code-version.ts";
import { loadHandler } from "#infra/local/handlers.ts";
import type { FunctionName } from "#infra/manifest.ts";
import { readBuiltinPacks } from "#lib/adapters/local/builtin-packs.ts";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import type { PriceSeries } from "#lib/core/bars.ts";
import type { Json } from "#lib/core/canonical-json.ts";
import { computeHere } from "#lib/indicators/plan.ts";
import { createMarketData } from "#lib/market-data/market-data-door.ts";
import { sliceToWindow } from "#lib/market-data/window.ts";
import type { CreateModelRequest } from "#lib/models/create-model.schema.ts";
import { planModel } from "#lib/models/create-model.ts";
import { createModelStore } from "#lib/models/model-store.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import type { BarsRequest } from "#lib/ports/market-data.ts";

/** A workspace in which simulated models may PASS; what is tested is the gate, not the cap on simulated results. */
export const TRUST_OWNER = "trust-simulated";
export const TRUST_PACK = "swingsigma";
/** After every bar of every series. */
const NOW = Date.UTC(2026, 0, 2, 21);

const builtinPacks = readBuiltinPacks();

/** What a model is made of, but for its pack. */
export type LabModel = Omit<CreateModelRequest, "pack_id"> & { readonly model_id: string };

/** What a lab's steps stand on instead of the usual. */
export interface LabParts {
  /** Other symbols than the lab's own. */
  readonly others?: readonly PriceSeries[];
  readonly computeColumns?: StepPorts["computeColumns"];
}

/** The product's step handlers over stores in memory and given series. Nothing is shared between two labs. */
export interface MemoryLab {
  readonly ports: StepPorts;
  createModel(model: LabModel): Promise<void>;
  /** Calls a step's handler as its state machine does. */
  step(name: FunctionName, input: { readonly [key: string]: Json }): Promise<unknown>;
  build(modelId: string): Promise<unknown>;
}

export function createMemoryLab(series: PriceSeries, { others = [], computeColumns = computeHere }: LabParts = {}): MemoryLab {
  const clock = { now: () => NOW };
  const artifacts = createMemoryArtifactStore();
  const known = [series, ...others];
  const ports: StepPorts = {
    artifacts,
    metadata: createMemoryMetadataStore({ clock }),
    clock,
    builtinPacks,
    codeVersion: localCodeVersion(),
    computeColumns,
    marketData: {
      ...createMarketData([]),
      bars: async ({ symbol, cadence, window }: BarsRequest) => {
        const found = known.find(({ bars }) => bars.symbol === symbol && bars.cadence === cadence);
        if (found === undefined) throw new Error(`The lab has no ${cadence} bars of "${symbol}".`);
        return sliceToWindow(found, window);
      },
      offers: async () => [],
    },
  };
  const step: MemoryLab["step"] = async (name, input) => (await loadHandler(name))(ports)(input);
  return {
    ports,
    step,
    async createModel(model) {
      const { resolved } = await createPackLibrary({ builtIn: builtinPacks, artifacts, metadata: ports.metadata }).get(
        TRUST_OWNER,
        TRUST_PACK,
      );
      await createModelStore(ports).create(TRUST_OWNER, planModel({ ...model, pack_id: TRUST_PACK }, resolved));
    },
    build: (modelId) =>
      step("build-matrix", { run_id: "build_trust", owner: TRUST_OWNER, pack_id: TRUST_PACK, model_id: modelId, request: {} }),
  };
}
