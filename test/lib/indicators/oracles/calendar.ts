import type { Oracle } from "./arithmetic.ts";

export const calendarOracles: Readonly<Record<string, Oracle>> = {
  day_of_week({ sessionDate }, _, t) {
    const digits = String(sessionDate[t]);
    const weekday = new Date(`${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}T00:00:00Z`).getUTCDay();
    return [(weekday + 6) % 7];
  },
};
