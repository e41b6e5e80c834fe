import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { ArgsDef } from "citty";
import { localHome } from "#infra/local/local-system.ts";
import type { SigmaCommand } from "../command.ts";
import { COMMANDS, type Entry, type Group } from "../commands.ts";
import { allRows } from "../find-model.ts";
import { createSession, type Session, type Terminal } from "../session.ts";

/** One word that may stand at the cursor, with what it means. */
export interface Suggestion {
  readonly value: string;
  readonly about: string;
}

/** Says that the shell shall offer files: it knows them better. */
const FILES: Suggestion = { value: ":files", about: "" };

/** Where the words were typed; a caller that is no person may wait longer for ids. */
type Prompt = Terminal & { readonly patienceMs?: number };

/** A shell that waits longer than this feels broken. */
const PATIENCE_MS = 2500;
const MOST_IDS = 200;

/**
 * What may stand in the place of the last word. Everything comes from the table of commands and from the system itself, so
 * that nothing of it can be out of date.
 *
 * @param words - what was typed after `sigma`; the last one is at the cursor and may be empty
 */
export async function complete(words: readonly string[], terminal: Prompt): Promise<Suggestion[]> {
  const current = words.at(-1) ?? "";
  const found = await suggestions(words.slice(0, -1), current, terminal);
  return found.filter((suggestion) => suggestion === FILES || suggestion.value.startsWith(current));
}

async function suggestions(before: readonly string[], current: string, terminal: Prompt): Promise<readonly Suggestion[]> {
  const [first, ...rest] = before;
  if (first === undefined)
    return [
      ...Object.entries(COMMANDS).map(([value, { about }]) => ({ value, about })),
      { value: "help", about: "Explain a command" },
      { value: "--version", about: "Version of the program" },
    ];
  if (first === "help") return suggestions(rest, current, terminal);
  const entry = Object.hasOwn(COMMANDS, first) ? COMMANDS[first]! : undefined;
  if (entry === undefined) return [];
  return "load" in entry ? argumentsOf(await entry.load(), rest, current, terminal) : membersOf(entry, rest, current, terminal);
}

async function membersOf({ group }: Group, before: readonly string[], current: string, terminal: Prompt): Promise<readonly Suggestion[]> {
  const [word, ...rest] = before;
  if (word === undefined)
    return Promise.all(
      Object.entries(group).map(async ([value, member]) => ({
        value,
        about: typeof member === "function" ? (await member()).sigma.description : member.about,
      })),
    );
  const member: (() => Promise<SigmaCommand>) | Entry | undefined = Object.hasOwn(group, word) ? group[word] : undefined;
  if (member === undefined) return [];
  return typeof member === "function"
    ? argumentsOf(await member(), rest, current, terminal)
    : membersOf(member as Group, rest, current, terminal);
}

async function argumentsOf(
  { args, sigma }: SigmaCommand,
  before: readonly string[],
  current: string,
  terminal: Prompt,
): Promise<readonly Suggestion[]> {
  const { given, positionals, waiting } = readBefore(args, before);
  if (waiting !== undefined) return valuesOf(waiting, args, terminal);
  if (current.startsWith("-")) return optionsOf(args, given, sigma.repeatable);
  const names = Object.keys(args).filter((name) => args[name]!.type === "positional");
  const name = names[positionals];
  return name === undefined ? optionsOf(args, given, sigma.repeatable) : valuesOf(name, args, terminal);
}

/** Which options were given, how many positionals, and the option that waits for its value. */
function readBefore(args: ArgsDef, before: readonly string[]): { given: Set<string>; positionals: number; waiting: string | undefined } {
  const given = new Set<string>();
  let positionals = 0;
  let waiting: string | undefined;
  for (const word of before) {
    if (waiting !== undefined) {
      waiting = undefined;
      continue;
    }
    if (!word.startsWith("--")) {
      positionals += 1;
      continue;
    }
    const name = word.slice(2).replace(/=.*$/, "");
    given.add(name.startsWith("no-") && !Object.hasOwn(args, name) ? name.slice(3) : name);
    if (args[name]?.type === "string" && !word.includes("=")) waiting = name;
  }
  return { given, positionals, waiting };
}

function optionsOf(args: ArgsDef, given: ReadonlySet<string>, repeatable: readonly string[]): Suggestion[] {
  return Object.entries(args).flatMap(([name, definition]) => {
    if (definition.type === "positional" || (given.has(name) && !repeatable.includes(name))) return [];
    // A switch that is on already can only be turned off.
    if (definition.type === "boolean" && definition.default === true)
      return [{ value: `--no-${name}`, about: definition.negativeDescription ?? definition.description ?? "" }];
    return [{ value: `--${name}`, about: definition.description ?? "" }];
  });
}

/** Lists that hold the ids of an argument's name. */
const IDS: Readonly<Record<string, { readonly path: string; readonly id: string; readonly about: string }>> = {
  model: { path: "/models", id: "model_id", about: "pack_id" },
  pack: { path: "/packs", id: "pack_id", about: "name" },
  run: { path: "/runs", id: "run_id", about: "status" },
  trained: { path: "/model_cards", id: "trained_model_id", about: "model_id" },
  sweep: { path: "/sweeps", id: "sweep_id", about: "model_id" },
  template: { path: "/model_templates", id: "name", about: "title" },
  strategy: { path: "/strategies", id: "strategy", about: "pack_id" },
  signal: { path: "/signals", id: "signal_id", about: "ticker" },
};

async function valuesOf(name: string, args: ArgsDef, terminal: Prompt): Promise<readonly Suggestion[]> {
  const { valueHint = "" } = args[name]!;
  const words = valueHint.split("|");
  if (words.length > 1) return words.filter((word) => word !== "...").map((value) => ({ value, about: "" }));
  const list = IDS[valueHint === "tm_..." ? "trained" : name];
  if (list !== undefined && args[name]!.type !== "boolean") return idsOf(list, terminal);
  return /^(path|file|folder)$|\.[a-z]{2,4}$/.test(valueHint) || name === "file" ? [FILES] : [];
}

/** Ids from the system, in the time that a person at a prompt has; a home that is not there yet is not made for this. */
async function idsOf({ path, id, about }: (typeof IDS)[string], terminal: Prompt): Promise<Suggestion[]> {
  const session = createSession(terminal, { json: false });
  if (!session.isRemote && !existsSync(localHome(terminal.env["SIGMA_HOME"]))) return [];
  try {
    const rows = await Promise.race([listed(session, path), sleep(terminal.patienceMs ?? PATIENCE_MS, [], { ref: false })]);
    const values = rows.map((row) => ({ value: String(row[id]), about: String(row[about] ?? "") }));
    return [...new Map(values.map((suggestion) => [suggestion.value, suggestion])).values()];
  } catch {
    // At a prompt there is nobody to tell: the command itself says what is wrong.
    return [];
  } finally {
    await session.close();
  }
}

const listed = async (session: Session, path: string): Promise<readonly Readonly<Record<string, unknown>>[]> =>
  allRows(await session.api(), path, {}, MOST_IDS);
