import { useMemo } from "react";
import { formatNumber, plural } from "../words/format.ts";
import { type TermKey, termOf } from "../words/glossary.ts";
import { ChartFrame } from "./chart-frame.tsx";
import styles from "./heat.module.css";
import { HeatCell } from "./heat-cell.tsx";

export interface HourRow {
  readonly name: string;
  /** By New York hour. */
  readonly hours: Readonly<Record<string, number>>;
  /** Trades behind each value. */
  readonly counts?: Readonly<Record<string, number>>;
}

export interface HourHeatmapProps {
  readonly label: string;
  readonly of: TermKey;
  readonly rows: readonly HourRow[];
  /** What counts as neither good nor bad, such as 0.5 for a win rate. */
  readonly neutral?: number;
  /** What the hour is of. */
  readonly hour?: string;
}

/** What a result rests on by the hour of the day, New York time. */
export function HourHeatmap({ label, of, rows, neutral = 0, hour = "the entry bar" }: HourHeatmapProps) {
  const { name, format } = termOf(of);
  const hours = useMemo(() => [...new Set(rows.flatMap((row) => Object.keys(row.hours)))].map(Number).sort((a, b) => a - b), [rows]);
  const largest = Math.max(0, ...rows.flatMap((row) => Object.values(row.hours).map((value) => Math.abs(value - neutral))));
  const table = useMemo(
    () => ({
      columns: ["Row", "Hour", name, "Trades"],
      rows: rows.flatMap((row) => hours.map((hour) => [row.name, `${hour}:00`, row.hours[hour] ?? null, row.counts?.[hour] ?? null])),
      formats: [undefined, undefined, format, "count" as const],
    }),
    [rows, hours, name, format],
  );
  return (
    <ChartFrame label={label} table={table} note={`${name} by the New York hour of ${hour}.`}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={styles.scroll} aria-label={label} tabIndex={0}>
        <table className={styles.heat}>
          <thead>
            <tr>
              <th scope="row">Hour</th>
              {hours.map((hour) => (
                <th key={hour} scope="col">
                  {hour}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row" title={row.name}>
                  {row.name}
                </th>
                {hours.map((hour) => {
                  const value = row.hours[hour];
                  const count = row.counts?.[hour];
                  return (
                    <HeatCell
                      key={hour}
                      value={value === undefined ? null : value - neutral}
                      largest={largest}
                      text={formatNumber(value, format)}
                      title={count === undefined ? undefined : plural(count, "trade")}
                    />
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </ChartFrame>
  );
}
