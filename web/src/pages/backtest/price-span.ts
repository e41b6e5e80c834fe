/** Sessions, both ends included. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

const DAY_MS = 86_400_000;
/** Days that are shown before and after a trade, for the eye to see where it came from. */
const AROUND: Readonly<Record<string, number>> = { daily: 60, hourly: 12, "15m": 4, "5m": 2 };

/** The sessions around one trade. */
export function spanOfTrade({ entered_at, left_at }: { readonly entered_at: string; readonly left_at: string }, cadence: string): Span {
  const around = (AROUND[cadence] ?? 12) * DAY_MS;
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  return { from: day(Date.parse(entered_at) - around), to: day(Date.parse(left_at) + around) };
}
