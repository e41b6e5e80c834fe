import type { SigmaCommand } from "./command.ts";
import { COMMANDS, type Entry, type Group } from "./commands.ts";

/** One command of the table, by the words that are typed for it. */
export interface Leaf {
  /** As it is typed after `sigma`: `data universe list`. */
  readonly name: string;
  readonly load: () => Promise<SigmaCommand>;
}

/** Every command of the table, groups opened, in the table's order. */
export function everyCommand(entries: Readonly<Record<string, Entry | Group["group"][string]>> = COMMANDS, before = ""): readonly Leaf[] {
  return Object.entries(entries).flatMap(([word, entry]) => {
    const name = `${before}${word}`;
    if (typeof entry === "function") return [{ name, load: entry }];
    return "load" in entry ? [{ name, load: entry.load }] : everyCommand(entry.group, `${name} `);
  });
}
