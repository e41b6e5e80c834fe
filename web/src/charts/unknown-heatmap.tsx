import { useMemo } from "react";
import { formatNumber } from "../words/format.ts";
import { ChartFrame } from "./chart-frame.tsx";
import styles from "./heat.module.css";
import { HeatCell } from "./heat-cell.tsx";

export interface UnknownColumn {
  readonly name: string;
  /** Share of rows without a value in each period. */
  readonly shares: readonly number[];
}

export interface UnknownHeatmapProps {
  readonly label: string;
  readonly periods: readonly string[];
  readonly columns: readonly UnknownColumn[];
}

const written = (share: number): string => (share === 0 ? "" : share < 0.01 ? "<1%" : `${Math.round(share * 100)}%`);

/** Where values are missing: a row for each column that lacks any, a cell for each period, the stronger the more is unknown. */
export function UnknownHeatmap({ label, periods, columns }: UnknownHeatmapProps) {
  const gaps = useMemo(() => columns.filter(({ shares }) => shares.some((share) => share > 0)), [columns]);
  const table = useMemo(
    () => ({
      columns: ["Column", ...periods],
      rows: columns.map(({ name, shares }) => [name, ...shares]),
      formats: [undefined, ...periods.map(() => "share" as const)],
    }),
    [periods, columns],
  );
  const whole = columns.length - gaps.length;
  const note =
    gaps.length === 0
      ? "Every column has a value in every row."
      : `Share of rows without a value.${whole === 0 ? "" : ` ${whole === 1 ? "The other column has" : `The other ${whole} columns have`} a value in every row.`}`;
  return (
    <ChartFrame label={label} table={table} note={note}>
      {gaps.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <section className={styles.scroll} aria-label={label} tabIndex={0}>
          <table className={styles.heat} data-dense="">
            <thead>
              <tr>
                <th scope="row">Column</th>
                {periods.map((period) => (
                  <th key={period} scope="col">
                    {period}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {gaps.map(({ name, shares }) => (
                <tr key={name}>
                  <th scope="row" title={name}>
                    {name}
                  </th>
                  {shares.map((share, index) => (
                    <HeatCell
                      key={periods[index]}
                      value={-share}
                      largest={1}
                      text={written(share)}
                      title={`${name}, ${periods[index]}: ${formatNumber(share, "share")} unknown`}
                    />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </ChartFrame>
  );
}
