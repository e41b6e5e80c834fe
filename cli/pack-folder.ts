import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { UsageError } from "./failure.ts";

/** The folder that an argument names, or undefined when it is an id. @throws UsageError for a folder without a pack */
export function folderOf(argument: string): string | undefined {
  const looksLikePath = /[\\/.]/.test(argument);
  const path = resolve(argument);
  if (existsSync(join(path, "pack.yaml")) && (looksLikePath || !/^[a-z0-9_]+$/.test(argument))) return path;
  if (looksLikePath) throw new UsageError(`"${argument}" is no folder with a pack.yaml.`);
  return undefined;
}

/** Texts of a pack's YAML documents by path, as the API takes them. */
export function readFolder(folder: string): Record<string, string> {
  const id = basename(folder);
  const texts: Record<string, string> = {};
  const visit = (relative: string, depth: number): void => {
    for (const entry of readdirSync(join(folder, relative), { withFileTypes: true })) {
      const path = relative === "" ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory() && depth < 2) visit(path, depth + 1);
      else if (entry.isFile() && entry.name.endsWith(".yaml")) texts[`${id}/${path}`] = readFileSync(join(folder, path), "utf8");
    }
  };
  visit("", 0);
  return texts;
}
