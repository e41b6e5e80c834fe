import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { figuresOf, latenciesOf, quantiles, type Requests, timed } from "../latencies.ts";
import { CUSTOM_3000 } from "../wide-sweep.ts";
import type { Figure, Workload } from "../workload.ts";

type Child = ChildProcessByStdio<Writable, Readable, null>;

const launcher = join(import.meta.dirname, "..", "..", "cli", "with-runtime.mjs");
const script = join(import.meta.dirname, "..", "api-run.ts");
/** Requests at a time, as many as a browser opens connections to one host. */
const PARALLEL = 6;
const WIDE_SWEEP = { pack_id: "swingsigma", model_id: "bench_api", ...CUSTOM_3000 };

export const apiLatency: Workload = {
  name: "api-latency",
  title: "API: requests in process and over loopback, 100,000 leaderboard rows stored, and beside a sweep",
  async run() {
    const home = mkdtempSync(join(tmpdir(), "sigma-bench-api-"));
    try {
      await output(start("fill", home));
      const inProcess = JSON.parse(await output(start("ask", home))) as Awaited<ReturnType<typeof latenciesOf>>;
      return [...inProcess.flatMap(figuresOf), ...(await served(home))];
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  },
};

async function served(home: string): Promise<Figure[]> {
  const child = start("serve", home);
  const ended = output(child);
  try {
    const port = await firstLine(child);
    const request: Requests = (method, path, body) =>
      fetch(`http://127.0.0.1:${port}/v1${path}`, {
        method,
        headers: { "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    const over = await latenciesOf(request, "loopback", PARALLEL);
    return [...over.flatMap(figuresOf), ...(await besideSweep(request))];
  } finally {
    child.stdin.end();
    await ended;
  }
}

/** What a page that follows a run feels while both cores work on it. */
async function besideSweep(request: Requests): Promise<Figure[]> {
  const started = await request("POST", "/sweeps", WIDE_SWEEP);
  const { run_id } = (await started.json()) as { run_id: string };
  const path = `/runs/${run_id}`;
  const idle: number[] = [];
  let status = "running";
  while (status === "running") {
    const from = performance.now();
    const run = (await (await request("GET", path)).json()) as { status: string };
    idle.push(performance.now() - from);
    status = run.status;
    await new Promise((settle) => setTimeout(settle, 5));
  }
  if (status !== "succeeded") throw new Error(`The sweep ended as ${status}.`);
  const during = quantiles(idle);
  const after = await timed("GET /runs/{id}, nothing running", 400, 1, () => request("GET", path));
  return [
    {
      label: "GET /runs/{id} while 3,000 variants are swept: p50",
      value: during.p50Ms,
      unit: "ms",
      note: `${idle.length} requests, one after another`,
    },
    { label: "GET /runs/{id} while 3,000 variants are swept: p99", value: during.p99Ms, unit: "ms", aim: "< 100 ms" },
    ...figuresOf(after),
  ];
}

function start(step: string, home: string): Child {
  return spawn(process.execPath, [launcher, script, step, home], { stdio: ["pipe", "pipe", "inherit"] });
}

async function output(child: Child): Promise<string> {
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  const code = await new Promise<number | null>((settle) => child.on("close", settle));
  if (code !== 0) throw new Error(`A child of the workload ended with exit code ${code}.`);
  return text;
}

function firstLine(child: Child): Promise<string> {
  return new Promise((settle, fail) => {
    child.stdout.once("data", (chunk: Buffer) => settle(chunk.toString().trim()));
    child.once("close", () => fail(new Error("The server ended before it listened.")));
  });
}
