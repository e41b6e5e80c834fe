import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { localCodeVersion } from "#infra/local/code-version.ts";
import type { Json } from "#lib/core/canonical-json.ts";
import { sha256 } from "#lib/core/digest.ts";
import type { Job } from "./experiment.ts";

/** Finished jobs of one version of the code, so that a run that was stopped goes on where it was. */
export interface ResultStore {
  find(job: Job): Json | undefined;
  add(job: Job, result: Json): void;
}

const keyOf = ({ experiment, group, seed }: Job): string => `${experiment}/${group}/${seed}`;

/**
 * One file of lines for each version: a line is a job's key and its result. A last line that was cut off is as if it had not been
 * written.
 */
export function openResultStore(folder: string, version: string): ResultStore {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${version}.jsonl`);
  const found = new Map<string, Json>();
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  for (const line of text.split("\n").slice(0, -1)) {
    const entry = readLine(line);
    if (entry) found.set(entry.key, entry.result);
  }
  if (text !== "" && !text.endsWith("\n")) appendFileSync(path, "\n");
  return {
    find: (job) => found.get(keyOf(job)),
    add(job, result) {
      found.set(keyOf(job), result);
      appendFileSync(path, `${JSON.stringify({ key: keyOf(job), result })}\n`);
    },
  };
}

function readLine(line: string): { readonly key: string; readonly result: Json } | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** The product's code version, and a digest of the experiments: what a result depends on besides its job. */
export function trustVersion(): string {
  const folder = import.meta.dirname;
  const listing = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !/^(section|markdown|document|run|progress)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => `${relative(folder, path).split(sep).join("/")} ${sha256(readFileSync(path))}`)
    .sort();
  return `${localCodeVersion()}-${sha256(listing.join("\n")).slice(0, 12)}`;
}
