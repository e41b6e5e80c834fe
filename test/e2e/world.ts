import { existsSync } from "node:fs";
import { onTestFinished } from "vitest";
import { requestModelRun } from "#functions/shared/request-run.ts";
import { awaitRun } from "#infra/local/await-run.ts";
import { createLocalSystem, type LocalSystem } from "#infra/local/local-system.ts";
import type { Json } from "#lib/core/canonical-json.ts";
import { sha256 } from "#lib/core/digest.ts";
import { parseCsvBars } from "#lib/market-data/csv-bars.ts";
import { importSeries } from "#lib/market-data/import-series.ts";
import type { CreateModelRequest } from "#lib/models/create-model.schema.ts";
import { planModel } from "#lib/models/create-model.ts";
import { createModelStore } from "#lib/models/model-store.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import type { RunRecord } from "#lib/runs/run-record.schema.ts";
import { digestsOf, recordsOf } from "./home.ts";

export const OWNER = "local";

/** A local system in this process, and what the tests ask of it. */
export interface World {
  readonly home: string;
  readonly system: LocalSystem;
  /** A model with few trees; what is given wins. */
  createModel(request: Partial<CreateModelRequest> & { readonly model_id: string; readonly ticker: string }): Promise<void>;
  importDaily(symbol: string, csv: string): Promise<void>;
  run(
    machine: "build" | "backtest" | "sweep" | "train" | "pipeline",
    modelId: string,
    request?: { readonly [key: string]: Json },
  ): Promise<RunRecord>;
  close(): Promise<void>;
}

export async function openWorld(home: string, workers = 2, onStep: (state: string, input: Json) => void = () => {}): Promise<World> {
  const system = await createLocalSystem({ home, alerts: { deliver: async () => {} }, workers, onStep });
  const ports = { ...system.ports, workflow: system.workflow };
  return {
    home,
    system,
    async createModel(request) {
      const model = {
        pack_id: "swingsigma",
        template_id: "swing_eq_daily_close",
        learner: { calibration: "none", params: { trees: 20 } },
        ...request,
      } as const;
      const { resolved } = await createPackLibrary({
        builtIn: ports.builtinPacks,
        artifacts: ports.artifacts,
        metadata: ports.metadata,
      }).get(OWNER, model.pack_id);
      await createModelStore(ports).create(OWNER, planModel(model, resolved));
    },
    async importDaily(symbol, csv) {
      const parsed = parseCsvBars(csv, { symbol, cadence: "daily" });
      const source = { name: `${symbol}.csv`, sha256: sha256(csv) };
      await importSeries(ports.artifacts, { owner: OWNER, symbol, cadence: "daily", parsed, source });
    },
    async run(machine, modelId, request = {}) {
      const { run } = await requestModelRun(ports, { owner: OWNER, machine, packId: "swingsigma", modelId, tag: null, request });
      return awaitRun(system, OWNER, run.run_id);
    },
    close: () => system.close(),
  };
}

/** A world that closes with its test. */
export async function worldForTest(home: string, workers?: number): Promise<World> {
  const world = await openWorld(home, workers);
  onTestFinished(() => world.close());
  return world;
}

/** Everything that a home holds but the books of its runs: what a refused request must leave as it was. */
export function contentOf(home: string): unknown {
  if (!existsSync(home)) return "nothing";
  return { artifacts: digestsOf(home), records: recordsOf(home).filter(({ pk }) => !pk.startsWith("run#")) };
}
