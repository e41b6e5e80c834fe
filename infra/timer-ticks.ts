import { dateOfDayNumber, dayNumberOf, dayOfWeekOf, newYorkWallToUtc, sessionDateOf } from "#lib/core/time.ts";
import { TIMER_TIMES, type TimerTimes } from "./timers.ts";

/** One scheduled moment of a machine. */
export interface Tick {
  readonly machine: TimerTimes["machine"];
  readonly timer: string;
  /** UTC milliseconds. */
  readonly at: number;
}

const DAYS_AHEAD = 4;

/** Every tick of the days around an instant, in time order. A weekend never separates two ticks by more than three days. */
function ticksAround(nowMs: number, timers: readonly TimerTimes[]): Tick[] {
  const today = dayNumberOf(sessionDateOf(nowMs));
  const ticks: Tick[] = [];
  for (let day = today - DAYS_AHEAD; day <= today + DAYS_AHEAD; day += 1) {
    const date = dateOfDayNumber(day);
    if (dayOfWeekOf(date) > 4) continue;
    for (const { id, machine, hours, minute } of timers)
      for (let hour = hours[0]; hour <= hours[1]; hour += 1)
        ticks.push({
          machine,
          timer: id,
          at: newYorkWallToUtc(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100, hour, minute),
        });
  }
  return ticks.sort((a, b) => a.at - b.at);
}

/** The first tick after an instant. */
export function nextTick(nowMs: number, timers: readonly TimerTimes[] = TIMER_TIMES): Tick {
  return ticksAround(nowMs, timers).find(({ at }) => at > nowMs)!;
}

/** The newest tick of each machine at or before an instant, oldest first. */
export function dueTicks(nowMs: number, timers: readonly TimerTimes[] = TIMER_TIMES): Tick[] {
  const due = new Map<Tick["machine"], Tick>();
  for (const tick of ticksAround(nowMs, timers)) if (tick.at <= nowMs) due.set(tick.machine, tick);
  return [...due.values()].sort((a, b) => a.at - b.at);
}

/** The scheduled time as the cloud's scheduler writes it: seconds, UTC. */
export const scheduledTime = ({ at }: Tick): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
