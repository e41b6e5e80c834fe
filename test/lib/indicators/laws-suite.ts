import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { IndicatorDefinition } from "#lib/indicators/define-indicator.ts";
import {
  boundViolations,
  type Case,
  flatViolations,
  gapViolations,
  memoryViolations,
  missingDataViolations,
  paramSets,
  perturbationViolations,
  scalingViolations,
  truncationViolations,
  warmupViolations,
} from "./laws.ts";
import { supplied } from "./market.ts";
import { EVERY_DAY, gridsOf, HOURLY, inputsOf, randomWalk, roughWalk } from "./series.ts";

/** Registers every law for one definition. */
export function describeLaws(definition: IndicatorDefinition): void {
  // Other data take long to make: definitions that need them share a few shorter series.
  const needy = definition.needs !== undefined;
  const length = needy ? 260 : 400;
  const grids = needy ? [EVERY_DAY, HOURLY] : gridsOf(definition);
  const cases: Case[] = grids.flatMap((grid) => paramSets(definition).map((params) => ({ definition, params, grid })));

  describe(`the laws hold for ${definition.name}`, () => {
    it("gives at every bar of a live series what the whole series gives, to the bit", () => {
      for (const one of cases)
        expect(truncationViolations(one, needy ? roughWalk(length, 1, one.grid) : roughWalk(420, definition.name, one.grid))).toEqual([]);
    });

    it("never changes a value when the future changes", () => {
      fc.assert(
        fc.property(
          fc.constantFrom(...cases),
          fc.nat(1_000_000),
          fc.integer({ min: 0, max: length - 2 }),
          fc.constantFrom(0.01, 0.5, 3, Number.NaN, 1e6),
          (one, seed, t, factor) => {
            expect(perturbationViolations(one, roughWalk(length, needy ? 1 + (seed % 2) : seed, one.grid), t, factor)).toEqual([]);
          },
        ),
        { numRuns: needy ? 12 : 40, seed: 1 },
      );
    });

    it("is NaN for exactly its declared warm-up on a series without gaps", () => {
      for (const one of cases) expect(warmupViolations(one)).toEqual([]);
    });

    it("remembers no more than its warm-up when its memory is finite", () => {
      for (const one of cases) expect(memoryViolations(one, randomWalk(length, needy ? 1 : "memory", one.grid))).toEqual([]);
    });

    it("scales with prices and volumes where its unit says so, and only there", () => {
      for (const one of cases) {
        const seed = needy ? 1 : "scale";
        const columns = roughWalk(length, seed, one.grid);
        expect(scalingViolations(one, columns, 4, 1, 0)).toEqual([]);
        expect(scalingViolations(one, columns, 0.125, 8, 0)).toEqual([]);
        expect(scalingViolations(one, randomWalk(length, seed, one.grid), 0.37, 1.9, 1e-9)).toEqual([]);
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
      for (const one of cases) for (const session of [5, 30]) expect(missingDataViolations(one, session, 4)).toEqual([]);
    });

    it("stays finite and inside its bounds", () => {
      for (const one of cases)
        for (const seed of [1, 2, 3])
          expect(
            boundViolations(one, needy ? roughWalk(340, 1 + (seed % 2), one.grid) : roughWalk(1500, `bounds-${seed}`, one.grid)),
          ).toEqual([]);
    });

    it("gives one value for one bar and none for none", () => {
      for (const one of cases)
        for (const bars of [0, 1, 2]) {
          const few = supplied(definition, one.params, randomWalk(bars, needy ? 1 : "short", one.grid));
          const columns = definition.compute(inputsOf(few), one.params);
          expect(columns.map((series) => series.length)).toEqual(columns.map(() => bars));
        }
    });

    it("is unknown at every bar when the data that it needs are not there", () => {
      for (const one of needy ? cases : []) {
        const columns = definition.compute(inputsOf(randomWalk(60, 1, one.grid)), one.params);
        for (const series of columns) expect(series.every(Number.isNaN)).toBe(true);
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
