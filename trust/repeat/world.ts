import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requestModelRun } from "#functions/shared/request-run.ts";
import { awaitRun } from "#infra/local/await-run.ts";
import { createLocalSystem, type LocalSystem } from "#infra/local/local-system.ts";
import type { Bars } from "#lib/core/bars.ts";
import type { Json } from "#lib/core/canonical-json.ts";
import { sha256 } from "#lib/core/digest.ts";
import { formatDate, sessionDateOf } from "#lib/core/time.ts";
import { parseCsvBars } from "#lib/market-data/csv-bars.ts";
import { importSeries } from "#lib/market-data/import-series.ts";
import type { CreateModelRequest } from "#lib/models/create-model.schema.ts";
import { planModel } from "#lib/models/create-model.ts";
import { createModelStore } from "#lib/models/model-store.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import type { RunRecord } from "#lib/runs/run-record.schema.ts";

export const OWNER = "local";
const PACK = "swingsigma";

/** A home of its own with the whole local system: state machines, threads, files. */
export interface World {
  readonly system: LocalSystem;
  importDaily(symbol: string, csv: string): Promise<void>;
  /** Creates a model, or replaces the one of this name. */
  putModel(request: Omit<CreateModelRequest, "pack_id"> & { readonly model_id: string }): Promise<void>;
  run(machine: "build" | "backtest" | "sweep" | "train", modelId: string, request?: { readonly [key: string]: Json }): Promise<RunRecord>;
}

/** Opens a world for some work and removes it afterwards. */
export async function inNewWorld<T>(work: (world: World) => Promise<T>): Promise<T> {
  const home = await mkdtemp(join(tmpdir(), "sigma-trust-"));
  const system = await createLocalSystem({ home, alerts: { deliver: async () => {} }, workers: 1 });
  const ports = { ...system.ports, workflow: system.workflow };
  try {
    return await work({
      system,
      async importDaily(symbol, csv) {
        const parsed = parseCsvBars(csv, { symbol, cadence: "daily" });
        await importSeries(ports.artifacts, {
          owner: OWNER,
          symbol,
          cadence: "daily",
          parsed,
          source: { name: `${symbol}.csv`, sha256: sha256(csv) },
        });
      },
      async putModel(request) {
        const { resolved } = await createPackLibrary({
          builtIn: ports.builtinPacks,
          artifacts: ports.artifacts,
          metadata: ports.metadata,
        }).get(OWNER, PACK);
        const store = createModelStore(ports);
        const existing = (await store.list(OWNER)).models.some(({ model_id }) => model_id === request.model_id);
        if (existing) await store.remove(OWNER, request.model_id);
        await store.create(OWNER, planModel({ ...request, pack_id: PACK }, resolved));
      },
      async run(machine, modelId, request = {}) {
        const { run } = await requestModelRun(ports, { owner: OWNER, machine, packId: PACK, modelId, tag: null, request });
        return awaitRun(system, OWNER, run.run_id);
      },
    });
  } finally {
    await system.close();
    await rm(home, { recursive: true, force: true });
  }
}

/** Daily bars as a user would have them in a file. */
export function csvOf({ length, start, open, high, low, close, volume }: Bars): string {
  const lines = Array.from({ length }, (_, i) =>
    [formatDate(sessionDateOf(start[i]!)), open[i], high[i], low[i], close[i], volume[i]].join(","),
  );
  return `date,open,high,low,close,volume\n${lines.join("\n")}\n`;
}
