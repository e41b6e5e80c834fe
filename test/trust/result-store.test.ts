import { appendFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openResultStore } from "../../trust/result-store.ts";
import { scratchForTest } from "../e2e/home.ts";

const job = (seed: number) => ({ experiment: "noise", group: "walk-2", seed });

describe("openResultStore", () => {
  it("finds what an earlier run of the same version has done", () => {
    const folder = scratchForTest();
    openResultStore(folder, "v1").add(job(1), { pass: 0 });
    expect(openResultStore(folder, "v1").find(job(1))).toEqual({ pass: 0 });
    expect(openResultStore(folder, "v1").find(job(2))).toBeUndefined();
    expect(openResultStore(folder, "v2").find(job(1))).toBeUndefined();
  });

  it("does the job again whose line was cut off when the run was killed", () => {
    const folder = scratchForTest();
    openResultStore(folder, "v1").add(job(1), { pass: 0 });
    appendFileSync(join(folder, readdirSync(folder)[0]!), '{"key":"noise/walk-2/2","resu');
    const store = openResultStore(folder, "v1");
    expect(store.find(job(2))).toBeUndefined();
    store.add(job(2), { pass: 1 });
    expect(openResultStore(folder, "v1").find(job(1))).toEqual({ pass: 0 });
    expect(openResultStore(folder, "v1").find(job(2))).toEqual({ pass: 1 });
  });
});
