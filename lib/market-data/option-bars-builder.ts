import { createGrowingColumn } from "../core/growing-column.ts";
import type { OptionBars, OptionRight } from "../core/option-data.ts";

/** One contract's bar of one minute. Start in UTC milliseconds, prices in raw dollars, vwap NaN = unknown. */
export interface OptionMinute {
  readonly start: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly vwap: number;
  readonly volume: number;
}

const NUMBERS = ["start", "strike", "right", "open", "high", "low", "close", "vwap", "volume"] as const;

/** Collects the minutes of a session's contracts, contract after contract, and orders them by start, then strike, puts first. */
export function createOptionBarsBuilder(): {
  add(contract: { readonly strike: number; readonly right: OptionRight }, minute: OptionMinute): void;
  finish(head: Pick<OptionBars, "underlying" | "sessionDate" | "expiry">): OptionBars;
} {
  const columns = Object.fromEntries(NUMBERS.map((name) => [name, createGrowingColumn()])) as Record<
    (typeof NUMBERS)[number],
    ReturnType<typeof createGrowingColumn>
  >;
  return {
    add(contract, minute) {
      for (const name of NUMBERS) columns[name].push(name === "strike" || name === "right" ? contract[name] : minute[name]);
    },
    finish(head) {
      const taken = Object.fromEntries(NUMBERS.map((name) => [name, columns[name].take()])) as Record<
        (typeof NUMBERS)[number],
        Float64Array
      >;
      const { start, strike, right } = taken;
      const order = Uint32Array.from(start.keys()).sort(
        (a, b) => start[a]! - start[b]! || strike[a]! - strike[b]! || right[a]! - right[b]! || a - b,
      );
      const sorted = (name: (typeof NUMBERS)[number]): Float64Array => Float64Array.from(order, (row) => taken[name][row]!);
      return {
        ...head,
        length: order.length,
        start: sorted("start"),
        strike: sorted("strike"),
        right: Int8Array.from(sorted("right")),
        open: sorted("open"),
        high: sorted("high"),
        low: sorted("low"),
        close: sorted("close"),
        vwap: sorted("vwap"),
        volume: sorted("volume"),
      };
    },
  };
}
