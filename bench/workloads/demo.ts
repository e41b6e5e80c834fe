import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Workload } from "../workload.ts";

const launcher = join(import.meta.dirname, "..", "..", "cli", "sigma.mjs");
const SAMPLE_MS = 20;
const PAGE_BYTES = 4096;

/** The main job as a newcomer sees it: a new home, both series, no server. */
export const demo: Workload = {
  name: "demo",
  title: "Demo: real and planted series, from nothing to two signals",
  async run() {
    const home = mkdtempSync(join(tmpdir(), "sigma-bench-demo-"));
    try {
      const started = performance.now();
      const child = spawn(process.execPath, [launcher, "demo", "--no-serve", "--json"], {
        env: { ...process.env, SIGMA_HOME: home },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let output = "";
      let progress = "";
      child.stdout.on("data", (chunk: Buffer) => {
        output += chunk.toString();
      });
      child.stderr.on("data", (chunk: Buffer) => {
        progress += chunk.toString();
      });
      let peakPages = 0;
      const sampling = setInterval(() => {
        peakPages = Math.max(peakPages, residentPages(child.pid!));
      }, SAMPLE_MS);
      const code = await new Promise<number | null>((settle) => child.on("close", settle));
      clearInterval(sampling);
      const seconds = (performance.now() - started) / 1000;
      if (code !== 0) throw new Error(`The demo ended with exit code ${code}:\n${progress.slice(-2000)}`);
      JSON.parse(output);
      return [
        { label: "wall time", value: seconds, unit: "s", aim: "< 60 s" },
        {
          label: "peak resident memory, all processes",
          value: peakPages === 0 ? Number.NaN : (peakPages * PAGE_BYTES) / 2 ** 20,
          unit: "MB",
          note: peakPages === 0 ? "needs Linux's /proc" : `sampled every ${SAMPLE_MS} ms`,
        },
      ];
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  },
};

/** Pages in memory of a process and its descendants; 0 where there is no /proc or the process is gone. */
function residentPages(pid: number): number {
  try {
    const own = Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]);
    const list = `/proc/${pid}/task/${pid}/children`;
    const children = existsSync(list) ? readFileSync(list, "utf8").split(" ").filter(Boolean).map(Number) : [];
    return children.reduce((sum, child) => sum + residentPages(child), own);
  } catch {
    return 0;
  }
}
