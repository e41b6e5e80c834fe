import { SigmaError } from "../../errors/sigma-error.ts";

/** A parsed `*.asl.json`. Only what the embedded engine reads is typed. */
export interface MachineDefinition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, AslState>>;
}

export interface AslState {
  readonly Type: string;
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[]; readonly MaxAttempts?: number }[];
  readonly ItemProcessor?: MachineDefinition;
  readonly [field: string]: unknown;
}

/** One task state: where it stands and how often its failures are tried again. */
export interface TaskState {
  readonly name: string;
  /** The Map state around it, or null at the top level. */
  readonly map: string | null;
  readonly retries: readonly { readonly errors: readonly string[]; readonly maxAttempts: number }[];
}

/** Step Functions' default when a retrier names no MaxAttempts. */
const DEFAULT_MAX_ATTEMPTS = 3;

/**
 * All task states of a machine by name, those inside Map states included.
 *
 * @throws WORKFLOW_INVALID when two tasks share a name: handlers and remembered steps go by it
 */
export function readTaskStates(machine: string, definition: MachineDefinition): ReadonlyMap<string, TaskState> {
  const tasks = new Map<string, TaskState>();
  collect(definition, null);
  return tasks;

  function collect(level: MachineDefinition, map: string | null): void {
    for (const [name, state] of Object.entries(level.States)) {
      if (state.Type === "Map" && state.ItemProcessor) collect(state.ItemProcessor, name);
      if (state.Type !== "Task") continue;
      if (tasks.has(name))
        throw new SigmaError("WORKFLOW_INVALID", `State machine "${machine}" has two tasks named "${name}".`, { machine, task: name });
      const retries = (state.Retry ?? []).map(({ ErrorEquals, MaxAttempts }) => ({
        errors: ErrorEquals,
        maxAttempts: MaxAttempts ?? DEFAULT_MAX_ATTEMPTS,
      }));
      tasks.set(name, { name, map, retries });
    }
  }
}

/** The definition with its placeholders filled, as a deployment does; the ARNs name nothing, handlers go by state name. */
export function withLocalArns(definition: MachineDefinition): MachineDefinition {
  const filled = JSON.stringify(definition).replaceAll(/\$\{([A-Za-z0-9]+)Arn\}/g, "arn:aws:lambda:us-east-1:000000000000:function:$1");
  return JSON.parse(filled) as MachineDefinition;
}
