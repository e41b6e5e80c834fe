import { type PointerEvent, useMemo, useState } from "react";
import { formatNumber } from "../words/format.ts";
import { ChartFrame } from "./chart-frame.tsx";
import styles from "./correlation.module.css";
import { strengthOf } from "./series.ts";
import { useWidth } from "./use-width.ts";

export interface CorrelationMatrixProps {
  readonly label: string;
  readonly columns: readonly string[];
  /** Row i holds the correlations of column i with the columns before it. */
  readonly lower: readonly (readonly (number | null)[])[];
  readonly note?: string;
}

/** Pairs of a lower triangle, the strongest first; those that are not known last. */
export function pairsOf(
  columns: readonly string[],
  lower: CorrelationMatrixProps["lower"],
): { a: string; b: string; value: number | null }[] {
  const strength = (value: number | null): number => (value === null ? -1 : Math.abs(value));
  return lower
    .flatMap((row, i) => row.map((value, j) => ({ a: columns[j]!, b: columns[i]!, value })))
    .sort((x, y) => strength(y.value) - strength(x.value));
}

const LETTER = 6.7;
const LARGEST_CELL = 24;
const MOST_TINT = 86;

/** Which features say the same: a square for each pair, blue where they move together, orange where against each other. */
export function CorrelationMatrix({ label, columns, lower, note }: CorrelationMatrixProps) {
  const [box, width] = useWidth<HTMLDivElement>();
  const [at, setAt] = useState<readonly [number, number]>();
  const table = useMemo(
    () => ({
      columns: ["Feature", "Other feature", "Correlation"],
      rows: pairsOf(columns, lower).map(({ a, b, value }) => [a, b, value]),
      formats: [undefined, undefined, "ratio" as const],
    }),
    [columns, lower],
  );
  const longest = Math.max(...columns.map((name) => name.length), 1);
  const left = Math.min(width * 0.4, longest * LETTER + 8);
  const cell = Math.max(3, Math.min(LARGEST_CELL, (width - left) / Math.max(1, columns.length)));
  const letters = Math.floor((left - 8) / LETTER);
  const labelled = cell >= 11;
  const place = (event: PointerEvent<SVGSVGElement>): void => {
    const { left: x, top: y } = event.currentTarget.getBoundingClientRect();
    const row = Math.floor((event.clientY - y) / cell);
    const column = Math.floor((event.clientX - x - left) / cell);
    setAt(lower[row]?.[column] === undefined ? undefined : [row, column]);
  };
  const value = at === undefined ? undefined : lower[at[0]]?.[at[1]];
  const strongest = table.rows[0];
  return (
    <ChartFrame label={label} table={table} {...(note === undefined ? {} : { note })}>
      <div ref={box} className={styles.box}>
        {width > 0 && (
          <svg
            className={styles.svg}
            width={width}
            height={columns.length * cell}
            role="img"
            aria-label={`${label}: ${columns.length} features${strongest === undefined ? "" : `, the closest are ${strongest[0]} and ${strongest[1]} with ${formatNumber(strongest[2] as number | null, "ratio")}`}`}
            onPointerMove={place}
            onPointerLeave={() => setAt(undefined)}
          >
            {labelled &&
              columns.map((name, row) => (
                <text
                  key={name}
                  x={left - 6}
                  y={(row + 0.5) * cell}
                  textAnchor="end"
                  dominantBaseline="central"
                  data-at={at?.[0] === row || at?.[1] === row ? "" : undefined}
                >
                  {name.length > letters ? `${name.slice(0, letters - 1)}…` : name}
                </text>
              ))}
            {lower.map((row, i) =>
              row.map((each, j) => {
                const share = Math.round(strengthOf(each, 1) * MOST_TINT);
                return (
                  <rect
                    key={`${columns[i]} ${columns[j]}`}
                    x={left + j * cell}
                    y={i * cell}
                    width={cell - 1}
                    height={cell - 1}
                    className={each === null ? styles.unknown : styles.cell}
                    style={{ fill: `color-mix(in srgb, var(${(each ?? 0) < 0 ? "--loss" : "--gain"}) ${share}%, var(--heat-0))` }}
                    data-at={at?.[0] === i && at[1] === j ? "" : undefined}
                  />
                );
              }),
            )}
            {columns.map((name, i) => (
              <rect key={name} x={left + i * cell} y={i * cell} width={cell - 1} height={cell - 1} className={styles.own} />
            ))}
          </svg>
        )}
        <p className={styles.readout}>
          {at === undefined
            ? "Point at a square to read the pair; the table has all pairs."
            : `${columns[at[1]]} and ${columns[at[0]]}: ${value === null ? "not defined" : formatNumber(value, "ratio")}`}
        </p>
      </div>
    </ChartFrame>
  );
}
