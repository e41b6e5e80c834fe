import type { IndicatorDefinition } from "../define-indicator.ts";
import { calendarFlags } from "./calendar-flags.ts";
import { dayOfWeek } from "./day-of-week.ts";
import { daysToOpex } from "./days-to-opex.ts";
import { month } from "./month.ts";
import { weekOfMonth } from "./week-of-month.ts";

/** What the calendar alone knows. In the order of the docs. */
export const calendarIndicators: readonly IndicatorDefinition[] = [calendarFlags, dayOfWeek, weekOfMonth, daysToOpex, month];
