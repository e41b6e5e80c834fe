import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "#lib/core/rng.ts";
import type { ClassRows } from "#lib/learners/define-learner.ts";
import { purgedTail, stoppedRounds } from "#lib/learners/gbm/early-stopping.ts";
import { gbm } from "#lib/learners/gbm/gbm.ts";
import { type ResolvedGbmParams, resolveGbmParams } from "#lib/learners/gbm/params.ts";
import { readModelFile } from "#lib/learners/model-file.ts";
import { pickRows } from "#lib/learners/training-rows.ts";
import { logLoss, nonLinearRows, nonLinearValues, rowsOf, STUMP, valuesOf } from "../training-data.ts";

const spansOf = (start: readonly number[], end: readonly number[]) => ({ start: Float64Array.from(start), end: Float64Array.from(end) });
const stopping = (params: Partial<ResolvedGbmParams> = {}): ResolvedGbmParams => ({
  ...resolveGbmParams({ trees: 120, early_stopping_rounds: 10 }, "5m"),
  ...params,
});

describe("purgedTail", () => {
  it("keeps the newest share and drops the rows whose label reaches into it, touching included", () => {
    // Ten rows, labels of three steps: the tail begins at 8; rows 5, 6 and 7 end at 8 or later.
    const start = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    const { fit, tail } = purgedTail(
      {
        rows: 10,
        spans: spansOf(
          start,
          start.map((at) => at + 3),
        ),
      },
      0.2,
    );
    expect([[...fit], [...tail]]).toEqual([
      [0, 1, 2, 3, 4],
      [8, 9],
    ]);
  });

  it("keeps rows of one moment together", () => {
    const start = [0, 0, 1, 1, 2, 2];
    const { fit, tail } = purgedTail({ rows: 6, spans: spansOf(start, start) }, 0.17);
    expect([[...fit], [...tail]]).toEqual([
      [0, 1, 2, 3],
      [4, 5],
    ]);
  });

  it("never keeps a row before the tail whose interval meets it", () => {
    const span = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 }));
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 40 }), fc.double({ min: 0.05, max: 0.5, noNaN: true }), (drawn, share) => {
        const start = drawn.map(([at]) => at);
        const end = drawn.map(([at, length]) => at + length);
        const { fit, tail } = purgedTail({ rows: drawn.length, spans: spansOf(start, end) }, share);
        expect(tail.length).toBeGreaterThan(0);
        const [from, to] = [Math.min(...[...tail].map((row) => start[row]!)), Math.max(...[...tail].map((row) => end[row]!))];
        for (const row of fit) expect(end[row]! < from || start[row]! > to).toBe(true);
        for (const row of fit) expect(start[row]!).toBeLessThan(from);
      }),
    );
  });
});

describe("stoppedRounds", () => {
  it("chooses the round that a direct search over tree counts chooses", () => {
    const rows = nonLinearRows(31, 500);
    const params = stopping({ learning_rate: 0.3, trees: 60, early_stopping_rounds: 60 });
    const { fit, tail } = purgedTail(rows, params.validation_share);
    const [early, late] = [pickRows(rows, fit), pickRows(rows, tail)];
    const losses = Array.from({ length: 60 }, (_, i) =>
      logLoss(gbm.fit(early, { ...params, trees: i + 1, early_stopping_rounds: 0 }, 4).predict(late.features), late),
    );
    const least = Math.min(...losses);
    const found = stoppedRounds(rows, params, 4)!;
    expect(found.rounds).toBe(losses.indexOf(least) + 1);
    expect(found.validation_loss).toBeCloseTo(least, 12);
    expect([found.rounds_tried, found.validation_rows, found.purged_rows]).toEqual([60, 100, 0]);
  });

  it("ends after so many rounds without a better loss", () => {
    const found = stoppedRounds(nonLinearRows(31, 500), stopping({ learning_rate: 0.5, trees: 500 }), 4)!;
    expect(found.rounds_tried).toBe(found.rounds + 10);
    expect(found.rounds_tried).toBeLessThan(200);
  });

  it("does the same for a number, by squared error", () => {
    const found = stoppedRounds(nonLinearValues(31, 800), stopping({ learning_rate: 0.3, trees: 400 }), 4)!;
    expect(found.rounds).toBeGreaterThan(5);
    expect(found.rounds_tried).toBe(found.rounds + 10);
  });

  it("never reads the target of a row that it purges", () => {
    const rows = nonLinearRows(7, 300);
    const start = Float64Array.from({ length: 300 }, (_, row) => row);
    const data: ClassRows = { ...rows, spans: { start, end: start.map((at) => at + 20) } };
    const { fit, tail } = purgedTail(data, 0.2);
    const used = new Set([...fit, ...tail]);
    const spoilt = { ...data, target: data.target.map((k, row) => (used.has(row) ? k : 1 - k)) };
    expect(used.size).toBe(300 - 20);
    expect(stoppedRounds(spoilt, stopping(), 1)).toEqual(stoppedRounds(data, stopping(), 1));
  });
});

describe("gbm with early stopping", () => {
  it("fits all rows with the chosen number of rounds", () => {
    const rows = nonLinearRows(31, 500);
    const params = stopping({ learning_rate: 0.3 });
    const { rounds } = stoppedRounds(rows, params, 4)!;
    const stopped = gbm.fit(rows, params, 4);
    const same = gbm.fit(rows, { ...params, early_stopping_rounds: 0, trees: rounds }, 4);
    expect(stopped.predict(rows.features)).toEqual(same.predict(rows.features));
    expect([stopped.notes, readModelFile(stopped.encode()).header["early_stopping"]]).toEqual([[], stoppedRounds(rows, params, 4)]);
  });

  it("keeps no tree when none helps, and says so: noise predicts the base rates", () => {
    const rng = createRng("noise");
    const noise = rowsOf(
      [Float64Array.from({ length: 400 }, () => rng.normal()), Float64Array.from({ length: 400 }, () => rng.normal())],
      Array.from({ length: 400 }, () => rng.int(2)),
    );
    const model = gbm.fit(noise, stopping({ learning_rate: 0.5, max_depth: 6 }), 4);
    expect(model.notes).toEqual(["early_stopping_kept_no_tree"]);
    const share = noise.target.reduce((sum, k) => sum + k, 0) / 400;
    expect(new Set(model.predict(noise.features)[1]!)).toEqual(new Set([expect.closeTo(share, 12)]));
  });

  it.each([
    ["a single row", rowsOf([[1]], [1]), []],
    ["two rows", rowsOf([[1, 2]], [0, 1]), ["early_stopping_skipped"]],
    ["one class before the tail", rowsOf([[1, 2, 3, 4, 5]], [0, 0, 0, 0, 1]), ["early_stopping_skipped"]],
    [
      "labels that all reach into the tail",
      { ...rowsOf([[1, 2, 3, 4]], [0, 1, 0, 1]), spans: spansOf([0, 1, 2, 3], [9, 9, 9, 9]) },
      ["early_stopping_skipped"],
    ],
    ["equal values before the tail", valuesOf([[1, 2, 3, 4, 5]], [1, 1, 1, 1, 2]), ["early_stopping_skipped"]],
  ])("fits all trees, with a note, on %s", (_, rows, notes) => {
    const model = gbm.fit(rows, { ...STUMP, trees: 3, early_stopping_rounds: 2 }, 1);
    expect(model.notes).toEqual(notes);
  });
});
