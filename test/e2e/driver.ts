import { setTimeout as pause } from "node:timers/promises";
import { requestModelRun } from "#functions/shared/request-run.ts";
import { awaitRun } from "#infra/local/await-run.ts";
import { createLocalSystem, type LocalSystem, localHome } from "#infra/local/local-system.ts";
import type { Json } from "#lib/core/canonical-json.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { planModel } from "#lib/models/create-model.ts";
import { createModelStore } from "#lib/models/model-store.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import { readRun } from "#lib/runs/run-store.ts";
import { resumeRun } from "#lib/runs/start-run.ts";

/** One action on the home of `SIGMA_HOME`, as a process of its own: what a test kills, cancels and resumes from. */
const OWNER = "local";
const MODEL = {
  pack_id: "swingsigma",
  template_id: "swing_eq_daily_close",
  model_id: "spx_eq_swing_daily",
  ticker: "SPX",
  data: { provider: "sample", symbol: "SPX" },
  // Few trees: what is tested is the order of work, not the model.
  learner: { calibration: "none", params: { trees: 8 } },
} as const;

const began = performance.now();
const say = (line: { readonly [key: string]: Json }): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

type Action = (system: LocalSystem, argument: string) => Promise<void>;

const ACTIONS: Readonly<Record<string, Action>> = {
  /** Creates the model and builds its matrix. */
  async build(system) {
    const packs = createPackLibrary({
      builtIn: system.ports.builtinPacks,
      artifacts: system.ports.artifacts,
      metadata: system.ports.metadata,
    });
    const { resolved } = await packs.get(OWNER, MODEL.pack_id);
    await createModelStore(system.ports).create(OWNER, planModel(MODEL, resolved));
    await start(system, "build", {});
  },

  async sweep(system) {
    await start(system, "sweep", { mode: "simple", tag: "e2e" });
  },

  async resume(system, runId) {
    const { run, version } = await readRun(system.ports.metadata, OWNER, runId);
    await resumeRun({ ...system.ports, workflow: system.workflow }, run, version);
    await follow(system, runId);
  },

  /** `<run>` now, or `<run>@<steps>` once so many of its steps are remembered. */
  async cancel(system, argument) {
    const [runId = "", steps = "0"] = argument.split("@");
    // A driver that nobody waits for any more ends by itself.
    while ((await finishedSteps(system, runId)) < Number(steps) && performance.now() - began < 60_000) await pause(2);
    await system.workflow.cancel(runId);
    say({ canceled: runId, steps: await finishedSteps(system, runId) });
  },

  async status(system, runId) {
    const { run } = await readRun(system.ports.metadata, OWNER, runId);
    const execution = await system.workflow.describe(runId);
    say({ run: run.status, execution: execution.status, attempt: run.attempt });
  },
};

async function finishedSteps(system: LocalSystem, runId: string): Promise<number> {
  const page = await system.ports.metadata.query({ table: "state", pk: `run#${runId}`, prefix: "step#", limit: 1000 });
  return page.records.length;
}

async function start(system: LocalSystem, machine: "build" | "sweep", request: { readonly [key: string]: Json }): Promise<void> {
  const ports = { ...system.ports, workflow: system.workflow };
  const { pack_id: packId, model_id: modelId } = MODEL;
  const { run } = await requestModelRun(ports, { owner: OWNER, machine, packId, modelId, tag: "e2e", request });
  await follow(system, run.run_id);
}

async function follow(system: LocalSystem, runId: string): Promise<void> {
  say({ run_id: runId, ms: performance.now() - began });
  const run = await awaitRun(system, OWNER, runId, ({ seq, step, done, expected }) => {
    say({ seq, step, done, expected, ms: performance.now() - began });
  });
  say({ status: run.status, ms: performance.now() - began });
}

const [name = "", argument = ""] = process.argv.slice(2);
const action = ACTIONS[name];
if (!action) throw new TypeError(`No action "${name}".`);
try {
  const workers = process.env["SIGMA_TEST_WORKERS"];
  const system = await createLocalSystem({
    home: localHome(),
    alerts: { deliver: async () => {} },
    ...(workers === undefined ? {} : { workers: Number(workers) }),
  });
  say({ ready: true, pid: process.pid, ms: performance.now() - began });
  try {
    await action(system, argument);
  } finally {
    await system.close();
  }
} catch (error) {
  if (!(error instanceof SigmaError)) throw error;
  say({ error: error.code, message: error.message });
  process.exitCode = 1;
}
