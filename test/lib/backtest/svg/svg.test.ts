import { describe, expect, it } from "vitest";
import { escapeXml, niceTicks } from "#lib/backtest/svg/draw.ts";
import { type EquityPlot, equitySvg } from "#lib/backtest/svg/equity-svg.ts";
import { type FoldBarsPlot, foldBarsSvg } from "#lib/backtest/svg/fold-bars-svg.ts";
import { pathBarsSvg } from "#lib/backtest/svg/path-bars-svg.ts";
import { createRng } from "#lib/core/rng.ts";
import { dateOfDayNumber, formatDate } from "#lib/core/time.ts";
import { parseXml } from "./parse-xml.ts";

const SESSIONS = 1500;
const rng = createRng("plot");
const walk = (): number[] => {
  let value = 1;
  return Array.from({ length: SESSIONS }, () => {
    value *= Math.exp(0.01 * rng.normal());
    return value;
  });
};
const plot: EquityPlot = {
  title: "a<b> & 'c'",
  subtitle: 'top 35 % "edge"',
  dates: Array.from({ length: SESSIONS }, (_, i) => formatDate(dateOfDayNumber(14_000 + i))),
  strategy: walk(),
  buyAndHold: walk(),
  foldStarts: [0, 500, 1000],
  simulated: true,
};

describe("equitySvg", () => {
  const svg = equitySvg(plot);

  it("is well-formed XML with its texts escaped", () => {
    const { texts, names } = parseXml(svg);
    expect(names[0]).toBe("svg");
    expect(texts).toEqual(expect.arrayContaining(["a&lt;b&gt; &amp; &apos;c&apos;", "top 35 % &quot;edge&quot;"]));
  });

  it("has the same bytes each time and only finite coordinates", () => {
    expect(equitySvg(plot)).toBe(svg);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it("names lines, units, folds and the deepest drawdown", () => {
    const { texts } = parseXml(svg);
    expect(texts).toEqual(
      expect.arrayContaining(["Strategy", "Buy and hold", "Growth of 1 (net of costs)", "Drawdown (% of the peak)", "fold 3"]),
    );
    expect(texts.some((text) => /^−\d+\.\d % on \d{4}-\d\d-\d\d$/.test(text))).toBe(true);
  });

  it("marks simulated data, and only that", () => {
    expect(parseXml(svg).texts).toContain("SIMULATED");
    expect(equitySvg({ ...plot, simulated: false })).not.toContain("SIMULATED");
  });

  it("draws few points however long the history", () => {
    expect(svg.length).toBeLessThan(130_000);
    const long = {
      ...plot,
      dates: plot.dates.flatMap((day) => new Array(20).fill(day)),
      strategy: plot.strategy.flatMap((value) => new Array(20).fill(value)),
      buyAndHold: plot.buyAndHold.flatMap((value) => new Array(20).fill(value)),
    };
    expect(equitySvg(long).length).toBeLessThan(180_000);
  });

  it.each([
    ["nothing", { dates: [], strategy: [], buyAndHold: [], foldStarts: [] }],
    ["one session", { dates: ["2024-01-02"], strategy: [1], buyAndHold: [1], foldStarts: [0] }],
    ["no trade", { strategy: plot.dates.map(() => 1), buyAndHold: plot.dates.map(() => 1) }],
    ["a wide range, on a log axis", { strategy: plot.dates.map((_, i) => 1.003 ** i) }],
    ["an account that is gone", { strategy: plot.dates.map((_, i) => (i > 100 ? 0 : 1)) }],
  ] as const)("draws %s", (_, change) => {
    const drawn = equitySvg({ ...plot, ...change });
    parseXml(drawn);
    expect(drawn).not.toMatch(/NaN|Infinity|undefined/);
  });

  it("says when the axis is logarithmic", () => {
    expect(equitySvg({ ...plot, strategy: plot.dates.map((_, i) => 1.003 ** i) })).toContain("log scale");
  });
});

describe("foldBarsSvg", () => {
  const bars: FoldBarsPlot = {
    title: "folds & more",
    subtitle: "s",
    folds: [
      { first: "2004-01-02", last: "2005-01-03", sharpe: 0.4, trades: 10, winRate: 0.55 },
      { first: "2005-01-04", last: "2006-01-03", sharpe: -0.3, trades: 1, winRate: 0 },
      { first: "2006-01-04", last: "2007-01-03", sharpe: null, trades: 0, winRate: null },
    ],
    overall: 0.1,
    simulated: false,
  };

  it("shows each fold's ratio, blue above 0 and orange below, and n/a where it is undefined", () => {
    const svg = foldBarsSvg(bars);
    const { texts, attributes, names } = parseXml(svg);
    expect(texts).toEqual(
      expect.arrayContaining(["0.40", "−0.30", "n/a", "10 trades, 55 % won", "1 trade, 0 % won", "0 trades", "folds &amp; more"]),
    );
    const fills = names.flatMap((name, i) => (name === "rect" ? [/fill="([^"]*)"/.exec(attributes[i]!)![1]] : []));
    expect(fills).toEqual(["#ffffff", "#0072b2", "#d55e00"]);
    expect(foldBarsSvg(bars)).toBe(svg);
  });

  it("draws folds without any defined ratio", () => {
    const none = foldBarsSvg({ ...bars, overall: null, folds: bars.folds.map((fold) => ({ ...fold, sharpe: null })) });
    parseXml(none);
    expect(none).not.toMatch(/NaN|Infinity/);
  });
});

describe("foldBarsSvg of many folds", () => {
  it("shortens the text below bars that stand close", () => {
    const folds = Array.from({ length: 20 }, (_, i) => ({
      first: `${2000 + i}-01-03`,
      last: `${2000 + i}-12-30`,
      sharpe: i % 2 === 0 ? 0.5 : -0.5,
      trades: 40,
      winRate: 0.5,
    }));
    const textsOf = (count: number): string[] =>
      parseXml(foldBarsSvg({ title: "t", subtitle: "s", folds: folds.slice(0, count), overall: 0.1, simulated: false })).texts;
    expect(textsOf(5)).toEqual(expect.arrayContaining(["Fold 5", "2004-01 to 2004-12", "40 trades, 50 % won"]));
    expect(textsOf(6)).toEqual(expect.arrayContaining(["Fold 6", "2005-01 to 2005-12", "40 trades"]));
    expect(textsOf(10)).toEqual(expect.arrayContaining(["10", "2009-01"]));
    expect(textsOf(20)).toEqual(expect.arrayContaining(["20", "2019", "Test blocks by the time at which they begin"]));
    expect(textsOf(20).some((text) => text.includes("trades"))).toBe(false);
  });
});

describe("pathBarsSvg", () => {
  const draw = (sharpes: readonly (number | null)[], shown: number): string =>
    pathBarsSvg({ title: "paths", subtitle: "s", sharpes, shown, simulated: true });

  it("orders the paths from the worst to the best, and lets the median stand out", () => {
    const svg = draw([0.3, -0.2, null, 0.1, 0.9], 3);
    const { texts, attributes, names } = parseXml(svg);
    expect(texts.filter((text) => /^\d$/.test(text))).toEqual(["3", "2", "4", "1", "5"]);
    expect(texts).toEqual(expect.arrayContaining(["n/a", "median", "−0.20", "0.90", "SIMULATED"]));
    const opacities = names.flatMap((name, i) => (name === "rect" ? [/fill-opacity="([^"]*)"/.exec(attributes[i]!)?.[1]] : []));
    expect(opacities).toEqual([undefined, "0.35", "0.85", "0.35", "0.35"]);
    expect(draw([0.3, -0.2, null, 0.1, 0.9], 3)).toBe(svg);
  });

  it("draws as many paths as splits can make, with the number of the median only", () => {
    const many = draw(
      Array.from({ length: 78 }, (_, i) => Math.sin(i)),
      40,
    );
    const { texts } = parseXml(many);
    expect(many).not.toMatch(/NaN|Infinity|undefined/);
    expect(texts.filter((text) => /^\d+$/.test(text) && !text.includes("."))).toContain("41");
    expect(texts.filter((text) => text === "median")).toHaveLength(1);
    expect(texts.length).toBeLessThan(25);
  });
});

describe("escapeXml", () => {
  it("leaves out what XML forbids", () => {
    expect(escapeXml("a\u0000b\u001fc\ud800d\te")).toBe("abc\ufffdd\te");
  });
});

describe("niceTicks", () => {
  it("covers the range in round steps", () => {
    expect(niceTicks(0.71, 2.04, 5)).toEqual([0.5, 1, 1.5, 2, 2.5]);
    expect(niceTicks(-0.142, 0, 3)).toEqual([-0.15, -0.1, -0.05, 0]);
  });
});
