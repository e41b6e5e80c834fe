import { nearestName } from "#lib/errors/nearest.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { readArguments } from "./arguments.ts";
import type { SigmaCommand } from "./command.ts";
import { COMMANDS, type Entry, type Group } from "./commands.ts";
import { failureOf, failureText, UsageError } from "./failure.ts";
import { Interrupted } from "./follow-run.ts";
import { helpText } from "./help-text.ts";
import { groupHelp, overview } from "./overview.ts";
import { paintFor } from "./paint.ts";
import { createSession, type Session, type Terminal } from "./session.ts";
import { version } from "./version.ts";

/** Exit code of a command that was left with a second Ctrl-C: whatever still works is abandoned. */
export const INTERRUPTED_EXIT = 130;

/**
 * Runs one command line. The result goes to stdout, everything else to stderr.
 *
 * @param argv - without the program
 * @returns the exit code: 0 done, 1 failed, 2 a wrong command line, 3 refused by the gate, 130 left with Ctrl-C
 */
export async function runCli(argv: readonly string[], terminal: Terminal): Promise<number> {
  const json = options(argv).includes("--json");
  try {
    return await dispatch(argv, terminal, json);
  } catch (error) {
    if (error instanceof Interrupted) return INTERRUPTED_EXIT;
    const failure = failureOf(error);
    if (json) terminal.stdout.write(`${JSON.stringify({ error: failure })}\n`);
    const width = Math.min(100, terminal.stderr.columns ?? 100);
    terminal.stderr.write(`${failureText(failure, paintFor(terminal.stderr, terminal.env), width)}\n`);
    if (terminal.env["SIGMA_DEBUG"] === "1" && error instanceof Error) terminal.stderr.write(`${error.stack ?? ""}\n`);
    return failure.exit_code;
  }
}

/** What stands before "--", which ends the options. */
const options = (argv: readonly string[]): readonly string[] => (argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv);

async function dispatch(argv: readonly string[], terminal: Terminal, json: boolean): Promise<number> {
  const [first, ...rest] = argv;
  const paint = paintFor(terminal.stdout, terminal.env);
  if (first === undefined || first === "--help" || first === "-h" || (first === "help" && rest.length === 0)) {
    terminal.stdout.write(`${overview(COMMANDS, version(), paint)}\n`);
    return 0;
  }
  if (first === "--version" || first === "-v") {
    terminal.stdout.write(`${version()}\n`);
    return 0;
  }
  if (first === "__complete") {
    const { complete } = await import("./completion/complete.ts");
    for (const { value, about } of await complete(rest, terminal))
      terminal.stdout.write(about === "" ? `${value}\n` : `${value}\t${about}\n`);
    return 0;
  }
  // "sigma help build" is "sigma build --help".
  if (first === "help") return dispatch([...rest, "--help"], terminal, json);

  const entry = entryNamed(first);
  if ("load" in entry) return execute(await entry.load(), rest, terminal, json);
  return dispatchGroup(first, entry.group, rest, terminal, json);
}

/** @param name - the words before, as they are typed: `data`, `data universe` */
async function dispatchGroup(
  name: string,
  group: Group["group"],
  argv: readonly string[],
  terminal: Terminal,
  json: boolean,
): Promise<number> {
  const [word, ...args] = argv;
  if (word === undefined || word === "--help" || word === "-h" || word === "help") {
    terminal.stdout.write(`${await groupHelp(name, group, paintFor(terminal.stdout, terminal.env))}\n`);
    return word === undefined ? 2 : 0;
  }
  const member = Object.hasOwn(group, word) ? group[word] : undefined;
  if (!member) throw unknown(`"sigma ${name}" has no command "${word}"`, word, Object.keys(group), `sigma ${name}`);
  if (typeof member === "function") return execute(await member(), args, terminal, json);
  return dispatchGroup(`${name} ${word}`, member.group, args, terminal, json);
}

function entryNamed(name: string): Entry {
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry) return entry;
  if (name.startsWith("-")) throw new UsageError(`A command comes first; found the option "${name}". See: sigma help`);
  throw unknown(`There is no command "${name}"`, name, Object.keys(COMMANDS), "sigma");
}

function unknown(what: string, name: string, known: readonly string[], prefix: string): UsageError {
  const nearest = nearestName(name, known);
  return new UsageError(
    nearest === undefined ? `${what}; there are ${known.join(", ")}. See: sigma help` : `${what}; did you mean "${prefix} ${nearest}"?`,
  );
}

async function execute(command: SigmaCommand, rawArgs: readonly string[], terminal: Terminal, json: boolean): Promise<number> {
  if (options(rawArgs).includes("--help") || options(rawArgs).includes("-h")) {
    const { stdout, env } = terminal;
    const columns = stdout.isTTY === true ? (stdout.columns ?? 80) : 100;
    stdout.write(`${helpText(command, paintFor(stdout, env), columns)}\n`);
    return 0;
  }
  const args = readArguments(command, rawArgs);
  const session = createSession(terminal, { json, workspace: args["workspace"] as string | undefined });
  let left = false;
  try {
    requireLocal(command, session);
    const answer = await command.sigma.answer({ session, args, rawArgs });
    if (answer === undefined) return 0;
    terminal.stdout.write(json ? `${JSON.stringify(answer.document)}\n` : `${answer.text}\n`);
    return answer.exitCode ?? 0;
  } catch (error) {
    left = error instanceof Interrupted;
    throw error;
  } finally {
    // Closing waits for steps in progress, which is what the second Ctrl-C does not want.
    if (!left) await session.close();
  }
}

/** @throws CONFIG_INVALID when SIGMA_API_URL asks for a system that the command cannot reach into */
function requireLocal({ sigma: { name, localOnly } }: SigmaCommand, { isRemote, terminal }: Session): void {
  if (localOnly === undefined || !isRemote) return;
  const url = terminal.env["SIGMA_API_URL"] ?? "";
  throw new SigmaError(
    "CONFIG_INVALID",
    `"sigma ${name}" works on this machine only: ${localOnly}. SIGMA_API_URL is "${url}"; unset it and run the command again.`,
    { variable: "SIGMA_API_URL" },
  );
}
