import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, release, totalmem, type } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { loadWorkloads } from "./load-workloads.ts";
import { type Machine, type Measured, resultsText, terminalTable } from "./results-file.ts";
import { summarize } from "./summary.ts";
import type { Figure } from "./workload.ts";

const USAGE = `npm run bench -- [--only NAME]... [--repeat N] [--dry]
  --only NAME   one workload, repeatable; all when absent
  --repeat N    repetitions, 5 when absent
  --dry         do not write bench/results.md`;

/** Packages that a figure is compared with or computed by. */
const PACKAGES = ["trading-signals", "@ixjb94/indicators", "hyparquet", "hyparquet-writer", "hono", "zod", "esbuild"];

const results = join(import.meta.dirname, "results.md");
const pins = JSON.parse(readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8")) as Record<
  "dependencies" | "devDependencies",
  Record<string, string>
> & { readonly version: string };

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true },
    repeat: { type: "string", default: "5" },
    dry: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
const repetitions = Number(values.repeat);
const all = await loadWorkloads();
const unknown = values.only?.find((name) => !all.some((workload) => workload.name === name));
if (values.help) {
  console.log(USAGE);
} else if (!Number.isInteger(repetitions) || repetitions < 1) {
  fail(`--repeat must be a whole number of at least 1; found "${values.repeat}".`);
} else if (unknown !== undefined) {
  fail(`There is no workload "${unknown}"; there are ${all.map(({ name }) => name).join(", ")}.`);
} else {
  await measureAll();
}

async function measureAll(): Promise<void> {
  const measured: Measured[] = [];
  for (const { name, title } of all) {
    if (values.only && !values.only.includes(name)) continue;
    console.log(`${title} (${repetitions} repetitions)`);
    const from = performance.now();
    const load = loadavg()[0]!;
    try {
      const summaries = summarize(await runInChild(name));
      console.log(`${terminalTable(summaries)}\n`);
      measured.push({ name, title, summaries, repetitions, seconds: (performance.now() - from) / 1000, load });
    } catch (error) {
      fail(`  "${name}" failed: ${(error as Error).message}\n`);
    }
  }
  if (values.dry || measured.length === 0) return;
  const previous = existsSync(results) ? readFileSync(results, "utf8") : "";
  writeFileSync(results, resultsText(machine(), measured, new Date().toISOString().slice(0, 10), previous));
  console.log("Written to bench/results.md.");
}

/** Each workload starts with a fresh heap and nothing compiled for its neighbours. */
async function runInChild(name: string): Promise<Figure[][]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "run-one.ts"), name, String(repetitions)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((settle) => child.on("close", settle));
  const runs: Figure[][] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const figures = JSON.parse(line) as (Omit<Figure, "value"> & { value: number | null })[];
    runs.push(figures.map((figure) => ({ ...figure, value: figure.value ?? Number.NaN })));
  }
  const code = await ended;
  if (code !== 0 || runs.length !== repetitions) throw new Error(`${runs.length} of ${repetitions} repetitions, exit code ${code}`);
  return runs;
}

function machine(): Machine {
  const versions = { ...pins.devDependencies, ...pins.dependencies };
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()} ${process.arch}`,
    node: process.versions.node,
    packages: [`sigma-lab ${pins.version}`, ...PACKAGES.map((name) => `${name} ${versions[name]}`)].join(", "),
  };
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
