import { lazy, Suspense, useMemo } from "react";
import { SkeletonBlock } from "../ui/skeleton.tsx";
import { formatMoment } from "../words/format.ts";
import { ChartFrame } from "./chart-frame.tsx";
import styles from "./price.module.css";
import type { PriceBar, PriceTrade } from "./price-data.ts";

const PricePlot = lazy(() => import("./price-plot.tsx").then(({ PricePlot }) => ({ default: PricePlot })));

export interface PriceChartProps {
  readonly label: string;
  readonly bars: readonly PriceBar[];
  readonly trades: readonly PriceTrade[];
  /** The one of the trades that one came for: it is in view, and its bracket stands out. */
  readonly focus?: PriceTrade | undefined;
  readonly note?: string;
}

const moment = (time: string | number): string => (typeof time === "string" ? time : formatMoment(time));

/** Prices with entries, exits and brackets; wheel and drag move through time, a double press shows all. */
export function PriceChart({ label, bars, trades, focus, note }: PriceChartProps) {
  const table = useMemo(
    () => ({
      columns: ["Side", "Entry", "Entry price", "Exit", "Exit price", "Stop", "Target", "Return"],
      rows: trades.map((trade) => [
        trade.bought ?? trade.side,
        moment(trade.entryTime),
        trade.entryPrice,
        moment(trade.exitTime),
        trade.exitPrice,
        trade.stop ?? null,
        trade.target ?? null,
        trade.return ?? null,
      ]),
      formats: [
        undefined,
        undefined,
        "price" as const,
        undefined,
        "price" as const,
        "price" as const,
        "price" as const,
        "signed_share" as const,
      ],
    }),
    [trades],
  );
  return (
    <ChartFrame
      label={label}
      table={table}
      isEmpty={bars.length === 0}
      note={
        <>
          {note !== undefined && `${note} `}
          Drawn with{" "}
          <a href="https://www.tradingview.com/" target="_blank" rel="noreferrer">
            TradingView Lightweight Charts
          </a>
          .
        </>
      }
    >
      <div className={styles.chart}>
        <Suspense fallback={<SkeletonBlock />}>
          <PricePlot bars={bars} trades={trades} focus={focus} />
        </Suspense>
      </div>
    </ChartFrame>
  );
}
