import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { INDICATORS } from "#lib/indicators/catalog.ts";
import { defineIndicator } from "#lib/indicators/define-indicator.ts";
import type { IndicatorInputs } from "#lib/indicators/inputs.ts";
import {
  boundViolations,
  type Case,
  flatViolations,
  gapViolations,
  memoryViolations,
  paramSets,
  perturbationViolations,
  scalingViolations,
  truncationViolations,
  warmupViolations,
} from "./laws.ts";
import { DAILY, type Grid, gridsOf, HOURLY, inputsOf, randomWalk, roughWalk } from "./series.ts";

for (const definition of INDICATORS.values()) {
  const cases: Case[] = gridsOf(definition).flatMap((grid) => paramSets(definition).map((params) => ({ definition, params, grid })));

  describe(`the laws hold for ${definition.name}`, () => {
    it("gives at every bar of a live series what the whole series gives, to the bit", () => {
      for (const one of cases) expect(truncationViolations(one, roughWalk(420, definition.name, one.grid))).toEqual([]);
    });

    it("never changes a value when the future changes", () => {
      fc.assert(
        fc.property(
          fc.constantFrom(...cases),
          fc.nat(1_000_000),
          fc.integer({ min: 0, max: 398 }),
          fc.constantFrom(0.01, 0.5, 3, Number.NaN, 1e6),
          (one, seed, t, factor) => {
            expect(perturbationViolations(one, roughWalk(400, seed, one.grid), t, factor)).toEqual([]);
          },
        ),
        { numRuns: 40, seed: 1 },
      );
    });

    it("is NaN for exactly its declared warm-up on a series without gaps", () => {
      for (const one of cases) expect(warmupViolations(one)).toEqual([]);
    });

    it("remembers no more than its warm-up when its memory is finite", () => {
      for (const one of cases) expect(memoryViolations(one, randomWalk(400, "memory", one.grid))).toEqual([]);
    });

    it("scales with prices and volumes where its unit says so, and only there", () => {
      for (const one of cases) {
        const columns = roughWalk(400, "scale", one.grid);
        expect(scalingViolations(one, columns, 4, 1, 0)).toEqual([]);
        expect(scalingViolations(one, columns, 0.125, 8, 0)).toEqual([]);
        expect(scalingViolations(one, randomWalk(400, "scale", one.grid), 0.37, 1.9, 1e-9)).toEqual([]);
      }
    });

    it("has its declared value on a series that never changes", () => {
      for (const one of cases) {
        expect(flatViolations(one, 123.456, 7000)).toEqual([]);
        expect(flatViolations(one, 0.1, 3)).toEqual([]);
      }
    });

    it("recovers from a gap", () => {
      for (const one of cases) for (const start of [3, 50, 400]) expect(gapViolations(one, start, 4)).toEqual([]);
    });

    it("stays finite and inside its bounds", () => {
      for (const one of cases)
        for (const seed of [1, 2, 3]) expect(boundViolations(one, roughWalk(1500, `bounds-${seed}`, one.grid))).toEqual([]);
    });

    it("gives one value for one bar and none for none", () => {
      for (const one of cases)
        for (const length of [0, 1, 2]) {
          const columns = definition.compute(inputsOf(randomWalk(length, "short", one.grid)), one.params);
          expect(columns.map((series) => series.length)).toEqual(columns.map(() => length));
        }
    });

    it("documents itself", () => {
      expect(definition.doc).toMatch(/^[A-Z].+\.$/);
      expect(definition.doc).not.toContain("\n");
      expect(definition.source.length).toBeGreaterThan(3);
      expect(Number.isInteger(definition.version) && definition.version >= 1).toBe(true);
      expect(definition.name).toMatch(/^[a-z][a-z0-9_]*$/);
      if (definition.memory === "recursive") expect(definition.notes).toMatch(/go(es)? on|compared with the last known|NaN/);
      for (const { params } of cases) {
        const names = definition.columns(params).map((column) => column.name);
        expect(new Set(names).size).toBe(names.length);
        for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
      }
    });
  });
}

describe("the causality laws catch a look-ahead", () => {
  const planted = (name: string, compute: (close: Float64Array, window: number) => Float64Array): Case => ({
    definition: defineIndicator({
      name,
      version: 1,
      category: "trend",
      subcategory: "planted",
      timeframe: "any",
      inputs: ["close"],
      params: z.strictObject({ window: z.int().min(1).default(5) }),
      doc: "Planted.",
      source: "none",
      memory: "finite",
      columns: () => [{ name, unit: "price", flat: "price" }],
      warmupBars: () => 0,
      compute: (inputs, { window }) => [compute(inputs.close, window)],
    }),
    params: { window: 5 },
    grid: DAILY,
  });
  const centred = planted("centred_mean", (close, window) =>
    close.map((_, i) => close.slice(Math.max(0, i - window), i + 2).reduce((sum, value) => sum + value, 0)),
  );
  const wholeSample = planted("whole_sample_score", (close) => {
    const known = close.filter((value) => !Number.isNaN(value));
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    return close.map((value) => value - mean);
  });
  const backfilled = planted("backfilled", (close) => {
    const out = close.slice();
    for (let i = out.length - 2; i >= 0; i--) if (Number.isNaN(out[i])) out[i] = out[i + 1]!;
    return out;
  });

  it.each([centred, wholeSample, backfilled])("reports $definition.name", (one) => {
    const columns = roughWalk(400, "planted");
    expect(truncationViolations(one, columns)).not.toEqual([]);
    const caught = [50, 100, 150, 200, 250].flatMap((t) => perturbationViolations(one, columns, t, 2));
    if (one !== backfilled) expect(caught).not.toEqual([]);
  });

  it("reports a column that says it is known in a part of each session and never is", () => {
    const { definition, ...rest } = planted("never_known", (close) => close.map(() => Number.NaN));
    const partly = (grid: Grid, compute = definition.compute): Case => ({
      ...rest,
      grid,
      definition: { ...definition, compute, columns: () => [{ name: "never_known", unit: "price", flat: "price", partOfSession: true }] },
    });
    expect(warmupViolations(partly(HOURLY))).not.toEqual([]);
    expect(gapViolations(partly(HOURLY), 20, 2)).not.toEqual([]);
    const afternoons = ({ close }: IndicatorInputs) => [close.map((value, i) => (i % 7 > 3 ? value : Number.NaN))];
    expect(warmupViolations(partly(HOURLY, afternoons))).toEqual([]);
    expect(flatViolations(partly(HOURLY, afternoons), 100, 1)).toEqual([]);
  });

  it("reports a warm-up that is declared wrongly, a flat value that is not, and a memory that is longer", () => {
    const lagged = planted("lagged", (close) => close.map((_, i) => close[i - 3] ?? Number.NaN));
    expect(warmupViolations(lagged)).not.toEqual([]);
    expect(memoryViolations(lagged, randomWalk(50, "planted"))).not.toEqual([]);
    expect(
      scalingViolations(
        planted("squared", (close) => close.map((v) => v * v)),
        randomWalk(50, "planted"),
        4,
        1,
        0,
      ),
    ).not.toEqual([]);
    expect(
      flatViolations(
        planted("shifted", (close) => close.map((v) => v + 1)),
        100,
        1,
      ),
    ).not.toEqual([]);
    const poisoned = planted("poisoned", (close) => {
      let total = 0;
      return close.map((value) => {
        total += value;
        return total;
      });
    });
    expect(gapViolations(poisoned, 20, 2)).not.toEqual([]);
  });
});
