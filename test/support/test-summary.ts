import type { Reporter, TestModule } from "vitest/node";

interface Entry {
  readonly type: string;
  readonly name: string;
}

/** A title that says why its tests do not run, as `describeWithShared` writes it. */
const REASON = /SKIPPED/;

/** What ran, in one plain closing line; above it each skipped test by the title that says why, each reason once. */
export function summaryOf(modules: readonly TestModule[], unhandled: number): string[] {
  let passed = 0;
  let failed = unhandled;
  let skipped = 0;
  const reasons = new Map<string, number>();
  for (const module of modules) {
    const before = failed;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === "passed") passed++;
      else if (state === "failed") failed++;
      else {
        skipped++;
        const titles = titlesOf(test);
        const reason = `${module.relativeModuleId}: ${titles.find((title) => REASON.test(title)) ?? titles.join(" > ")}`;
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      }
    }
    // A file that cannot be loaded has no test to count.
    if (module.state() === "failed" && failed === before) failed++;
  }
  return [
    ...[...reasons].sort(([a], [b]) => (a < b ? -1 : 1)).map(([reason, count]) => `skipped ${count}: ${reason}`),
    `${passed} passed, ${failed} failed, ${skipped} skipped`,
  ];
}

function titlesOf(entry: Entry & { readonly parent?: unknown }): string[] {
  const titles: string[] = [];
  for (let at: (Entry & { readonly parent?: unknown }) | undefined = entry; at && at.type !== "module"; at = at.parent as typeof at)
    titles.unshift(at.name);
  return titles;
}

/** Prints the summary after everything else that a run prints. */
export function createSummaryReporter(write: (line: string) => void = console.log): Reporter {
  return {
    onTestRunEnd(modules, errors) {
      for (const line of summaryOf(modules, errors.length)) write(line);
    },
  };
}
