import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createDeliverSignal } from "#functions/deliver-signal/deliver-signal.ts";
import type { StepPorts } from "#functions/shared/ports.ts";
import { createStartPipeline } from "#functions/start-pipeline/start-pipeline.ts";
import { loadHandler, STEP_NAMES } from "#infra/local/handlers.ts";
import { stateNameOf } from "#infra/manifest.ts";
import { createEmbeddedWorkflow } from "#lib/adapters/local/embedded-workflow.ts";
import { type AslState, type MachineDefinition, readTaskStates } from "#lib/adapters/local/machine-definition.ts";
import type { TaskHandler } from "#lib/adapters/local/run-gate.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import type { Json } from "#lib/core/canonical-json.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { AlertSink } from "#lib/ports/alert-sink.ts";
import { type ExecutionView, MACHINES, type MachineName, type Workflow } from "#lib/ports/workflow.ts";

const folder = new URL("../../state-machines/", import.meta.url);
const MOST_BYTES = 32 * 1024;
const clock = { now: () => Date.parse("2026-01-02T00:00:00Z") };

type Fields = { readonly [key: string]: Json };
interface Example {
  readonly input: Fields;
  /** What each task answers, by state name. */
  readonly results: { readonly [task: string]: Json };
}
interface Call {
  readonly task: string;
  readonly input: Fields;
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(new URL(path, folder), "utf8"));
const files = readdirSync(new URL("examples/", folder))
  .filter((file) => file.endsWith(".json"))
  .sort();
const machineOf = (file: string): MachineName => file.split(".")[0] as MachineName;
const definitionOf = (machine: MachineName) => readJson(`${machine}.asl.json`) as MachineDefinition;
const exampleOf = (file: string) => readJson(`examples/${file}`) as Example;
const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** Runs a machine on the embedded engine; each task answers with the example's result, one of them may fail. */
async function run(machine: MachineName, { input, results }: Example, failing?: string): Promise<{ view: ExecutionView; calls: Call[] }> {
  const calls: Call[] = [];
  const definition = definitionOf(machine);
  const handler =
    (task: string): TaskHandler =>
    async (given) => {
      calls.push({ task, input: given as Fields });
      if (task === failing) throw new SigmaError("DATA_INVALID", 'Row 7 has the close "-1".');
      return task === "RecordFailure" ? {} : results[task]!;
    };
  const workflow = createEmbeddedWorkflow({
    machines: new Map([[machine, definition]]),
    handlers: new Map([...readTaskStates(machine, definition).keys()].map((task) => [task, handler(task)])),
    metadata: createMemoryMetadataStore({ clock }),
    clock,
    process: { id: 1, isAlive: () => true },
    onOutcome: async () => {},
  });
  await workflow.start({ machine, runId: "run_1", attempt: 1, input });
  return { view: await workflow.wait("run_1"), calls };
}

/** All states by name, those of Map states included. */
function statesOf(level: MachineDefinition): ReadonlyMap<string, AslState> {
  const all = new Map(Object.entries(level.States));
  for (const { ItemProcessor } of Object.values(level.States))
    if (ItemProcessor) for (const entry of statesOf(ItemProcessor)) all.set(...entry);
  return all;
}

const parametersOf = (state: AslState): string[] =>
  Object.keys((state["Parameters"] ?? {}) as object)
    .map((key) => key.replace(/\.\$$/, ""))
    .sort();

/** Paths that choices and maps of the top level read; the interpreter takes an absent one for nothing. */
function pathsRead(level: MachineDefinition): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === "ItemProcessor") continue;
      if (typeof inner === "string" && inner.startsWith("$.") && (key === "Variable" || key === "ItemsPath" || key.endsWith(".$")))
        found.push(inner);
      else visit(inner);
    }
  };
  for (const [name, state] of Object.entries(level.States))
    if (name !== "RecordFailure") visit({ ...state, ErrorPath: null, CausePath: null });
  return [...new Set(found)].sort();
}

function valueAt(root: Json, path: string): unknown {
  let at: unknown = root;
  for (const key of path.slice(2).split(".")) at = typeof at === "object" && at !== null ? (at as Record<string, unknown>)[key] : undefined;
  return at;
}

/** Ports that nobody may reach: a handler comes to them once it has accepted its input. */
const noPorts = new Proxy({} as StepPorts & { readonly alerts: AlertSink; readonly workflow: Workflow }, {
  get: () => {
    throw new Error("a port was reached");
  },
});

async function factoryOf(task: string): Promise<(ports: typeof noPorts) => (event: unknown) => Promise<unknown>> {
  if (task === "DeliverSignal") return createDeliverSignal;
  if (task === "StartPipeline") return createStartPipeline;
  return loadHandler(STEP_NAMES.find((name) => stateNameOf(name) === task) ?? task);
}

describe("state-machines/examples", () => {
  it("has an example for each machine", () => {
    expect([...new Set(files.map(machineOf))].sort()).toEqual([...MACHINES].sort());
  });

  it("reaches every state of every machine between them", async () => {
    for (const machine of MACHINES) {
      const reached = new Set<string>(["RecordFailure"]);
      for (const file of files.filter((name) => machineOf(name) === machine))
        for (const { task } of (await run(machine, exampleOf(file))).calls) reached.add(task);
      expect(
        [...readTaskStates(machine, definitionOf(machine)).keys()].filter((task) => !reached.has(task)),
        machine,
      ).toEqual([]);
    }
  });

  describe.each(files)("%s", (file) => {
    const machine = machineOf(file);
    const example = exampleOf(file);
    const states = statesOf(definitionOf(machine));

    it("runs to its end, and every field that a task is given exists", async () => {
      const { view, calls } = await run(machine, example);
      expect(view).toMatchObject({ status: "succeeded", error: null });
      expect(new Set(calls.map(({ task }) => task))).toEqual(new Set(Object.keys(example.results)));
      for (const { task, input } of calls) expect(Object.keys(input).sort(), task).toEqual(parametersOf(states.get(task)!));
    });

    it("hands over less than 32 KB in every state", async () => {
      const { view, calls } = await run(machine, example);
      for (const { task, input } of calls) expect(bytesOf(input), task).toBeLessThan(MOST_BYTES);
      // Results only add to the state, so the end holds what any state held.
      expect(bytesOf(view.output)).toBeLessThan(MOST_BYTES);
    });

    it("gives each handler an input that it accepts", async () => {
      const { calls } = await run(machine, example);
      for (const { task, input } of calls) {
        const handler = (await factoryOf(task))(noPorts);
        await expect(handler(input), task).rejects.toThrow("a port was reached");
      }
    });

    it.each(Object.keys(example.results))("records the failure of %s and ends with its code", async (task) => {
      const { view, calls } = await run(machine, example, task);
      expect(view).toMatchObject({ status: "failed", error: { code: "DATA_INVALID", detail: 'Row 7 has the close "-1".' } });
      expect(calls.at(-1)).toEqual({
        task: "RecordFailure",
        input: {
          run_id: example.input["run_id"],
          owner: example.input["owner"],
          error: { Error: "DATA_INVALID", Cause: 'Row 7 has the close "-1".' },
        },
      });
    });
  });

  it("offers every path that choices and maps read", async () => {
    for (const machine of MACHINES) {
      const outputs: Json[] = [];
      for (const file of files.filter((name) => machineOf(name) === machine))
        outputs.push((await run(machine, exampleOf(file))).view.output!);
      const missing = pathsRead(definitionOf(machine)).filter((path) => outputs.every((output) => valueAt(output, path) === undefined));
      expect(missing, machine).toEqual([]);
    }
  });
});

describe("pipeline", () => {
  const example = exampleOf("pipeline.json");
  const tasksOf = async (changed: Example): Promise<string[]> => (await run("pipeline", changed)).calls.map(({ task }) => task);

  it("trains when the gate passed and the request asks for it", async () => {
    expect(await tasksOf(example)).toEqual([
      "BuildMatrix",
      "PlanSweep",
      "FitFold",
      "FitFold",
      "EvaluateVariants",
      "EvaluateVariants",
      "EvaluateVariants",
      "CollectSweep",
      "PlanTraining",
      "TrainModel",
    ]);
  });

  it("hands the winner's rows to training", async () => {
    const { calls } = await run("pipeline", example);
    const best = (example.results["CollectSweep"] as Fields)["best_rows"];
    expect(calls.find(({ task }) => task === "PlanTraining")!.input["request"]).toMatchObject({ rows: best });
  });

  it("does not train when nothing passed", async () => {
    const none = { ...(example.results["CollectSweep"] as Fields), pass: 0 };
    expect((await tasksOf({ ...example, results: { ...example.results, CollectSweep: none } })).at(-1)).toBe("CollectSweep");
  });

  it("does not train when the request does not ask for it", async () => {
    const request = { ...(example.input["request"] as Fields), train_when_passed: false };
    expect((await tasksOf({ ...example, input: { ...example.input, request } })).at(-1)).toBe("CollectSweep");
  });

  it("evaluates by a backtest when asked to", async () => {
    expect(await tasksOf(exampleOf("pipeline.backtest.json"))).toEqual([
      "BuildMatrix",
      "PlanBacktest",
      "FitFold",
      "FitFold",
      "RunBacktest",
    ]);
  });
});

/** Step Functions ends an execution whose state exceeds 256 KB. */
const HALF_OF_STATE_LIMIT = 128 * 1024;

describe("state-machines at their largest", () => {
  const many = (count: number, of: (i: number) => Json): Json[] => Array.from({ length: count }, (_, i) => of(i));
  const id = (i: number): string => i.toString(16).padStart(16, "0");
  const longest = (i: number): string => id(i).padStart(64, "a");
  const grown = (machine: MachineName, task: string, change: Fields): [MachineName, Example] => {
    const example = exampleOf(`${machine}.json`);
    return [machine, { ...example, results: { ...example.results, [task]: { ...(example.results[task] as Fields), ...change } } }];
  };

  it.each<[MachineName, Example]>([
    grown("sweep", "PlanSweep", { folds: many(20, (i) => i), batches: many(200, id) }),
    grown("train", "PlanTraining", { rows: many(5, id) }),
    grown("rebuild", "PlanRebuild", {
      models: many(200, (i) => ({ owner: longest(i), pack_id: longest(i), model_id: longest(i) })),
    }),
    grown("volatility", "PlanVolatility", { batches: many(250, (i) => ({ number: i, after: longest(i) })), series: 2500 }),
    grown("signals", "PlanSignals", {
      due: many(500, (i) => ({ owner: longest(i), trained_model_id: longest(i), as_of: "2026-01-02T21:05:00Z" })),
    }),
  ])(
    "%s gives each task less than 32 KB and fills its state to half of what the service allows at most",
    async (machine, example) => {
      const { view, calls } = await run(machine, example);
      expect(view.status).toBe("succeeded");
      for (const { task, input } of calls) expect(bytesOf(input), task).toBeLessThan(MOST_BYTES);
      expect(bytesOf(view.output)).toBeLessThan(HALF_OF_STATE_LIMIT);
    },
    60_000,
  );
});
