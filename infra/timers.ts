/** When a scheduled machine runs: Monday to Friday, New York wall clock. */
export interface TimerTimes {
  readonly id: string;
  readonly machine: "rebuild" | "volatility" | "signals";
  readonly description: string;
  /** First and last hour of the day, both included. */
  readonly hours: readonly [number, number];
  readonly minute: number;
}

/** The timers that the cloud and local mode share. Holidays cost a call: no bar has closed, so nothing is written. */
export const TIMER_TIMES: readonly TimerTimes[] = [
  {
    id: "Rebuild",
    machine: "rebuild",
    description: "Rebuilds and judges every published model, on weekday evenings",
    hours: [18, 18],
    minute: 30,
  },
  {
    id: "Volatility",
    machine: "volatility",
    description: "Records the day's implied volatility of every series that is read, after the close of the session",
    hours: [16, 16],
    minute: 40,
  },
  {
    id: "DailySignals",
    machine: "signals",
    description: "Scores published models after the close of the session",
    hours: [16, 16],
    minute: 15,
  },
  {
    id: "HourlySignals",
    machine: "signals",
    description: "Scores published models after each hour of the session",
    hours: [10, 15],
    minute: 32,
  },
];
