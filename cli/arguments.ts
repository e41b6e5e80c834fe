import { type ArgsDef, parseArgs } from "citty";
import { nearestName } from "#lib/errors/nearest.ts";
import type { SigmaCommand } from "./command.ts";
import { UsageError } from "./failure.ts";

/**
 * The arguments of a command, checked: citty reads leniently, and a misspelt option that is silently ignored would run
 * something else than was meant.
 *
 * @throws UsageError naming the argument and the nearest known one
 */
export function readArguments(command: SigmaCommand, rawArgs: readonly string[]): Record<string, unknown> {
  const { args, sigma } = command;
  const options = Object.keys(args).filter((name) => args[name]!.type !== "positional");
  const positionals = Object.keys(args).filter((name) => args[name]!.type === "positional");
  const found: string[] = [];
  const seen = new Set<string>();

  for (let i = 0; i < rawArgs.length; i += 1) {
    const raw = rawArgs[i]!;
    // What follows "--" is never an option, whatever it begins with.
    if (raw === "--") {
      found.push(...rawArgs.slice(i + 1));
      break;
    }
    if (!raw.startsWith("-") || raw === "-" || /^-[\d.]/.test(raw)) {
      found.push(raw);
      continue;
    }
    const [flag = "", inline] = splitOnce(raw);
    const name = optionOf(flag, args, options, sigma.name);
    if (seen.has(name) && !sigma.repeatable.includes(name)) throw new UsageError(`--${name} is given twice. Give it once.`);
    seen.add(name);
    if (args[name]!.type === "boolean") {
      if (inline !== undefined) throw new UsageError(`${flag} takes no value; found "${inline}".`);
      continue;
    }
    if (inline !== undefined) continue;
    const value = rawArgs[i + 1];
    if (value === undefined || value.startsWith("--"))
      throw new UsageError(`${flag} needs a value${hintOf(args, name)}. See: sigma ${sigma.name} --help`);
    i += 1;
  }

  const required = positionals.filter((name) => args[name]!.required !== false);
  if (found.length < required.length)
    throw new UsageError(`"sigma ${sigma.name}" needs ${required[found.length]!.toUpperCase()}. See: sigma ${sigma.name} --help`);
  if (found.length > positionals.length)
    throw new UsageError(
      `"sigma ${sigma.name}" takes ${positionals.length === 0 ? "no argument" : positionals.map((name) => name.toUpperCase()).join(" ")}; found "${found[positionals.length]}" besides. See: sigma ${sigma.name} --help`,
    );
  for (const name of options)
    if (args[name]!.required === true && !seen.has(name))
      throw new UsageError(`"sigma ${sigma.name}" needs --${name}${hintOf(args, name)}. See: sigma ${sigma.name} --help`);
  return parseArgs([...rawArgs], args) as Record<string, unknown>;
}

/** The option that a flag stands for: its name, its negation, or its one-letter alias. */
function optionOf(flag: string, args: ArgsDef, options: readonly string[], commandName: string): string {
  const name = flag.replace(/^--?/, "");
  if (flag.startsWith("--") && options.includes(name)) return name;
  const negated = name.startsWith("no-") ? name.slice(3) : undefined;
  if (negated !== undefined && options.includes(negated) && args[negated]!.type === "boolean") return negated;
  const aliased = options.find((option) => [aliasesOf(args, option)].flat().includes(name));
  if (!flag.startsWith("--") && aliased !== undefined) return aliased;
  const nearest = nearestName(name, [
    ...options,
    ...options.filter((option) => args[option]!.type === "boolean").map((option) => `no-${option}`),
  ]);
  throw new UsageError(
    `"sigma ${commandName}" has no option ${flag}${nearest === undefined ? "" : `; did you mean --${nearest}?`} See: sigma ${commandName} --help`,
  );
}

function aliasesOf(args: ArgsDef, name: string): readonly string[] {
  const { alias } = args[name] as { readonly alias?: string | readonly string[] };
  return alias === undefined ? [] : typeof alias === "string" ? [alias] : alias;
}

const hintOf = (args: ArgsDef, name: string): string => {
  const { valueHint } = args[name]!;
  return valueHint === undefined ? "" : ` (${valueHint})`;
};

function splitOnce(raw: string): [string, string?] {
  const at = raw.indexOf("=");
  return at < 0 ? [raw] : [raw.slice(0, at), raw.slice(at + 1)];
}
