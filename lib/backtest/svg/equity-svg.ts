import { COLORS, line, niceTicks, page, percent, px, signed, text } from "./draw.ts";
import { apart, drawdownsOf, logTicks, pathPoints } from "./series.ts";

export interface EquityPlot {
  readonly title: string;
  /** What was evaluated and under which costs, in a line. */
  readonly subtitle: string;
  /** Session dates "YYYY-MM-DD", and equity at their closes; 1 before the first. */
  readonly dates: readonly string[];
  readonly strategy: readonly number[];
  readonly buyAndHold: readonly number[];
  /** Indexes into `dates` at which folds begin. */
  readonly foldStarts: readonly number[];
  readonly simulated: boolean;
}

const WIDTH = 900;
const HEIGHT = 540;
const LEFT = 64;
const RIGHT = 772;
const TOP = { top: 92, bottom: 356 } as const;
const BOTTOM = { top: 396, bottom: 496 } as const;
/** Above this range a linear axis hides the early years. */
const LOG_RANGE = 4;

/**
 * Equity against buy-and-hold with the drawdown below, on one time axis, as an SVG document. Equal inputs give
 * equal bytes.
 */
export function equitySvg(plot: EquityPlot): string {
  const { dates, strategy, buyAndHold } = plot;
  const sessions = dates.length;
  const x = (session: number): number => LEFT + ((RIGHT - LEFT) * session) / Math.max(1, sessions - 1);
  const drawdown = drawdownsOf(strategy);
  const heading = {
    title: plot.title,
    subtitle: plot.subtitle,
    description: `Equity of the strategy and of buy-and-hold over ${sessions} sessions, and the strategy's drawdown.`,
    simulated: plot.simulated,
  };
  if (sessions === 0) return page(WIDTH, HEIGHT, heading, [text(WIDTH / 2, 280, "No sessions to show.", { anchor: "middle" })]);
  return page(WIDTH, HEIGHT, heading, [
    ...timeAxis(dates, x),
    ...foldMarks(plot.foldStarts, x),
    ...equityPanel(strategy, buyAndHold, x),
    ...drawdownPanel(drawdown, dates, x),
  ]);
}

/** Total return with its sign. */
const gain = (growth: number): string => `${growth >= 1 ? "+" : ""}${percent(growth - 1)}`;

type Scale = (value: number) => number;

function equityPanel(strategy: readonly number[], buyAndHold: readonly number[], x: Scale): string[] {
  const values = [...strategy, ...buyAndHold, 1];
  // An account that never traded still gets an axis around 1.
  const low = values.reduce((a, b) => Math.min(a, b), 0.99);
  const high = values.reduce((a, b) => Math.max(a, b), 1.01);
  const logarithmic = low > 0 && high / low > LOG_RANGE;
  const ticks = logarithmic ? logTicks(low, high) : niceTicks(low, high, 5);
  const bend: Scale = logarithmic ? Math.log : (value) => value;
  const [from, to] = [bend(Math.min(low, ticks[0]!)), bend(Math.max(high, ticks.at(-1)!))];
  const y: Scale = (value) => TOP.bottom - ((TOP.bottom - TOP.top) * (bend(value) - from)) / (to - from);
  const digits = ticks.some((tick) => Math.abs(tick * 10 - Math.round(tick * 10)) > 1e-9) ? 2 : 1;
  const last = strategy.length - 1;
  const label = { strategy: y(strategy[last]!), buyAndHold: y(buyAndHold[last]!) };
  const [strategyY, holdY] = apart(label.strategy, label.buyAndHold, 30);
  return [
    text(LEFT, TOP.top - 10, `Growth of 1 (net of costs${logarithmic ? ", log scale" : ""})`, { size: 11 }),
    ...ticks.flatMap((tick) => [
      line(LEFT, y(tick), RIGHT, y(tick), Math.abs(tick - 1) < 1e-9 ? COLORS.axis : COLORS.grid),
      text(LEFT - 8, y(tick) + 4, `${signed(tick, digits)}×`, { size: 11, anchor: "end" }),
    ]),
    polyline(buyAndHold, x, y, COLORS.reference, 1.2),
    polyline(strategy, x, y, COLORS.gain, 1.6),
    text(RIGHT + 8, strategyY, "Strategy", { fill: COLORS.gain, weight: 600 }),
    text(RIGHT + 8, strategyY + 14, gain(strategy[last]!), { fill: COLORS.gain, size: 11 }),
    text(RIGHT + 8, holdY, "Buy and hold", { weight: 600 }),
    text(RIGHT + 8, holdY + 14, gain(buyAndHold[last]!), { size: 11 }),
  ];
}

function drawdownPanel(drawdown: readonly number[], dates: readonly string[], x: Scale): string[] {
  const deepest = drawdown.reduce((best, value, i) => (value < drawdown[best]! ? i : best), 0);
  const ticks = niceTicks(Math.min(drawdown[deepest]!, -0.01), 0, 3);
  const floor = ticks[0]!;
  const y: Scale = (value) => BOTTOM.top + ((BOTTOM.bottom - BOTTOM.top) * value) / floor;
  const parts = [
    text(LEFT, BOTTOM.top - 10, "Drawdown (% of the peak)", { size: 11 }),
    ...ticks.flatMap((tick) => [
      line(LEFT, y(tick), RIGHT, y(tick), tick === 0 ? COLORS.axis : COLORS.grid),
      text(LEFT - 8, y(tick) + 4, percent(tick, Math.abs(floor) < 0.03 ? 1 : 0), { size: 11, anchor: "end" }),
    ]),
  ];
  if (drawdown[deepest] === 0) return parts;
  const outline = pathPoints(drawdown, x, y);
  const area = `M${px(x(0))} ${px(y(0))}L${outline.join("L")}L${px(x(drawdown.length - 1))} ${px(y(0))}Z`;
  const right = x(deepest) > RIGHT - 160;
  return [
    ...parts,
    `<path d="${area}" fill="${COLORS.loss}" fill-opacity="0.18"/>`,
    `<path d="M${outline.join("L")}" fill="none" stroke="${COLORS.loss}" stroke-width="1"/>`,
    `<circle cx="${px(x(deepest))}" cy="${px(y(drawdown[deepest]!))}" r="2.5" fill="${COLORS.loss}"/>`,
    text(x(deepest) + (right ? -7 : 7), y(drawdown[deepest]!) + 1, `${percent(drawdown[deepest]!)} on ${dates[deepest]}`, {
      size: 11,
      fill: COLORS.loss,
      weight: 600,
      anchor: right ? "end" : "start",
      halo: true,
    }),
  ];
}

/** Labels at the first session of years (or months, for short ranges), thinned to fit. */
function timeAxis(dates: readonly string[], x: Scale): string[] {
  const byYear = dates[0]!.slice(0, 4) !== dates.at(-1)!.slice(0, 4) && dates.length > 378;
  const unit = byYear ? 4 : 7;
  const starts = dates.flatMap((day, i) => (i > 0 && day.slice(0, unit) !== dates[i - 1]!.slice(0, unit) ? [i] : []));
  const every = Math.max(1, Math.ceil(starts.length / (byYear ? 14 : 9)));
  const shown = starts.filter((_, i) => i % every === 0);
  return [
    ...shown.flatMap((i) => [
      line(x(i), TOP.top, x(i), TOP.bottom, COLORS.grid),
      line(x(i), BOTTOM.top, x(i), BOTTOM.bottom, COLORS.grid),
      text(x(i), BOTTOM.bottom + 18, dates[i]!.slice(0, unit), { size: 11, anchor: "middle" }),
    ]),
    text(LEFT, HEIGHT - 10, `Sessions ${dates[0]} to ${dates.at(-1)}, New York`, { size: 10 }),
  ];
}

function foldMarks(starts: readonly number[], x: Scale): string[] {
  return starts.flatMap((start, fold) => [
    line(x(start), TOP.top, x(start), BOTTOM.bottom, COLORS.axis, ' stroke-dasharray="2 3"'),
    text(x(start) + 4, TOP.top + 10, `fold ${fold + 1}`, { size: 10, fill: COLORS.reference, halo: true }),
  ]);
}

function polyline(values: readonly number[], x: Scale, y: Scale, stroke: string, width: number): string {
  return `<path d="M${pathPoints(values, x, y).join("L")}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linejoin="round"/>`;
}
