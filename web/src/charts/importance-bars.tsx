import { useMemo } from "react";
import { formatNumber } from "../words/format.ts";
import { ChartFrame } from "./chart-frame.tsx";
import { extentOf, linearScale } from "./scale.ts";
import styles from "./svg.module.css";
import { useWidth } from "./use-width.ts";

export interface ImportanceItem {
  readonly name: string;
  readonly value: number;
  readonly low?: number | null;
  readonly high?: number | null;
}

export interface ImportanceBarsProps {
  readonly label: string;
  /** What the numbers are, such as "loss of log loss when the feature is shuffled". */
  readonly unit: string;
  readonly items: readonly ImportanceItem[];
  /** The largest ones are drawn; the table has all. */
  readonly most?: number;
}

const ROW = 22;

/** How much each feature matters, the largest first. */
export function ImportanceBars({ label, unit, items, most = 20 }: ImportanceBarsProps) {
  const [box, width] = useWidth<HTMLDivElement>();
  const sorted = useMemo(() => items.toSorted((a, b) => b.value - a.value), [items]);
  const shown = sorted.slice(0, most);
  const table = useMemo(
    () => ({
      columns: ["Feature", "Importance", "Low", "High"],
      rows: sorted.map(({ name, value, low, high }) => [name, value, low ?? null, high ?? null]),
      formats: [undefined, "score4" as const, "score4" as const, "score4" as const],
    }),
    [sorted],
  );
  const left = Math.min(240, Math.max(120, width * 0.36));
  const x = linearScale(extentOf([0, ...shown.flatMap(({ value, low, high }) => [value, low, high])]) ?? [0, 1], [
    left,
    Math.max(left + 40, width - 58),
  ]);
  const mostLetters = Math.floor((left - 8) / 6.6);
  const rest = sorted.length - shown.length;
  return (
    <ChartFrame label={label} table={table} note={`${unit}${rest > 0 ? `; ${rest} more in the table` : ""}`}>
      <div ref={box} className={styles.box}>
        {width > 0 && (
          <svg
            className={styles.svg}
            width={width}
            height={shown.length * ROW + 4}
            role="img"
            aria-label={`${label}: ${shown.map(({ name, value }) => `${name} ${formatNumber(value, "score4")}`).join(", ")}`}
          >
            {shown.map(({ name, value, low, high }, index) => {
              const middle = index * ROW + ROW / 2 + 2;
              const end = Math.max(x(value), x(0), typeof high === "number" ? x(high) : 0);
              return (
                <g key={name}>
                  <title>{`${name}: ${formatNumber(value, "score4")}`}</title>
                  <text className={styles.strong} x={left - 8} y={middle} textAnchor="end" dominantBaseline="middle">
                    {name.length > mostLetters ? `${name.slice(0, mostLetters - 1)}…` : name}
                  </text>
                  <rect
                    className={value < 0 ? styles.loss : styles.series}
                    x={Math.min(x(0), x(value))}
                    width={Math.max(1, Math.abs(x(value) - x(0)))}
                    y={middle - 6}
                    height={12}
                  />
                  {typeof low === "number" && typeof high === "number" && (
                    <path className={styles.whisker} d={`M${x(low)} ${middle}H${x(high)}`} />
                  )}
                  <text x={end + 6} y={middle} dominantBaseline="middle">
                    {formatNumber(value, "score4")}
                  </text>
                </g>
              );
            })}
            <line className={styles.axis} x1={x(0)} x2={x(0)} y1={0} y2={shown.length * ROW + 4} />
          </svg>
        )}
      </div>
    </ChartFrame>
  );
}
