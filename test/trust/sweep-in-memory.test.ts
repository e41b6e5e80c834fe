import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadPlan, reportPath } from "#functions/shared/evaluation-plan.ts";
import { requestModelRun } from "#functions/shared/request-run.ts";
import { awaitRun } from "#infra/local/await-run.ts";
import { createLocalSystem } from "#infra/local/local-system.ts";
import { planModel } from "#lib/models/create-model.ts";
import { createModelStore } from "#lib/models/model-store.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import { readSweep } from "#lib/sweeps/sweep-store.ts";
import { createMemoryLab, TRUST_OWNER, TRUST_PACK } from "../../trust/memory-lab.ts";
import { runSweepInMemory } from "../../trust/sweep-in-memory.ts";
import { scratchForTest } from "../e2e/home.ts";

const MODEL = {
  template_id: "swing_eq_daily",
  model_id: "trust_eq_swing_daily",
  ticker: "SIMMKT",
  data: { provider: "simulated", symbol: "SIMMKT", seed: 5 },
  window: { start: "2018-01-02", end: "2021-01-04" },
  learner: { calibration: "none" },
} as const;

describe("runSweepInMemory", () => {
  it("gives the bytes that the state machines give over files and threads", { timeout: 120_000 }, async () => {
    const system = await createLocalSystem({ home: join(scratchForTest(), "home"), alerts: { deliver: async () => {} }, workers: 2 });
    try {
      const ports = { ...system.ports, workflow: system.workflow };
      const { resolved } = await createPackLibrary({
        builtIn: ports.builtinPacks,
        artifacts: ports.artifacts,
        metadata: ports.metadata,
      }).get(TRUST_OWNER, TRUST_PACK);
      await createModelStore(ports).create(TRUST_OWNER, planModel({ ...MODEL, pack_id: TRUST_PACK }, resolved));
      const run = async (machine: "build" | "sweep", request: { readonly mode?: "simple" }) => {
        const order = { owner: TRUST_OWNER, machine, packId: TRUST_PACK, modelId: MODEL.model_id, tag: null, request };
        return awaitRun(system, TRUST_OWNER, (await requestModelRun(ports, order)).run.run_id);
      };
      await run("build", {});
      const { outputs } = await run("sweep", { mode: "simple" });
      const { sweep_id } = (outputs as { readonly sweep: { readonly sweep_id: string } }).sweep;
      const { plan_key } = await readSweep(ports.metadata, TRUST_OWNER, sweep_id);
      const plan = await loadPlan(ports.artifacts, TRUST_OWNER, plan_key);
      const { bytes } = await ports.artifacts.get(reportPath(plan, plan_key, "sweep.json"));

      const source = { owner: TRUST_OWNER, ...MODEL.data, cadence: "daily", window: { start: null, end: null } } as const;
      const lab = createMemoryLab(await ports.marketData.bars(source));
      await lab.createModel(MODEL);
      await lab.build(MODEL.model_id);
      const found = await runSweepInMemory(lab, MODEL.model_id);

      expect(found.rows).toHaveLength(27);
      expect(found.plan).toEqual(plan);
      expect(new TextDecoder().decode(found.report)).toBe(new TextDecoder().decode(bytes));
    } finally {
      await system.close();
    }
  });
});
