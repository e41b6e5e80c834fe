import { randomUUID } from "node:crypto";
import type { Json } from "../../core/canonical-json.ts";
import { canonicalJson } from "../../core/canonical-json.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { Clock } from "../../ports/clock.ts";
import type { MetadataStore, Write } from "../../ports/metadata-store.ts";
import type { ExecutionView, MachineName, Workflow } from "../../ports/workflow.ts";
import { type MachineDefinition, readTaskStates, type TaskState, withLocalArns } from "./machine-definition.ts";
import { createRunGate, type RunGate, type TaskHandler } from "./run-gate.ts";
import { cancelKey, type ExecutionBody, executionKey, leaseKey } from "./workflow-records.ts";

/** How long a running execution may be silent before another process takes it for dead. */
const LEASE_MS = 15_000;
const RENEW_MS = 3_000;
const CANCEL_POLL_MS = 400;

/** The engines of this process. A lease of this process that none of them holds was left by a dead one with the same id. */
const ENGINES = new Set<string>();

export interface EmbeddedWorkflowOptions {
  readonly machines: ReadonlyMap<MachineName, MachineDefinition>;
  /** By task state name. */
  readonly handlers: ReadonlyMap<string, TaskHandler>;
  readonly metadata: MetadataStore;
  /** Real time, also where the steps work under a replay clock: leases run out by it. */
  readonly clock: Clock;
  /** Identity of this process, and whether another one is still alive on this machine. */
  readonly process: { readonly id: number; readonly isAlive: (id: number) => boolean };
  /**
   * Told how an execution ended, after its work has stopped and before the end is recorded: a process that dies in between
   * leaves a run to resume, never one that ended unnoticed. So it can be told twice.
   */
  readonly onOutcome: (view: ExecutionView) => Promise<void>;
}

export interface EmbeddedWorkflow extends Workflow {
  /** Resolves when the execution has ended in this process; at once when it is not running here. */
  wait(executionId: string): Promise<ExecutionView>;
  /** Asks every execution of this process to end and waits for it. */
  close(): Promise<void>;
}

/**
 * Runs the same ASL files as the cloud, in this process. On top of the interpreter it promises that
 * nothing starts after a cancel or a failure, that finished steps are not done again (each is remembered by run,
 * state and input), that results are JSON of at most 256 KB, and that work in flight is waited for.
 */
export function createEmbeddedWorkflow(options: EmbeddedWorkflowOptions): EmbeddedWorkflow {
  const { metadata, clock, machines, handlers } = options;
  const tasksOf = new Map<MachineName, ReadonlyMap<string, TaskState>>();
  for (const [name, definition] of machines) tasksOf.set(name, checkedTasks(name, definition, handlers));
  const engine = randomUUID();
  ENGINES.add(engine);
  const active = new Map<string, { readonly gate: RunGate; readonly done: Promise<ExecutionView> }>();

  const readExecution = async (runId: string): Promise<ExecutionRecord | undefined> => {
    const record = await metadata.get("state", executionKey(runId));
    return record && { ...(record.body as unknown as ExecutionBody), version: record.version };
  };

  const view = async (runId: string, record: ExecutionRecord): Promise<ExecutionView> => ({
    executionId: runId,
    machine: record.machine,
    status: record.status === "running" && !(await isLeased(runId)) ? "interrupted" : record.status,
    output: record.output,
    error: record.error,
  });

  const isLeased = async (runId: string): Promise<boolean> => {
    if (active.has(runId)) return true;
    const lease = await metadata.get("state", leaseKey(runId));
    if (!lease || Number(lease.body["until"]) <= clock.now()) return false;
    const holder = Number(lease.body["process"]);
    if (holder === options.process.id) return ENGINES.has(String(lease.body["engine"]));
    return options.process.isAlive(holder);
  };

  const leaseBody = (): { process: number; engine: string; until: number } => ({
    process: options.process.id,
    engine,
    until: clock.now() + LEASE_MS,
  });

  /** The execution and its lease are written together, so that nobody can take a run over before it has begun. */
  const claim = (runId: string, body: ExecutionBody, condition: "absent" | number): Write[] => [
    { kind: "put", table: "state", record: { ...executionKey(runId), body: { ...body } }, condition },
    { kind: "put", table: "state", record: { ...leaseKey(runId), body: leaseBody() }, condition: "any" },
  ];

  const launch = (runId: string, body: ExecutionBody, version: number): void => {
    const gate = createRunGate({ runId, tasks: tasksOf.get(body.machine)!, handlers, metadata });
    const done = execute(runId, body, version, gate).finally(() => active.delete(runId));
    // The promise is also kept for wait(); a failure there is not an unhandled one here.
    done.catch(() => {});
    active.set(runId, { gate, done });
  };

  const execute = async (runId: string, started: ExecutionBody, version: number, gate: RunGate): Promise<ExecutionView> => {
    let lost = false;
    /** Keeps the lease, unless this process was taken for dead (a laptop that slept) and another one has it now. */
    const renew = async (): Promise<void> => {
      const lease = await metadata.get("state", leaseKey(runId));
      if (lease && lease.body["engine"] !== engine) {
        lost = true;
        gate.cancel();
      } else await metadata.put("state", { ...leaseKey(runId), body: leaseBody() }, lease?.version ?? "absent");
    };
    const renewing = setInterval(() => void renew().catch(() => {}), RENEW_MS);
    const polling = setInterval(() => {
      void metadata
        .get("state", cancelKey(runId))
        .then((flag) => flag && gate.cancel())
        .catch(() => {});
    }, CANCEL_POLL_MS);
    try {
      const ended = await interpret(started, gate);
      await gate.settled();
      clearInterval(renewing);
      await renew();
      if (lost) return await describe(runId);
      const { status, output, error } = ended;
      const final: ExecutionView = { executionId: runId, machine: started.machine, status, output, error };
      await options.onOutcome(final);
      await metadata.put("state", { ...executionKey(runId), body: { ...started, ...ended } }, version);
      return final;
    } finally {
      clearInterval(renewing);
      clearInterval(polling);
      if (!lost) await metadata.remove("state", leaseKey(runId), "any").catch(() => {});
    }
  };

  const describe = async (executionId: string): Promise<ExecutionView> => {
    const record = await readExecution(executionId);
    if (!record) throw new SigmaError("NOT_FOUND", `No execution "${executionId}".`, { run_id: executionId });
    return view(executionId, record);
  };

  const interpret = async (record: ExecutionBody, gate: RunGate): Promise<Pick<ExecutionBody, "status" | "output" | "error">> => {
    try {
      const { StateMachine } = await import("aws-local-stepfunctions");
      const definition = withLocalArns(machines.get(record.machine)!) as ConstructorParameters<typeof StateMachine>[0];
      const machine = new StateMachine(definition, { validationOptions: { checkArn: false } });
      const overrides = Object.fromEntries([...tasksOf.get(record.machine)!.keys()].map((task) => [task, gate.taskFor(task)]));
      const execution = machine.run(record.input as Parameters<typeof machine.run>[0], {
        overrides: { taskResourceLocalHandlers: overrides as never },
      });
      gate.onCancel(() => execution.abort());
      const output = (await execution.result) as Json;
      return { status: "succeeded", output, error: null };
    } catch (error) {
      if (gate.canceled) return { status: "canceled", output: null, error: { code: "RUN_CANCELED", detail: "The run was canceled." } };
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : (error as Error);
      return { status: "failed", output: null, error: gate.firstFailure ?? { code: cause.name, detail: cause.message } };
    }
  };

  return {
    async start({ machine, runId, attempt, input }) {
      if (!machines.has(machine))
        throw new SigmaError("WORKFLOW_INVALID", `No state machine "${machine}"; known are ${[...machines.keys()].join(", ")}.`, {
          machine,
        });
      const body: ExecutionBody = { machine, attempt, status: "running", input, output: null, error: null };
      try {
        await metadata.transact(claim(runId, body, "absent"));
      } catch (error) {
        if (!(error instanceof SigmaError) || error.code !== "CONFLICT") throw error;
        const existing = await readExecution(runId);
        if (existing?.machine !== machine || canonicalJson(existing.input) !== canonicalJson(input))
          throw new SigmaError("CONFLICT", `Execution "${runId}" exists with another input.`, { run_id: runId }, { cause: error });
        return { executionId: runId };
      }
      launch(runId, body, 1);
      return { executionId: runId };
    },

    describe,

    async cancel(executionId) {
      const record = await readExecution(executionId);
      if (!record) throw new SigmaError("NOT_FOUND", `No execution "${executionId}".`, { run_id: executionId });
      if (record.status !== "running") return;
      await metadata.put("state", { ...cancelKey(executionId), body: { requested_at: clock.now() } }, "any");
      const here = active.get(executionId);
      if (here) here.gate.cancel();
      else if (!(await isLeased(executionId))) await endInterrupted(executionId, record);
    },

    async resume(executionId) {
      const record = await readExecution(executionId);
      if (!record) throw new SigmaError("NOT_FOUND", `No execution "${executionId}".`, { run_id: executionId });
      if (record.status === "succeeded") return;
      if (record.status === "running" && (await isLeased(executionId))) return;
      const { version, ...stored } = record;
      const body: ExecutionBody = { ...stored, attempt: stored.attempt + 1, status: "running", output: null, error: null };
      try {
        // The version condition lets exactly one of several processes take the run over.
        await metadata.transact([
          ...claim(executionId, body, version),
          { kind: "remove", table: "state", key: cancelKey(executionId), condition: "any" },
        ]);
      } catch (error) {
        if (error instanceof SigmaError && error.code === "CONFLICT" && (await isLeased(executionId))) return;
        throw error;
      }
      launch(executionId, body, version + 1);
    },

    async wait(executionId) {
      const here = active.get(executionId);
      if (here) return here.done;
      return describe(executionId);
    },

    async close() {
      for (const { gate } of active.values()) gate.cancel();
      await Promise.allSettled([...active.values()].map(({ done }) => done));
      ENGINES.delete(engine);
    },
  };

  /** A canceled run whose process died: nothing runs, so only the record has to say it. */
  async function endInterrupted(runId: string, record: ExecutionRecord): Promise<void> {
    const error = { code: "RUN_CANCELED", detail: "The run was canceled." };
    const { version, ...stored } = record;
    await options.onOutcome({ executionId: runId, machine: record.machine, status: "canceled", output: null, error });
    await metadata.put("state", { ...executionKey(runId), body: { ...stored, status: "canceled", error } }, version);
  }
}

type ExecutionRecord = ExecutionBody & { readonly version: number };

function checkedTasks(
  machine: MachineName,
  definition: MachineDefinition,
  handlers: ReadonlyMap<string, TaskHandler>,
): ReadonlyMap<string, TaskState> {
  const tasks = readTaskStates(machine, definition);
  for (const task of tasks.keys()) {
    if (!handlers.has(task))
      throw new SigmaError("WORKFLOW_INVALID", `State machine "${machine}" has the task "${task}", and no handler does it.`, {
        machine,
        task,
      });
  }
  return tasks;
}
