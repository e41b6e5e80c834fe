import type { TradeProfile } from "../trade-profile.schema.ts";
import { type Cell, table } from "./markup.ts";
import { monthReturns } from "./month-returns.ts";
import { decimal, percent, whole } from "./numbers.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const TONES = 4;

/** A value with a background of its sign and size: the largest of the table has the deepest tone. */
function tinted(value: number | null, most: number, text: string, total = false): Cell {
  if (value === null) return "";
  const level = most > 0 ? Math.ceil((TONES * Math.abs(value)) / most) : 0;
  const tone = level === 0 ? "" : `${value < 0 ? "r" : "g"}${Math.min(TONES, level)}`;
  return { content: text, tone: [tone, total ? "total" : ""].filter((name) => name !== "").join(" ") };
}

/** Years by months, in percent, with the year's total. */
export function monthTable(dates: readonly string[], equity: readonly number[]): string {
  const years = monthReturns(dates, equity);
  const most = years.reduce((best, { months }) => months.reduce<number>((top, value) => Math.max(top, Math.abs(value ?? 0)), best), 0);
  return table({
    caption: "Net return of each month and year, %; the first and the last may be parts",
    columns: [{ head: "Year" }, ...MONTHS.map((head) => ({ head, number: true })), { head: "Year", number: true }],
    rows: years.map(({ year, months, total }) => [
      year,
      ...months.map((value) => tinted(value, most, percent(value))),
      { content: percent(total), tone: `total ${total < 0 ? "down" : "up"}` },
    ]),
    scroll: true,
    className: "tiles",
  });
}

/** Weekdays by hours, or by months for daily bars: mean net return of the trades that entered then, with their number. */
export function profileTable({ columns, cells }: TradeProfile): string {
  if (cells.length === 0) return `<p class="note">Weekdays and hours: n/a, no trades.</p>`;
  const shown = columns === "month" ? MONTHS.map((_, i) => i + 1) : [...new Set(cells.map(({ column }) => column))].sort((a, b) => a - b);
  const days = [...new Set(cells.map(({ weekday }) => weekday))].sort((a, b) => a - b);
  const most = cells.reduce((best, { mean_return }) => Math.max(best, Math.abs(mean_return)), 0);
  const caption =
    columns === "month"
      ? "Mean net return of a trade by weekday and month of entry, %, with the number of trades"
      : "Mean net return of a trade by weekday and hour (New York) of the entry bar, %, with the number of trades";
  return table({
    caption,
    columns: [
      { head: "Entry" },
      ...shown.map((column) => ({ head: columns === "month" ? MONTHS[column - 1]! : `${column}:00`, number: true })),
    ],
    rows: days.map((day) => [
      WEEKDAYS[day]!,
      ...shown.map((column): Cell => {
        const cell = cells.find((one) => one.weekday === day && one.column === column);
        if (cell === undefined) return "";
        return tinted(cell.mean_return, most, `${decimal(100 * cell.mean_return, 2)} (${whole(cell.trades)})`);
      }),
    ]),
    scroll: true,
    className: "tiles",
  });
}
