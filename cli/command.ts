import { type ArgsDef, type CommandDef, defineCommand, type ParsedArgs } from "citty";
import type { Session } from "./session.ts";

/** What a command found: the document for programs, and the same for a person. */
export interface Answer {
  readonly document: unknown;
  /** Without a line break at the end; printed as it is. */
  readonly text: string;
  /** 0 when absent; 1 for a check that found something wrong; 3 where a pass of the gate was required and there is none. */
  readonly exitCode?: 0 | 1 | 3;
}

/** Exit code of a command whose result the gate refuses. */
export const GATE_EXIT = 3;

/** Options that every command takes. */
export const COMMON_ARGS = {
  json: { type: "boolean", description: "Print one JSON document on stdout and nothing else there" },
  workspace: {
    type: "string",
    valueHint: "real|simulated",
    description: "Whose models: the real ones, or the workspace of simulated models",
  },
} as const satisfies ArgsDef;

/** For commands that start long work. */
export const WAIT_ARG = {
  wait: { type: "boolean", default: true, description: "Wait for the result", negativeDescription: "Return the run id at once" },
} as const satisfies ArgsDef;

export interface CommandCall<A extends ArgsDef> {
  readonly session: Session;
  readonly args: ParsedArgs<A & typeof COMMON_ARGS>;
  /** Every value of an option that may be given several times. */
  readonly all: (name: string) => readonly string[];
}

export interface CommandSpec<A extends ArgsDef> {
  /** With its group, as it is typed after `sigma`: `packs list`. */
  readonly name: string;
  readonly description: string;
  readonly args?: A;
  /** Options that may be given several times. */
  readonly repeatable?: readonly string[];
  readonly examples?: readonly string[];
  /** Routes of the API that the command calls, as `GET /packs/{pack_id}`; it calls no others. */
  readonly routes?: readonly string[];
  /** Why only this machine's own system can do it; with SIGMA_API_URL the command is then refused. */
  readonly localOnly?: string;
  readonly run: (call: CommandCall<A>) => Promise<Answer | undefined>;
}

/** What the entry point knows of a command beside citty's definition. */
export interface SigmaCommand extends CommandDef<ArgsDef> {
  readonly args: ArgsDef;
  readonly sigma: {
    readonly name: string;
    readonly description: string;
    readonly repeatable: readonly string[];
    readonly examples: readonly string[];
    readonly routes: readonly string[];
    readonly localOnly: string | undefined;
    readonly answer: (call: {
      readonly session: Session;
      readonly args: Record<string, unknown>;
      readonly rawArgs: readonly string[];
    }) => Promise<Answer | undefined>;
  };
}

/** One command; its arguments are typed by their definitions. */
export function command<const A extends ArgsDef = Record<never, never>>(spec: CommandSpec<A>): SigmaCommand {
  const { name, description, repeatable = [], examples = [], routes = [], localOnly, run } = spec;
  const args: ArgsDef = { ...spec.args, ...COMMON_ARGS };
  return {
    ...defineCommand({ meta: { name: `sigma ${name}`, description }, args }),
    args,
    sigma: {
      name,
      description,
      repeatable,
      examples,
      routes,
      localOnly,
      answer: ({ session, args: parsed, rawArgs }) =>
        run({ session, args: parsed as ParsedArgs<A & typeof COMMON_ARGS>, all: (option) => valuesOf(rawArgs, option) }),
    },
  };
}

/** `--set a=1 --set=b=2` gives both texts. */
function valuesOf(rawArgs: readonly string[], option: string): string[] {
  const values: string[] = [];
  for (const [i, raw] of rawArgs.entries()) {
    const next = rawArgs[i + 1];
    if (raw === `--${option}` && next !== undefined) values.push(next);
    else if (raw.startsWith(`--${option}=`)) values.push(raw.slice(option.length + 3));
  }
  return values;
}
