import { useMemo, useState } from "react";
import { formatNumber, plural } from "../words/format.ts";
import { ChartFrame } from "./chart-frame.tsx";
import { linearScale, linePath, ticksOf } from "./scale.ts";
import styles from "./svg.module.css";
import { useWidth } from "./use-width.ts";
import { wilson } from "./wilson.ts";

export interface ReliabilityBin {
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
  readonly mean_forecast: number | null;
  readonly frequency: number | null;
}

const MOST = 360;
const LEFT = 44;
const BOTTOM = 34;
const COUNTS = 44;

/** How often what was forecast came true: on the diagonal the probabilities are honest. Cases per bin stand below. */
export function ReliabilityChart({ label, bins }: { readonly label: string; readonly bins: readonly ReliabilityBin[] }) {
  const [box, full] = useWidth<HTMLDivElement>();
  const [at, setAt] = useState<number>();
  const width = Math.min(MOST, full);
  const known = useMemo(
    () =>
      bins.filter(
        (bin): bin is ReliabilityBin & { mean_forecast: number; frequency: number } =>
          bin.count > 0 && bin.mean_forecast !== null && bin.frequency !== null,
      ),
    [bins],
  );
  const table = useMemo(
    () => ({
      columns: ["From", "To", "Cases", "Mean forecast", "Came true"],
      rows:
        known.length === 0
          ? []
          : bins.map(({ lower, upper, count, mean_forecast, frequency }) => [lower, upper, count, mean_forecast, frequency]),
      formats: ["ratio" as const, "ratio" as const, "count" as const, "ratio3" as const, "ratio3" as const],
    }),
    [bins, known],
  );
  const side = width - LEFT - 8;
  const x = linearScale([0, 1], [LEFT, LEFT + side]);
  const y = linearScale([0, 1], [8 + side, 8]);
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const base = 8 + side + COUNTS;
  const shown = at === undefined ? undefined : known[at];
  return (
    <ChartFrame label={label} table={table} note="Forecast probability across, how often it came true upward; whiskers are 95 % intervals.">
      <div ref={box} className={styles.box}>
        {width > 0 && (
          <svg
            className={styles.svg}
            width={width}
            height={base + BOTTOM}
            role="img"
            aria-label={`${label}, ${plural(known.length, "bin")}`}
          >
            {ticksOf([0, 1], 5).map((tick) => (
              <g key={tick}>
                <line className={styles.grid} x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} />
                <line className={styles.grid} x1={x(tick)} x2={x(tick)} y1={y(0)} y2={y(1)} />
                <text x={LEFT - 6} y={y(tick)} textAnchor="end" dominantBaseline="middle">
                  {formatNumber(tick, "ratio")}
                </text>
                <text x={x(tick)} y={base + 16} textAnchor="middle">
                  {formatNumber(tick, "ratio")}
                </text>
              </g>
            ))}
            <line className={styles.reference} x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
            <text x={x(0.97)} y={y(0.86)} textAnchor="end">
              perfect
            </text>
            {bins.map(({ lower, upper, count }) => (
              <rect
                key={lower}
                className={styles.count}
                x={x(lower) + 1}
                width={Math.max(1, x(upper) - x(lower) - 2)}
                y={base - (count / most) * (COUNTS - 8)}
                height={(count / most) * (COUNTS - 8)}
              />
            ))}
            <path
              className={styles.curve}
              d={linePath(
                known.map(({ frequency }) => frequency),
                (index) => x(known[index]!.mean_forecast),
                y,
              )}
            />
            {known.map(({ lower, mean_forecast, frequency, count }, index) => {
              const [low, high] = wilson(frequency, count);
              return (
                <g key={lower} onPointerEnter={() => setAt(index)} onPointerLeave={() => setAt(undefined)}>
                  <path className={styles.whisker} d={`M${x(mean_forecast)} ${y(low)}V${y(high)}`} />
                  <circle className={styles.dot} cx={x(mean_forecast)} cy={y(frequency)} r={4} />
                  <circle className={styles.hit} cx={x(mean_forecast)} cy={y(frequency)} r={12} />
                </g>
              );
            })}
            <text x={x(0.5)} y={base + 31} textAnchor="middle">
              forecast
            </text>
          </svg>
        )}
        <p className={styles.readout}>
          {shown !== undefined &&
            `Forecast ${formatNumber(shown.mean_forecast, "ratio3")}, came true ${formatNumber(shown.frequency, "ratio3")} of ${plural(shown.count, "case")}`}
        </p>
      </div>
    </ChartFrame>
  );
}
