import { NYSE } from "#lib/core/calendar.ts";
import type { OptionChain } from "#lib/core/option-data.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import type { MatrixData } from "#lib/matrix/matrix-data.ts";
import type { MatrixConfig } from "#lib/matrix/matrix-spec.ts";
import type { VerdictStatus } from "#lib/matrix/quality/quality.schema.ts";
import { chainOf, pair, type TestContract } from "../../options/chain/build-chain.ts";
import { barsOf, FACTS } from "../fixtures.ts";
import { type Options, scaleFree, withFeature } from "./support.ts";

/** A case of one check: what is done to a sound matrix, and what must be said of it. */
export interface VerdictFixture {
  readonly name: string;
  readonly status: VerdictStatus;
  readonly options?: Options;
  readonly numbers?: Readonly<Record<string, number>>;
  readonly items?: readonly string[];
  readonly says?: string;
}

const SOUND: VerdictFixture = { name: "a sound series", status: "ok" };

type ChangeBars = NonNullable<Options["bars"]>;
const onBars = (bars: ChangeBars): Options => ({ bars });
const moveLate = (factor: number): Options =>
  onBars(({ open, high, low, close, length }) => {
    for (const column of [open, high, low, close]) for (let i = 300; i < length; i++) column[i]! *= factor;
  });
/** Daily bars that end half an hour early, so that they do not end with their session. */
const endEarly = (count: number): Options => onBars(({ end }) => end.set(end.subarray(0, count).map((time) => time - 1_800_000)));
/** The last bar of each session of seven moved to the evening. */
const laterHours: Options = {
  cadence: "hourly",
  bars: ({ start, end }) => {
    for (const column of [start, end]) for (let i = 6; i < 600; i += 7) column[i]! += 7_200_000;
  },
};
/** An action at row 300, with or without the step that raw prices then take. */
const split = (ratio: number, hasStep: boolean): Options =>
  onBars((bars) => {
    const { open, high, low, close, length } = bars;
    if (hasStep) for (const column of [open, high, low, close]) for (let i = 300; i < length; i++) column[i]! /= ratio;
    Object.assign(bars, { factor: bars.factor.map((value, i) => (i < 300 ? value : value * ratio)) });
  });
/** Without every row of a list; row 2 is 2018-01-04. */
const without = (dropped: (row: number) => boolean): Options =>
  onBars((bars) => {
    const kept = [...bars.start.keys()].filter((row) => !dropped(row));
    for (const name of ["start", "end", "open", "high", "low", "close", "volume", "factor"] as const)
      bars[name] = Float64Array.from(kept, (row) => bars[name][row]!);
    bars.length = kept.length;
  });
/** The first opens of 2019 equal the close before; the year has 252 sessions. Row 251 is its first. */
const copiedOpens = (count: number, config: Partial<MatrixConfig> = {}): Options => ({
  config,
  bars: ({ start, open, close }) => {
    const first = start.findIndex((time) => new Date(time).getUTCFullYear() === 2019);
    for (let i = first; i < first + count; i++) open[i] = close[i - 1]!;
  },
});
const NEXT_OPEN: Partial<MatrixConfig> = {
  label: { kind: "forward_return", unit: "bars", task: "classify", entry: "next_open", horizon: 1, band: { kind: "none" } },
};
const REGRESSION: Partial<MatrixConfig> = {
  label: { kind: "forward_return", unit: "bars", task: "regress", entry: "decision_close", horizon: 1, band: { kind: "none" } },
};
const withLabels = (label: (row: number) => number, config: Partial<MatrixConfig> = {}): Options => ({
  config,
  matrix: (matrix) => ({ ...matrix, y: matrix.y.map((_, row) => label(row)) }),
});
/** Bars of hour 12, kept in some sessions only; 600 hourly bars hold 86 rows of it, 86 of the busiest hour. */
const fewAtNoon = (kept: number): Options => ({
  cadence: "hourly",
  matrix: (matrix) => {
    let seen = 0;
    return { ...matrix, hourEt: matrix.hourEt.map((hour) => (hour === 12 && ++seen > kept ? Number.NaN : hour)) };
  },
});

/** VIX on the sessions before those of the matrix, published 15 minutes after the close; `change` spoils copies. */
type VixColumns = Record<"open" | "high" | "low" | "close" | "availableAt", Float64Array>;
const withVix = (change: (columns: VixColumns) => void): Options => ({
  data: (matrix) => {
    const first = NYSE.previousSession(matrix.sessionDate[0]!);
    const bars = barsOf({ close: Array.from({ length: matrix.rows }, (_, i) => 15 + (i % 7)) }, "daily", first);
    const [open, high, low, close] = [bars.open.slice(), bars.high.slice(), bars.low.slice(), bars.close.slice()];
    const columns = { open, high, low, close, availableAt: bars.end.map((end) => end + 900_000) };
    change(columns);
    return { others: [{ bars: { ...bars, ...columns, symbol: "VIX" }, facts: FACTS }] };
  },
});

const GOOD: TestContract = { strike: 100, right: 1, bid: 2, ask: 2.1, openInterest: 5, volume: 3 };
type ChainChange = (session: number) => { readonly contracts?: readonly TestContract[]; readonly price?: number; readonly absent?: true };
/** One chain at each session's end; by default a good one whose underlying moves. */
const withChains = (change: ChainChange, matrix?: Options["matrix"]): Options => ({
  ...(matrix === undefined ? {} : { matrix }),
  data: ({ sessionDate }: Matrix): Partial<MatrixData> => {
    const snapshots = Array.from(sessionDate, (date, i): OptionChain | undefined => {
      const { contracts = [GOOD, { ...GOOD, right: -1 }], price = 100 + (i % 5), absent } = change(i);
      if (absent) return undefined;
      return chainOf(contracts, { sessionDate: date, knownAt: NYSE.closeOf(date), underlyingPrice: price });
    });
    return { chains: { snapshots: snapshots.filter((chain) => chain !== undefined), facts: FACTS } };
  },
});
const JUNK = pair(100, { bid: 0, ask: 0, iv: 0, gamma: 0, volume: 0 });
const junkUntil = (count: number): Options => withChains((i) => (i < count ? { contracts: JUNK } : {}));
const ivOn = (rows: number): NonNullable<Options["matrix"]> => withFeature("atm_iv", (row) => (row < rows ? 0.2 : Number.NaN));

const flowOn = (rows: number): NonNullable<Options["matrix"]> => withFeature("flow", (row) => (row < rows ? 7 : Number.NaN));

const unknownFrom = (rows: number): NonNullable<Options["matrix"]> => withFeature("planted", (row) => (row < rows ? row : Number.NaN));
/** The next bar's return, mixed with its own row's place in a repeating pattern. */
const shifted = (noise: number): NonNullable<Options["matrix"]> =>
  withFeature("planted", (row, { close }) => close[row + 1]! / close[row]! - 1 + noise * (((row * 7919) % 1000) / 1000 - 0.5));

/** For every check of the report: what passes and what trips it, on both sides of each limit. */
export const VERDICT_FIXTURES: Readonly<Record<string, readonly VerdictFixture[]>> = {
  monotonic_time: [
    SOUND,
    {
      name: "two bars in the wrong order",
      status: "fail",
      options: onBars(({ start, end }) => {
        for (const column of [start, end]) [column[100], column[101]] = [column[101]!, column[100]!];
      }),
      numbers: { out_of_order: 1 },
      says: "2018-05-25",
    },
    { name: "a bar that ends before it starts", status: "fail", options: onBars(({ end, start }) => end.fill(start[9]! - 1, 9, 10)) },
  ],
  duplicate_bars: [
    SOUND,
    {
      name: "a bar that is there twice",
      status: "fail",
      options: onBars(({ start, end }) => {
        for (const column of [start, end]) column[101] = column[100]!;
      }),
      numbers: { duplicates: 1 },
    },
  ],
  session_alignment: [
    SOUND,
    { name: "one stray bar", status: "warn", options: endEarly(1), numbers: { outside_hours: 1 } },
    { name: "one bar in twenty outside", status: "warn", options: endEarly(30), numbers: { outside_hours: 30 } },
    { name: "more than one in twenty", status: "fail", options: endEarly(31), numbers: { outside_hours: 31 } },
    { name: "hourly bars of other hours", status: "fail", options: laterHours, numbers: { outside_hours: 85 } },
  ],
  missing_sessions: [
    SOUND,
    {
      name: "one session without a bar",
      status: "warn",
      options: without((row) => row === 2),
      numbers: { missing: 1 },
      items: ["2018-01-04"],
    },
    { name: "one in twenty", status: "warn", options: without((row) => row % 20 === 5), numbers: { missing: 30, sessions: 600 } },
    { name: "more than one in twenty", status: "fail", options: without((row) => row % 20 === 5 || row === 8), numbers: { missing: 31 } },
    {
      name: "many sessions in one hole",
      status: "warn",
      options: without((row) => row > 200 && row < 300),
      numbers: { missing: 99, holes: 1 },
    },
  ],
  price_sanity: [
    SOUND,
    { name: "a price of zero", status: "fail", options: onBars(({ low }) => low.fill(0, 50, 51)), numbers: { non_positive: 1 } },
    {
      name: "a high below the low",
      status: "fail",
      options: onBars(({ high, low }) => high.fill(low[50]! * 0.99, 50, 51)),
      numbers: { high_below_low: 1 },
    },
    {
      name: "one bar in a hundred that closes above its high",
      status: "warn",
      options: onBars(({ close, high }) =>
        close.set(
          high.subarray(50, 56).map((price) => price * 1.001),
          50,
        ),
      ),
      numbers: { outside_range: 6 },
    },
    {
      name: "more than one in a hundred",
      status: "fail",
      options: onBars(({ close, high }) =>
        close.set(
          high.subarray(50, 57).map((price) => price * 1.001),
          50,
        ),
      ),
      numbers: { outside_range: 7 },
    },
    { name: "a move of less than half", status: "ok", options: moveLate(1.4), numbers: { extreme_moves: 0 } },
    { name: "a move of more than half", status: "warn", options: moveLate(1.6), numbers: { extreme_moves: 1 } },
    { name: "a fall to a quarter", status: "warn", options: moveLate(0.25), numbers: { extreme_moves: 1, impossible_moves: 0 } },
    { name: "a split of six that nobody told", status: "fail", options: moveLate(1 / 6), numbers: { impossible_moves: 1 } },
  ],
  adjusted_twice: [
    SOUND,
    {
      name: "a split of two for one that raw prices show",
      status: "ok",
      options: split(2, true),
      numbers: { actions: 1, without_step: 0 },
    },
    { name: "one for four", status: "ok", options: split(0.25, true), numbers: { actions: 1, without_step: 0 } },
    { name: "a dividend, which is too small to tell", status: "ok", options: split(1.02, false), numbers: { actions: 0, without_step: 0 } },
    {
      name: "a split that the prices do not show",
      status: "fail",
      options: split(2, false),
      numbers: { actions: 1, without_step: 1 },
      says: "adjusted for splits that came later",
    },
  ],
  non_negative_volume: [
    SOUND,
    { name: "a volume of zero or unknown", status: "ok", options: onBars(({ volume }) => volume.fill(0, 3, 4).fill(Number.NaN, 9, 10)) },
    { name: "a negative volume", status: "fail", options: onBars(({ volume }) => volume.fill(-1, 9, 10)), numbers: { negative: 1 } },
  ],
  missing_closes: [
    SOUND,
    { name: "one missing close", status: "warn", options: onBars(({ close }) => close.fill(Number.NaN, 9, 10)), numbers: { missing: 1 } },
    { name: "one in twenty", status: "warn", options: onBars(({ close }) => close.fill(Number.NaN, 0, 30)), numbers: { missing: 30 } },
    {
      name: "more than one in twenty",
      status: "fail",
      options: onBars(({ close }) => close.fill(Number.NaN, 0, 31)),
      numbers: { missing: 31 },
    },
  ],
  stale_open: [
    SOUND,
    { name: "less than a tenth of a year's opens copied", status: "ok", options: copiedOpens(25, NEXT_OPEN), numbers: { stale_years: 0 } },
    { name: "more than a tenth, and nothing uses the open", status: "warn", options: copiedOpens(26), items: ["2019"] },
    { name: "more than a tenth, and the label enters at the open", status: "fail", options: copiedOpens(26, NEXT_OPEN), items: ["2019"] },
    {
      name: "more than a tenth, and a feature reads the open",
      status: "fail",
      options: { ...copiedOpens(26), entries: [{ name: "sma", window: 5, column: "open" }, ...scaleFree] },
      says: "sma_5_open",
    },
  ],
  stale_close: [
    SOUND,
    { name: "a close that repeats once", status: "ok", options: onBars(({ close }) => close.fill(close[99]!, 100, 101)) },
    {
      name: "a close that repeats twice",
      status: "warn",
      options: onBars(({ close }) => close.fill(close[99]!, 100, 102)),
      numbers: { repeated_closes: 3 },
    },
    {
      name: "a fifth of the closes in one run",
      status: "warn",
      options: onBars(({ close }) => close.fill(close[99]!, 100, 219)),
      numbers: { repeated_closes: 120 },
    },
    {
      name: "more than a fifth",
      status: "fail",
      options: onBars(({ close }) => close.fill(close[99]!, 100, 220)),
      numbers: { repeated_closes: 121 },
    },
    { name: "a bar without volume", status: "warn", options: onBars(({ volume }) => volume.fill(0, 5, 6)), numbers: { zero_volume: 1 } },
    { name: "more than a fifth without volume", status: "fail", options: onBars(({ volume }) => volume.fill(0, 0, 121)) },
    {
      name: "a series that never has volume",
      status: "ok",
      options: onBars(({ volume }) => volume.fill(0)),
      numbers: { no_volume_at_all: 1 },
    },
  ],
  label_balance: [
    SOUND,
    { name: "a class of one in twenty", status: "ok", options: withLabels((row) => (row < 30 ? -1 : 1)), numbers: { "class_-1": 30 } },
    { name: "a rarer class", status: "warn", options: withLabels((row) => (row < 29 ? -1 : 1)), items: ["-1"] },
    { name: "one class", status: "fail", options: withLabels(() => 1), items: ["1"], says: "SINGLE_CLASS" },
    { name: "no label", status: "fail", options: withLabels(() => Number.NaN), numbers: { labelled: 0 } },
    { name: "returns to learn", status: "ok", options: { config: REGRESSION }, numbers: { labelled: 599 } },
    { name: "returns that are all equal", status: "fail", options: withLabels(() => 0.01, REGRESSION) },
    { name: "no return", status: "fail", options: withLabels(() => Number.NaN, REGRESSION), numbers: { labelled: 0 } },
  ],
  coverage_by_hour: [
    { ...SOUND, options: { cadence: "hourly" } },
    { name: "half of the rows at noon", status: "ok", options: fewAtNoon(43), numbers: { hour_12: 43 } },
    { name: "less than half of them", status: "warn", options: fewAtNoon(42), numbers: { hour_12: 42 }, items: ["12"] },
  ],
  nan_share: [
    SOUND,
    { name: "a feature that is known on half of the rows", status: "ok", options: { matrix: unknownFrom(300) }, numbers: { worst: 0.5 } },
    { name: "one that is known on less", status: "warn", options: { matrix: unknownFrom(299) }, items: ["planted_planted"] },
    { name: "one that is never known", status: "warn", options: { matrix: unknownFrom(0) }, numbers: { empty: 1 } },
    { name: "no feature that is ever known", status: "fail", options: { entries: [{ name: "sma", window: 700 }] }, numbers: { empty: 1 } },
  ],
  constant_columns: [
    SOUND,
    { name: "a feature that changes once", status: "ok", options: { matrix: withFeature("planted", (row) => (row < 599 ? 1 : 2)) } },
    {
      name: "a feature with one value where it is known",
      status: "warn",
      options: { matrix: withFeature("planted", (row) => (row % 2 === 0 ? 1 : Number.NaN)) },
      items: ["planted_planted"],
    },
    { name: "a feature that is never known", status: "ok", options: { matrix: unknownFrom(0) } },
  ],
  leakage_scan: [
    SOUND,
    { name: "a feature with a trace of the next return", status: "ok", options: { matrix: shifted(0.2) } },
    { name: "one that moves with the next return", status: "warn", options: { matrix: shifted(0.04) }, items: ["planted_planted"] },
    { name: "the next return itself", status: "fail", options: { matrix: shifted(0) }, items: ["planted_planted"] },
  ],
  drift: [
    SOUND,
    {
      name: "a feature that goes with time and with the label",
      status: "warn",
      options: { matrix: withFeature("planted", (row, { y }) => row / 100 + (y[row]! || 0)) },
      items: ["planted_planted"],
    },
    {
      name: "labels that were down early and are up late",
      status: "warn",
      options: withLabels((row) => (row % 5 < (row < 300 ? 3 : 1) ? -1 : 1)),
      items: ["y"],
    },
  ],
  other_series: [
    SOUND,
    { name: "a complete VIX", status: "ok", options: withVix(() => undefined), numbers: { VIX_bars: 600, VIX_missing_sessions: 0 } },
    {
      name: "opens that nobody knows",
      status: "ok",
      options: withVix(({ open }) => open.fill(Number.NaN, 0, 47)),
      numbers: { VIX_unknown_opens: 47 },
      says: 'VIX lacks "47" opens',
    },
    {
      name: "a session without a close",
      status: "warn",
      options: withVix(({ close }) => close.fill(Number.NaN, 0, 1)),
      numbers: { VIX_missing_sessions: 1 },
      says: "the first 2017-12-29",
    },
    { name: "all sessions but one without", status: "warn", options: withVix(({ close }) => close.fill(Number.NaN, 1)), items: ["VIX"] },
    {
      name: "no close in the window",
      status: "fail",
      options: withVix(({ close }) => close.fill(Number.NaN)),
      numbers: { VIX_missing_sessions: 600 },
    },
    {
      name: "one bar in a hundred outside its range",
      status: "warn",
      options: withVix(({ high }) => high.fill(1, 0, 6)),
      numbers: { VIX_outside_range: 6 },
    },
    {
      name: "more than one in a hundred",
      status: "fail",
      options: withVix(({ high }) => high.fill(1, 0, 7)),
      numbers: { VIX_outside_range: 7 },
    },
    { name: "two equal closes", status: "ok", options: withVix(({ close, high, low }) => repeat(1, [close, high, low])) },
    {
      name: "three equal closes",
      status: "warn",
      options: withVix(({ close, high, low }) => repeat(2, [close, high, low])),
      numbers: { VIX_repeated_closes: 3 },
    },
    {
      name: "a close that is said to be known an hour before it is made",
      status: "fail",
      options: withVix(({ availableAt }) => availableAt.fill(availableAt[40]! - 4_500_000, 40, 41)),
      numbers: { VIX_known_too_early: 1 },
      says: "said to be known before they end",
    },
  ],
  chain_sanity: [
    SOUND,
    { name: "a good chain in each session", status: "ok", options: withChains(() => ({})), numbers: { snapshots: 600, unusable: 0 } },
    { name: "no chain at all", status: "fail", options: withChains(() => ({ absent: true })), numbers: { snapshots: 0 } },
    { name: "one chain of zeros", status: "warn", options: junkUntil(1), numbers: { unusable: 1, junk: 1 }, items: ["2018-01-02 junk"] },
    { name: "one in twenty of zeros", status: "warn", options: junkUntil(30), numbers: { unusable: 30 } },
    { name: "more than one in twenty", status: "fail", options: junkUntil(31), numbers: { unusable: 31 } },
    { name: "a price of the underlying in two sessions", status: "ok", options: withChains((i) => (i < 2 ? { price: 99 } : {})) },
    {
      name: "one price in three sessions, of which the repeats are named",
      status: "warn",
      options: withChains((i) => (i < 3 ? { price: 99 } : {})),
      numbers: { unusable: 2, stale_underlying: 2 },
      items: ["2018-01-03 stale_underlying", "2018-01-04 stale_underlying"],
    },
    {
      name: "a session without a chain",
      status: "warn",
      options: withChains((i) => (i === 1 ? { absent: true } : {})),
      numbers: { sessions_without: 1, unusable: 0 },
      items: ["2018-01-03 no_chain"],
    },
    {
      name: "a session with open interest alone where the others have a market",
      status: "warn",
      options: withChains((i) => (i === 1 ? { contracts: [{ strike: 100, right: 1, openInterest: 5 }] } : {})),
      items: ["2018-01-03 no_market"],
    },
    {
      name: "a session without the open interest that others have",
      status: "warn",
      options: withChains((i) => (i === 1 ? { contracts: [{ strike: 100, right: 1, bid: 2, ask: 2.1 }] } : {})),
      items: ["2018-01-03 no_open_interest"],
    },
    {
      name: "a last session whose chains are not published yet",
      status: "ok",
      options: withChains((i) => (i === 599 ? { absent: true } : {})),
    },
    {
      name: "volatilities without a price to check them by",
      status: "warn",
      options: withChains((i) => (i === 2 ? { contracts: [{ strike: 100, right: 1, iv: 2.5, openInterest: 5 }] } : {})),
      numbers: { suspect: 1, unusable: 0 },
      items: ["2018-01-04 iv_without_price"],
    },
    {
      name: "volatilities that were not computed, behind what cannot be used",
      status: "warn",
      options: withChains((i) => (i === 0 ? { contracts: [{ ...GOOD, iv: 0 }] } : i === 4 ? { contracts: JUNK } : {})),
      numbers: { unusable: 1, suspect: 1, iv_not_computed: 1 },
      items: ["2018-01-08 junk", "2018-01-02 iv_not_computed"],
    },
    {
      name: "a quarter of the contracts without a computed volatility",
      status: "ok",
      options: withChains(() => ({ contracts: [{ ...GOOD, iv: 0 }, ...[101, 102, 103].map((strike) => ({ ...GOOD, strike }))] })),
    },
  ],
  iv_populated: [
    SOUND,
    { name: "realised volatility alone", status: "ok", options: { entries: [{ name: "rolling_std", window: 5 }, ...scaleFree] } },
    {
      name: "half of the rows",
      status: "ok",
      options: withChains(() => ({}), ivOn(300)),
      numbers: { rows_with_iv: 300, with_quotes: 600 },
    },
    { name: "less than half", status: "warn", options: withChains(() => ({}), ivOn(299)), numbers: { rows_with_iv: 299 } },
    {
      name: "a column that is never known beside one that is",
      status: "warn",
      options: withChains(
        () => ({}),
        (matrix) => withFeature("iv_skew_25d", () => Number.NaN, "iv_skew")(ivOn(600)(matrix)),
      ),
      items: ["iv_skew"],
    },
    {
      name: "none, without a chain",
      status: "fail",
      options: withChains(() => ({ absent: true }), ivOn(0)),
      says: "there is no option chain",
    },
    {
      name: "none, from open interest alone",
      status: "fail",
      options: withChains(() => ({ contracts: [{ strike: 100, right: 1, openInterest: 5 }] }), ivOn(0)),
      says: "neither a volatility nor quotes",
    },
    {
      name: "none, from volatilities of 0",
      status: "fail",
      options: withChains(() => ({ contracts: [{ strike: 100, right: 1, openInterest: 5, iv: 0 }] }), ivOn(0)),
      says: "are 0, which means not computed",
    },
    {
      name: "none, from volatilities that contradict their prices",
      status: "fail",
      options: withChains(() => ({ contracts: [{ strike: 104, right: 1, iv: 0.9, last: 0.5, volume: 3, expiry: 20260116 }] }), ivOn(0)),
      numbers: { with_iv_refused: 600 },
      says: 'the volatilities of "600" of "600" chains contradict their prices',
    },
    {
      name: "none, from chains with quotes",
      status: "fail",
      options: withChains(() => ({}), ivOn(0)),
      says: "expiries, strikes and history",
    },
  ],
  flow_present: [
    SOUND,
    { name: "flow on every row", status: "ok", options: { matrix: flowOn(600) } },
    { name: "flow on all rows but one", status: "warn", options: { matrix: flowOn(599) }, numbers: { without: 1 } },
    { name: "flow on no row", status: "fail", options: { matrix: flowOn(0) }, numbers: { without: 600, cells: 0 } },
    {
      name: "an indicator of the flow that is never known",
      status: "fail",
      options: { matrix: withFeature("sold_flow_ratio", () => Number.NaN) },
      numbers: { without: 600 },
    },
  ],
};

/** Repeats the values of row 10 so many times. */
function repeat(times: number, columns: readonly Float64Array[]): void {
  for (const column of columns) column.fill(column[10]!, 11, 11 + times);
}
