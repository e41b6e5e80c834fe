import {
  CandlestickSeries,
  createChart,
  createSeriesMarkers,
  type IChartApi,
  LineSeries,
  LineStyle,
  type SeriesMarker,
  type Time,
} from "lightweight-charts";
import { useEffect, useRef, useState } from "react";
import { Button } from "../ui/button.tsx";
import { formatMoment, formatNumber } from "../words/format.ts";
import styles from "./equity.module.css";
import { type Ink, inkAt, useThemeKey } from "./ink.ts";
import { chartTime, type PriceBar, type PriceTrade, viewOf } from "./price-data.ts";

/** Brackets of more trades than these would cover the prices; markers are drawn for all. */
const MOST_BRACKETS = 120;

const timeOf = (time: string | number): Time => chartTime(time) as Time;
const orderOf = (time: string | number): number => (typeof time === "string" ? Date.parse(time) : time);

export interface PricePlotProps {
  readonly bars: readonly PriceBar[];
  readonly trades: readonly PriceTrade[];
  readonly focus: PriceTrade | undefined;
}

/** Candles, markers and brackets; times within a day are those of New York. */
export function PricePlot({ bars, trades, focus }: PricePlotProps) {
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
      // The newest price of a history that is over says nothing.
      lastValueVisible: false,
      priceLineVisible: false,
    });
    candles.setData(bars.map(({ time, open, high, low, close }) => ({ time: timeOf(time), open, high, low, close })));
    createSeriesMarkers(candles, markersOf(trades, focus, ink));
    for (const trade of trades.slice(-MOST_BRACKETS)) if (trade !== focus) drawBracket(made, trade, ink, false);
    if (focus !== undefined) drawBracket(made, focus, ink, true);
    made.timeScale().setVisibleLogicalRange(viewOf(bars, focus));
    const byTime = new Map(bars.map((each) => [timeKey(timeOf(each.time)), each]));
    made.subscribeCrosshairMove(({ time }) => setBar(time === undefined ? undefined : byTime.get(timeKey(time))));
    return () => {
      chart.current = undefined;
      made.remove();
    };
  }, [bars, trades, focus, theme]);

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

/** Words stand beside every marker, or beside those of the trade that one came for: trades may follow bar upon bar. */
function markersOf(trades: readonly PriceTrade[], focus: PriceTrade | undefined, ink: Ink): SeriesMarker<Time>[] {
  return trades
    .flatMap((trade) => {
      const { side, bought, entryTime, exitTime, return: gain } = trade;
      const says = (words: string) => (focus === undefined || trade === focus ? { text: words } : {});
      const long = side === "long";
      return [
        {
          order: orderOf(entryTime),
          time: timeOf(entryTime),
          position: long ? ("belowBar" as const) : ("aboveBar" as const),
          shape: long ? ("arrowUp" as const) : ("arrowDown" as const),
          color: ink("accent"),
          ...says(bought ?? (long ? "buy" : "short")),
        },
        {
          order: orderOf(exitTime),
          time: timeOf(exitTime),
          position: long ? ("aboveBar" as const) : ("belowBar" as const),
          shape: "circle" as const,
          color: ink((gain ?? 0) < 0 ? "loss" : "gain"),
          ...says(gain === null || gain === undefined ? "exit" : formatNumber(gain, "signed_share")),
        },
      ];
    })
    .sort((a, b) => a.order - b.order)
    .map(({ order: _, ...marker }) => marker);
}

/**
 * Entry to exit as a line, stop and target as dashes for as long as the trade was open; of a trade within one bar, dots. The one
 * that stands out names its stop and target on the scale of prices.
 */
function drawBracket(chart: IChartApi, trade: PriceTrade, ink: Ink, standsOut: boolean): void {
  const { entryTime, entryPrice, exitTime, exitPrice, stop, target } = trade;
  const isWithinOneBar = orderOf(exitTime) <= orderOf(entryTime);
  const line = (color: string, from: number, to: number, style: LineStyle, name?: string): void => {
    chart
      .addSeries(LineSeries, {
        color,
        lineWidth: standsOut ? 2 : 1,
        lineStyle: style,
        title: standsOut ? (name ?? "") : "",
        lastValueVisible: standsOut && name !== undefined,
        priceLineVisible: false,
        crosshairMarkerVisible: false,
        pointMarkersVisible: isWithinOneBar,
      })
      .setData([{ time: timeOf(entryTime), value: from }, ...(isWithinOneBar ? [] : [{ time: timeOf(exitTime), value: to }])]);
  };
  if (!isWithinOneBar) line(ink("text-soft"), entryPrice, exitPrice, LineStyle.Solid);
  if (typeof stop === "number") line(ink("loss"), stop, stop, LineStyle.Dashed, "stop");
  if (typeof target === "number") line(ink("gain"), target, target, LineStyle.Dashed, "target");
}
