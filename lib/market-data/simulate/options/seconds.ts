import { createKeyedRng } from "../../../core/rng.ts";
import type { MinutePath } from "../market/minute-path.ts";
import { toCents } from "../market/price-path.ts";

/** The price is drawn every ten seconds: quotes stand for so long. */
export const SLOT_MS = 10_000;
export const SLOTS_PER_MINUTE = 6;

export interface SecondsOrder {
  readonly seed: number;
  /** Tells the random streams of underlyings apart. */
  readonly key: string;
  readonly date: number;
  readonly minutes: MinutePath;
  readonly logScale: number;
}

/**
 * Raw prices at every ten seconds of a session, US dollars. Each minute begins at its open and passes through its high and its low.
 * The close is the minute's last trade and stands in the minutes only.
 */
export function simulateSeconds({ seed, key, date, minutes, logScale }: SecondsOrder): Float64Array {
  const rng = createKeyedRng(`simulated-seconds:${seed}:${key}`);
  const prices = new Float64Array(minutes.length * SLOTS_PER_MINUTE);
  for (let m = 0; m < minutes.length; m++) {
    rng.seek(date, m);
    const [open, high, low, close] = [minutes.open[m]!, minutes.high[m]!, minutes.low[m]!, minutes.close[m]!];
    const first = m * SLOTS_PER_MINUTE;
    // The range of a minute is about 1.7 of its standard deviations.
    const deviation = (high - low) / 1.7;
    let x = open;
    let top = first + 1;
    let bottom = first + 1;
    prices[first] = open;
    for (let i = 1; i < SLOTS_PER_MINUTE; i++) {
      const left = SLOTS_PER_MINUTE - i + 1;
      x += (close - x) / left + deviation * Math.sqrt((left - 1) / (left * SLOTS_PER_MINUTE)) * rng.normal();
      x = Math.min(Math.max(x, low), high);
      prices[first + i] = x;
      if (x >= prices[top]!) top = first + i;
      if (x < prices[bottom]!) bottom = first + i;
    }
    // All five at one price: they cannot be both.
    if (top === bottom) bottom = top === first + 1 ? top + 1 : first + 1;
    if (high > open && high > close) prices[top] = high;
    if (low < open && low < close) prices[bottom] = low;
    for (let i = 0; i < SLOTS_PER_MINUTE; i++) prices[first + i] = toCents(prices[first + i]! + logScale);
  }
  return prices;
}
