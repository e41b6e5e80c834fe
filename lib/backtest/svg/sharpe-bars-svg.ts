import { COLORS, line, niceTicks, page, px, signed, text } from "./draw.ts";

export interface SharpeBar {
  /** Annual Sharpe ratio; null = undefined. */
  readonly value: number | null;
  /** Lines below the axis, the first one in bold. */
  readonly below: readonly string[];
  /** Drawn in full colour; the others of the picture then step back. */
  readonly stands?: boolean;
}

export interface SharpeBarsPlot {
  readonly title: string;
  readonly subtitle: string;
  readonly description: string;
  /** What the bars are, in a line below them; null = they say it themselves. */
  readonly caption: string | null;
  readonly bars: readonly SharpeBar[];
  /** A line across all bars with its name; null = none. */
  readonly across: { readonly value: number; readonly name: string } | null;
  readonly simulated: boolean;
}

const WIDTH = 900;
const HEIGHT = 420;
const LEFT = 64;
const RIGHT = 820;
const TOP = 96;
const BOTTOM = 330;
/** Pixels that a value above its bar needs in small and in usual letters. */
const SMALL_VALUE = 30;
const USUAL_VALUE = 48;

/** Pixels between the middles of so many bars: what fits below one of them. */
export const barStep = (bars: number): number => (RIGHT - LEFT) / Math.max(1, bars);

/** Bars of Sharpe ratios around 0, blue above and orange below, as an SVG document. Equal inputs give equal bytes. */
export function sharpeBarsSvg({ title, subtitle, description, caption, bars, across, simulated }: SharpeBarsPlot): string {
  const values = [0, across?.value ?? 0, ...bars.map(({ value }) => value ?? 0)];
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  // Without a spread there is still an axis to draw.
  const ticks = niceTicks(Math.min(low, high === 0 ? -0.5 : low), Math.max(high, 0.5), 5);
  const [from, to] = [ticks[0]!, ticks.at(-1)!];
  const y = (value: number): number => BOTTOM - ((BOTTOM - TOP) * (value - from)) / (to - from);
  const step = barStep(bars.length);
  const digits = ticks.some((tick) => !Number.isInteger(tick)) ? 1 : 0;
  const someStand = bars.some(({ stands }) => stands);
  return page(WIDTH, HEIGHT, { title, subtitle, description, simulated }, [
    text(LEFT, TOP - 12, "Sharpe ratio of residual daily returns (annual)", { size: 11 }),
    ...ticks.flatMap((tick) => [
      line(LEFT, y(tick), RIGHT, y(tick), tick === 0 ? COLORS.reference : COLORS.grid),
      text(LEFT - 8, y(tick) + 4, signed(tick, digits), { size: 11, anchor: "end" }),
    ]),
    ...(caption === null ? [] : [text(LEFT, HEIGHT - 14, caption, { size: 10 })]),
    ...bars.flatMap((bar, i) => drawn(bar, LEFT + step * (i + 0.5), step, someStand, y)),
    ...(across === null
      ? []
      : [
          line(LEFT, y(across.value), RIGHT, y(across.value), COLORS.ink, ' stroke-dasharray="5 4" stroke-opacity="0.55"'),
          text(RIGHT + 8, y(across.value), across.name, { size: 11, fill: COLORS.ink }),
          text(RIGHT + 8, y(across.value) + 14, signed(across.value, 2), { size: 11, fill: COLORS.ink, weight: 600 }),
        ]),
  ]);
}

function drawn(
  { value, below, stands }: SharpeBar,
  center: number,
  step: number,
  someStand: boolean,
  y: (value: number) => number,
): string[] {
  const lines = below.map((content, i) =>
    text(center, BOTTOM + 24 + (i === 0 ? 0 : 1 + 16 * i), content, {
      anchor: "middle",
      ...(i === 0 ? { fill: COLORS.ink, weight: 600 } : { size: 11 }),
    }),
  );
  const shown = step >= SMALL_VALUE || stands;
  if (value === null) return [...(shown ? [text(center, y(0) - 8, "n/a", { anchor: "middle" })] : []), ...lines];
  const width = Math.min(96, step * 0.56);
  const [top, height] = [Math.min(y(0), y(value)), Math.abs(y(value) - y(0))];
  const color = value < 0 ? COLORS.loss : COLORS.gain;
  const opacity = someStand && !stands ? 0.35 : 0.85;
  const style = { anchor: "middle", fill: color, weight: 600, halo: true, ...(step < USUAL_VALUE ? { size: 10 } : {}) } as const;
  return [
    `<rect x="${px(center - width / 2)}" y="${px(top)}" width="${px(width)}" height="${px(height)}" fill="${color}" fill-opacity="${opacity}"/>`,
    ...(shown ? [text(center, value < 0 ? top + height + 15 : top - 7, signed(value, 2), style)] : []),
    ...lines,
  ];
}
