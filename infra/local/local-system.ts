import { mkdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { createDeliverSignal } from "#functions/deliver-signal/deliver-signal.ts";
import { createRecordOutcome } from "#functions/record-outcome/record-outcome.ts";
import type { StepPorts } from "#functions/shared/ports.ts";
import { createStartPipeline } from "#functions/start-pipeline/start-pipeline.ts";
import { createEmbeddedWorkflow, type EmbeddedWorkflow } from "#lib/adapters/local/embedded-workflow.ts";
import type { MachineDefinition } from "#lib/adapters/local/machine-definition.ts";
import type { TaskHandler } from "#lib/adapters/local/run-gate.ts";
import { createSqliteMetadataStore } from "#lib/adapters/local/sqlite-metadata-store.ts";
import { createSystemClock } from "#lib/adapters/local/system-clock.ts";
import type { Json } from "#lib/core/canonical-json.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { AlertSink } from "#lib/ports/alert-sink.ts";
import { MACHINES, type MachineName } from "#lib/ports/workflow.ts";
import { FUNCTIONS, type FunctionName, stateNameOf } from "../manifest.ts";
import { localClock } from "./clock.ts";
import { loadHandler, STEP_NAMES } from "./handlers.ts";
import { createStepPorts } from "./step-ports.ts";
import { createWorkerPool } from "./worker-pool.ts";

export interface LocalSystem {
  readonly home: string;
  readonly ports: StepPorts & { readonly alerts: AlertSink };
  readonly workflow: EmbeddedWorkflow;
  close(): Promise<void>;
}

/** Where local mode keeps its state: `SIGMA_HOME`, else `.sigma` in the working directory. */
export function localHome(home: string | undefined = process.env["SIGMA_HOME"]): string {
  return resolve(home === undefined || home === "" ? ".sigma" : home);
}

/**
 * The whole system on one machine: the same handlers and state machines as the cloud, over a folder, SQLite and the
 * embedded engine.
 *
 * @throws STORE_READ_ONLY | STORE_FULL when the home folder cannot be used, before anything is written
 */
export async function createLocalSystem(options: {
  readonly home: string;
  readonly alerts: AlertSink;
  readonly workers?: number;
  /** Shown the input of every step before the step starts. */
  readonly onStep?: (state: string, input: Json) => void;
}): Promise<LocalSystem> {
  const { home, alerts } = options;
  prepareHome(home);
  const clock = localClock();
  const metadata = createSqliteMetadataStore({ path: join(home, "metadata.sqlite"), clock });
  const ports = { ...createStepPorts({ home, metadata, clock }), alerts };
  const pool = createWorkerPool({ size: options.workers ?? Math.max(1, Math.min(8, availableParallelism())), home, metadata });

  const inMainThread = new Map<FunctionName, (event: unknown) => Promise<unknown>>();
  const handlers = new Map<string, TaskHandler>();
  for (const name of STEP_NAMES) {
    if (FUNCTIONS[name].localThread === "worker") {
      handlers.set(stateNameOf(name), (event, mayStart) => pool.run(name, event, mayStart, FUNCTIONS[name].timeoutSeconds));
    } else {
      handlers.set(stateNameOf(name), async (event) => {
        if (!inMainThread.has(name)) inMainThread.set(name, (await loadHandler(name))(ports));
        return (await inMainThread.get(name)!(event)) as Json;
      });
    }
  }
  const recordOutcome = createRecordOutcome({ ...ports, alerts: neverFailing(alerts) });
  const workflow = createEmbeddedWorkflow({
    machines: await readMachines(),
    handlers: observed(options.onStep, [
      ...handlers,
      [stateNameOf("deliver-signal"), createDeliverSignal(ports) as TaskHandler],
      [stateNameOf("start-pipeline"), ((event) => createStartPipeline({ ...ports, workflow })(event)) as TaskHandler],
    ]),
    metadata,
    clock: createSystemClock(),
    process: { id: process.pid, isAlive },
    onOutcome: async ({ executionId, status, output, error }) => {
      await recordOutcome({ run_id: executionId, status, output, error });
    },
  });

  return {
    home,
    ports,
    workflow,
    async close() {
      await workflow.close();
      await pool.close();
      metadata.close();
    },
  };
}

function observed(
  onStep: ((state: string, input: Json) => void) | undefined,
  handlers: readonly (readonly [string, TaskHandler])[],
): ReadonlyMap<string, TaskHandler> {
  if (onStep === undefined) return new Map(handlers);
  return new Map(
    handlers.map(([state, handler]): [string, TaskHandler] => [
      state,
      async (input, mayStart) => {
        onStep(state, input);
        return handler(input, mayStart);
      },
    ]),
  );
}

/** How a run ended is recorded whether or not its alert could be delivered. */
function neverFailing(alerts: AlertSink): AlertSink {
  return {
    async deliver(alert) {
      try {
        await alerts.deliver(alert);
      } catch (error) {
        process.stderr.write(`The alert "${alert.id}" was not delivered: ${error instanceof Error ? error.message : String(error)}\n`);
      }
    },
  };
}

async function readMachines(): Promise<ReadonlyMap<MachineName, MachineDefinition>> {
  const entries = await Promise.all(
    MACHINES.map(async (name) => {
      const text = await readFile(new URL(`../../state-machines/${name}.asl.json`, import.meta.url), "utf8");
      return [name, JSON.parse(text) as MachineDefinition] as const;
    }),
  );
  return new Map(entries);
}

function prepareHome(home: string): void {
  try {
    mkdirSync(join(home, "artifacts"), { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const full = code === "ENOSPC" || code === "EDQUOT";
    throw new SigmaError(
      full ? "STORE_FULL" : "STORE_READ_ONLY",
      `The folder "${home}" cannot be ${full ? "written: the disk is full. Free some space" : `created or written (${code}). Make it writable`} or set SIGMA_HOME to another folder.`,
      { home, cause: code ?? "unknown" },
      { cause: error },
    );
  }
}

/** Whether a process of this machine still works. One that has ended, and that its parent has not buried yet, does not. */
function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return process.platform !== "linux" || !isZombie(id);
}

function isZombie(id: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${id}/status`, "utf8"));
  } catch {
    return false;
  }
}
