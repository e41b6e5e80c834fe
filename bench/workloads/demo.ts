import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Workload } from "../workload.ts";

const launcher = join(import.meta.dirname, "..", "..", "cli", "sigma.mjs");
const SAMPLE_MS = 20;

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
      let peakKb = 0;
      const sampling = setInterval(() => {
        peakKb = Math.max(peakKb, residentKb(child.pid!));
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
          value: peakKb === 0 ? Number.NaN : peakKb / 1024,
          unit: "MB",
          note: peakKb === 0 ? "needs Linux's /proc" : `sampled every ${SAMPLE_MS} ms`,
        },
      ];
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  },
};

/** Resident memory of a process and its descendants; 0 where there is no /proc or the process is gone. */
function residentKb(pid: number): number {
  try {
    const own = Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
    const list = `/proc/${pid}/task/${pid}/children`;
    const children = existsSync(list) ? readFileSync(list, "utf8").split(" ").filter(Boolean).map(Number) : [];
    return children.reduce((sum, child) => sum + residentKb(child), own);
  } catch {
    return 0;
  }
}
