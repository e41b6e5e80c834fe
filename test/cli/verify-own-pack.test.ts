import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { requestModelRun } from "#functions/shared/request-run.ts";
import { awaitRun } from "#infra/local/await-run.ts";
import { createLocalSystem, type LocalSystem } from "#infra/local/local-system.ts";
import { planModel } from "#lib/models/create-model.ts";
import { createModelStore } from "#lib/models/model-store.ts";
import { findOwnPack } from "#lib/packs/own-pack-reader.ts";
import { createOwnPackStore } from "#lib/packs/own-pack-store.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import { verifyRun } from "../../cli/verify-run.ts";
import { labPackTexts, PACK } from "../functions/pack-lab.ts";

const OWNER = "local";
const MODEL = "own_pack_model";

let home: string;
let system: LocalSystem;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "sigma-own-pack-"));
  system = await createLocalSystem({ home, alerts: { deliver: async () => {} }, workers: 1 });
});
afterAll(async () => {
  await system.close();
  await rm(home, { recursive: true, force: true });
});

it("repeats a build of a pack that its owner wrote", async () => {
  const { ports, workflow } = system;
  const store = createOwnPackStore(ports);
  const plan = { packId: PACK, version: "0.1.0", packSha: "f".repeat(64), texts: labPackTexts() };
  await store.activate(OWNER, await store.write(OWNER, undefined, plan, () => {}));
  expect((await findOwnPack(ports, OWNER, PACK))?.active?.version).toBe("0.1.0");
  const { resolved } = await createPackLibrary({ builtIn: ports.builtinPacks, artifacts: ports.artifacts, metadata: ports.metadata }).get(
    OWNER,
    PACK,
  );
  const model = planModel(
    {
      pack_id: PACK,
      model_id: MODEL,
      ticker: "SPX",
      data: { provider: "sample", symbol: "SPX" },
      window: { start: "2015-01-02", end: "2017-12-29" },
      asset_type: "eq",
      horizon: "swing",
      cadence: "daily",
      label: { kind: "forward_return", horizon: 3, entry: "decision_close" },
      indicator_set: { indicators: [{ name: "ret" }, { name: "rsi" }, { name: "roc" }] },
    },
    resolved,
  );
  await createModelStore(ports).create(OWNER, model);
  const started = await requestModelRun(
    { ...ports, workflow },
    { owner: OWNER, machine: "build", packId: PACK, modelId: MODEL, tag: null, request: { force: true } },
  );
  const run = await awaitRun(system, OWNER, started.run.run_id, () => {});
  expect(run.status).toBe("succeeded");
  expect((await verifyRun(system, OWNER, run.run_id, () => {})).verdict).toBe("identical");
}, 60_000);
