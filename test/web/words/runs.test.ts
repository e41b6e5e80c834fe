import { describe, expect, it } from "vitest";
import { MACHINE_LEADS, MACHINE_NAMES, MACHINE_STAGES, secondsBetween, secondsLeft, stagesOf } from "../../../web/src/words/runs.ts";

const at = (second: number, share: number) => ({ at: new Date(Date.UTC(2026, 10, 20, 15, 0, second)).toISOString(), share });
const moment = (second: number): number => Date.UTC(2026, 10, 20, 15, 0, second);

describe("secondsLeft", () => {
  it("goes on at the pace of the steps so far", () => {
    // 0.2 in 10 s: the 0.6 that remain take 30 s, of which none have passed.
    expect(secondsLeft([at(0, 0.2), at(5, 0.3), at(10, 0.4)], moment(10))).toBeCloseTo(30, 6);
  });

  it("counts down between steps and never below zero", () => {
    expect(secondsLeft([at(0, 0.2), at(5, 0.3), at(10, 0.4)], moment(18))).toBeCloseTo(22, 6);
    expect(secondsLeft([at(0, 0.2), at(5, 0.3), at(10, 0.4)], moment(59))).toBe(0);
  });

  it("looks at the last twenty steps only", () => {
    const slow = Array.from({ length: 30 }, (_, i) => at(i, i / 1000));
    const fast = Array.from({ length: 20 }, (_, i) => at(30 + i, 0.1 + i / 40));
    // The last twenty gain 19/40 in 19 s, so 1 - 0.575 take 17 s.
    expect(secondsLeft([...slow, ...fast], moment(49))).toBeCloseTo(17, 6);
  });

  it("says nothing before three steps, without progress, and at the end", () => {
    expect(secondsLeft([at(0, 0.2), at(5, 0.3)], moment(6))).toBeUndefined();
    expect(secondsLeft([at(0, 0.2), at(5, 0.2), at(7, 0.2)], moment(8))).toBeUndefined();
    expect(secondsLeft([at(0, 0.2), at(5, 0.6), at(7, 1)], moment(8))).toBeUndefined();
  });
});

describe("secondsBetween", () => {
  it("ends now while the run goes on", () => {
    expect(secondsBetween("2026-11-20T15:00:00.000Z", null, moment(12))).toBe(12);
    expect(secondsBetween("2026-11-20T15:00:00.000Z", "2026-11-20T15:00:03.500Z", moment(12))).toBe(3.5);
  });
});

describe("stagesOf", () => {
  const steps = (...names: string[]) => names.map((step) => ({ step }));

  it("shows where a pipeline stands", () => {
    const stages = stagesOf(MACHINE_STAGES["pipeline"]!, steps("BuildMatrix", "PlanSweep", "FitFold", "FitFold"), false);
    expect(stages.map(({ name, state, count }) => `${name} ${state} ${count}`)).toEqual([
      "BuildMatrix done 1",
      "PlanSweep done 1",
      "FitFold current 2",
      "CollectSweep ahead 0",
    ]);
  });

  it("names the stage that was taken, and optional ones once they began", () => {
    const stages = stagesOf(
      MACHINE_STAGES["pipeline"]!,
      steps("BuildMatrix", "PlanBacktest", "FitFold", "RunBacktest", "TrainModel"),
      true,
    );
    expect(stages.map(({ name, state }) => `${name} ${state}`)).toEqual([
      "BuildMatrix done",
      "PlanBacktest done",
      "FitFold done",
      "RunBacktest done",
      "TrainModel done",
    ]);
  });

  it("begins with the first stage", () => {
    expect(stagesOf(MACHINE_STAGES["train"]!, [], false).map(({ state }) => state)).toEqual(["current", "ahead"]);
  });
});

describe("MACHINE_LEADS", () => {
  it("says of every machine what it is for", () => {
    expect(Object.keys(MACHINE_LEADS)).toEqual(Object.keys(MACHINE_NAMES));
  });
});
