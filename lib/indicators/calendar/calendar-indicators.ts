import type { IndicatorDefinition } from "../define-indicator.ts";
import { dayOfWeek } from "./day-of-week.ts";

/** What the calendar alone knows. In the order of the docs. */
export const calendarIndicators: readonly IndicatorDefinition[] = [dayOfWeek];
