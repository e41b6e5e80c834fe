import { lazy, Suspense, useMemo } from "react";
import { SkeletonBlock } from "../ui/skeleton.tsx";
import { ChartFrame } from "./chart-frame.tsx";
import styles from "./equity.module.css";
import { alignSeries, type DatedSeries, drawdownOf } from "./series.ts";

const EquityPlot = lazy(() => import("./equity-plot.tsx").then(({ EquityPlot }) => ({ default: EquityPlot })));

export interface EquityChartProps {
  readonly label: string;
  /** The strategy first, then what it is held against; equity, 1 at the start. */
  readonly series: readonly DatedSeries[];
  readonly note?: string;
}

/** Equity of one or several curves with the drawdown below on the same axis; drag to zoom. */
export function EquityChart({ label, series, note }: EquityChartProps) {
  const aligned = useMemo(() => alignSeries(series), [series]);
  const drawdowns = useMemo(() => aligned.columns.map(drawdownOf), [aligned]);
  const names = useMemo(() => series.map(({ name }) => name), [series]);
  const table = useMemo(
    () => ({
      columns: ["Date", ...names, ...names.map((name) => `Drawdown of ${name}`)],
      rows: aligned.dates.map((date, index) => [
        date,
        ...aligned.columns.map((column) => column[index] ?? null),
        ...drawdowns.map((column) => column[index] ?? null),
      ]),
      formats: [undefined, ...names.map(() => "score4" as const), ...names.map(() => "share" as const)],
    }),
    [aligned, drawdowns, names],
  );
  return (
    <ChartFrame label={label} table={table} {...(note === undefined ? {} : { note })}>
      <Suspense
        fallback={
          <div className={styles.loading}>
            <SkeletonBlock />
          </div>
        }
      >
        <EquityPlot names={names} dates={aligned.dates} equity={aligned.columns} drawdowns={drawdowns} />
      </Suspense>
    </ChartFrame>
  );
}
