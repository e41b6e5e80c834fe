import type { Json } from "#lib/core/canonical-json.ts";
import { UsageError } from "./failure.ts";

/** `0,0.1,0.2` as numbers. @throws UsageError naming the option and the part that is no number */
export function numberList(option: string, text: string): number[] {
  return text.split(",").map((part) => numberOf(option, part));
}

/** @throws UsageError naming the option and what was found */
export function numberOf(option: string, text: string): number {
  const value = Number(text.trim());
  if (text.trim() === "" || !Number.isFinite(value)) throw new UsageError(`--${option} takes a number; found "${text.trim()}".`);
  return value;
}

/** A whole number in a range. @throws UsageError */
export function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = numberOf(option, text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new UsageError(`--${option} takes a whole number from ${least} to ${most}; found "${text}".`);
  return value;
}

/** One of a few words. @throws UsageError naming them */
export function oneOf<T extends string>(option: string, text: string, words: readonly T[]): T {
  const found = words.find((word) => word === text);
  if (found === undefined) throw new UsageError(`--${option} is one of ${words.join(", ")}; found "${text}".`);
  return found;
}

/** `10=0.6,11=0.65` as numbers by hour. @throws UsageError naming the option and the part that is none */
export function hourNumbers(option: string, text: string, between = ","): Record<string, number> {
  return Object.fromEntries(
    text.split(between).map((part) => {
      const [hour, value, ...rest] = part.split(/[=:]/);
      if (hour === undefined || value === undefined || rest.length > 0)
        throw new UsageError(`--${option} takes hour=number such as 10=0.6; found "${part.trim()}".`);
      return [String(wholeNumber(option, hour, 0, 23)), numberOf(option, value)];
    }),
  );
}

type Tree = { [key: string]: Json | Tree };

/**
 * `label.horizon=3` sets that path. A value is JSON where it reads as JSON (numbers, true, null, lists, texts in quotes),
 * else it is the text itself.
 *
 * @throws UsageError when the text is no `path=value`, or a path runs through a value that is no mapping
 */
export function applySettings(target: Tree, settings: readonly string[], option = "set"): void {
  for (const setting of settings) {
    const at = setting.indexOf("=");
    const path = setting.slice(0, at).split(".");
    if (at < 1 || path.some((part) => !/^[a-z0-9_]+$/.test(part)))
      throw new UsageError(`--${option} takes path=value such as label.horizon=3; found "${setting}".`);
    let level: Tree = target;
    for (const part of path.slice(0, -1)) {
      const next = Object.hasOwn(level, part) ? level[part] : {};
      if (typeof next !== "object" || next === null || Array.isArray(next))
        throw new UsageError(`--${option} ${setting}: "${part}" is a value already, not a mapping.`);
      level[part] = next as Tree;
      level = next as Tree;
    }
    level[path.at(-1)!] = readValue(setting.slice(at + 1));
  }
}

function readValue(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
