import { describe, expect, it } from "vitest";
import { createProgress, remainingMs } from "../../cli/progress.ts";

function watched(isTerminal: boolean) {
  let clock = 0;
  const written: string[] = [];
  const progress = createProgress({ label: "sweep", write: (text) => written.push(text), isTerminal, now: () => clock, columns: 80 });
  return {
    progress,
    written,
    pass: (ms: number) => {
      clock += ms;
    },
  };
}

describe("createProgress", () => {
  it("writes one line a step with the time that is left", () => {
    const { progress, written, pass } = watched(false);
    pass(2000);
    progress.step({ step: "FitFold", message: "fold 1 fitted", done: 1, expected: 4 });
    expect(written).toEqual(["sweep 1/4 2.0 s, about 6.0 s left FitFold: fold 1 fitted\n"]);
  });

  it("is never silent for longer than two seconds while it is ticked", () => {
    const { progress, written, pass } = watched(false);
    for (let i = 0; i < 12; i += 1) {
      pass(500);
      progress.tick();
    }
    expect(written).toEqual(["sweep 0 steps 2.0 s working\n", "sweep 0 steps 4.0 s working\n", "sweep 0 steps 6.0 s working\n"]);
  });

  it("says nothing between steps that follow each other quickly", () => {
    const { progress, written, pass } = watched(false);
    pass(100);
    progress.step({ step: "A", message: "a", done: 1, expected: 2 });
    pass(400);
    progress.tick();
    expect(written).toHaveLength(1);
  });

  it("redraws one line on a terminal, no wider than it, and clears it at the end", () => {
    const { progress, written, pass } = watched(true);
    pass(1000);
    progress.step({ step: "FitFold", message: "a message that is far too long for a terminal of eighty columns", done: 2, expected: 4 });
    progress.end();
    const [drawn, cleared] = written;
    expect(drawn).toContain("[############............] 2/4 1.0 s, about 1.0 s left");
    expect(drawn!.replace("\r\u001B[K", "").length).toBeLessThanOrEqual(79);
    expect(drawn).not.toContain("\n");
    expect(cleared).toBe("\r\u001B[K");
  });
});

describe("remainingMs", () => {
  it("is unknown before the first step and after the last", () => {
    expect([remainingMs(1000, 0, 5), remainingMs(1000, 5, 5), remainingMs(1000, 1, 5)]).toEqual([undefined, undefined, 4000]);
  });
});
