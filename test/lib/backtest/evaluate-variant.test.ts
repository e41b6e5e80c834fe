import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateVariant, selectOrders } from "#lib/backtest/evaluate-variant.ts";
import { EXIT_KINDS } from "#lib/backtest/exit-kinds.ts";
import { tradableSides } from "#lib/backtest/selection.ts";
import { createRng } from "#lib/core/rng.ts";
import type { Strategy } from "#lib/packs/strategy.schema.ts";
import type { VariantParams } from "#lib/sweeps/variant.schema.ts";
import { type Bar, contextOf, matrixOf, policyOf, predictionsOf, randomBars, variantOf } from "./support.ts";

const ROWS = 400;
const BLOCKS = [
  [120, 260],
  [260, 400],
] as const;
const LABEL = { kind: "forward_return", unit: "bars", task: "classify", entry: "next_open", horizon: 3, band: { kind: "none" } } as const;
const noise = (seed: string, n = ROWS): number[] => {
  const rng = createRng(seed);
  return Array.from({ length: n }, () => 0.35 + 0.3 * rng.uniform());
};
const slice = noise("slice", 100);
const scores = noise("scores");
const bars = randomBars(ROWS, "bars");
const setUp = (input: Parameters<typeof contextOf>[2] = {}, up = scores, own: readonly Bar[] = bars) =>
  contextOf(matrixOf(own, { label: LABEL }), predictionsOf(up, BLOCKS, slice), { longestHoldBars: 6, ...input });

/** Rows that became orders, with their side. */
const chosen = (context: ReturnType<typeof setUp>, params: Parameters<typeof variantOf>[0]): [number, number][] => {
  const { side } = selectOrders(context, variantOf(params)).orders;
  return [...side.entries()].filter(([, value]) => value !== 0);
};

describe("evaluateVariant", () => {
  it("keeps the accounting identity: compounded daily returns equal the trades' P&L, whatever the terms", () => {
    const terms = fc.record({
      hold: fc.integer({ min: 1, max: 6 }),
      threshold: fc.double({ min: 0.5, max: 0.6, noNaN: true }),
      stop: fc.option(fc.double({ min: 0.002, max: 0.05, noNaN: true })),
      slippage: fc.integer({ min: 0, max: 50 }),
      positions: fc.integer({ min: 1, max: 5 }),
      close: fc.boolean(),
      byConfidence: fc.boolean(),
      seed: fc.nat(1000),
    });
    fc.assert(
      fc.property(terms, ({ hold, threshold, stop, slippage, positions, close, byConfidence, seed }) => {
        const entry = close ? "decision_close" : "next_open";
        const matrix = matrixOf(randomBars(ROWS, seed, 0, 0.02), { label: { ...LABEL, entry } });
        const policy = policyOf({
          slippage_bps: slippage,
          commission_bps: 2,
          borrow_bps_per_year: 300,
          max_positions: positions,
          size_by_conf: byConfidence,
          brackets: { entry_mode: close ? "decision_close" : "next_bar_open" },
        });
        const context = contextOf(matrix, predictionsOf(scores, BLOCKS, slice), { policy, longestHoldBars: 6 });
        const { trades, daily, metrics } = evaluateVariant(
          context,
          variantOf({ threshold, hold_bars: hold, stop_loss: stop, take_profit: stop === null ? null : 2 }),
        );
        const pnl = trades.pnl.slice(0, trades.count).reduce((sum, value) => sum + value, 0);
        const compounded = daily.reduce((equity, value) => equity * (1 + value), 1);
        expect(Math.abs(compounded - 1 - pnl)).toBeLessThan(1e-9);
        expect(metrics.total_return).toBeCloseTo(pnl, 9);
        for (let i = 0; i < trades.count; i++) {
          const { side, entryPrice, exitPrice, entryFill, notional } = trades;
          const gross = (side[i]! * (exitPrice[i]! - entryPrice[i]!) * notional[i]!) / entryFill[i]!;
          expect(trades.pnl[i]).toBeCloseTo(gross - trades.costs[i]!, 9);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("never raises equity when a fee is raised", () => {
    const fee = fc.record({
      slippage_bps: fc.nat(50),
      commission_bps: fc.nat(50),
      borrow_bps_per_year: fc.nat(1000),
    });
    fc.assert(
      fc.property(fee, fee, fc.nat(500), (base, extra, seed) => {
        const final = (execution: typeof base): number => {
          const context = setUp({ policy: policyOf(execution) }, scores, randomBars(ROWS, seed));
          return evaluateVariant(context, variantOf({ threshold: 0.52 })).metrics.total_return!;
        };
        const dearer = {
          slippage_bps: base.slippage_bps + extra.slippage_bps,
          commission_bps: base.commission_bps + extra.commission_bps,
          borrow_bps_per_year: base.borrow_bps_per_year + extra.borrow_bps_per_year,
        };
        expect(final(dearer)).toBeLessThanOrEqual(final(base) + 1e-12);
      }),
      { numRuns: 40 },
    );
  });

  it("never changes a cut, a trade or a size when later rows change or are appended", () => {
    const changes = fc.record({ at: fc.integer({ min: 150, max: 380 }), seed: fc.nat(1000) });
    const params = variantOf({ threshold: 0.5, top_pct: 0.3, hold_bars: 4, stop_loss: 0.02, take_profit: 2 });
    const policy = policyOf({ size_by_conf: true, max_positions: 2, slippage_bps: 3 });
    const whole = setUp({ policy, volatilityTarget: 0.1 });
    const before = evaluateVariant(whole, params);
    fc.assert(
      fc.property(changes, ({ at, seed }) => {
        const later = randomBars(ROWS, seed);
        const otherScores = noise(`other-${seed}`);
        const changed = setUp(
          { policy, volatilityTarget: 0.1 },
          scores.map((value, row) => (row > at ? otherScores[row]! : value)),
          bars.map((bar, row) => (row > at ? later[row]! : bar)),
        );
        const after = evaluateVariant(changed, params);
        expect(
          changed
            .sheet("probability")
            .cuts(0.3)
            .slice(0, at + 1),
        ).toEqual(
          whole
            .sheet("probability")
            .cuts(0.3)
            .slice(0, at + 1),
        );
        const known = (column: "decisionRow" | "exitRow"): number =>
          before.trades[column].slice(0, before.trades.count).filter((row) => row <= at).length;
        const decided = known("decisionRow");
        for (const name of ["decisionRow", "side", "size"] as const)
          expect(after.trades[name].slice(0, decided)).toEqual(before.trades[name].slice(0, decided));
        let closed = 0;
        for (let i = 0; i < before.trades.count; i++) {
          if (before.trades.exitRow[i]! > at) continue;
          closed++;
          for (const name of ["exitRow", "exitKind", "netReturn", "notional"] as const)
            expect(after.trades[name][i]).toBe(before.trades[name][i]);
        }
        expect(closed).toBe(known("exitRow"));
        const sessions = at - 120 + 1;
        expect(after.daily.slice(0, sessions)).toEqual(before.daily.slice(0, sessions));
      }),
      { numRuns: 40 },
    );
  });

  it("takes fewer decisions the higher the threshold: each level's rows are among the lower level's", () => {
    const context = setUp();
    for (const mode of ["probability", "edge"] as const) {
      const levels = mode === "edge" ? [0, 0.1, 0.25, 0.4] : [0.5, 0.55, 0.6, 0.64];
      let lower = new Set(chosen(context, { threshold_mode: mode, threshold: levels[0]! }).map(([row]) => row));
      for (const threshold of levels.slice(1)) {
        const rows = chosen(context, { threshold_mode: mode, threshold }).map(([row]) => row);
        expect(rows.every((row) => lower.has(row))).toBe(true);
        expect(rows.length).toBeLessThan(lower.size);
        lower = new Set(rows);
      }
    }
  });

  it("demands threshold and top % together", () => {
    const context = setUp();
    const rows = (params: Parameters<typeof variantOf>[0]) => new Set(chosen(context, params).map(([row]) => row));
    const [byThreshold, byTop] = [rows({ threshold: 0.6 }), rows({ top_pct: 0.5 })];
    expect(rows({ threshold: 0.6, top_pct: 0.5 })).toEqual(new Set([...byThreshold].filter((row) => byTop.has(row))));
  });

  it("reports the share that passed", () => {
    const { realisedShare } = evaluateVariant(setUp(), variantOf({ top_pct: 0.15 }));
    expect(realisedShare).toBeGreaterThan(0.1);
    expect(realisedShare).toBeLessThan(0.2);
    expect(evaluateVariant(setUp(), variantOf({})).realisedShare).toBe(1);
  });

  it("measures the edge against the training base rate, so that a rising market's model is not long-only", () => {
    // p_up 0.55 to 0.59 around a base rate of 0.57: probability says buy everywhere, the edge says sell below 0.57.
    const up = Array.from({ length: ROWS }, (_, row) => 0.55 + 0.01 * (row % 5));
    const context = contextOf(matrixOf(bars, { label: LABEL }), predictionsOf(up, BLOCKS, [], 0.57), { longestHoldBars: 6 });
    expect(chosen(context, { threshold_mode: "probability", threshold: 0.5 }).every(([, side]) => side === 1)).toBe(true);
    const edge = chosen(context, { threshold_mode: "edge", threshold: 0.001 });
    // logit(.57) is the base: .57 itself has no edge.
    expect(edge.slice(0, 4)).toEqual([
      [120, -1],
      [121, -1],
      [123, 1],
      [124, 1],
    ]);
  });

  it("never trades on predictions that equal the base rate in edge mode", () => {
    const context = contextOf(matrixOf(bars, { label: LABEL }), predictionsOf(new Array(ROWS).fill(0.57), BLOCKS, [], 0.57), {
      longestHoldBars: 6,
    });
    expect(chosen(context, { threshold_mode: "edge", threshold: 0 })).toEqual([]);
  });

  it("survives a fold that was trained on one class: certain forecasts carry no edge", () => {
    const context = contextOf(matrixOf(bars, { label: LABEL }), predictionsOf(new Array(ROWS).fill(1), BLOCKS, [], 1), {
      longestHoldBars: 6,
    });
    const { metrics } = evaluateVariant(context, variantOf({ threshold_mode: "edge", threshold: 0 }));
    expect([metrics.trades, metrics.total_return, metrics.sharpe]).toEqual([0, 0, null]);
  });

  it("removes sides: direction tags, option_type and the strategy's side", () => {
    expect(tradableSides("long_only")).toEqual({ long: true, short: false });
    expect(tradableSides("short_only")).toEqual({ long: false, short: true });
    expect(tradableSides("long_short", "put")).toEqual({ long: false, short: true });
    const context = setUp({ sides: tradableSides("long_only") });
    expect(chosen(context, { threshold: 0.5 }).every(([, side]) => side === 1)).toBe(true);
    const both = chosen(setUp(), { threshold: 0.5 });
    expect(both.filter(([, side]) => side === 1)).toEqual(chosen(context, { threshold: 0.5 }));
  });

  it("filters candidates by the strategy's rule; unknown values never pass", () => {
    const feature = Float64Array.from({ length: ROWS }, (_, row) => (row % 4 === 3 ? Number.NaN : row % 4));
    const matrix = matrixOf(bars, { label: LABEL, features: { adx: feature } });
    const strategy = {
      side: "both",
      exit: { kind: "label_end" },
      entry: { all: [{ column: "adx", op: ">=", value: 1 }] },
    } as unknown as Strategy;
    const context = contextOf(matrix, predictionsOf(scores, BLOCKS, slice), { strategy, longestHoldBars: 6 });
    const residues = new Set(chosen(context, { threshold: 0.5 }).map(([row]) => row % 4));
    expect(residues).toEqual(new Set([1, 2]));
    const missing = { ...strategy, entry: { any: [{ column: "rsi", op: "<", value: 1 }] } } as unknown as Strategy;
    expect(() => contextOf(matrix, predictionsOf(scores, BLOCKS, slice), { strategy: missing })).toThrowError(
      expect.objectContaining({ code: "UNPROCESSABLE", facts: { column: "rsi" } }),
    );
  });

  it("filters candidates by the variant's own conditions, beside the strategy's", () => {
    const feature = Float64Array.from({ length: ROWS }, (_, row) => row % 4);
    const matrix = matrixOf(bars, { label: LABEL, features: { vix_level: feature } });
    const predictions = predictionsOf(scores, BLOCKS, slice);
    const rule = { side: "both", exit: { kind: "label_end" }, entry: { all: [{ column: "vix_level", op: ">=", value: 1 }] } };
    const residues = (strategy: Strategy | null, filters: VariantParams["filters"]) =>
      new Set(
        chosen(contextOf(matrix, predictions, { strategy, longestHoldBars: 6 }), { threshold: 0.5, filters }).map(([row]) => row % 4),
      );
    expect(residues(null, [{ column: "vix_level", op: "<", value: 2 }])).toEqual(new Set([0, 1]));
    expect(residues(rule as unknown as Strategy, [{ column: "vix_level", op: "<", value: 2 }])).toEqual(new Set([1]));
    expect(residues(null, null)).toEqual(new Set([0, 1, 2, 3]));
    expect(() => residues(null, [{ column: "rsi", op: "<", value: 2 }])).toThrowError(
      expect.objectContaining({ code: "UNPROCESSABLE", facts: { column: "rsi" } }),
    );
  });

  it("gates buys at the momentum score and sells at its negative", () => {
    const momentum = Float64Array.from({ length: ROWS }, (_, row) => (row % 3) - 1);
    const matrix = matrixOf(bars, { label: LABEL, features: { momentum_score_total: momentum } });
    const context = contextOf(matrix, predictionsOf(scores, BLOCKS, slice), { longestHoldBars: 6 });
    const gated = chosen(context, { threshold: 0.5, momentum_min: 0.5 });
    expect(gated.length).toBeGreaterThan(50);
    expect(gated.every(([row, side]) => momentum[row] === side)).toBe(true);
  });

  it("sizes by confidence: min(2p - 1, cap)", () => {
    const up = new Array(ROWS).fill(0.5);
    up[120] = 0.6;
    up[125] = 0.3;
    up[130] = 0.9;
    const context = contextOf(matrixOf(bars, { label: LABEL }), predictionsOf(up, BLOCKS), {
      policy: policyOf({ size_by_conf: true, conf_cap: 0.5 }),
      longestHoldBars: 6,
    });
    const { trades } = evaluateVariant(context, variantOf({ threshold: 0.55 }));
    expect([...trades.size.slice(0, trades.count)].map((size) => Math.round(size * 1e9) / 1e9)).toEqual([0.2, 0.4, 0.5]);
  });

  it("refuses a policy that enters elsewhere than the label", () => {
    const context = setUp({ policy: policyOf({ brackets: { entry_mode: "decision_close" } }) });
    expect(() => evaluateVariant(context, variantOf())).toThrowError(
      expect.objectContaining({
        code: "LABEL_ENTRY_MISMATCH",
        facts: { labelEntry: "next_open", entryMode: "decision_close", expected: "next_bar_open" },
      }),
    );
  });

  it("notes a hold that differs from the label's", () => {
    expect(evaluateVariant(setUp(), variantOf({ hold_bars: 6 })).notes).toEqual(["hold_differs_from_label"]);
    expect(evaluateVariant(setUp(), variantOf({ hold_bars: 3 })).notes).toEqual([]);
  });

  it("closes every trade inside the view, whatever the hold", () => {
    for (const hold of [1, 3, 6]) {
      const { trades } = evaluateVariant(setUp(), variantOf({ threshold: 0.5, hold_bars: hold }));
      const last = trades.count - 1;
      expect(trades.decisionRow[last]!).toBeLessThan(ROWS - 6);
      expect(trades.exitRow[last]! - trades.decisionRow[last]!).toBe(hold);
      expect([...trades.exitKind.slice(0, trades.count)].every((kind) => kind === 0)).toBe(true);
    }
  });

  it("exits at the label's end time and earns the label's return", () => {
    const matrix = matrixOf(bars, { label: LABEL });
    const { trades } = evaluateVariant(setUp(), variantOf({ threshold: 0.5 }));
    for (let i = 0; i < trades.count; i++) {
      const row = trades.decisionRow[i]!;
      expect(trades.exitMs[i]).toBe(matrix.t1[row]);
      expect(trades.netReturn[i]).toBeCloseTo(trades.side[i]! * matrix.retFwd[row]!, 12);
    }
  });

  it("earns adjusted returns across a split", () => {
    // Raw prices halve at row 200 and the factor doubles.
    const split = bars.map((bar, row) => (row < 200 ? bar : (bar.map((price) => price / 2) as unknown as Bar)));
    const factor = Float64Array.from({ length: ROWS }, (_, row) => (row < 200 ? 1 : 2));
    const context = contextOf(matrixOf(split, { label: LABEL, factor }), predictionsOf(scores, BLOCKS, slice), { longestHoldBars: 6 });
    const plain = evaluateVariant(setUp(), variantOf({ threshold: 0.5 }));
    expect(evaluateVariant(context, variantOf({ threshold: 0.5 })).digest).toBe(plain.digest);
  });

  it("gives equal digests for equal daily returns only", () => {
    const context = setUp();
    const a = evaluateVariant(context, variantOf({ threshold: 0.5 }));
    // No probability lies between 0.35 - 0.65 and 0: both thresholds pass the same rows.
    const b = evaluateVariant(context, variantOf({ threshold: 0.1 }));
    const c = evaluateVariant(context, variantOf({ threshold: 0.6 }));
    expect([a.digest === b.digest, a.digest === c.digest]).toEqual([true, false]);
  });
});

describe("the opposite signal of a model that trades one side", () => {
  const longOnly = { sides: tradableSides("long_only") };
  const closes = (context: ReturnType<typeof setUp>, params: Parameters<typeof variantOf>[0]): number[] => {
    const { close } = selectOrders(context, variantOf(params)).orders;
    return close === undefined ? [] : [...close.entries()].filter(([, value]) => value === 1).map(([row]) => row);
  };

  it("closes where it passes what an entry of that side would have to pass", () => {
    const both = setUp();
    const short = { sides: tradableSides("short_only") };
    const strategy = { side: "long", exit: { kind: "label_end" }, entry: { all: [{ column: "close", op: ">", value: 0 }] } };
    for (const params of [
      { threshold: 0.55 },
      { top_pct: 0.3 },
      { threshold: 0.52, top_pct: 0.4 },
      { threshold_mode: "edge", threshold: 0.2 },
    ] as const) {
      // What a short-only model sells on, but for the last rows, in which no trade may begin any more.
      const sells = chosen(setUp(short), params).map(([row]) => row);
      const expected = closes(setUp(longOnly), params);
      expect(sells.length).toBeGreaterThan(10);
      expect(expected.filter((row) => row < both.decisionEnd)).toEqual(sells);
      expect(closes(setUp({ policy: policyOf({ option_type: "call" }), sides: tradableSides("long_short", "call") }), params)).toEqual(
        expected,
      );
      expect(closes(setUp({ strategy: strategy as unknown as Strategy }), params)).toEqual(expected);
    }
    const buys = chosen(setUp(longOnly), { threshold: 0.55 }).map(([row]) => row);
    expect(closes(setUp(short), { threshold: 0.55 }).filter((row) => row < both.decisionEnd)).toEqual(buys);
  });

  it("means nothing where both sides trade, or none", () => {
    expect(selectOrders(setUp(), variantOf({ threshold: 0.5 })).orders.close).toBeUndefined();
    expect(selectOrders(setUp({ sides: { long: false, short: false } }), variantOf({})).orders.close).toBeUndefined();
  });

  it("asks neither the strategy's entry rule nor the momentum gate", () => {
    const momentum = new Float64Array(ROWS).fill(1);
    const matrix = matrixOf(bars, { label: LABEL, features: { momentum_score_total: momentum } });
    const never = { side: "both", exit: { kind: "label_end" }, entry: { all: [{ column: "close", op: "<", value: 0 }] } };
    const predictions = predictionsOf(scores, BLOCKS, slice);
    const gated = contextOf(matrix, predictions, { ...longOnly, strategy: never as unknown as Strategy, longestHoldBars: 6 });
    expect(chosen(gated, { threshold: 0.5 })).toEqual([]);
    expect(closes(gated, { threshold: 0.5, momentum_min: 0.5 })).toEqual(closes(setUp(longOnly), { threshold: 0.5 }));
  });

  it("ends trades early, with the reason in the report's words, and never opens one", () => {
    const params = variantOf({ threshold: 0.5, hold_bars: 6 });
    const { trades } = evaluateVariant(setUp(longOnly), params);
    const kinds = [...trades.exitKind.slice(0, trades.count)].map((kind) => EXIT_KINDS[kind]);
    expect(kinds.filter((kind) => kind === "opposite_signal").length).toBeGreaterThan(20);
    expect(new Set(trades.side.slice(0, trades.count))).toEqual(new Set([1]));
    for (let i = 0; i < trades.count; i++) expect(trades.exitRow[i]! - trades.decisionRow[i]!).toBeLessThanOrEqual(6);
  });

  it("never changes an earlier trade when later rows change or are appended", () => {
    const policy = policyOf({ max_positions: 2, slippage_bps: 3 });
    const params = variantOf({ threshold: 0.5, top_pct: 0.5, hold_bars: 6 });
    const before = evaluateVariant(setUp({ ...longOnly, policy }), params).trades;
    fc.assert(
      fc.property(fc.integer({ min: 150, max: 380 }), fc.nat(1000), (at, seed) => {
        const [later, other] = [randomBars(ROWS, seed), noise(`other-${seed}`)];
        const changed = setUp(
          { ...longOnly, policy },
          scores.map((value, row) => (row > at ? other[row]! : value)),
          bars.map((bar, row) => (row > at ? later[row]! : bar)),
        );
        const after = evaluateVariant(changed, params).trades;
        const decided = before.decisionRow.slice(0, before.count).filter((row) => row <= at).length;
        expect(after.decisionRow.slice(0, decided)).toEqual(before.decisionRow.slice(0, decided));
        for (let i = 0; i < before.count; i++) {
          if (before.exitRow[i]! > at) continue;
          for (const name of ["exitRow", "exitKind", "netReturn"] as const) expect(after[name][i]).toBe(before[name][i]);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("intraday evaluation", () => {
  const rows = 280;
  const label = { kind: "next_bar_direction", entry: "next_open", band: { kind: "none" } } as const;
  const matrix = matrixOf(randomBars(rows, "hourly"), { label, barsPerSession: 7 });
  const context = contextOf(matrix, predictionsOf(noise("hourly", rows), [[70, rows]]), { sessionBound: true });

  it("reads hours of the entry bar", () => {
    const { trades, metrics } = evaluateVariant(context, variantOf({ threshold: 0.5, hours: [9, 10] }));
    // A decision at the close of the hour-9 bar enters at hour 10; hour 9 itself would need yesterday's last bar.
    expect(Object.keys(metrics.trades_by_hour)).toEqual(["10"]);
    for (let i = 0; i < trades.count; i++) expect(matrix.hourEt[trades.decisionRow[i]!]).toBe(9);
  });

  it("keeps trades within their session and marks the account once a session", () => {
    const { trades, daily, metrics } = evaluateVariant(context, variantOf({ threshold: 0.5, hold_bars: 3 }));
    expect(daily).toHaveLength(30);
    for (let i = 0; i < trades.count; i++) {
      expect(matrix.sessionDate[trades.exitRow[i]!]).toBe(matrix.sessionDate[trades.decisionRow[i]!]);
    }
    expect(metrics.best_sharpe_hourly).not.toBeNull();
  });

  it("counts a trade that ended before the session's last bar", () => {
    const { trades, daily } = evaluateVariant(context, variantOf({ threshold: 0.5, hours: [10, 11] }));
    const pnl = trades.pnl.slice(0, trades.count).reduce((sum, value) => sum + value, 0);
    expect(trades.count).toBeGreaterThan(20);
    expect(daily.reduce((equity, value) => equity * (1 + value), 1)).toBeCloseTo(1 + pnl, 9);
  });

  it("honours cooldown and trades per day", () => {
    const limited = (alerting: object) => {
      const policy = policyOf({}, { alerting: { cooldown_minutes: 0, max_trades_per_day: 100, ...alerting } });
      const own = contextOf(matrix, predictionsOf(noise("hourly", rows), [[70, rows]]), { sessionBound: true, policy });
      return evaluateVariant(own, variantOf({ threshold: 0.5 })).trades;
    };
    const few = limited({ max_trades_per_day: 2 });
    const bySession = Map.groupBy(few.entryRow.slice(0, few.count), (row) => matrix.sessionDate[row]!);
    expect(Math.max(...[...bySession.values()].map((list) => list.length))).toBe(2);
    const cooled = limited({ cooldown_minutes: 120 });
    for (let i = 1; i < cooled.count; i++) {
      expect(matrix.ts[cooled.decisionRow[i]!]! - matrix.ts[cooled.decisionRow[i - 1]!]!).toBeGreaterThanOrEqual(120 * 60_000);
    }
    expect(cooled.count).toBeLessThan(limited({}).count);
  });

  it("lets the hour of the entry bar choose the threshold; other hours take the global one", () => {
    const params = { threshold: 0.62, hour_thresholds: { "10": 0.5, "12": 0.58 } };
    const level = (row: number): number => ({ 10: 0.5, 12: 0.58 })[context.hourOfEntry[row]!] ?? 0.62;
    const sheet = context.sheet("probability");
    const expected = Array.from({ length: rows }, (_, row) => row).filter(
      (row) => row >= 70 && row < context.decisionEnd && sheet.confidence[row]! >= level(row),
    );
    const found = chosen(context, params).map(([row]) => row);
    expect(found).toEqual(expected);
    const byHour = Map.groupBy(found, (row) => context.hourOfEntry[row]!);
    expect(byHour.get(10)!.length).toBeGreaterThan(byHour.get(12)!.length);
    expect(byHour.get(12)!.length).toBeGreaterThan(byHour.get(13)?.length ?? 0);
    // Without a global threshold the other hours are open.
    const open = chosen(context, { threshold: null, hour_thresholds: { "10": 0.99 } });
    expect(new Set(open.map(([row]) => context.hourOfEntry[row]))).toEqual(new Set([9, 11, 12, 13, 14, 15]));
  });

  it("closes by the threshold of the hour too", () => {
    const longOnly = contextOf(matrix, predictionsOf(noise("hourly", rows), [[70, rows]]), { sides: tradableSides("long_only") });
    const { close } = selectOrders(longOnly, variantOf({ threshold: 0.99, hour_thresholds: { "11": 0.5 }, hours: [11, 12] })).orders;
    const hours = [...close!.entries()].filter(([, value]) => value === 1).map(([row]) => longOnly.hourOfEntry[row]);
    expect(hours.length).toBeGreaterThan(5);
    expect(new Set(hours)).toEqual(new Set([11]));
  });
});
