import { describe, expect, it } from "vitest";
import type { TrainingRows } from "#lib/learners/define-learner.ts";
import { boost } from "#lib/learners/gbm/boost.ts";
import { gbm } from "#lib/learners/gbm/gbm.ts";
import { type ResolvedGbmParams, resolveGbmParams } from "#lib/learners/gbm/params.ts";
import { boostingProblem, probabilitiesFromMargins } from "#lib/learners/gbm/problem.ts";
import { nonLinearRows, nonLinearValues } from "../training-data.ts";

describe("boost", () => {
  const grow = (rows: TrainingRows, params: ResolvedGbmParams) => {
    const problem = boostingProblem(rows, params);
    return { problem, ...boost({ rows, problem, params, seed: 9, rounds: params.trees }) };
  };

  it.each([
    ["all rows", {}],
    ["drawn rows and columns", { subsample: 0.6, colsample: 0.5, min_child_rows: 20 }],
  ])("keeps the margins that the finished model predicts for its training rows, to the bit: %s", (_, given) => {
    const params = resolveGbmParams({ trees: 40, ...given }, "5m");
    for (const classCount of [2, 3] as const) {
      const rows = nonLinearRows(7, 500, classCount);
      const { problem, margins } = grow(rows, params);
      expect(gbm.fit(rows, params, 9).predict(rows.features)).toEqual(probabilitiesFromMargins(problem, margins, 500));
    }
  });

  it("keeps them in the unit of training for a number", () => {
    const rows = nonLinearValues(7, 500);
    const params = resolveGbmParams({ trees: 40, subsample: 0.6 }, "5m");
    const { problem, margins } = grow(rows, params);
    const predicted = gbm.fit(rows, params, 9).predict(rows.features)[0]!;
    margins[0]!.forEach((margin, i) => {
      expect(predicted[i]).toBeCloseTo(problem.base[0]! + problem.unit * margin, 12);
    });
  });

  it("ends when it is told to", () => {
    const rows = nonLinearRows(7, 200, 3);
    const params = resolveGbmParams({ trees: 40 }, "5m");
    let rounds = 0;
    const goOn = () => ++rounds < 4;
    expect(boost({ rows, problem: boostingProblem(rows, params), params, seed: 9, rounds: 40, goOn }).trees).toHaveLength(12);
  });
});
