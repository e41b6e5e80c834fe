import { describe, expect, it } from "vitest";
import { equityChart } from "#lib/backtest/svg/equity-chart.ts";
import { foldBarsChart } from "#lib/backtest/svg/fold-bars-chart.ts";
import { histogramChart } from "#lib/backtest/svg/histogram-chart.ts";
import { reliabilityChart } from "#lib/backtest/svg/reliability-chart.ts";
import { rollingSharpeChart } from "#lib/backtest/svg/rolling-sharpe-chart.ts";
import { dateOfDayNumber, formatDate } from "#lib/core/time.ts";
import { parseXml } from "./parse-xml.ts";

const dates = Array.from({ length: 900 }, (_, i) => formatDate(dateOfDayNumber(14_000 + i)));
const equity = dates.map((_, i) => 1 + 0.3 * Math.sin(i / 90) + i / 3000);
const numbersOf = (svg: string) => [...svg.matchAll(/\b(?:x1?|x2|cx)="(-?[\d.]+)"/g)].map(([, value]) => Number(value));

const charts = [
  [
    "equity",
    (width: number) => equityChart({ dates, strategy: equity, buyAndHold: equity.map((value) => 2 - value), foldStarts: [0, 450] }, width),
  ],
  [
    "rolling Sharpe",
    (width: number) =>
      rollingSharpeChart(
        { dates, values: dates.map((_, i) => (i < 251 || i === 500 ? Number.NaN : Math.sin(i / 60))), windowSessions: 252, overall: 0.4 },
        width,
      ),
  ],
  [
    "folds",
    (width: number) =>
      foldBarsChart({ folds: [1.2, -0.4, null].map((sharpe, i) => ({ first: `202${i}-03-01`, sharpe })), overall: 0.3 }, width),
  ],
  [
    "histogram",
    (width: number) =>
      histogramChart(
        {
          bins: [
            { lower: null, upper: -0.01, count: 3 },
            { lower: -0.01, upper: 0, count: 9 },
            { lower: 0, upper: 0.01, count: 12 },
          ],
          mean: 0.002,
        },
        width,
      ),
  ],
  [
    "reliability",
    (width: number) =>
      reliabilityChart(
        {
          bins: [
            { count: 10, mean_forecast: 0.3, frequency: 0.2 },
            { count: 0, mean_forecast: null, frequency: null },
            { count: 90, mean_forecast: 0.6, frequency: 0.7 },
          ],
        },
        width,
      ),
  ],
] as const;

describe.each(charts)("the %s chart of a page", (_, draw) => {
  it.each([1040, 504, 342])("stays inside %i pixels, takes its colours from the page and draws the same each time", (width) => {
    const svg = draw(width);
    const { names, attributes } = parseXml(svg);
    expect(names.slice(0, 3)).toEqual(["svg", "title", "desc"]);
    expect(attributes[0]).toContain(`width="${width}"`);
    expect(svg).not.toMatch(/NaN|Infinity|undefined|#[0-9a-f]{3,6}|(?:fill|stroke|style|id)="/);
    for (const x of numbersOf(svg)) expect(x >= 0 && x <= width).toBe(true);
    expect(draw(width)).toBe(svg);
  });
});

describe("charts of a page at their edges", () => {
  it("name the deepest drawdown and both ends of the lines", () => {
    // 1, 1.5, 0.75: half of the peak is lost at the third session.
    const { texts } = parseXml(
      equityChart({ dates: dates.slice(0, 3), strategy: [1, 1.5, 0.75], buyAndHold: [1, 1, 1.1], foldStarts: [0] }, 1040),
    );
    expect(texts).toEqual(expect.arrayContaining(["−50.0 %", dates[2], "−25.0 %", "+10.0 %"]));
  });

  it("breaks the rolling line where it is unknown", () => {
    expect(charts[1][1](1040).match(/<path class="l-strategy"/g)).toHaveLength(2);
  });

  it("colours a bin by the side of zero it lies on", () => {
    const svg = charts[3][1](504);
    expect([svg.match(/class="f-loss"/g)!.length, svg.match(/class="f-gain"/g)!.length]).toEqual([2, 1]);
  });

  it("say n/a with the reason where there is nothing to draw", () => {
    const empty = [
      equityChart({ dates: [], strategy: [], buyAndHold: [], foldStarts: [] }, 342),
      rollingSharpeChart({ dates, values: dates.map(() => Number.NaN), windowSessions: 252, overall: null }, 342),
      histogramChart({ bins: [], mean: null }, 342),
      reliabilityChart({ bins: [] }, 342),
    ].map((svg) => parseXml(svg).texts.at(-1));
    expect(empty).toEqual([
      "No sessions to show.",
      "n/a: it takes 252 sessions with returns.",
      "n/a: no trades.",
      "n/a: no forecast has a known outcome.",
    ]);
    parseXml(foldBarsChart({ folds: [], overall: null }, 342));
    parseXml(equityChart({ dates: ["2024-01-02"], strategy: [1], buyAndHold: [1], foldStarts: [0] }, 342));
    parseXml(equityChart({ dates, strategy: dates.map((_, i) => (i > 100 ? 0 : 1)), buyAndHold: equity, foldStarts: [] }, 342));
    parseXml(equityChart({ dates, strategy: dates.map((_, i) => 1.003 ** i), buyAndHold: equity, foldStarts: [] }, 342));
  });
});
