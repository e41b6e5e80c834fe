import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";

const child = join(import.meta.dirname, "fingerprints.child.ts");
const lines = (): string[] => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [child], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim().split("\n");
};

it("gives the same bytes in two processes, and different ones for different things", () => {
  const first = lines();
  expect(first).toHaveLength(7);
  expect(new Set(first).size).toBe(7);
  expect(lines()).toEqual(first);
});
