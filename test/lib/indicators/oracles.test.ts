import { describe, expect, it } from "vitest";
import { INDICATORS } from "#lib/indicators/catalog.ts";
import type { DataNeeds, IndicatorDefinition } from "#lib/indicators/define-indicator.ts";
import { close, paramSets } from "./laws.ts";
import { supplied } from "./market.ts";
import { ORACLES } from "./oracles/oracles.ts";
import { type Columns, EVERY_DAY, type Grid, gridsOf, HOURLY, inputsOf, keeping, MINUTE, randomWalk, roughWalk } from "./series.ts";

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

/** The rows [start, end) as views, with all other data. */
const rowsBetween = (bars: Columns, start: number, end: number): Columns =>
  Object.fromEntries(
    Object.entries(bars).map(([key, value]) => [key, value instanceof Float64Array ? value.subarray(start, end) : value]),
  ) as unknown as Columns;

describe("after a million bars nothing has drifted", () => {
  const bars = randomWalk(1_000_000, "million", MINUTE);
  // A volume spike that dwarfs everything after it: what a running sum would never forget.
  bars.volume[400_000] = 1e15;

  it.each([...INDICATORS.values()].filter(({ needs }) => needs === undefined).map(({ name }) => name))("%s", (name) => {
    const definition = INDICATORS.get(name)!;
    for (const params of paramSets(definition).slice(0, 2)) {
      const computed = definition.compute(inputsOf(bars), params);
      const recursive = definition.memory === "recursive";
      for (const t of recursive ? RECURSIVE_SAMPLES : FINITE_SAMPLES) {
        const start = recursive && !needsAllBars(definition) ? t - 6_999 : 0;
        const part = rowsBetween(bars, start, t + 1);
        ORACLES[name]!(part, params as Record<string, number>, t - start).forEach((expected, c) => {
          const actual = computed[c]![t]!;
          expect(close(actual, expected, 1e-9), `column ${c} at ${t}: ${actual}, by the formula ${expected}`).toBe(true);
        });
      }
    }
  });
});

/** As much of each kind of data as a test's time allows. */
const LONGEST = {
  /** A million minutes: one chain a session, other symbols' bars, flow by bar, closes of a universe. */
  bars: { grid: MINUTE, length: 1_000_000 },
  /** A chain at each bar, and what traded at each strike: half a million listed contracts. A million bars would be 170 million. */
  snapshots: { grid: HOURLY, length: 2_800 },
  /** Thirty quotes and thirty trades a bar: a million of each. */
  tape: { grid: MINUTE, length: 33_540 },
} as const;

function longestFor(needs: DataNeeds): (typeof LONGEST)[keyof typeof LONGEST] {
  if (needs.tape) return LONGEST.tape;
  return needs.chains === "intraday" ? LONGEST.snapshots : LONGEST.bars;
}

/** At a third, around a session's end in the middle, and at the end of a series. */
const placesIn = (length: number, barsPerSession: number): number[] => {
  const middle = Math.floor(length / 2 / barsPerSession) * barsPerSession - 1;
  return [Math.floor(length / 3), middle, middle + 1, length - 1];
};

/** Row t's session alone, with its trades and quotes: what a trade's side, a quote and a full bucket are made of. */
function sessionOf(bars: Columns, t: number): { readonly part: Columns; readonly start: number } {
  let start = t;
  while (start > 0 && bars.sessionDate[start - 1] === bars.sessionDate[t]) start -= 1;
  const part = rowsBetween(bars, start, t + 1);
  const { trades, quotes, symbol } = bars.extras!.tape!;
  const within = <T extends { readonly length: number; readonly ts: Float64Array }>(list: T): T =>
    keeping(list, (i) => list.ts[i]! >= bars.barStart[start]! && list.ts[i]! < bars.barEnd[t]!);
  part.extras = { ...bars.extras!, tape: { symbol, trades: within(trades), quotes: within(quotes) } };
  return { part, start };
}

describe("after the longest series of other data nothing has drifted", () => {
  it.each([...INDICATORS.values()].filter(({ needs }) => needs !== undefined).map(({ name }) => name))("%s", (name) => {
    const definition = INDICATORS.get(name)!;
    for (const params of paramSets(definition).slice(0, 2)) {
      const { grid, length } = longestFor(definition.needs!(params));
      const bars = supplied(definition, params, longWalk(grid, length));
      const computed = definition.compute(inputsOf(bars), params);
      let known = 0;
      for (const t of placesIn(length, grid.barsPerSession)) {
        const { part, start } = bars.extras!.tape ? sessionOf(bars, t) : { part: bars, start: 0 };
        ORACLES[name]!(part, params as Record<string, number>, t - start).forEach((expected, c) => {
          if (!Number.isNaN(expected)) known += 1;
          const actual = computed[c]![t]!;
          expect(close(actual, expected, 1e-9), `column ${c} at ${t}: ${actual}, by the formula ${expected}`).toBe(true);
        });
      }
      expect(known).toBeGreaterThan(2);
    }
  });
});

const WALKS = new Map<string, Columns>();
function longWalk(grid: Grid, length: number): Columns {
  const key = `${grid.name}/${length}`;
  const bars = WALKS.get(key) ?? randomWalk(length, "longest", grid);
  WALKS.set(key, bars);
  return bars;
}
