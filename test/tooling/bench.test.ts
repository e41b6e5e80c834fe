import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { loadWorkloads } from "../../bench/load-workloads.ts";
import { type Machine, type Measured, resultsText, terminalTable } from "../../bench/results-file.ts";
import { summarize, tableCells } from "../../bench/summary.ts";
import type { Figure } from "../../bench/workload.ts";

const root = resolve(import.meta.dirname, "..", "..");
const figure = (value: number, label = "time"): Figure => ({ label, value, unit: "ms", aim: "<= 60 ms" });

describe("summarize", () => {
  it("takes the median of each figure and keeps its range", () => {
    expect(summarize([[figure(30)], [figure(10)], [figure(20)]])).toEqual([
      { label: "time", value: 20, lowest: 10, highest: 30, unit: "ms", aim: "<= 60 ms" },
    ]);
  });

  it("takes the mean of the middle two of an even number", () => {
    expect(summarize([[figure(4)], [figure(1)], [figure(2)], [figure(100)]])[0]).toMatchObject({ value: 3, lowest: 1, highest: 100 });
  });

  it("orders numbers as numbers", () => {
    expect(summarize([[figure(9)], [figure(100)], [figure(20)]])[0]!.value).toBe(20);
  });

  it("compares nothing when one repetition did not", () => {
    const [summary] = summarize([[figure(1)], [figure(Number.NaN)], [figure(3)]]);
    expect(summary!.value).toBeNaN();
    expect(tableCells([summary!])[0]).toEqual(["time", "not compared", "", "<= 60 ms", ""]);
  });

  it("refuses repetitions that measured different things", () => {
    expect(() => summarize([[figure(1)], [figure(1, "memory")]])).toThrow('expected "time", found "memory"');
  });
});

describe("tableCells", () => {
  it.each([
    [1438.2, "1,438 ms"],
    [18.168, "18.17 ms"],
    [0.74772, "0.7477 ms"],
    [924_958.7, "924,959 ms"],
    [0, "0 ms"],
  ])("writes %d readably", (value, text) => {
    expect(tableCells(summarize([[figure(value)]]))[0]![1]).toBe(text);
  });
});

describe("resultsText", () => {
  const machine: Machine = { cpu: "Test CPU", cores: 2, memoryGb: 8, system: "Linux 6 x64", node: "24.0.0", packages: "sigma-lab 0.1.0" };
  const measured = (name: string, value: number): Measured => ({
    name,
    title: `What ${name} does`,
    summaries: summarize([[figure(value)]]),
    repetitions: 5,
    seconds: 12.3,
    load: 0.52,
  });
  const first = resultsText(machine, [measured("b", 1), measured("a", 2)], "2026-01-02", "");

  it("names the machine, the versions, the command and the aim", () => {
    expect(first).toContain("- CPU: Test CPU, 2 cores; memory 8 GB; Linux 6 x64\n- Node 24.0.0; sigma-lab 0.1.0\n");
    expect(first).toContain(
      "## a: What a does\n\n2026-01-02; `npm run bench -- --only a --repeat 5`, 12 s in all; load average 0.5 at the start.\n",
    );
    expect(first).toContain("| time | 2 ms |  | <= 60 ms |  |\n");
    expect(first.indexOf("## a:")).toBeLessThan(first.indexOf("## b:"));
  });

  it("keeps what was not measured again", () => {
    const second = resultsText(machine, [measured("b", 7)], "2026-01-03", first);
    expect(second).toContain("| time | 2 ms |");
    expect(second).toContain("| time | 7 ms |");
    expect(second).not.toContain("| time | 1 ms |");
    expect(resultsText(machine, [measured("b", 1)], "2026-01-02", second)).toBe(first);
  });

  it("drops the figures of another machine", () => {
    const elsewhere = resultsText({ ...machine, cores: 64 }, [measured("b", 7)], "2026-01-03", first);
    expect(elsewhere).not.toContain("## a:");
  });

  it("shows the same rows on a terminal", () => {
    expect(terminalTable(summarize([[figure(1)]]))).toBe("  time  1 ms    <= 60 ms");
  });
});

describe("bench/run.ts", () => {
  const run = (...options: readonly string[]) =>
    spawnSync(process.execPath, [join(root, "bench", "run.ts"), ...options], { encoding: "utf8", cwd: root });

  it("finds every workload that the product promises to measure", async () => {
    const names = (await loadWorkloads()).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(["api-bundle", "cscv", "demo", "gbm", "indicators", "ma-cross", "parquet", "simple-sweeps", "variants"]),
    );
  });

  it("measures a workload in a process of its own and writes nothing when asked not to", () => {
    const before = resultsOnDisk();
    const { status, stdout } = run("--only", "cscv", "--repeat", "2", "--dry");
    expect(status).toBe(0);
    expect(stdout).toMatch(/CSCV, 16 blocks.+\(2 repetitions\)\n {2}12,870 splits x 45 variants.+ ms .+<= 60 ms/s);
    expect(resultsOnDisk()).toBe(before);
  });

  it("names the workloads there are when asked for another", () => {
    const { status, stderr } = run("--only", "nothing");
    expect(status).toBe(1);
    expect(stderr).toMatch(/There is no workload "nothing"; there are .*cscv/);
  });

  it("refuses a number of repetitions that is none", () => {
    expect(run("--repeat", "0")).toMatchObject({ status: 1, stderr: '--repeat must be a whole number of at least 1; found "0".\n' });
  });
});

function resultsOnDisk(): string {
  try {
    return readFileSync(join(root, "bench", "results.md"), "utf8");
  } catch {
    return "";
  }
}
