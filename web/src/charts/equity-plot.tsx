import "uplot/dist/uPlot.min.css";
import { useEffect, useId, useMemo, useRef, useState } from "react";
import uPlot from "uplot";
import { Button } from "../ui/button.tsx";
import { formatNumber } from "../words/format.ts";
import styles from "./equity.module.css";
import { type Ink, type InkName, inkAt, useThemeKey } from "./ink.ts";
import { dateTicks, secondsOf } from "./series.ts";

export interface EquityPlotProps {
  readonly names: readonly string[];
  readonly dates: readonly string[];
  readonly equity: readonly (readonly (number | null)[])[];
  readonly drawdowns: readonly (readonly (number | null)[])[];
}

const EQUITY_PIXELS = 236;
const DRAWDOWN_PIXELS = 110;
const AXIS_PIXELS = 56;
const INKS: readonly InkName[] = ["series-1", "series-3", "series-2", "series-4", "series-5"];

const inkOf = (index: number): InkName => INKS[index % INKS.length]!;

interface Look {
  readonly ink: Ink;
  readonly width: number;
  readonly font: string;
}

/** Two plots over one axis: the cursor and the zoom of one are those of the other. */
export function EquityPlot({ names, dates, equity, drawdowns }: EquityPlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const plots = useRef<readonly uPlot[]>([]);
  const theme = useThemeKey();
  const key = useId();
  const [log, setLog] = useState(false);
  const [zoomed, setZoomed] = useState(false);
  const [at, setAt] = useState<number | null>(null);
  const xs = useMemo(() => dates.map(secondsOf), [dates]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read again when the theme changes
  useEffect(() => {
    const root = box.current;
    if (root === null || xs.length === 0) return;
    const look: Look = { ink: inkAt(root), width: root.clientWidth, font: getComputedStyle(root).fontFamily };
    const sync = uPlot.sync(key);
    const cursor: uPlot.Cursor = { sync: { key: sync.key, setSeries: false, scales: ["x", null] }, drag: { x: true, y: false }, y: false };
    const hooks: uPlot.Hooks.Arrays = {
      setCursor: [(plot) => setAt(plot.cursor.idx ?? null)],
      setScale: [
        (plot, scale) => {
          if (scale !== "x") return;
          const { min, max } = plot.scales["x"]!;
          setZoomed(min !== xs[0] || max !== xs.at(-1));
          for (const other of plots.current)
            if (other !== plot && (other.scales["x"]!.min !== min || other.scales["x"]!.max !== max))
              other.setScale("x", { min: min!, max: max! });
        },
      ],
    };
    const made = [
      new uPlot(optionsOf(look, names, { height: EQUITY_PIXELS, log, ends: true, cursor, hooks }), dataOf(xs, equity), root),
      new uPlot(optionsOf(look, names, { height: DRAWDOWN_PIXELS, log: false, ends: false, cursor, hooks }), dataOf(xs, drawdowns), root),
    ];
    plots.current = made;
    for (const plot of made) sync.sub(plot);
    const resize = new ResizeObserver(([entry]) => {
      const width = Math.floor(entry!.contentRect.width);
      for (const plot of made) if (plot.width !== width && width > 0) plot.setSize({ width, height: plot.height });
    });
    resize.observe(root);
    return () => {
      resize.disconnect();
      plots.current = [];
      for (const plot of made) plot.destroy();
    };
  }, [xs, equity, drawdowns, names, log, theme, key]);

  const shown = at ?? xs.length - 1;
  const reset = (): void => {
    for (const plot of plots.current) plot.setScale("x", { min: xs[0]!, max: xs.at(-1)! });
  };
  return (
    <div>
      <div className={styles.readout}>
        <strong>{dates[shown]}</strong>
        {names.map((name, index) => (
          <span key={name} className={styles.key}>
            <span className={styles.swatch} style={{ background: `var(--${inkOf(index)})` }} />
            {name} <strong>{formatNumber(equity[index]?.[shown], "ratio")}</strong> drawdown{" "}
            <strong>{formatNumber(drawdowns[index]?.[shown], "share")}</strong>
          </span>
        ))}
        <span className={styles.tools}>
          {zoomed && (
            <Button small onClick={reset}>
              Whole range
            </Button>
          )}
          <Button small kind="quiet" aria-pressed={log} onClick={() => setLog(!log)}>
            Log scale
          </Button>
        </span>
      </div>
      <div ref={box} className={styles.plot} />
    </div>
  );
}

const dataOf = (xs: readonly number[], columns: readonly (readonly (number | null)[])[]): uPlot.AlignedData =>
  [xs, ...columns] as unknown as uPlot.AlignedData;

interface PlotKind {
  readonly height: number;
  readonly log: boolean;
  /** Equity has the names of the curves at their ends; the drawdown below is filled instead. */
  readonly ends: boolean;
  readonly cursor: uPlot.Cursor;
  readonly hooks: uPlot.Hooks.Arrays;
}

function optionsOf({ ink, width, font }: Look, names: readonly string[], { height, log, ends, cursor, hooks }: PlotKind): uPlot.Options {
  const axis: uPlot.Axis = {
    stroke: ink("text-soft"),
    font: `12px ${font}`,
    grid: { stroke: ink("grid"), width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height,
    // The name of the last day stands half beyond the plot.
    padding: [8, 36, 0, 0],
    legend: { show: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    cursor,
    hooks: {
      ...hooks,
      draw: [
        (plot) => {
          if (ends && names.length <= 3) drawEndNames(plot, names, ink, font);
          drawTitle(plot, ends ? "Equity, start = 1" : "Drawdown", ink, font);
        },
      ],
    },
    scales: { x: { time: true }, y: log ? { distr: 3 } : {} },
    axes: [
      { ...axis, show: !ends, size: 28, space: 84, values: (_, splits, __, ___, step) => dateTicks(splits, step) },
      {
        ...axis,
        size: AXIS_PIXELS,
        values: (_, splits) =>
          splits.map((value) => (value === null ? "" : formatNumber(value, ends ? "ratio" : "share").replace(".0%", "%"))),
      },
    ],
    series: [
      {},
      ...names.map(
        (name, index): uPlot.Series => ({
          label: name,
          stroke: ink(inkOf(index)),
          width: index === 0 ? 1.5 : 1,
          points: { show: false },
          spanGaps: false,
          ...(ends || index > 0 ? {} : { fill: ink("band") }),
        }),
      ),
    ],
  };
}

/** What the plot shows, where curves rarely are: equity begins low at the left, and drawdowns end high. */
function drawTitle({ ctx, bbox }: uPlot, title: string, ink: Ink, font: string): void {
  const ratio = devicePixelRatio;
  const isEquity = title !== "Drawdown";
  ctx.save();
  ctx.font = `${12 * ratio}px ${font}`;
  ctx.textAlign = "left";
  ctx.textBaseline = isEquity ? "top" : "bottom";
  const y = isEquity ? bbox.top + 2 * ratio : bbox.top + bbox.height - 2 * ratio;
  ctx.lineWidth = 4 * ratio;
  ctx.strokeStyle = ink("surface");
  ctx.strokeText(title, bbox.left + 6 * ratio, y);
  ctx.fillStyle = ink("text-soft");
  ctx.fillText(title, bbox.left + 6 * ratio, y);
  ctx.restore();
}

/** The curves' names stand where they end, moved apart where they would cover each other. */
function drawEndNames(plot: uPlot, names: readonly string[], ink: Ink, font: string): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const line = 14 * ratio;
  const ends = names
    .map((name, index) => {
      const [, last] = plot.series[0]!.idxs ?? [0, 0];
      const column = plot.data[index + 1]!;
      let place = last;
      while (place > 0 && (column[place] === null || column[place] === undefined)) place -= 1;
      const value = column[place];
      return { name, index, y: value === null || value === undefined ? Number.NaN : plot.valToPos(value, "y", true) };
    })
    .filter(({ y }) => Number.isFinite(y))
    .sort((a, b) => a.y - b.y);
  ctx.save();
  ctx.font = `${12 * ratio}px ${font}`;
  ctx.textAlign = "right";
  ctx.textBaseline = "bottom";
  let free = bbox.top + line;
  for (const { name, index, y } of ends) {
    const place = Math.min(bbox.top + bbox.height - 2, Math.max(free, y - 3 * ratio));
    ctx.lineWidth = 4 * ratio;
    ctx.strokeStyle = ink("surface");
    ctx.strokeText(name, bbox.left + bbox.width - 4, place);
    ctx.fillStyle = ink(inkOf(index));
    ctx.fillText(name, bbox.left + bbox.width - 4, place);
    free = place + line;
  }
  ctx.restore();
}
