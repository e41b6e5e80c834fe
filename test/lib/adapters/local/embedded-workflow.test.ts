import { describe, expect, it } from "vitest";
import { createEmbeddedWorkflow, type EmbeddedWorkflow } from "#lib/adapters/local/embedded-workflow.ts";
import type { MachineDefinition } from "#lib/adapters/local/machine-definition.ts";
import type { TaskHandler } from "#lib/adapters/local/run-gate.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import type { ExecutionView, MachineName } from "#lib/ports/workflow.ts";
import { workflowContract } from "../../../contract/workflow.contract.ts";

const clock = { now: () => Date.parse("2026-01-02T00:00:00Z") };
const task = (next: object) => ({ Type: "Task", Resource: "${XArn}", TimeoutSeconds: 10, ...next });

/** Plan -> Map of five -> Collect, with a catch that records the failure. */
const MACHINE = {
  StartAt: "Plan",
  States: {
    Plan: task({ ResultPath: "$.plan", Next: "Items" }),
    Items: {
      Type: "Map",
      ItemsPath: "$.plan.items",
      MaxConcurrency: 2,
      ItemSelector: { "item.$": "$$.Map.Item.Value" },
      ItemProcessor: {
        StartAt: "DoItem",
        States: { DoItem: task({ End: true, Retry: [{ ErrorEquals: ["STORE_UNAVAILABLE"], IntervalSeconds: 1, MaxAttempts: 1 }] }) },
      },
      ResultPath: null,
      Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.error", Next: "RecordFailure" }],
      Next: "Collect",
    },
    Collect: task({ End: true }),
    RecordFailure: task({ ResultPath: null, Next: "Failed" }),
    Failed: { Type: "Fail", ErrorPath: "$.error.Error", CausePath: "$.error.Cause" },
  },
} as unknown as MachineDefinition;

interface World {
  readonly workflow: EmbeddedWorkflow;
  readonly calls: string[];
  readonly outcomes: ExecutionView[];
}

function world(options: {
  doItem?: (item: number) => Promise<unknown> | unknown;
  metadata?: MetadataStore;
  processId?: number;
  isAlive?: (id: number) => boolean;
  onOutcome?: (view: ExecutionView) => Promise<void>;
}): World {
  const calls: string[] = [];
  const outcomes: ExecutionView[] = [];
  const handler =
    (name: string, work: (input: Record<string, unknown>) => unknown): TaskHandler =>
    async (input) => {
      const fields = input as Record<string, unknown>;
      calls.push(fields["item"] === undefined ? name : `${name} ${String(fields["item"])}`);
      return (await work(fields)) as null;
    };
  const handlers = new Map<string, TaskHandler>([
    ["Plan", handler("Plan", () => ({ items: [1, 2, 3, 4, 5] }))],
    ["DoItem", handler("DoItem", (input) => options.doItem?.(input["item"] as number) ?? { ok: true })],
    ["Collect", handler("Collect", () => ({ total: 5 }))],
    ["RecordFailure", handler("RecordFailure", () => ({}))],
  ]);
  const workflow = createEmbeddedWorkflow({
    machines: new Map<MachineName, MachineDefinition>([["sweep", MACHINE]]),
    handlers,
    metadata: options.metadata ?? createMemoryMetadataStore({ clock }),
    clock,
    process: { id: options.processId ?? 1, isAlive: options.isAlive ?? (() => true) },
    onOutcome: options.onOutcome ?? (async (view) => void outcomes.push(view)),
  });
  return { workflow, calls, outcomes };
}

const request = { machine: "sweep", runId: "sweep_1", attempt: 1, input: { run_id: "sweep_1" } } as const;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("createEmbeddedWorkflow", () => {
  describe("keeps the port's promises", () => {
    workflowContract(
      async () => {
        const released = Promise.withResolvers<void>();
        const metadata = createMemoryMetadataStore({ clock });
        const machine = (name: string) => ({ StartAt: name, States: { [name]: task({ End: true }) } }) as unknown as MachineDefinition;
        const workflow = createEmbeddedWorkflow({
          machines: new Map<MachineName, MachineDefinition>([
            ["build", machine("Wait")],
            ["sweep", machine("Fail")],
          ]),
          handlers: new Map<string, TaskHandler>([
            ["Wait", (input) => released.promise.then(() => input)],
            [
              "Fail",
              async () => {
                throw new SigmaError("DATA_INVALID", "Row 3 is bad.");
              },
            ],
          ]),
          metadata,
          clock,
          process: { id: 1, isAlive: () => true },
          onOutcome: async () => {},
        });
        return { workflow, waiting: "build", failing: "sweep", release: released.resolve };
      },
      { executes: true },
    );
  });

  it("runs plan, items and collect, and reports the output once", async () => {
    const { workflow, calls, outcomes } = world({});
    await workflow.start(request);
    const view = await workflow.wait("sweep_1");
    expect(view).toMatchObject({ status: "succeeded", output: { total: 5 } });
    expect(calls).toEqual(["Plan", "DoItem 1", "DoItem 2", "DoItem 3", "DoItem 4", "DoItem 5", "Collect"]);
    expect(outcomes).toEqual([view]);
  });

  it("treats a second start with the same input as the same execution, and another input as a conflict", async () => {
    const { workflow, calls } = world({});
    await workflow.start(request);
    await workflow.start(request);
    await workflow.wait("sweep_1");
    expect(calls.filter((call) => call === "Plan")).toHaveLength(1);
    await expect(workflow.start({ ...request, input: { run_id: "other" } })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("starts no waiting item after one failed, and still records the failure", async () => {
    const { workflow, calls } = world({
      doItem: async (item) => {
        if (item === 2) throw new SigmaError("DATA_INVALID", 'Row 7 has the close "-1".');
        await pause(30);
        return {};
      },
    });
    await workflow.start(request);
    const view = await workflow.wait("sweep_1");
    expect(view).toMatchObject({ status: "failed", error: { code: "DATA_INVALID", detail: 'Row 7 has the close "-1".' } });
    expect(calls).toEqual(["Plan", "DoItem 1", "DoItem 2", "RecordFailure"]);
  });

  it("tries a retryable failure again before it gives up on the map", async () => {
    let failures = 0;
    const { workflow } = world({
      doItem: (item) => {
        if (item === 3 && failures++ === 0) throw new SigmaError("STORE_UNAVAILABLE", "The store did not answer.");
        return {};
      },
    });
    await workflow.start(request);
    expect(await workflow.wait("sweep_1")).toMatchObject({ status: "succeeded" });
    expect(failures).toBe(2);
  });

  it("starts nothing after a cancel and waits for the work in flight", async () => {
    let running = 0;
    const { workflow, calls, outcomes } = world({
      doItem: async () => {
        running += 1;
        await pause(50);
        running -= 1;
        return {};
      },
    });
    await workflow.start(request);
    await pause(15);
    await workflow.cancel("sweep_1");
    const view = await workflow.wait("sweep_1");
    expect(view).toMatchObject({ status: "canceled", error: { code: "RUN_CANCELED" } });
    expect(running).toBe(0);
    const before = calls.length;
    await pause(80);
    expect(calls).toHaveLength(before);
    expect(calls.length).toBeLessThanOrEqual(3);
    expect(outcomes).toHaveLength(1);
  });

  it("obeys a cancel that another process wrote to the store", async () => {
    const metadata = createMemoryMetadataStore({ clock });
    const { workflow, calls } = world({ metadata, doItem: () => pause(30) });
    const elsewhere = world({ metadata, processId: 2 });
    await workflow.start(request);
    await pause(10);
    await elsewhere.workflow.cancel("sweep_1");
    expect(await workflow.wait("sweep_1")).toMatchObject({ status: "canceled" });
    expect(calls).not.toContain("DoItem 5");
  });

  it("goes on after a failure without doing finished steps again", async () => {
    const metadata = createMemoryMetadataStore({ clock });
    let broken = true;
    const { workflow, calls } = world({
      metadata,
      doItem: (item) => {
        if (broken && item === 4) throw new SigmaError("DATA_INVALID", "broken");
        return {};
      },
    });
    await workflow.start(request);
    await workflow.wait("sweep_1");
    broken = false;
    calls.length = 0;
    await workflow.resume("sweep_1");
    expect(await workflow.wait("sweep_1")).toMatchObject({ status: "succeeded" });
    expect(calls).not.toContain("Plan");
    expect(calls).not.toContain("DoItem 1");
    expect(calls).toContain("DoItem 4");
    expect(calls.at(-1)).toBe("Collect");
  });

  it("shows a run whose process died as interrupted, and lets another process take it over", async () => {
    const metadata = createMemoryMetadataStore({ clock });
    const dying = world({ metadata, processId: 11, doItem: () => new Promise(() => {}) });
    await dying.workflow.start(request);
    await pause(15);
    const heir = world({ metadata, processId: 12, isAlive: (id) => id !== 11 });
    expect(await heir.workflow.describe("sweep_1")).toMatchObject({ status: "interrupted" });
    await heir.workflow.resume("sweep_1");
    expect(await heir.workflow.wait("sweep_1")).toMatchObject({ status: "succeeded" });
    expect(heir.calls).not.toContain("Plan");
  });

  it("leaves a run alone that a living process works on", async () => {
    const metadata = createMemoryMetadataStore({ clock });
    const owner = world({ metadata, processId: 11, doItem: () => pause(40) });
    await owner.workflow.start(request);
    await pause(10);
    const other = world({ metadata, processId: 12 });
    await other.workflow.resume("sweep_1");
    expect(other.calls).toEqual([]);
    await owner.workflow.wait("sweep_1");
  });

  it("starts no work that was waiting for its turn when the run ended", async () => {
    const turn = Promise.withResolvers<void>();
    const started: string[] = [];
    const metadata = createMemoryMetadataStore({ clock });
    const workflow = createEmbeddedWorkflow({
      machines: new Map<MachineName, MachineDefinition>([["sweep", MACHINE]]),
      handlers: new Map<string, TaskHandler>([
        ["Plan", async () => ({ items: [1, 2, 3] })],
        [
          "DoItem",
          async (input, mayStart) => {
            await turn.promise;
            await mayStart();
            started.push(JSON.stringify(input));
            return null;
          },
        ],
        ["Collect", async () => null],
        ["RecordFailure", async () => null],
      ]),
      metadata,
      clock,
      process: { id: 1, isAlive: () => true },
      onOutcome: async () => {},
    });
    await workflow.start(request);
    await pause(15);
    // The flag of another process, not yet seen by the poll.
    await metadata.put("state", { pk: "run#sweep_1", sk: "cancel", body: { requested_at: 0 } }, "any");
    turn.resolve();
    expect(await workflow.wait("sweep_1")).toMatchObject({ status: "canceled" });
    expect(started).toEqual([]);
  });

  it("tells an outcome before it records the end, so that a death in between leaves a run to resume", async () => {
    const metadata = createMemoryMetadataStore({ clock });
    const dying = world({
      metadata,
      onOutcome: async () => {
        throw new Error("the process dies here");
      },
    });
    await dying.workflow.start(request);
    await expect(dying.workflow.wait("sweep_1")).rejects.toThrow("dies here");
    expect(await dying.workflow.describe("sweep_1")).toMatchObject({ status: "interrupted" });
    const heir = world({ metadata });
    await heir.workflow.resume("sweep_1");
    expect(await heir.workflow.wait("sweep_1")).toMatchObject({ status: "succeeded" });
    expect(heir.outcomes).toHaveLength(1);
    expect(heir.calls).toEqual([]);
  });

  it("takes a lease of its own process id for a dead process's when no engine here holds it", async () => {
    const metadata = createMemoryMetadataStore({ clock });
    const dying = world({ metadata, processId: 7, doItem: () => new Promise(() => {}) });
    await dying.workflow.start(request);
    const key = { pk: "run#sweep_1", sk: "lease" };
    const lease = (await metadata.get("state", key))!;
    const reborn = world({ metadata, processId: 7 });
    expect(await reborn.workflow.describe("sweep_1")).toMatchObject({ status: "running" });
    await metadata.put("state", { ...key, body: { ...lease.body, engine: "of the dead one" } }, "any");
    expect(await reborn.workflow.describe("sweep_1")).toMatchObject({ status: "interrupted" });
  });

  it("says nothing about a run that another process took over meanwhile", async () => {
    const metadata = createMemoryMetadataStore({ clock });
    const asleep = Promise.withResolvers<void>();
    const sleeper = world({ metadata, processId: 11, doItem: () => asleep.promise });
    await sleeper.workflow.start(request);
    await pause(15);
    const heir = world({ metadata, processId: 12, isAlive: (id) => id !== 11 });
    await heir.workflow.resume("sweep_1");
    await heir.workflow.wait("sweep_1");
    // Its lease is gone with the heir's; a third process has the run now.
    await metadata.put(
      "state",
      { pk: "run#sweep_1", sk: "lease", body: { process: 13, engine: "third", until: clock.now() + 1000 } },
      "any",
    );
    asleep.resolve();
    expect(await sleeper.workflow.wait("sweep_1")).toMatchObject({ status: "succeeded" });
    expect(sleeper.outcomes).toEqual([]);
    expect(await metadata.get("state", { pk: "run#sweep_1", sk: "lease" })).toMatchObject({ body: { engine: "third" } });
  });

  it("lets exactly one of several processes take an interrupted run up", async () => {
    const metadata = createMemoryMetadataStore({ clock });
    const dying = world({ metadata, processId: 11, doItem: () => new Promise(() => {}) });
    await dying.workflow.start(request);
    await pause(15);
    const heirs = [12, 13, 14].map((processId) => world({ metadata, processId, isAlive: (id) => id !== 11, doItem: () => pause(10) }));
    await Promise.all(heirs.map(({ workflow }) => workflow.resume("sweep_1")));
    await Promise.all(heirs.map(({ workflow }) => workflow.wait("sweep_1")));
    expect(heirs.filter(({ calls }) => calls.length > 0)).toHaveLength(1);
    expect(await metadata.get("state", { pk: "run#sweep_1", sk: "execution" })).toMatchObject({
      body: { status: "succeeded", attempt: 2 },
    });
  });

  it("refuses a result of more than 256 KB, as the cloud would", async () => {
    const { workflow } = world({ doItem: () => ({ text: "x".repeat(300_000) }) });
    await workflow.start(request);
    expect(await workflow.wait("sweep_1")).toMatchObject({ status: "failed", error: { code: "STATE_TOO_LARGE" } });
  });

  it("refuses a machine with a task that nobody handles or two tasks of one name", () => {
    const build = (definition: unknown, handlers: readonly string[]) =>
      createEmbeddedWorkflow({
        machines: new Map<MachineName, MachineDefinition>([["build", definition as MachineDefinition]]),
        handlers: new Map(handlers.map((name) => [name, async () => null])),
        metadata: createMemoryMetadataStore({ clock }),
        clock,
        process: { id: 1, isAlive: () => true },
        onOutcome: async () => {},
      });
    expect(() => build(MACHINE, ["Plan", "DoItem", "Collect"])).toThrowError(
      expect.objectContaining({ code: "WORKFLOW_INVALID", facts: { machine: "build", task: "RecordFailure" } }),
    );
    const twice = {
      StartAt: "M",
      States: { M: { Type: "Map", ItemProcessor: { StartAt: "A", States: { A: task({ End: true }) } } }, A: task({ End: true }) },
    };
    expect(() => build(twice, ["A"])).toThrowError(/two tasks named "A"/);
  });
});
