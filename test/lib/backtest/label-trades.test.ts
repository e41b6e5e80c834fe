import { describe, expect, it } from "vitest";
import { selectOrders } from "#lib/backtest/evaluate-variant.ts";
import { type ExecutionTerms, executionTerms } from "#lib/backtest/execution.ts";
import { EXIT_KINDS } from "#lib/backtest/exit-kinds.ts";
import { simulate } from "#lib/backtest/simulate.ts";
import { buildTape } from "#lib/backtest/tape.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { buildMatrix } from "#lib/matrix/build-matrix.ts";
import { type Label, LabelSchema } from "#lib/matrix/label.schema.ts";
import { pinDriftLabel } from "#lib/matrix/labels/pin-drift.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import { barsOnly } from "#lib/matrix/matrix-data.ts";
import { randomSeries, specOf } from "../matrix/fixtures.ts";
import { type Bar, contextOf, FREE_TERMS, matrixOf, policyOf, predictionsOf, variantOf } from "./support.ts";

/** 140 sessions from 2018-01-02, the half day before Independence Day among them, with two splits and a dividend. */
function built(label: Label, cadence: "daily" | "hourly" | "15m", horizon: "swing" | "intraday" | "overnight"): Matrix {
  const bars = { daily: 300, hourly: 980, "15m": 3640 }[cadence];
  const series = randomSeries({ bars, seed: 7, cadence, actions: true });
  return buildMatrix(specOf({ cadence, horizon, label }), barsOnly(series));
}

/** A matrix of the same bars whose label asks for the drift to a strike two dollars above or below. */
function pinned(): Matrix {
  const label = LabelSchema.parse({ kind: "pin_drift", drift_start: "14:00", drift_atr: 0.1 }) as Extract<Label, { kind: "pin_drift" }>;
  const matrix = built(LabelSchema.parse({ kind: "next_bar_direction" }), "15m", "intraday");
  const { open, high, low, close } = buildTape(matrix);
  const series = { length: matrix.rows, start: matrix.barStart, end: matrix.ts, open, high, low, close, sessionDate: matrix.sessionDate };
  const peak = close.map((price, row) => price + (row % 2 === 0 ? 2 : -2));
  const { y, retFwd, t1, unit } = pinDriftLabel(
    series,
    label,
    peak,
    close.map(() => 1),
  );
  return { ...matrix, info: { ...matrix.info, label, classes: [-1, 0, 1] }, y, retFwd, t1, labelUnit: unit };
}

const label = (of: object): Label => LabelSchema.parse(of);
const MATRICES: readonly (readonly [string, () => Matrix, boolean])[] = [
  ["next_bar_direction, hourly", () => built(label({ kind: "next_bar_direction" }), "hourly", "intraday"), true],
  ["forward_return of 5 bars, daily", () => built(label({ kind: "forward_return", horizon: 5 }), "daily", "swing"), false],
  [
    "forward_return of 3 bars from the close, daily",
    () => built(label({ kind: "forward_return", horizon: 3, entry: "decision_close" }), "daily", "swing"),
    false,
  ],
  [
    "forward_return of 2 sessions, hourly",
    () => built(label({ kind: "forward_return", horizon: 2, unit: "sessions" }), "hourly", "swing"),
    false,
  ],
  [
    "forward_return of 1 session from the close, 15m",
    () => built(label({ kind: "forward_return", horizon: 1, unit: "sessions", entry: "decision_close" }), "15m", "swing"),
    false,
  ],
  ["close_to_open, 15m", () => built(label({ kind: "close_to_open" }), "15m", "overnight"), false],
  ["close_to_open, hourly", () => built(label({ kind: "close_to_open" }), "hourly", "overnight"), false],
  ["close_to_open, daily", () => built(label({ kind: "close_to_open" }), "daily", "overnight"), false],
  [
    "headfake_reversal, hourly",
    () => built(label({ kind: "headfake_reversal", window_end: "11:00", move_atr: 0.05, atr_window: 5 }), "hourly", "intraday"),
    true,
  ],
  [
    "headfake_reversal from the close, 15m",
    () => built(label({ kind: "headfake_reversal", entry: "decision_close", move_atr: 0.05, atr_window: 5 }), "15m", "intraday"),
    true,
  ],
  ["pin_drift, 15m", pinned, true],
  [
    "triple_barrier by close, daily",
    () =>
      built(label({ kind: "triple_barrier", horizon: 10, up: 1, down: 0.7, sigma: { kind: "trailing", window: 20 } }), "daily", "swing"),
    false,
  ],
  [
    "triple_barrier within the bar, daily",
    () =>
      built(
        label({ kind: "triple_barrier", horizon: 10, up: 0.6, down: 1, sigma: { kind: "trailing", window: 20 }, touch: "high_low" }),
        "daily",
        "swing",
      ),
    false,
  ],
  [
    "triple_barrier within the bar from the close, hourly",
    () =>
      built(
        label({
          kind: "triple_barrier",
          horizon: 12,
          up: 1,
          down: 1,
          sigma: { kind: "fixed", fraction: 0.02 },
          touch: "high_low",
          entry: "decision_close",
        }),
        "hourly",
        "swing",
      ),
    false,
  ],
  [
    "triple_barrier in the session, 15m",
    () => built(label({ kind: "triple_barrier", horizon: 8, up: 1, down: 1, sigma: { kind: "fixed", fraction: 0.01 } }), "15m", "intraday"),
    true,
  ],
];

/** Trades of one side at every row where the label puts its question, each with a thousandth of the equity and without costs. */
function tradesOf(matrix: Matrix, side: 1 | -1, sessionBound: boolean, change: Partial<ExecutionTerms> = {}) {
  const tape = buildTape(matrix);
  const { label: own, cadence } = matrix.info;
  const policy = policyOf({ brackets: { entry_mode: own.entry === "next_open" ? "next_bar_open" : "decision_close" } });
  const { terms } = executionTerms(
    { policy, label: own, cadence, sessionBound, volatilityTarget: null, exitKind: "brackets" },
    variantOf(),
  );
  const free: ExecutionTerms = { ...terms, brackets: null, maxPositions: 1000, capitalShare: 0.001, maxTradesPerDay: 1e9, ...change };
  const sides = Int8Array.from(matrix.labelUnit, (unit) => (Number.isNaN(unit) ? 0 : side));
  const { trades } = simulate(tape, free, { side: sides, size: null, fold: new Int8Array(tape.rows) }, { start: 0, end: tape.rows });
  return { trades, tape };
}

describe("a trade that nothing shortens", () => {
  it.each(MATRICES)("ends where its label does and earns the label's return: %s", (_, make, sessionBound) => {
    const matrix = make();
    for (const side of [1, -1] as const) {
      const { trades, tape } = tradesOf(matrix, side, sessionBound);
      let checked = 0;
      let ambiguous = 0;
      for (let i = 0; i < trades.count; i++) {
        const row = trades.decisionRow[i]!;
        // The data end before the label does, or a short meets both barriers in one bar: it takes the one against it.
        if (Number.isNaN(matrix.retFwd[row]!)) continue;
        if (side < 0 && trades.ambiguous[i] === 1) {
          ambiguous++;
          continue;
        }
        checked++;
        const touched = ["stop", "target"].includes(EXIT_KINDS[trades.exitKind[i]!]!);
        expect(trades.netReturn[i]).toBeCloseTo(side * matrix.retFwd[row]!, 9);
        if (touched) expect(matrix.ts[trades.exitRow[i]!]).toBe(matrix.t1[row]);
        else expect(trades.exitMs[i]).toBe(matrix.t1[row]);
      }
      // A barrier may be met in time where the time limit would lie behind the close: nobody knows that beforehand.
      const { label: own } = matrix.info;
      const fits = (row: number): boolean =>
        own.kind !== "triple_barrier" ||
        !sessionBound ||
        row + own.horizon >= matrix.rows ||
        tape.session[row + own.horizon] === tape.session[row];
      const labelled = [...matrix.retFwd.keys()].filter((row) => !Number.isNaN(matrix.retFwd[row]!) && fits(row)).length;
      expect(labelled).toBeGreaterThan(60);
      expect(checked + ambiguous).toBe(labelled);
    }
  });

  it("decides by what is known: the unit needs no later bar", () => {
    for (const [, make] of MATRICES) {
      const matrix = make();
      const asked = matrix.labelUnit.filter((unit) => !Number.isNaN(unit)).length;
      const labelled = matrix.retFwd.filter((value) => !Number.isNaN(value)).length;
      // What asks and has no answer lies at the end of the data, in a hole, or before a close that the label may not cross.
      expect(asked).toBeGreaterThanOrEqual(labelled);
      for (let row = 0; row < matrix.rows; row++) if (!Number.isNaN(matrix.retFwd[row]!)) expect(matrix.labelUnit[row]).not.toBeNaN();
    }
  });
});

describe("a trade over the night", () => {
  const matrix = MATRICES[5]![1]();

  it("is decided at 15:45, begins at the close, a quarter of an hour before an early one too, and ends at the open", () => {
    const { trades, tape } = tradesOf(matrix, 1, false);
    for (let i = 0; i < trades.count - 1; i++) {
      const [decision, entry, exit] = [trades.decisionRow[i]!, trades.entryRow[i]!, trades.exitRow[i]!];
      const close = NYSE.closeOf(tape.sessionDate[tape.session[decision]!]!);
      expect(close - tape.ts[decision]!).toBe(15 * 60_000);
      expect([tape.ts[entry], trades.entryMs[i], trades.entryPrice[i]]).toEqual([close, close, tape.close[entry]]);
      expect([tape.session[exit], trades.exitMs[i], trades.exitPrice[i]]).toEqual([
        tape.session[entry]! + 1,
        tape.barStart[exit],
        tape.open[exit],
      ]);
    }
    expect(trades.count).toBeGreaterThan(130);
  });

  it("has the close's hour as the hour of its entry", () => {
    const context = contextOf(matrix, predictionsOf(new Array(matrix.rows).fill(0.7), [[0, matrix.rows]]), {
      policy: policyOf({ brackets: { entry_mode: "decision_close" } }),
      allowedHours: [15],
      longestHoldBars: 2,
    });
    const { side } = selectOrders(context, variantOf({ threshold: 0.5 })).orders;
    const chosen = [...side.keys()].filter((row) => side[row] !== 0);
    // 12:45 of the half day enters at 13:00, in the bar of 12 o'clock.
    const hours = new Set(chosen.map((row) => matrix.hourEt[row]));
    expect(hours).toEqual(new Set([15]));
    const asked = [...side.keys()].filter((row) => !Number.isNaN(matrix.labelUnit[row]!));
    expect(asked.filter((row) => matrix.hourEt[row] === 12)).toHaveLength(1);
    expect(chosen).toEqual(asked.filter((row) => matrix.hourEt[row] === 15 && row < matrix.rows - 2));
  });

  it("is not filled where the session's last bar is missing, and leaves at the first open that is known", () => {
    const flat: Bar = [10, 10, 10, 10];
    const hours = (...bars: readonly Bar[]): Bar[] => [...bars];
    // Two sessions of seven bars; the label decides with the sixth.
    const own = matrixOf(
      [...hours(flat, flat, flat, flat, flat, flat, flat), ...hours([12, 12, 12, 12], flat, flat, flat, flat, flat, flat)],
      { barsPerSession: 7 },
    );
    const overnight: ExecutionTerms = { ...FREE_TERMS, entry: "decision_close", trade: { kind: "overnight" }, fillsAtSessionClose: true };
    const sides = Int8Array.from({ length: 14 }, (_, row) => (row === 5 ? 1 : 0));
    const go = (matrix: Matrix) =>
      simulate(buildTape(matrix), overnight, { side: sides, size: null, fold: new Int8Array(14) }, { start: 0, end: 14 });
    const whole = go(own);
    expect([whole.trades.entryRow[0], whole.trades.exitRow[0], whole.trades.netReturn[0]]).toEqual([6, 7, expect.closeTo(0.2, 12)]);
    const noClose = go({ ...own, close: own.close.map((price, row) => (row === 6 ? Number.NaN : price)) });
    expect([noClose.trades.count, noClose.counts.unfilled]).toEqual([0, 1]);
    const noOpen = go({ ...own, open: own.open.map((price, row) => (row === 7 ? Number.NaN : price)) });
    expect([noOpen.trades.exitRow[0], noOpen.trades.exitPrice[0]]).toEqual([8, 10]);
  });
});

describe("the label's barriers", () => {
  const flat: Bar = [100, 100, 100, 100];
  const terms = (touch: "close" | "high_low", brackets: ExecutionTerms["brackets"] = null): ExecutionTerms => ({
    ...FREE_TERMS,
    holdBars: 3,
    barriers: { up: 2, down: 1, touch },
    brackets,
  });
  const policy = (stop: number, target: number): ExecutionTerms["brackets"] => ({
    mode: "percent",
    atrPeriod: 14,
    stop,
    target,
    timeStopMinutes: null,
    timeStopBars: null,
    minRr: 0,
    regimeAdjust: false,
  });
  /** One trade decided at row 0 with a sigma of 5 %: barriers at 110 and 95 around an entry at 100. */
  const go = (bars: readonly Bar[], own: ExecutionTerms, side: 1 | -1 = 1) => {
    const matrix = { ...matrixOf([flat, ...bars, flat, flat]), labelUnit: new Float64Array(bars.length + 3).fill(0.05) };
    const { trades } = simulate(
      buildTape(matrix),
      own,
      { side: Int8Array.from(matrix.ts, (_, row) => (row === 0 ? side : 0)), size: null, fold: new Int8Array(matrix.rows) },
      { start: 0, end: matrix.rows },
    );
    return [Math.round(1e9 * trades.exitPrice[0]!) / 1e9, trades.exitRow[0], EXIT_KINDS[trades.exitKind[0]!]];
  };

  it("end the trade where they are touched: by a close, or within the bar with the one against it first", () => {
    const dips: Bar[] = [[100, 101, 94, 99], [99, 112, 98, 100], flat];
    expect(go(dips, terms("close"))).toEqual([100, 3, "label_end"]);
    expect(go(dips, terms("high_low"))).toEqual([95, 1, "stop"]);
    expect(go([[100, 101, 99, 100], [100, 111, 94, 100], flat], terms("high_low"))).toEqual([95, 2, "stop"]);
    expect(go([[100, 101, 99, 94], flat, flat], terms("close"))).toEqual([94, 1, "stop"]);
    expect(go([[100, 111, 99, 110.5], flat, flat], terms("close"))).toEqual([110.5, 1, "target"]);
    expect(go([[100, 101, 99, 100], [113, 113, 111, 112], flat], terms("high_low"))).toEqual([113, 2, "target"]);
  });

  it("stand the other way round for a short", () => {
    expect(go([[100, 111, 99, 100], flat, flat], terms("high_low"), -1)).toEqual([110, 1, "stop"]);
    expect(go([[100, 101, 94, 99], flat, flat], terms("high_low"), -1)).toEqual([95, 1, "target"]);
    expect(go([[100, 101, 94, 95], flat, flat], terms("close"), -1)).toEqual([95, 1, "target"]);
  });

  it("give way to the policy's where those are nearer, and only there", () => {
    const dips: Bar[] = [[100, 101, 96, 99], [99, 107, 98, 100], flat];
    // The policy's stop at 97 is nearer than 95; its target at 106 nearer than 110.
    expect(go(dips, terms("high_low", policy(0.03, 2)))).toEqual([97, 1, "stop"]);
    expect(go([[100, 107, 99, 100], flat, flat], terms("high_low", policy(0.03, 2)))).toEqual([106, 1, "target"]);
    // A stop at 90 and a target at 120 lie behind the barriers.
    expect(go([[100, 101, 94, 99], flat, flat], terms("high_low", policy(0.1, 2)))).toEqual([95, 1, "stop"]);
    expect(go([[100, 111, 99, 100], flat, flat], terms("high_low", policy(0.1, 2)))).toEqual([110, 1, "target"]);
    // Barriers that only a close touches stand beside the policy's levels.
    expect(go(dips, terms("close", policy(0.03, 2)))).toEqual([97, 1, "stop"]);
    expect(go([[100, 101, 97.5, 94.5], flat, flat], terms("close", policy(0.06, 2)))).toEqual([94.5, 1, "stop"]);
  });

  it("let nothing be decided where their sigma is unknown", () => {
    const matrix = { ...matrixOf([flat, flat, flat, flat, flat]), labelUnit: new Float64Array(5).fill(Number.NaN) };
    const side = Int8Array.of(1, 1, 0, 0, 0);
    const { counts } = simulate(buildTape(matrix), terms("close"), { side, size: null, fold: new Int8Array(5) }, { start: 0, end: 5 });
    expect(counts).toMatchObject({ candidates: 2, filled: 0, refusedUnknown: 2 });
    const context = contextOf(matrix, predictionsOf([0.9, 0.9, 0.9, 0.9, 0.9], [[0, 5]]));
    const { orders, selected } = selectOrders(context, variantOf({ threshold: 0.5 }));
    expect([[...orders.side], selected]).toEqual([[0, 0, 0, 0, 0], 0]);
    expect(context.sheet("probability").confidence.every(Number.isNaN)).toBe(true);
  });
});
