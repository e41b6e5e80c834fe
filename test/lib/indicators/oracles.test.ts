import { describe, expect, it } from "vitest";
import { INDICATORS } from "#lib/indicators/catalog.ts";
import type { IndicatorDefinition } from "#lib/indicators/define-indicator.ts";
import { close, paramSets } from "./laws.ts";
import { supplied } from "./market.ts";
import { ORACLES } from "./oracles/oracles.ts";
import { EVERY_DAY, type Grid, gridsOf, HOURLY, inputsOf, MINUTE, randomWalk, roughWalk } from "./series.ts";

it("has a formula written out for every indicator of the registry, and for no other", () => {
  expect(Object.keys(ORACLES).toSorted()).toEqual([...INDICATORS.keys()].toSorted());
});

/** Enough for what counts in sessions. */
const barsOf = ({ barsPerSession }: Grid): number => (barsPerSession > 7 ? 2_200 : 330);

describe.each([...INDICATORS.values()].map((definition) => [definition.name, definition] as const))("%s", (name, definition) => {
  const needy = definition.needs !== undefined;
  const seed = needy ? 1 : `oracle-${name}`;
  for (const grid of needy ? [EVERY_DAY, HOURLY] : gridsOf(definition))
    for (const params of paramSets(definition))
      for (const [kind, make] of [
        ["a walk", randomWalk],
        ["a walk with gaps", roughWalk],
      ] as const)
        it(`equals its formula on ${kind}, ${grid.name}, ${JSON.stringify(params)}`, () => {
          const length = Math.max(needy ? 220 : barsOf(grid), definition.warmupBars(params, grid.barsPerSession) + 120);
          const bars = supplied(definition, params, make(length, seed, grid));
          const computed = definition.compute(inputsOf(bars), params);
          const wrong: string[] = [];
          let known = 0;
          for (let t = 0; t < length; t++) {
            const expected = ORACLES[name]!(bars, params as Record<string, number>, t);
            expected.forEach((value, c) => {
              if (!Number.isNaN(value)) known += 1;
              if (!close(computed[c]![t]!, value, 1e-9)) wrong.push(`column ${c} at ${t}: ${computed[c]![t]}, by the formula ${value}`);
            });
          }
          expect(wrong).toEqual([]);
          if (kind === "a walk" || needy) expect(known).toBeGreaterThan(kind === "a walk" ? 100 : 8);
        });
});

/** Oracles that start from the first bar: at a million bars they are asked for few places. */
const RECURSIVE_SAMPLES = [999_999];
const FINITE_SAMPLES = [5_000, 123_456, 499_999, 500_000, 777_777, 999_998, 999_999];

/** The averages of a long series depend on its last few thousand bars only; sums, daily averages and windows of many sessions need more. */
const NEED_ALL_BARS: ReadonlySet<string> = new Set(["obv", "adl", "pvt", "nvi", "pvi", "momentum_score_total", "first15m_range_z"]);
const needsAllBars = ({ name, category }: IndicatorDefinition): boolean => NEED_ALL_BARS.has(name) || category === "daily";

describe("after a million bars nothing has drifted", () => {
  const bars = randomWalk(1_000_000, "million", MINUTE);
  // A volume spike that dwarfs everything after it: what a running sum would never forget.
  bars.volume[400_000] = 1e15;

  // What reads other data adds nothing up over bars but in kernels that the others prove.
  it.each([...INDICATORS.values()].filter(({ needs }) => needs === undefined).map(({ name }) => name))("%s", (name) => {
    const definition = INDICATORS.get(name)!;
    for (const params of paramSets(definition).slice(0, 2)) {
      const computed = definition.compute(inputsOf(bars), params);
      const recursive = definition.memory === "recursive";
      for (const t of recursive ? RECURSIVE_SAMPLES : FINITE_SAMPLES) {
        const start = recursive && !needsAllBars(definition) ? t - 6_999 : 0;
        const part = Object.fromEntries(
          Object.entries(bars).map(([key, value]) => [key, value instanceof Float64Array ? value.subarray(start, t + 1) : value]),
        ) as unknown as typeof bars;
        ORACLES[name]!(part, params as Record<string, number>, t - start).forEach((expected, c) => {
          const actual = computed[c]![t]!;
          expect(close(actual, expected, 1e-9), `column ${c} at ${t}: ${actual}, by the formula ${expected}`).toBe(true);
        });
      }
    }
  });
});
