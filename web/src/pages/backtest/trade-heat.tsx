import { ChartFrame } from "../../charts/chart-frame.tsx";
import heat from "../../charts/heat.module.css";
import { HeatCell } from "../../charts/heat-cell.tsx";
import { formatNumber, plural } from "../../words/format.ts";
import type { Report } from "./report.ts";

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** Mean return of the trades by weekday and hour of their entry; of daily bars, which have no hours, by month. */
export function TradeHeat({ profile }: { readonly profile: Report["trade_profile"] }) {
  const { columns, cells } = profile;
  const days = [...new Set(cells.map(({ weekday }) => weekday))].sort((a, b) => a - b);
  const across = [...new Set(cells.map(({ column }) => column))].sort((a, b) => a - b);
  const largest = Math.max(0, ...cells.map(({ mean_return }) => Math.abs(mean_return)));
  const at = new Map(cells.map((cell) => [`${cell.weekday} ${cell.column}`, cell]));
  const label = columns === "hour" ? "Mean return by weekday and hour" : "Mean return by weekday and month";
  const nameOf = (column: number): string => (columns === "hour" ? String(column) : (MONTHS[column - 1] ?? String(column)));
  return (
    <ChartFrame
      label={label}
      note={
        columns === "hour"
          ? "Mean net return of a trade by the New York hour of its entry bar."
          : "Mean net return of a trade by the month of its entry: daily bars have no hours."
      }
      table={{
        columns: ["Weekday", columns === "hour" ? "Hour" : "Month", "Trades", "Win rate", "Mean return"],
        rows: cells.map((cell) => [DAYS[cell.weekday] ?? "", nameOf(cell.column), cell.trades, cell.win_rate, cell.mean_return]),
        formats: [undefined, undefined, "count", "share", "signed_share"],
      }}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={heat.scroll} aria-label={label} tabIndex={0}>
        <table className={heat.heat}>
          <thead>
            <tr>
              <th scope="row">{columns === "hour" ? "Hour" : "Month"}</th>
              {across.map((column) => (
                <th key={column} scope="col">
                  {nameOf(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day}>
                <th scope="row">{DAYS[day]}</th>
                {across.map((column) => {
                  const cell = at.get(`${day} ${column}`);
                  return (
                    <HeatCell
                      key={column}
                      value={cell?.mean_return ?? null}
                      largest={largest}
                      text={formatNumber(cell?.mean_return, "signed_share")}
                      title={cell === undefined ? undefined : plural(cell.trades, "trade")}
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
