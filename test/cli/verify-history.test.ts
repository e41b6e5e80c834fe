import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { requestModelRun } from "#functions/shared/request-run.ts";
import { awaitRun } from "#infra/local/await-run.ts";
import { createLocalSystem, type LocalSystem } from "#infra/local/local-system.ts";
import type { IvSeriesId } from "#lib/market-data/iv-store/iv-keys.ts";
import { forgetIvAfter, readIvEntries, recordIvEntries } from "#lib/market-data/iv-store/iv-store.ts";
import { MarketSchema } from "#lib/market-data/simulate/market/market.schema.ts";
import { saveSimulation } from "#lib/market-data/simulate/simulation-store.ts";
import { planModel } from "#lib/models/create-model.ts";
import { createModelStore } from "#lib/models/model-store.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import { workspacePrefix } from "#lib/packs/workspace.ts";
import type { RunRecord } from "#lib/runs/run-record.schema.ts";
import { verifyRun } from "../../cli/verify-run.ts";
import { labPackTexts, PACK } from "../functions/pack-lab.ts";

const OWNER = "local-simulated";
const MODEL = "lab_volatility";
const ID: IvSeriesId = { owner: OWNER, provider: "simulated", symbol: "SIM:LAB", tenor: { days: 30, source: "auto" } };

let home: string;
let system: LocalSystem;
let run: RunRecord;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "sigma-iv-"));
  system = await createLocalSystem({ home, alerts: { deliver: async () => {} }, workers: 1 });
  const { ports, workflow } = system;
  const market = MarketSchema.parse({
    first_date: "2023-10-02",
    last_date: "2024-01-31",
    seed: 5,
    options: { strikes_per_side: 3, same_day_volume: 2000 },
  });
  await saveSimulation(ports.artifacts, OWNER, { schema_version: 1, name: "LAB", spec: { kind: "market", market } }, false);
  for (const [path, text] of Object.entries(labPackTexts()))
    await ports.artifacts.put(`${workspacePrefix(OWNER)}/${path}`, new TextEncoder().encode(text), "absent");
  const { resolved } = await createPackLibrary({ builtIn: ports.builtinPacks, artifacts: ports.artifacts, metadata: ports.metadata }).get(
    OWNER,
    PACK,
  );
  const plan = planModel(
    {
      pack_id: PACK,
      model_id: MODEL,
      ticker: "SPY",
      data: { provider: "simulated", symbol: "SIM:LAB" },
      window: { start: "2023-12-01", end: "2024-01-20" },
      asset_type: "eq",
      horizon: "swing",
      cadence: "daily",
      label: { kind: "forward_return", horizon: 3 },
      indicator_set: { indicators: [{ name: "atm_iv_zscore", window: 20 }, { name: "ret" }, { name: "rsi" }] },
    },
    resolved,
  );
  await createModelStore(ports).create(OWNER, plan);
  const started = await requestModelRun(
    { ...ports, workflow },
    { owner: OWNER, machine: "build", packId: PACK, modelId: MODEL, tag: null, request: { force: true } },
  );
  run = await awaitRun(system, OWNER, started.run.run_id, () => {});
}, 120_000);
afterAll(async () => {
  await system.close();
  await rm(home, { recursive: true, force: true });
});

const entries = () => readIvEntries(system.ports.artifacts, ID, 20230101, 20241231);

it("finds a build that recorded its history identical, though the store says something else by now", async () => {
  const recorded = await entries();
  expect(recorded.length).toBeGreaterThan(40);
  expect((await verifyRun(system, OWNER, run.run_id, () => {})).verdict).toBe("identical");

  // What was written since the run is nothing that the run knew.
  const later = recorded.map((entry) => ({ ...entry, value: 0.5, recorded_at: Date.parse(run.created_at) + 1 }));
  await forgetIvAfter(system.ports.artifacts, OWNER, 0);
  await recordIvEntries(system.ports.artifacts, ID, later);
  expect((await verifyRun(system, OWNER, run.run_id, () => {})).verdict).toBe("identical");

  await forgetIvAfter(system.ports.artifacts, OWNER, 0);
  await recordIvEntries(system.ports.artifacts, ID, recorded);
}, 120_000);

it("names the history when what the run knew of it was changed", async () => {
  const recorded = await entries();
  const changed = recorded.map((entry, i) => (i === 40 ? { ...entry, value: entry.value! + 1e-9 } : entry));
  await forgetIvAfter(system.ports.artifacts, OWNER, 0);
  await recordIvEntries(system.ports.artifacts, ID, changed);
  const { verdict, lineage } = await verifyRun(system, OWNER, run.run_id, () => {});
  expect(verdict).toBe("different");
  expect(lineage.filter(({ equal }) => !equal).map(({ what }) => what)).toEqual(["matrix_sha", "iv_history SIM:LAB"]);
}, 120_000);
