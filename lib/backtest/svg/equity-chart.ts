import { niceTicks, percent, px, signed } from "./draw.ts";
import { apart, drawdownsOf, logTicks, pathPoints, timeTicks } from "./series.ts";
import { picture, polyline, stroke, word } from "./themed.ts";

export interface EquityChart {
  /** Session dates "YYYY-MM-DD", and equity at their closes; 1 before the first. */
  readonly dates: readonly string[];
  readonly strategy: readonly number[];
  readonly buyAndHold: readonly number[];
  /** Indexes into `dates` at which folds begin. */
  readonly foldStarts: readonly number[];
}

/** Above this range a linear axis hides the early years. */
const LOG_RANGE = 4;

type Scale = (value: number) => number;
interface Panel {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Equity against buy-and-hold with the drawdown below, on one time axis, for a page. */
export function equityChart(chart: EquityChart, width: number): string {
  const { dates, strategy, buyAndHold, foldStarts } = chart;
  const narrow = width < 600;
  const frame = { left: 44, right: width - (narrow ? 74 : 104) };
  const upper: Panel = { ...frame, top: 26, bottom: narrow ? 190 : 270 };
  const lower: Panel = { ...frame, top: upper.bottom + 34, bottom: upper.bottom + (narrow ? 100 : 124) };
  const height = lower.bottom + 26;
  const heading = {
    width,
    height,
    title: "Equity and drawdown",
    description: `Equity of the strategy and of buy-and-hold over ${dates.length} sessions, and the strategy's drawdown.`,
  };
  if (dates.length === 0) return picture(heading, [word(width / 2, height / 2, "No sessions to show.", "muted", "middle")]);
  const x: Scale = (session) => frame.left + ((frame.right - frame.left) * session) / Math.max(1, dates.length - 1);
  return picture(heading, [
    ...timeTicks(dates, narrow ? 5 : 12).flatMap(({ at, label }) => [
      stroke(x(at), upper.top, x(at), upper.bottom, "grid"),
      stroke(x(at), lower.top, x(at), lower.bottom, "grid"),
      word(x(at), lower.bottom + 18, label, "axis", "middle"),
    ]),
    ...foldStarts.flatMap((start, fold) => [
      stroke(x(start), upper.top, x(start), lower.bottom, "mark"),
      ...(narrow ? [] : [word(x(start) + 4, upper.top + 10, `fold ${fold + 1}`, "muted")]),
    ]),
    ...equityPanel(strategy, buyAndHold, x, upper),
    ...drawdownPanel(drawdownsOf(strategy), dates, x, lower),
  ]);
}

function equityPanel(strategy: readonly number[], buyAndHold: readonly number[], x: Scale, { left, right, top, bottom }: Panel): string[] {
  // An account that never traded still gets an axis around 1.
  const values = [...strategy, ...buyAndHold, 0.99, 1.01];
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const logarithmic = low > 0 && high / low > LOG_RANGE;
  const ticks = logarithmic ? logTicks(low, high) : niceTicks(low, high, 5);
  const bend: Scale = logarithmic ? Math.log : (value) => value;
  const [from, to] = [bend(Math.min(low, ticks[0]!)), bend(Math.max(high, ticks.at(-1)!))];
  const y: Scale = (value) => bottom - ((bottom - top) * (bend(value) - from)) / (to - from);
  const digits = ticks.some((tick) => Math.abs(tick * 10 - Math.round(tick * 10)) > 1e-9) ? 2 : 1;
  const [own, hold] = [strategy.at(-1)!, buyAndHold.at(-1)!];
  const [ownY, holdY] = apart(y(own), y(hold), 30);
  return [
    word(left, top - 12, `Growth of 1, net of costs${logarithmic ? ", log scale" : ""}`, "muted"),
    ...ticks.flatMap((tick) => [
      stroke(left, y(tick), right, y(tick), Math.abs(tick - 1) < 1e-9 ? "axis" : "grid"),
      word(left - 6, y(tick) + 4, `${signed(tick, digits)}×`, "axis", "end"),
    ]),
    polyline(pathPoints(buyAndHold, x, y), "reference"),
    polyline(pathPoints(strategy, x, y), "strategy"),
    word(right + 8, ownY, "Strategy", "gain"),
    word(right + 8, ownY + 14, gain(own), "gain"),
    word(right + 8, holdY, "Buy & hold", "muted"),
    word(right + 8, holdY + 14, gain(hold), "muted"),
  ];
}

function drawdownPanel(drawdown: readonly number[], dates: readonly string[], x: Scale, { left, right, top, bottom }: Panel): string[] {
  const deepest = drawdown.reduce((best, value, i) => (value < drawdown[best]! ? i : best), 0);
  const ticks = niceTicks(Math.min(drawdown[deepest]!, -0.01), 0, 3);
  const y: Scale = (value) => top + ((bottom - top) * value) / ticks[0]!;
  const parts = [
    word(left, top - 12, "Drawdown, % of the peak", "muted"),
    ...ticks.flatMap((tick) => [
      stroke(left, y(tick), right, y(tick), tick === 0 ? "axis" : "grid"),
      word(left - 6, y(tick) + 4, signed(100 * tick, ticks[0]! > -0.03 ? 1 : 0), "axis", "end"),
    ]),
  ];
  if (drawdown[deepest] === 0) return parts;
  const outline = pathPoints(drawdown, x, y);
  const area = `M${px(x(0))} ${px(y(0))}L${outline.join("L")}L${px(x(drawdown.length - 1))} ${px(y(0))}Z`;
  return [
    ...parts,
    `<path class="f-area" d="${area}"/>`,
    polyline(outline, "loss"),
    `<circle class="f-loss" cx="${px(x(deepest))}" cy="${px(y(drawdown[deepest]!))}" r="2.5"/>`,
    word(right + 8, y(drawdown[deepest]!) - 2, percent(drawdown[deepest]!), "loss"),
    word(right + 8, y(drawdown[deepest]!) + 12, dates[deepest]!, "muted"),
  ];
}

/** Total return with its sign. */
const gain = (growth: number): string => `${growth >= 1 ? "+" : ""}${percent(growth - 1)}`;
