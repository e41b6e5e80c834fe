import { useMemo } from "react";
import { formatNumber } from "../words/format.ts";
import { ChartFrame } from "./chart-frame.tsx";
import styles from "./heat.module.css";
import { HeatCell } from "./heat-cell.tsx";
import { monthlyReturns, yearlyReturns } from "./series.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export interface MonthlyReturnsProps {
  readonly label: string;
  /** Session dates of an equity curve that is 1 before its first one. */
  readonly dates: readonly string[];
  readonly values: readonly (number | null)[];
}

/** Returns by month and year. */
export function MonthlyReturns({ label, dates, values }: MonthlyReturnsProps) {
  const months = useMemo(() => monthlyReturns(dates, values), [dates, values]);
  const years = useMemo(() => yearlyReturns(months), [months]);
  const byKey = new Map(months.map(({ year, month, value }) => [`${year} ${month}`, value]));
  const largest = Math.max(0, ...months.map(({ value }) => Math.abs(value)));
  const table = useMemo(
    () => ({
      columns: ["Month", "Return"],
      rows: months.map(({ year, month, value }) => [`${year}-${String(month).padStart(2, "0")}`, value]),
      formats: [undefined, "signed_share" as const],
    }),
    [months],
  );
  return (
    <ChartFrame label={label} table={table}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={styles.scroll} aria-label={label} tabIndex={0}>
        <table className={styles.heat}>
          <thead>
            <tr>
              <th scope="row">Year</th>
              {MONTHS.map((month) => (
                <th key={month} scope="col">
                  {month}
                </th>
              ))}
              <th scope="col">Year</th>
            </tr>
          </thead>
          <tbody>
            {[...years].map(([year, sum]) => (
              <tr key={year}>
                <th scope="row">{year}</th>
                {MONTHS.map((name, index) => {
                  const value = byKey.get(`${year} ${index + 1}`);
                  return value === undefined ? (
                    <td key={name} />
                  ) : (
                    <HeatCell key={name} value={value} largest={largest} text={formatNumber(value, "signed_share")} />
                  );
                })}
                <td className={styles.sum}>{formatNumber(sum, "signed_share")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </ChartFrame>
  );
}
