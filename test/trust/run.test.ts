import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { scratchForTest } from "../e2e/home.ts";

const root = resolve(import.meta.dirname, "..", "..");
const run = (...options: readonly string[]) =>
  spawnSync(process.execPath, [join(root, "trust", "run.ts"), ...options], { encoding: "utf8", cwd: root });

describe("trust/run.ts --quick", () => {
  it("bears every claim out, goes on where it was stopped and says the same again", { timeout: 900_000 }, () => {
    const before = documentOnDisk();
    const options = ["--quick", "--threads", "2", "--store", scratchForTest()];
    const first = run(...options);
    expect(first.stderr).not.toContain("Does not hold");
    expect(first.status).toBe(0);
    expect(first.stdout).toContain("## What is claimed");
    const again = run(...options);
    expect(again.stderr).toMatch(/^(\d+) of \1 jobs are done already\.\n$/);
    expect(again.stdout).toBe(first.stdout);
    expect(documentOnDisk()).toBe(before);
  });
});

function documentOnDisk(): string {
  const path = join(root, "docs", "trust.md");
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}
