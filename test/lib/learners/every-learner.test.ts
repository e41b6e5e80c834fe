import { once } from "node:events";
import { Worker } from "node:worker_threads";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "#lib/core/rng.ts";
import { learnerOf } from "#lib/learners/catalog.ts";
import { decodeModel } from "#lib/learners/decode-model.ts";
import type { TrainingRows } from "#lib/learners/define-learner.ts";
import { LEARNERS, LearnerSchema } from "#lib/learners/learner.schema.ts";
import { nonLinearRows, nonLinearValues, rowsOf, valuesOf } from "./training-data.ts";

const SMALL = { gbm: { trees: 8 }, rf: { trees: 8, min_child_rows: 5 }, cart: { min_rows: 10, max_rows: 200 }, logit: {}, prior: {} };

/** What every learner owes its callers. */
describe.each(LEARNERS)("%s", (algo) => {
  const learner = learnerOf(LearnerSchema.parse({ algo, params: SMALL[algo] }), "daily");
  const fitted = (rows: TrainingRows) => learner.fit(rows, 7);

  it("is identified by its name, version and every parameter", () => {
    expect(learner.algo).toBe(algo);
    expect(learner.version).toBeGreaterThan(0);
    expect(learner.resolvedParams).toMatchObject(SMALL[algo]);
    expect(fitted(nonLinearRows(1, 60)).algo).toBe(algo);
  });

  it("is read back from its file: two classes, three, a number", () => {
    for (const rows of [nonLinearRows(2, 200), nonLinearRows(2, 200, 3), nonLinearValues(2, 200)]) {
      const model = fitted(rows);
      const decoded = decodeModel(model.encode());
      expect(decoded.encode()).toEqual(model.encode());
      expect(decoded.predict(rows.features)).toEqual(model.predict(rows.features));
      expect([decoded.task, decoded.classes, decoded.importance(), decoded.notes]).toEqual([
        model.task,
        model.classes,
        model.importance(),
        model.notes,
      ]);
    }
  });

  it("gives the same bytes in any number of worker threads", async () => {
    const task = { algo, params: SMALL[algo], seed: 13, rows: 300 };
    const workers = [1, 2, 3].map(() => new Worker(new URL("./fit-in-worker.ts", import.meta.url), { workerData: task }));
    const results = await Promise.all(workers.map(async (worker) => (await once(worker, "message"))[0] as Uint8Array));
    const own = learner.fit(nonLinearRows(task.seed, task.rows), task.seed).encode();
    for (const bytes of results) expect(Buffer.compare(bytes, own)).toBe(0);
  });

  it("predicts the prior from one class, and the mean from equal numbers", () => {
    const one = fitted(rowsOf([[1, 2, 3]], [1, 1, 1], undefined, [-1, 0, 1]));
    expect(one.degenerate).toBe("single_class");
    expect(one.predict([Float64Array.of(1, 9)]).map((column) => Array.from(column))).toEqual([
      [0, 0],
      [1, 1],
      [0, 0],
    ]);
    const flat = fitted(valuesOf([[1, 2, 3]], [0.25, 0.25, 0.25]));
    expect([flat.degenerate, Array.from(flat.predict([Float64Array.of(9)])[0]!)]).toEqual(["constant_target", [0.25]]);
    expect(decodeModel(one.encode()).degenerate).toBe("single_class");
    expect(decodeModel(flat.encode()).predict([Float64Array.of(9)])[0]![0]).toBe(0.25);
  });

  it("survives 12 rows, 90 % of one class, a column that is never known, and no column at all", () => {
    const rng = createRng("few");
    const column = () => Float64Array.from({ length: 12 }, () => rng.normal());
    const twelve = rowsOf([column(), column(), new Float64Array(12).fill(Number.NaN)], [1, 0, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1]);
    const wide = nonLinearRows(3, 200, 3);
    const flat = { ...wide, target: wide.target.map((k, i) => (i % 10 === 0 ? k : 1)) };
    const moves = { ...nonLinearValues(3, 200), target: nonLinearValues(3, 200).target.map((y, i) => (i % 10 === 0 ? y : 0)) };
    for (const rows of [twelve, flat, moves, rowsOf([], [0, 1, 1]), valuesOf([], [0.1, 0.2, 0.3])]) {
      const predicted = fitted(rows).predict(rows.features);
      for (const column of predicted) expect(column.every(Number.isFinite)).toBe(true);
    }
  });

  it("leaves a class without rows at probability 0", () => {
    const rows = { ...nonLinearRows(4, 100), classes: [-1, 0, 1] };
    const model = fitted({ ...rows, target: rows.target.map((k) => 2 * k) });
    expect(new Set(model.predict(rows.features)[1]!)).toEqual(new Set([0]));
  });

  const cell = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: -5, max: 5 }) }, fc.double(), fc.constant(Number.NaN));
  const anyRows = fc
    .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 3 }), fc.constantFrom(2, 3))
    .chain(([rows, features, classes]) =>
      fc.record({
        columns: fc.array(fc.array(cell, { minLength: rows, maxLength: rows }), { minLength: features, maxLength: features }),
        target: fc.array(fc.nat(classes - 1), { minLength: rows, maxLength: rows }),
        weight: fc.array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), { minLength: rows, maxLength: rows }),
        classes: fc.constant(classes === 2 ? [-1, 1] : [-1, 0, 1]),
      }),
    );

  it("always predicts finite probabilities that sum to 1, whatever the rows and new values", () => {
    fc.assert(
      fc.property(anyRows, fc.array(cell, { minLength: 3, maxLength: 3 }), ({ columns, target, weight, classes }, fresh) => {
        const rows = rowsOf(columns, target, weight, classes);
        const model = fitted(rows);
        for (const features of [rows.features, columns.map((_, i) => Float64Array.of(fresh[i]!))]) {
          const probabilities = model.predict(features);
          for (let row = 0; row < features[0]!.length; row++) {
            const values = probabilities.map((column) => column[row]!);
            for (const p of values) expect(p >= 0 && p <= 1 + 1e-12).toBe(true);
            expect(values.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
          }
        }
        const number = fitted(valuesOf(columns, target, weight));
        expect(number.predict(rows.features)[0]!.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ["HISTORY_TOO_SHORT", rowsOf([[]], [])],
    ["INVALID_PARAM", rowsOf([[1, 2]], [0, 2])],
    ["INVALID_PARAM", rowsOf([[1, 2]], [0, 1], [1, 0])],
    ["INVALID_PARAM", valuesOf([[1, 2]], [0, Number.NaN])],
  ])("refuses rows that no learner can use: %s", (code, rows) => {
    expect(() => fitted(rows)).toThrowError(expect.objectContaining({ code }));
  });

  it("refuses columns that do not match the model", () => {
    expect(() => fitted(nonLinearRows(1, 60)).predict([])).toThrowError(expect.objectContaining({ code: "INVALID_PARAM" }));
  });
});
