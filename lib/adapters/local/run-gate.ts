import type { Json } from "../../core/canonical-json.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { MetadataStore } from "../../ports/metadata-store.ts";
import type { TaskState } from "./machine-definition.ts";
import { cancelKey, stepKey } from "./workflow-records.ts";

/**
 * Does the work of one task state. Input and result are JSON; a failure is an Error whose name is its code.
 *
 * @param mayStart - to be awaited when the work waited for a turn; throws when the run has ended meanwhile
 */
export type TaskHandler = (input: Json, mayStart: () => Promise<void>) => Promise<Json>;

/** Step Functions' limit for a state's input and output. */
const STATE_LIMIT_BYTES = 262_144;

/** Stands between the interpreter and the handlers of one run. */
export interface RunGate {
  readonly canceled: boolean;
  /** The first failure that no retry took back. */
  readonly firstFailure: { readonly code: string; readonly detail: string } | null;
  /** The handler that the interpreter calls for a task state. */
  taskFor(task: string): (input: Json) => Promise<Json>;
  /** Nothing starts from now on. */
  cancel(): void;
  onCancel(listener: () => void): void;
  /** Resolves when no handler is at work. */
  settled(): Promise<void>;
}

export interface RunGateOptions {
  readonly runId: string;
  readonly tasks: ReadonlyMap<string, TaskState>;
  readonly handlers: ReadonlyMap<string, TaskHandler>;
  readonly metadata: MetadataStore;
}

export function createRunGate({ runId, tasks, handlers, metadata }: RunGateOptions): RunGate {
  const inFlight = new Set<Promise<unknown>>();
  const attempts = new Map<string, number>();
  /** Map states with an item that failed for good: their waiting items must not start. */
  const failedMaps = new Set<string>();
  const listeners: (() => void)[] = [];
  let canceled = false;
  let firstFailure: RunGate["firstFailure"] = null;

  const cancel = (): void => {
    if (canceled) return;
    canceled = true;
    for (const listener of listeners) listener();
  };

  const refuseIfEnding = async (task: TaskState): Promise<void> => {
    if (!canceled && (await metadata.get("state", cancelKey(runId)))) cancel();
    if (canceled) throw new SigmaError("RUN_CANCELED", "The run was canceled.", { run_id: runId });
    if (task.map !== null && failedMaps.has(task.map))
      throw new SigmaError("RUN_CANCELED", `Another item of "${task.map}" failed.`, { run_id: runId });
  };

  /** Whether the interpreter will try this failure again: the first retrier that matches decides. */
  const willRetry = (task: TaskState, attemptKey: string, code: string): boolean => {
    const index = task.retries.findIndex(
      ({ errors }) => errors.includes(code) || errors.includes("States.ALL") || errors.includes("States.TaskFailed"),
    );
    if (index < 0) return false;
    const key = `${attemptKey}#${index}`;
    const used = attempts.get(key) ?? 0;
    attempts.set(key, used + 1);
    return used < task.retries[index]!.maxAttempts;
  };

  const run = async (task: TaskState, input: Json): Promise<Json> => {
    await refuseIfEnding(task);
    const key = stepKey(runId, task.name, input);
    const finished = await metadata.get("state", key);
    if (finished) return finished.body["result"] ?? null;

    let result: Json;
    try {
      result = jsonResult(task.name, await handlers.get(task.name)!(structuredClone(input) as Json, () => refuseIfEnding(task)));
    } catch (error) {
      const { name, message } = error as Error;
      if (!canceled && name !== "RUN_CANCELED" && !willRetry(task, key.sk, name)) {
        firstFailure ??= { code: name, detail: message };
        if (task.map !== null) failedMaps.add(task.map);
      }
      throw error;
    }
    await metadata.put("state", { ...key, body: { result } }, "any");
    return result;
  };

  return {
    get canceled() {
      return canceled;
    },
    get firstFailure() {
      return firstFailure;
    },
    taskFor: (name) => (input) => {
      const work = run(tasks.get(name)!, input);
      inFlight.add(work);
      return work.finally(() => inFlight.delete(work));
    },
    cancel,
    onCancel(listener) {
      if (canceled) listener();
      else listeners.push(listener);
    },
    async settled() {
      while (inFlight.size > 0) await Promise.allSettled([...inFlight]);
    },
  };
}

/** What Lambda would hand back: JSON of bounded size. */
function jsonResult(task: string, value: unknown): Json {
  const text = JSON.stringify(value ?? null);
  const bytes = Buffer.byteLength(text);
  if (bytes > STATE_LIMIT_BYTES) {
    throw new SigmaError("STATE_TOO_LARGE", `The result of "${task}" has ${bytes} bytes; a state carries at most ${STATE_LIMIT_BYTES}.`, {
      task,
      bytes,
    });
  }
  return JSON.parse(text) as Json;
}
