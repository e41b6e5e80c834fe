import { describe, expect, it } from "vitest";
import type { TestModule } from "vitest/node";
import { summaryOf } from "../support/test-summary.ts";

/** A module as the runner hands it over: tests with a state and the titles above them. */
function moduleOf(file: string, state: "passed" | "failed", tests: readonly (readonly [state: string, ...titles: string[]])[]): TestModule {
  const module = { type: "module", relativeModuleId: file, state: () => state };
  const cases = tests.map(([result, ...titles]) => {
    let parent: object = module;
    for (const name of titles.slice(0, -1)) parent = { type: "suite", name, parent };
    return { type: "test", name: titles.at(-1), parent, result: () => ({ state: result }) };
  });
  return { ...module, children: { allTests: () => cases } } as unknown as TestModule;
}

describe("summaryOf", () => {
  it("counts tests and says once why a suite did not run", () => {
    const modules = [
      moduleOf("test/b.test.ts", "passed", [
        ["passed", "b", "works"],
        ["skipped", "b on data (SKIPPED: shared data is not here)", "reads"],
        ["skipped", "b on data (SKIPPED: shared data is not here)", "writes"],
      ]),
      moduleOf("test/a.test.ts", "failed", [
        ["failed", "a", "works"],
        ["skipped", "a", "later"],
      ]),
    ];
    expect(summaryOf(modules, 0)).toEqual([
      "skipped 1: test/a.test.ts: a > later",
      "skipped 2: test/b.test.ts: b on data (SKIPPED: shared data is not here)",
      "1 passed, 1 failed, 3 skipped",
    ]);
  });

  it("counts a file that cannot be loaded and an error outside of tests as failed", () => {
    expect(summaryOf([moduleOf("test/broken.test.ts", "failed", [])], 1)).toEqual(["0 passed, 2 failed, 0 skipped"]);
  });
});
