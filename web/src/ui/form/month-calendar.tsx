import { ChevronLeft, ChevronRight } from "lucide-react";
import { DayPicker, type DropdownProps, type Modifiers } from "react-day-picker";
import { NYSE } from "#lib/core/calendar.ts";
import { formatDate, parseDate } from "#lib/core/time.ts";
import { classes } from "../classes.ts";
import { type DateBounds, dayOf, textOfDay, todayInNewYork } from "./date-text.ts";
import styles from "./month-calendar.module.css";

/** Days on which New York's exchange was or will be closed. */
const isClosed = (day: Date): boolean => {
  const date = parseDate(textOfDay(day));
  return date < NYSE.firstDate || date > NYSE.lastDate || !NYSE.isSession(date);
};

/** A month or a year to jump to. */
function Jump({ options = [], className, value, disabled, onChange, "aria-label": label }: DropdownProps) {
  return (
    <select className={className} value={value} disabled={disabled} onChange={onChange} aria-label={label}>
      {options.map((option) => (
        <option key={option.value} value={option.value} disabled={option.disabled}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

const Chevron = ({ orientation }: { readonly orientation?: string }) =>
  orientation === "left" ? <ChevronLeft size={16} aria-hidden="true" /> : <ChevronRight size={16} aria-hidden="true" />;

const FULL = new Intl.DateTimeFormat("en-US", { dateStyle: "full" });

/** `Thursday, December 25, 2025, exchange closed`: what is read out of a day. */
const nameOf = (day: Date, { today, closed, selected }: Modifiers): string =>
  `${today ? "Today, " : ""}${FULL.format(day)}${closed ? ", exchange closed" : ""}${selected ? ", chosen" : ""}`;

const LOOK = {
  root: styles.root,
  months: styles.months,
  month: styles.month,
  nav: styles.nav,
  button_previous: styles.step,
  button_next: styles.step,
  month_caption: styles.caption,
  dropdowns: styles.jumps,
  months_dropdown: styles.jump,
  years_dropdown: styles.jump,
  month_grid: styles.grid,
  weekday: styles.weekday,
  day: styles.day,
  day_button: styles.dayButton,
  selected: styles.selected,
  today: styles.today,
  outside: styles.outside,
  disabled: styles.disabled,
  hidden: styles.hidden,
};

export interface MonthCalendarProps extends DateBounds {
  /** The day that is chosen, if the text is one. */
  readonly value: string;
  readonly onPick: (date: string) => void;
}

/** A month of days, from which one is taken. Today is New York's; days without trading are faint. */
export function MonthCalendar({ value, min, max, onPick }: MonthCalendarProps) {
  const today = dayOf(todayInNewYork())!;
  const chosen = dayOf(value);
  const first = dayOf(min) ?? dayOf(formatDate(NYSE.firstDate))!;
  const last = dayOf(max) ?? new Date(today.getFullYear() + 1, 11, 31);
  return (
    <DayPicker
      autoFocus
      required
      mode="single"
      selected={chosen}
      onSelect={(day) => onPick(textOfDay(day))}
      defaultMonth={chosen ?? today}
      today={today}
      startMonth={chosen !== undefined && chosen < first ? chosen : first}
      endMonth={chosen !== undefined && chosen > last ? chosen : last}
      disabled={[{ before: first }, { after: last }]}
      modifiers={{ closed: isClosed }}
      modifiersClassNames={{ closed: classes(styles.closed) }}
      labels={{ labelDayButton: nameOf }}
      captionLayout="dropdown"
      showOutsideDays
      fixedWeeks
      classNames={LOOK as Record<string, string>}
      components={{ Dropdown: Jump, Chevron }}
    />
  );
}
