import { ERROR_CATALOG, isErrorCode } from "#lib/errors/catalog.ts";

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next?: string }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Retry?: readonly Retrier[];
  readonly ItemProcessor?: Machine;
  readonly Resource?: string;
  readonly [field: string]: unknown;
}
interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly JitterStrategy?: string;
  readonly MaxDelaySeconds?: number;
  readonly MaxAttempts?: number;
}
interface Machine {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
  readonly TimeoutSeconds?: number;
}

/** Transient failures of the Lambda service that every task must try again; CDK's own default leaves the last two out. */
const LAMBDA_RETRYABLE = [
  "Lambda.ServiceException",
  "Lambda.AWSLambdaException",
  "Lambda.SdkClientException",
  "Lambda.ClientExecutionTimeoutException",
  "Lambda.TooManyRequestsException",
  "Lambda.Unknown",
  "Runtime.ExitError",
  "Sandbox.Timedout",
];

const STATE_TYPES = ["Task", "Map", "Choice", "Succeed", "Fail"];
const BANNED: readonly (readonly [RegExp, string])[] = [
  [/"QueryLanguage"|\{%/, "JSONata"],
  [/"Assign"/, "Assign"],
  // The embedded interpreter takes it for a key named "$"; leaving the field out means the same.
  [/"ResultPath":\s*"\$"/, 'ResultPath "$"'],
  [/"Heartbeat/, "Heartbeat"],
  [/States\.JsonToString/, "States.JsonToString"],
  [/\[\*\]/, "[*]"],
  [/\$\$\.State/, "$$.State"],
  [/\$\$\.Execution\.Input/, "$$.Execution.Input"],
];
const MAX_INLINE_CONCURRENCY = 40;

/**
 * What the product asks of a state machine beyond the language's own rules, so that the cloud and the embedded
 * engine run it alike and no failure goes unrecorded.
 *
 * @param placeholders - names that the substitution table fills, such as `BuildMatrixArn`
 * @returns one sentence a finding; empty when the machine is clean
 */
export function lintStateMachine(text: string, placeholders: ReadonlySet<string>): string[] {
  const machine = JSON.parse(text) as Machine;
  const findings: string[] = [];
  for (const [pattern, name] of BANNED) if (pattern.test(text)) findings.push(`uses ${name}, which is outside the allow-list`);
  if (!machine.TimeoutSeconds) findings.push("has no TimeoutSeconds of its own");
  const used = [...text.matchAll(/\$\{([^}]*)\}/g)].map((match) => match[1]!);
  for (const name of new Set(used)) {
    if (!/^[A-Za-z0-9]+$/.test(name)) findings.push(`placeholder "${name}" is not alphanumeric`);
    else if (!placeholders.has(name)) findings.push(`placeholder "${name}" is not in the substitution table`);
  }
  lintLevel(machine, null, new Set(), findings);
  return findings;
}

function lintLevel(level: Machine, map: string | null, names: Set<string>, findings: string[]): void {
  lintFlow(level, findings);
  for (const [name, state] of Object.entries(level.States)) {
    if (names.has(name)) findings.push(`two states are named "${name}"`);
    names.add(name);
    if (!STATE_TYPES.includes(state.Type)) findings.push(`"${name}" has the type ${state.Type}, which is outside the allow-list`);
    lintPaths(name, state, findings);
    lintErrors(name, state, findings);
    if (state.Type === "Task") lintTask(name, state, map, findings);
    if (state.Type !== "Map") continue;
    const concurrency = Number(state["MaxConcurrency"] ?? 0);
    if (concurrency < 1 || concurrency > MAX_INLINE_CONCURRENCY)
      findings.push(`"${name}" needs a MaxConcurrency of 1 to ${MAX_INLINE_CONCURRENCY}`);
    if (!state.Catch) findings.push(`"${name}" has no Catch`);
    if (state.ItemProcessor) lintLevel(state.ItemProcessor, name, names, findings);
    else findings.push(`"${name}" has no ItemProcessor`);
  }
}

function lintTask(name: string, state: State, map: string | null, findings: string[]): void {
  if (!state["TimeoutSeconds"]) findings.push(`"${name}" has no TimeoutSeconds`);
  if (state.Resource !== `\${${name}Arn}`) findings.push(`"${name}" must run "\${${name}Arn}", not "${state.Resource}"`);
  if (!state["Parameters"]) findings.push(`"${name}" passes its whole input; name the fields in Parameters`);
  const retried = new Set((state.Retry ?? []).flatMap(({ ErrorEquals }) => ErrorEquals));
  const retryableCodes = Object.entries(ERROR_CATALOG).flatMap(([code, { retryable }]) => (retryable ? [code] : []));
  for (const error of [...LAMBDA_RETRYABLE, ...retryableCodes]) if (!retried.has(error)) findings.push(`"${name}" does not retry ${error}`);
  for (const retrier of state.Retry ?? []) {
    if (retrier.JitterStrategy !== "FULL" || !retrier.MaxDelaySeconds || !retrier.MaxAttempts)
      findings.push(`"${name}" retries without full jitter, MaxDelaySeconds or MaxAttempts`);
  }
  // Inside a Map the failure belongs to the Map, whose own Catch records it.
  if (map === null && !state.Catch) findings.push(`"${name}" has no Catch`);
  if (map !== null && state.Catch) findings.push(`"${name}" catches inside "${map}": a failed item must be data or end the map`);
}

function lintErrors(name: string, state: State, findings: string[]): void {
  for (const field of ["Retry", "Catch"] as const) {
    const list = state[field] ?? [];
    list.forEach(({ ErrorEquals }, i) => {
      if (ErrorEquals.includes("States.ALL") && (i < list.length - 1 || ErrorEquals.length > 1))
        findings.push(`"${name}" has States.ALL before the end of its ${field}`);
      for (const error of ErrorEquals) {
        if (!isErrorCode(error) && !/^(States|Lambda|Runtime|Sandbox)\./.test(error))
          findings.push(`"${name}" names the unknown error "${error}"`);
      }
    });
  }
  if (state.Catch && !state.Catch.at(-1)?.ErrorEquals.includes("States.ALL")) findings.push(`"${name}" does not catch States.ALL last`);
}

/** A path is only evaluated under a key that ends in `.$`; under any other it is a literal, which is never meant. */
function lintPaths(name: string, state: State, findings: string[]): void {
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const isPath = typeof inner === "string" && inner.startsWith("$");
      if (key.endsWith(".$") && !(typeof inner === "string" && /^(\$|States\.)/.test(inner)))
        findings.push(`"${name}": "${key}" holds no path`);
      if (!key.endsWith(".$") && isPath) findings.push(`"${name}": "${key}" holds the path "${inner}" and would be passed as text`);
      visit(inner);
    }
  };
  visit(state["Parameters"]);
  visit(state["ItemSelector"]);
  visit(state["ResultSelector"]);
}

/** Every target exists, every state is reached, and every state can reach an end. */
function lintFlow(level: Machine, findings: string[]): void {
  const targets = (state: State): string[] =>
    [state.Next, state.Default, ...(state.Choices ?? []).map(({ Next }) => Next), ...(state.Catch ?? []).map(({ Next }) => Next)].filter(
      (next) => next !== undefined,
    );
  const reached = new Set<string>();
  const queue = [level.StartAt];
  while (queue.length > 0) {
    const name = queue.pop()!;
    if (reached.has(name)) continue;
    const state = level.States[name];
    if (!state) {
      findings.push(`"${name}" is a target and does not exist`);
      continue;
    }
    reached.add(name);
    queue.push(...targets(state));
  }
  const ends = new Set(
    Object.entries(level.States).flatMap(([name, { Type, End }]) => (End || Type === "Succeed" || Type === "Fail" ? [name] : [])),
  );
  for (let grew = true; grew; ) {
    grew = false;
    for (const [name, state] of Object.entries(level.States)) {
      if (!ends.has(name) && targets(state).some((next) => ends.has(next))) {
        ends.add(name);
        grew = true;
      }
    }
  }
  for (const name of Object.keys(level.States)) {
    if (!reached.has(name)) findings.push(`"${name}" is never reached`);
    if (!ends.has(name)) findings.push(`"${name}" never reaches an end`);
  }
}
