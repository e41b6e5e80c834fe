import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Workload } from "./workload.ts";

const folder = join(import.meta.dirname, "workloads");

/** Every exported workload of `workloads/`, by file and name. */
export async function loadWorkloads(): Promise<readonly Workload[]> {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(".ts"))
    .sort();
  const found: Workload[] = [];
  for (const file of files) {
    const exported: unknown[] = Object.values(await import(pathToFileURL(join(folder, file)).href));
    const workloads = exported.filter(isWorkload);
    if (workloads.length === 0) throw new Error(`"bench/workloads/${file}" exports no workload.`);
    found.push(...workloads);
  }
  const twice = found.find(({ name }, i) => found.findIndex((other) => other.name === name) !== i);
  if (twice) throw new Error(`Two workloads are named "${twice.name}".`);
  return found;
}

function isWorkload(value: unknown): value is Workload {
  return typeof value === "object" && value !== null && "name" in value && "title" in value && "run" in value;
}
