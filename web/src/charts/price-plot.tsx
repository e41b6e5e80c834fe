import {
  CandlestickSeries,
  createChart,
  createSeriesMarkers,
  type IChartApi,
  LineSeries,
  LineStyle,
  type SeriesMarker,
  type Time,
  type UTCTimestamp,
} from "lightweight-charts";
import { useEffect, useRef, useState } from "react";
import { Button } from "../ui/button.tsx";
import { formatMoment, formatNumber } from "../words/format.ts";
import styles from "./equity.module.css";
import { type Ink, inkAt, useThemeKey } from "./ink.ts";
import type { PriceBar, PriceTrade } from "./price-data.ts";

/** Brackets of more trades than these would cover the prices; markers are drawn for all. */
const MOST_BRACKETS = 120;

const timeOf = (time: string | number): Time => (typeof time === "string" ? time : ((time / 1000) as UTCTimestamp));
const orderOf = (time: string | number): number => (typeof time === "string" ? Date.parse(time) : time);

/** Candles, markers and brackets. */
export function PricePlot({ bars, trades }: { readonly bars: readonly PriceBar[]; readonly trades: readonly PriceTrade[] }) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<IChartApi>(undefined);
  const theme = useThemeKey();
  const [bar, setBar] = useState<PriceBar>();

  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read again when the theme changes
  useEffect(() => {
    const root = box.current;
    if (root === null) return;
    const ink = inkAt(root);
    const made = createChart(root, optionsOf(ink, getComputedStyle(root).fontFamily, typeof bars[0]?.time === "number"));
    chart.current = made;
    const candles = made.addSeries(CandlestickSeries, {
      upColor: ink("gain"),
      downColor: ink("loss"),
      wickUpColor: ink("gain"),
      wickDownColor: ink("loss"),
      borderVisible: false,
    });
    candles.setData(bars.map(({ time, open, high, low, close }) => ({ time: timeOf(time), open, high, low, close })));
    createSeriesMarkers(candles, markersOf(trades, ink));
    for (const trade of trades.slice(-MOST_BRACKETS)) drawBracket(made, trade, ink);
    made.timeScale().setVisibleLogicalRange({ from: Math.max(0, bars.length - 160), to: bars.length + 4 });
    const byTime = new Map(bars.map((each) => [timeKey(timeOf(each.time)), each]));
    made.subscribeCrosshairMove(({ time }) => setBar(time === undefined ? undefined : byTime.get(timeKey(time))));
    return () => {
      chart.current = undefined;
      made.remove();
    };
  }, [bars, trades, theme]);

  const shown = bar ?? bars.at(-1);
  return (
    <div>
      <div className={styles.readout}>
        {shown !== undefined && (
          <>
            <strong>{typeof shown.time === "string" ? shown.time : formatMoment(shown.time)}</strong>
            {(["open", "high", "low", "close"] as const).map((name) => (
              <span key={name}>
                {name} <strong>{formatNumber(shown[name], "price")}</strong>
              </span>
            ))}
          </>
        )}
        <span className={styles.tools}>
          <Button small onClick={() => chart.current?.timeScale().fitContent()}>
            Whole range
          </Button>
        </span>
      </div>
      <div ref={box} style={{ height: 328 }} />
    </div>
  );
}

const timeKey = (time: Time): string => (typeof time === "object" ? `${time.year}-${time.month}-${time.day}` : String(time));

const optionsOf = (ink: Ink, fontFamily: string, intraday: boolean) => ({
  autoSize: true,
  layout: { background: { color: "transparent" }, textColor: ink("text-soft"), fontFamily, fontSize: 12, attributionLogo: false },
  grid: { vertLines: { color: ink("grid") }, horzLines: { color: ink("grid") } },
  rightPriceScale: { borderColor: ink("line-strong") },
  timeScale: { borderColor: ink("line-strong"), timeVisible: intraday, secondsVisible: false },
  localization: { locale: "en-US", dateFormat: "yyyy-MM-dd" },
});

function markersOf(trades: readonly PriceTrade[], ink: Ink): SeriesMarker<Time>[] {
  return trades
    .flatMap(({ side, entryTime, exitTime, return: gain }) => {
      const long = side === "long";
      return [
        {
          order: orderOf(entryTime),
          time: timeOf(entryTime),
          position: long ? ("belowBar" as const) : ("aboveBar" as const),
          shape: long ? ("arrowUp" as const) : ("arrowDown" as const),
          color: ink("accent"),
          text: long ? "buy" : "short",
        },
        {
          order: orderOf(exitTime),
          time: timeOf(exitTime),
          position: long ? ("aboveBar" as const) : ("belowBar" as const),
          shape: "circle" as const,
          color: ink((gain ?? 0) < 0 ? "loss" : "gain"),
          text: gain === null || gain === undefined ? "exit" : formatNumber(gain, "signed_share"),
        },
      ];
    })
    .sort((a, b) => a.order - b.order)
    .map(({ order: _, ...marker }) => marker);
}

/** Entry to exit as a line, stop and target as dashes for as long as the trade was open. */
function drawBracket(chart: IChartApi, { entryTime, entryPrice, exitTime, exitPrice, stop, target }: PriceTrade, ink: Ink): void {
  if (orderOf(exitTime) <= orderOf(entryTime)) return;
  const line = (color: string, from: number, to: number, style: LineStyle): void => {
    chart
      .addSeries(LineSeries, {
        color,
        lineWidth: 1,
        lineStyle: style,
        lastValueVisible: false,
        priceLineVisible: false,
        crosshairMarkerVisible: false,
      })
      .setData([
        { time: timeOf(entryTime), value: from },
        { time: timeOf(exitTime), value: to },
      ]);
  };
  line(ink("text-soft"), entryPrice, exitPrice, LineStyle.Solid);
  if (typeof stop === "number") line(ink("loss"), stop, stop, LineStyle.Dashed);
  if (typeof target === "number") line(ink("gain"), target, target, LineStyle.Dashed);
}
