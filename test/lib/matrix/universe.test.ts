import { describe, expect, it } from "vitest";
import type { PriceSeries } from "#lib/core/bars.ts";
import { buildMatrix } from "#lib/matrix/build-matrix.ts";
import { decodeMatrix } from "#lib/matrix/decode-matrix.ts";
import { encodeMatrix } from "#lib/matrix/encode-matrix.ts";
import { matrixSha } from "#lib/matrix/fingerprint.ts";
import { checkLeakage } from "#lib/matrix/leakage.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import { barsOnly, dataSources } from "#lib/matrix/matrix-data.ts";
import { type MatrixSpec, matrixSpecOf } from "#lib/matrix/matrix-spec.ts";
import { assessUniverse } from "#lib/matrix/quality/assess-universe.ts";
import { prepareUniverse, universeMatrixOf } from "#lib/matrix/universe/build-universe.ts";
import { isMember, type Membership, withDelisting } from "#lib/matrix/universe/membership.ts";
import { universeCloses } from "#lib/matrix/universe/universe-closes.ts";
import { barsOf, configOf, FACTS, randomSeries } from "./fixtures.ts";

const OPEN = { from: null, to: null, delistingReturn: null };
const stay = (symbol: string, part: Partial<Membership["stays"][number]> = {}): Membership => ({ symbol, stays: [{ ...OPEN, ...part }] });
const always = (symbol: string): Membership => stay(symbol);

const named = ({ bars, facts }: PriceSeries, symbol: string): PriceSeries => ({ bars: { ...bars, symbol }, facts });

/** Three symbols over 300 sessions; BBB joins on the 51st session, CCC has bars of the first 200 only and lost 30 % at its end. */
const series = ["AAA", "BBB", "CCC"].map((symbol, i) => {
  const whole = named(randomSeries({ bars: i === 2 ? 200 : 300, seed: symbol }), symbol);
  return { ...whole, facts: { ...FACTS, fingerprint: String(i).repeat(64) } };
});
const data = series.map(barsOnly);

function sessionAt(index: number): number {
  const { sessionDate } = buildMatrix(singleSpec(0), data[0]!);
  return sessionDate[index]!;
}

function singleSpec(i: number): MatrixSpec {
  return matrixSpecOf(configOf(), [{ name: "sma", window: 3 }, { name: "ret" }], series[i]!.bars.symbol, dataSources(data[i]!));
}

const MEMBERS: readonly Membership[] = [
  always("AAA"),
  stay("BBB", { from: sessionAt(50) }),
  stay("CCC", { to: sessionAt(200), delistingReturn: -0.3 }),
];

const spec: MatrixSpec = matrixSpecOf(configOf(), [{ name: "sma", window: 3 }, { name: "ret" }], "THREE", data.flatMap(dataSources), {
  name: "three",
  stamps: [],
  members: MEMBERS,
});
const parts = prepareUniverse(spec, data);
const matrix = universeMatrixOf(spec, parts);
const rowsOf = ({ symbolIndex }: Matrix, symbol: number): number[] => [...symbolIndex.keys()].filter((row) => symbolIndex[row] === symbol);

describe("a universe's matrix", () => {
  it("holds every member's rows of its membership in one frame, by time and then by symbol", () => {
    expect(matrix.info.symbols).toEqual(["AAA", "BBB", "CCC"]);
    expect([0, 1, 2].map((symbol) => rowsOf(matrix, symbol).length)).toEqual([300, 250, 200]);
    for (let row = 1; row < matrix.rows; row++) {
      const [before, now] = [matrix.ts[row - 1]!, matrix.ts[row]!];
      expect(before < now || (before === now && matrix.symbolIndex[row - 1]! < matrix.symbolIndex[row]!)).toBe(true);
    }
  });

  it("gives each symbol the values that its own matrix has", () => {
    const alone = buildMatrix(singleSpec(1), data[1]!);
    const rows = rowsOf(matrix, 1);
    for (const [f, column] of matrix.features.entries())
      expect(rows.map((row) => column[row])).toEqual(Array.from(alone.features[f]!.subarray(50)));
    expect(rows.map((row) => matrix.close[row])).toEqual(Array.from(alone.close.subarray(50)));
  });

  it("ends a delisted symbol's labels with what its holders got", () => {
    const rows = rowsOf(matrix, 2);
    // Two bars ahead from the last close: 30 % less.
    expect(matrix.retFwd[rows[199]!]).toBeCloseTo(-0.3, 12);
    const close = series[2]!.bars.close;
    expect(matrix.retFwd[rows[198]!]).toBeCloseTo((close[199]! * 0.7) / close[198]! - 1, 12);
    expect(matrix.y[rows[199]!]).toBe(-1);
    // A symbol that goes on has no label there.
    expect(matrix.retFwd[rowsOf(matrix, 0)[299]!]).toBeNaN();
  });

  it("says that a universe of today's members is biased, and one with a history is not", () => {
    const today = matrixSpecOf(configOf(), [{ name: "ret" }], "THREE", data.flatMap(dataSources), {
      name: "three",
      stamps: ["survivorship_biased"],
      members: MEMBERS.map(({ symbol }) => always(symbol)),
    });
    expect(today.stamps).toContain("survivorship_biased");
    expect(spec.stamps).not.toContain("survivorship_biased");
    expect(matrixSha(today)).not.toBe(matrixSha(spec));
  });

  it("is written with its symbols and read back to the bit", async () => {
    expect(await decodeMatrix(encodeMatrix(matrix))).toEqual(matrix);
  });

  it("passes the leak test member by member, with members that join and end", async () => {
    for (const { spec: part, source } of parts) expect((await checkLeakage(part, source.data, source.table)).leaks).toEqual([]);
  });

  it("is judged member by member, and its label over the whole frame", () => {
    const report = assessUniverse(parts, matrix);
    expect(report.rows).toBe(750);
    expect(report.verdicts.find(({ check }) => check === "monotonic_time")).toMatchObject({ status: "ok", numbers: { symbols: 3 } });
    const balance = report.verdicts.find(({ check }) => check === "label_balance")!;
    expect(balance.numbers["labelled"]).toBe(matrix.y.filter((value) => !Number.isNaN(value)).length);
  });

  it("says of what is sound whose finding it quotes", () => {
    const closes = assessUniverse(parts, matrix).verdicts.find(({ check }) => check === "missing_closes")!;
    expect(closes.summary).toBe('"3" symbols are sound, such as AAA: Every bar has a close.');
  });

  it("names the members that a check fails for", () => {
    const broken = data.map((own, i) => {
      if (i !== 1) return own;
      const { bars, facts } = own.series;
      return barsOnly({ bars: { ...bars, low: bars.low.map((low, row) => (row % 3 === 0 ? low * 2 : low)) }, facts });
    });
    const report = assessUniverse(prepareUniverse(spec, broken), matrix);
    expect(report.verdicts.find(({ check }) => check === "price_sanity")).toMatchObject({
      status: "fail",
      items: ["BBB"],
      numbers: { symbols: 3, concerned: 1 },
    });
  });
});

describe("universeCloses", () => {
  it("knows at each row the closes of that session's members only", () => {
    const bars = (symbol: string, close: number[]): PriceSeries => ({ bars: { ...barsOf({ close }), symbol }, facts: FACTS });
    const own = bars("AAA", [10, 11, 12, 13]);
    const sessionDate = Float64Array.of(20180102, 20180103, 20180104, 20180105);
    const members = [
      { membership: always("AAA"), series: own },
      { membership: stay("BBB", { from: 20180103, to: 20180105 }), series: bars("BBB", [20, 21, 22, 23]) },
      { membership: always("CCC"), series: bars("CCC", [30, 31]) },
    ];
    const { symbols, closes } = universeCloses(members, own.bars.end, sessionDate);
    expect(symbols).toEqual(["AAA", "BBB", "CCC"]);
    const nan = Number.NaN;
    expect(closes.map((column) => Array.from(column))).toEqual([
      [10, 11, 12, 13],
      [nan, 21, 22, nan],
      [30, 31, nan, nan],
    ]);
  });
});

describe("withDelisting", () => {
  const bars = barsOf({ close: [10, 11, 12] });
  const last = 20180104;
  const next = 20180105;

  it("adds bars at what holders got, on the sessions after the last", () => {
    const ended = withDelisting(bars, stay("TEST", { to: next, delistingReturn: -0.5 }), 2);
    expect(Array.from(ended.close)).toEqual([10, 11, 12, 6, 6]);
    expect(new Date(ended.end[3]!).toISOString()).toBe("2018-01-05T21:00:00.000Z");
  });

  it("leaves bars alone that are cut before the end, that go on after it, or whose end nobody knows", () => {
    const end = (part: Partial<Membership["stays"][number]>) => stay("TEST", { to: 20180110, delistingReturn: -0.5, ...part });
    expect(withDelisting(bars, end({}), 2)).toBe(bars);
    expect(withDelisting(bars, end({ to: last }), 2)).toBe(bars);
    expect(withDelisting(bars, end({ to: next, delistingReturn: null }), 2)).toBe(bars);
  });
});

describe("isMember", () => {
  it("counts the first date in and the last out", () => {
    const membership = stay("A", { from: 20200102, to: 20200106 });
    expect([20200101, 20200102, 20200103, 20200106].map((date) => isMember(membership, date))).toEqual([false, true, true, false]);
    expect(isMember(always("A"), 19990101)).toBe(true);
    const twice: Membership = { symbol: "A", stays: [...membership.stays, { ...OPEN, from: 20210104 }] };
    expect([20200103, 20200701, 20210104].map((date) => isMember(twice, date))).toEqual([true, false, true]);
  });
});
