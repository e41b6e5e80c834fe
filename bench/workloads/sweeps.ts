import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CUSTOM_3000 } from "../wide-sweep.ts";
import type { Figure, Workload } from "../workload.ts";

const launcher = join(import.meta.dirname, "..", "..", "cli", "with-runtime.mjs");
const child = join(import.meta.dirname, "..", "sweep-run.ts");

interface Sweep {
  readonly estimated: number;
  readonly variants: number;
  readonly seconds: number;
  readonly peakMb: number;
}

const CUSTOM_45 = { mode: "custom", axes: { thresholds: [0, 0.05, 0.1], top_pct: [0.2, 0.5, 1], hold_bars: [1, 3, 5, 7, 10] } };

/** Runs one step of `sweep-run.ts` in a process of its own. */
async function run(step: string, home: string, kind: string, request: object = {}): Promise<string> {
  const process_ = spawn(process.execPath, [launcher, child, step, home, kind, JSON.stringify(request)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  process_.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  process_.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const code = await new Promise<number | null>((settle) => process_.on("close", settle));
  if (code !== 0) throw new Error(`${step} of the ${kind} model ended with exit code ${code}:\n${errors.slice(-2000)}`);
  return output;
}

/** Sweeps of one model, one after another, each in a process of its own over one home. */
async function sweeps(kind: string, requests: readonly object[]): Promise<Sweep[]> {
  const home = mkdtempSync(join(tmpdir(), "sigma-bench-sweep-"));
  try {
    await run("build", home, kind);
    const found: Sweep[] = [];
    for (const request of requests) found.push(JSON.parse(await run("sweep", home, kind, request)) as Sweep);
    return found;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function figuresOf(what: string, { estimated, seconds }: Sweep): Figure[] {
  return [
    { label: `${what}: measured`, value: seconds, unit: "s", note: "a new process, workers and all" },
    {
      label: `${what}: estimated over measured`,
      value: estimated / seconds,
      unit: "x",
      aim: "0.5 to 2",
      note: `${estimated.toFixed(1)} s said`,
    },
  ];
}

export const sweepEstimate: Workload = {
  name: "sweep-estimate",
  title: "Sweeps end to end: what the estimate says and what it takes",
  async run() {
    const [simple, custom] = await sweeps("daily", [{ mode: "simple" }, CUSTOM_3000]);
    const [hourly] = await sweeps("hourly", [{ mode: "simple" }]);
    return [
      ...figuresOf("27 variants, 5,105 daily rows, fits included", simple!),
      ...figuresOf("3,000 variants, 5,105 daily rows", custom!),
      ...figuresOf("45 variants, 20,000 hourly rows, fits included", hourly!),
    ];
  },
};

export const sweepMemory: Workload = {
  name: "sweep-memory",
  title: "Memory of a 3,000-variant sweep and of one of 45",
  async run() {
    const [small, large] = await sweeps("daily", [CUSTOM_45, CUSTOM_3000]);
    return [
      { label: "peak resident memory, 45 variants", value: small!.peakMb, unit: "MB", note: "all threads of the process, fits included" },
      { label: "peak resident memory, 3,000 variants", value: large!.peakMb, unit: "MB" },
      { label: "3,000 over 45", value: large!.peakMb / small!.peakMb, unit: "x", aim: "<= 1.2" },
    ];
  },
};
