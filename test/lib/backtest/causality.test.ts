import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateVariant, type VariantEvaluation } from "#lib/backtest/evaluate-variant.ts";
import { createRng } from "#lib/core/rng.ts";
import { type Label, LabelSchema } from "#lib/matrix/label.schema.ts";
import { type Matrix, mapColumns, type UniverseStay } from "#lib/matrix/matrix.ts";
import type { VariantParams } from "#lib/sweeps/variant.schema.ts";
import { contextOf, policyOf, predictionsOf, variantOf } from "./support.ts";
import { randomUniverse } from "./universe-support.ts";

const TIMES = 150;
/** Decision time, by its index, at which tests begin. */
const FIRST = 70;

const scenario = fc.record({
  seed: fc.nat(10_000),
  symbols: fc.integer({ min: 1, max: 3 }),
  missing: fc.constantFrom(0, 0.1),
  /** The last time that stays as it is. */
  at: fc.integer({ min: 80, max: 140 }),
  label: fc.constantFrom<object>(
    { kind: "forward_return", horizon: 4 },
    { kind: "forward_return", horizon: 4, entry: "decision_close" },
    { kind: "triple_barrier", horizon: 6, up: 1, down: 1, touch: "high_low" },
    { kind: "triple_barrier", horizon: 6, up: 1, down: 1, touch: "close" },
    { kind: "close_to_open" },
  ),
  params: fc.record({
    threshold: fc.constantFrom(0.5, 0.55),
    top_pct: fc.constantFrom(null, 0.3, 0.6),
    stop_loss: fc.constantFrom(null, 0.02),
    take_profit: fc.constantFrom(null, 2),
  }),
  sides: fc.constantFrom({ long: true, short: true }, { long: true, short: false }),
  positions: fc.integer({ min: 1, max: 3 }),
  targeted: fc.boolean(),
});

interface World {
  readonly matrix: Matrix;
  readonly up: Float64Array;
}

/** A universe whose member 1 is delisted in the middle, with a model's word on each row. */
function worldOf(seed: number, symbols: number, missing: number, label: Label): World {
  const stay: UniverseStay = { from: null, to: null, delistingReturn: null };
  const stays = Array.from({ length: symbols }, (_, symbol) =>
    symbol === 1 ? [{ ...stay, to: 20240528, delistingReturn: -0.4 }] : [stay],
  );
  const whole = randomUniverse(symbols, TIMES, seed, { missing, stays });
  const rng = createRng(`scores:${seed}`);
  const labelUnit = whole.ts.map(() => (rng.uniform() < 0.1 ? Number.NaN : 0.01 + 0.02 * rng.uniform()));
  const matrix = { ...whole, info: { ...whole.info, label }, labelUnit };
  return { matrix, up: Float64Array.from(whole.ts, () => 0.3 + 0.4 * rng.uniform()) };
}

/** Rows that are decided by a time. */
function rowsUntil({ ts }: Matrix, lastTs: number): number {
  let rows = 0;
  while (rows < ts.length && ts[rows]! <= lastTs) rows++;
  return rows;
}

/** The same past with another future: prices, scores, units and labels after a row are those of another world. */
function otherFuture(past: World, future: World, rows: number): World {
  const columns: Float64Array[] = [];
  mapColumns(future.matrix, 0, (column) => {
    columns.push(column);
    return column;
  });
  let next = 0;
  const mixed = mapColumns(past.matrix, past.matrix.rows, (column) => {
    const other = columns[next++]!;
    return column.map((value, row) => (row < rows ? value : (other[row] ?? value)));
  });
  const keys = ["ts", "symbolIndex", "barStart", "sessionDate", "hourEt", "dayOfWeek"] as const;
  const kept = Object.fromEntries(keys.map((key) => [key, past.matrix[key]]));
  return { matrix: { ...mixed, ...kept }, up: past.up.map((value, row) => (row < rows ? value : (future.up[row] ?? value))) };
}

/** The same past without any future. */
const cutOff = ({ matrix, up }: World, rows: number): World => ({
  matrix: mapColumns(matrix, rows, (column) => column.slice(0, rows)),
  up: up.slice(0, rows),
});

type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

function evaluate({ matrix, up }: World, { sides, positions, targeted, params }: Scenario, first: number) {
  const { label } = matrix.info;
  const slice = Array.from({ length: 80 }, (_, i) => 0.3 + 0.005 * i);
  // One fold: a fold's end is no part of what a decision knows.
  const context = contextOf(matrix, predictionsOf(up, [[first, matrix.rows]], slice), {
    policy: policyOf({
      size_by_conf: true,
      max_positions: positions,
      slippage_bps: 3,
      borrow_bps_per_year: 100,
      brackets: { entry_mode: label.entry === "next_open" ? "next_bar_open" : "decision_close" },
    }),
    sides,
    volatilityTarget: targeted ? 0.1 : null,
    longestHoldBars: 0,
  });
  const variant: VariantParams = variantOf(params);
  return { context, evaluation: evaluateVariant(context, variant) };
}

const AT_DECISION = ["decisionRow", "side", "size", "notional", "equity"] as const;
const AT_ENTRY = ["entryRow", "entryFill", "stop", "target", "risk"] as const;
const AT_EXIT = ["exitRow", "exitKind", "exitFill", "netReturn"] as const;

/** What was decided, entered and ended by a time is the same in both; @returns how many decisions were compared */
function expectSamePast(one: VariantEvaluation, other: VariantEvaluation, { ts }: Matrix, lastTs: number, goesOn: boolean): number {
  const { trades } = one;
  let compared = 0;
  for (let i = 0; i < trades.count; i++) {
    if (ts[trades.decisionRow[i]!]! > lastTs) break;
    const entered = ts[trades.entryRow[i]!]! <= lastTs;
    // An order that waits for the next bar is not in the log where there is none.
    if (!entered && !goesOn) break;
    for (const name of AT_DECISION) expect(other.trades[name][i]).toBe(trades[name][i]);
    compared++;
    if (!entered) continue;
    for (const name of AT_ENTRY) expect(other.trades[name][i]).toBe(trades[name][i]);
    // What the end of the data closed would have gone on.
    if (ts[trades.exitRow[i]!]! >= lastTs) continue;
    for (const name of AT_EXIT) expect(other.trades[name][i]).toBe(trades[name][i]);
  }
  return compared;
}

describe("an evaluation of one symbol or of a universe", () => {
  it("never changes an earlier cut, trade or size when later rows change, are appended or cut off", () => {
    let compared = 0;
    fc.assert(
      fc.property(scenario, (spec) => {
        const label = LabelSchema.parse(spec.label);
        const world = worldOf(spec.seed, spec.symbols, spec.missing, label);
        const times = [...new Set(world.matrix.ts)];
        const [firstTs, lastTs] = [times[FIRST]!, times[Math.min(spec.at, times.length - 2)]!];
        const first = rowsUntil(world.matrix, firstTs);
        const rows = rowsUntil(world.matrix, lastTs);
        const whole = evaluate(world, spec, first);
        const changed = evaluate(otherFuture(world, worldOf(spec.seed + 1, spec.symbols, 0, label), rows), spec, first);
        const cut = evaluate(cutOff(world, rows), spec, first);
        for (const [other, goesOn] of [
          [changed, true],
          [cut, false],
        ] as const) {
          const sheets = [whole, other].map(({ context }) => context.sheet("probability"));
          for (const share of [0.3, 0.6]) expect(sheets[1]!.cuts(share).slice(0, rows)).toEqual(sheets[0]!.cuts(share).slice(0, rows));
          compared += expectSamePast(whole.evaluation, other.evaluation, world.matrix, lastTs, goesOn);
          const sessions = new Set(world.matrix.sessionDate.slice(first, rows)).size - 1;
          expect(other.evaluation.daily.slice(0, sessions)).toEqual(whole.evaluation.daily.slice(0, sessions));
        }
      }),
      { numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(1000);
  });
});
