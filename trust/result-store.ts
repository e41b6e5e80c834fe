import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "#lib/core/canonical-json.ts";
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
