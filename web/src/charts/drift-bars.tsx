import { useMemo } from "react";
import { formatNumber } from "../words/format.ts";
import { ChartFrame } from "./chart-frame.tsx";
import { linearScale } from "./scale.ts";
import styles from "./svg.module.css";
import { useWidth } from "./use-width.ts";

export interface DriftItem {
  readonly name: string;
  /** Population stability index; null = too few values to say. */
  readonly value: number | null;
}

export interface DriftBarsProps {
  readonly label: string;
  readonly items: readonly DriftItem[];
  /** The largest ones are drawn; the table has all. */
  readonly most?: number;
}

/** The customary reading of the index. */
const STABLE = 0.1;
const SHIFTED = 0.25;
const ROW = 20;
const TOP = 20;

export const readingOf = (value: number | null): string =>
  value === null ? "not known" : value > SHIFTED ? "shifted" : value > STABLE ? "moving" : "stable";

/** How far each column moved between the first and the last third of the rows, the largest first, beside the two customary marks. */
export function DriftBars({ label, items, most = 20 }: DriftBarsProps) {
  const [box, width] = useWidth<HTMLDivElement>();
  const sorted = useMemo(() => items.toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1)), [items]);
  const shown = sorted.filter(({ value }) => value !== null).slice(0, most);
  const table = useMemo(
    () => ({
      columns: ["Column", "Stability index", "Reading"],
      rows: sorted.map(({ name, value }) => [name, value, readingOf(value)]),
      formats: [undefined, "ratio3" as const, undefined],
    }),
    [sorted],
  );
  const shifted = items.filter(({ value }) => value !== null && value > SHIFTED).length;
  const unknown = items.filter(({ value }) => value === null).length;
  const rest = sorted.length - unknown - shown.length;
  const left = Math.min(200, Math.max(110, width * 0.36));
  const x = linearScale([0, Math.max(SHIFTED * 1.3, ...shown.map(({ value }) => value ?? 0))], [left, Math.max(left + 40, width - 46)]);
  const letters = Math.floor((left - 8) / 6.7);
  const height = TOP + shown.length * ROW + 4;
  const note = `${shifted} of ${items.length} columns shifted (index above ${SHIFTED}).${rest > 0 ? ` ${rest} more in the table.` : ""}${unknown > 0 ? ` ${unknown} have too few values.` : ""}`;
  return (
    <ChartFrame label={label} table={table} note={note}>
      <div ref={box} className={styles.box}>
        {width > 0 && (
          <svg className={styles.svg} width={width} height={height} role="img" aria-label={`${label}: ${note}`}>
            {[STABLE, SHIFTED].map((mark) => (
              <g key={mark}>
                <line className={styles.reference} x1={x(mark)} x2={x(mark)} y1={TOP - 4} y2={height} />
                {/* Beside long bars the two marks are close: their names stand on either side of them. */}
                <text x={x(mark)} y={TOP - 8} textAnchor={mark === STABLE ? "end" : "start"}>
                  {mark}
                </text>
              </g>
            ))}
            {shown.map(({ name, value }, index) => {
              const middle = TOP + index * ROW + ROW / 2;
              return (
                <g key={name}>
                  <title>{`${name}: ${formatNumber(value, "ratio3")}, ${readingOf(value)}`}</title>
                  <text className={styles.strong} x={left - 8} y={middle} textAnchor="end" dominantBaseline="central">
                    {name.length > letters ? `${name.slice(0, letters - 1)}…` : name}
                  </text>
                  <rect
                    className={value! > SHIFTED ? styles.loss : styles.series}
                    x={left}
                    width={Math.max(1, x(value!) - left)}
                    y={middle - 5}
                    height={10}
                  />
                  <text className={styles.halo} x={x(value!) + 6} y={middle} dominantBaseline="central">
                    {formatNumber(value, "ratio")}
                  </text>
                </g>
              );
            })}
          </svg>
        )}
      </div>
    </ChartFrame>
  );
}
