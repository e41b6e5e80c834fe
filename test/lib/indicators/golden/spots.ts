import { expect } from "vitest";
import type { IndicatorEntry } from "#lib/indicators/resolve.ts";
import { columnsOf, type Golden, quotes, TULIP } from "./golden.ts";

/** Values of each column at a few bars, oldest first: "19 214.5, 100 227.1" = 214.5 at bar 19 and 227.1 at bar 100. */
export type Spots = Readonly<Record<string, string>>;

/** How exactly the values are compared: `start` = the first of them is the column's first; digits after the point where they are rounded. */
interface Comparison {
  readonly start: boolean;
  readonly digits?: number;
  readonly differs?: string;
  /** Compare on Tulip's fifteen bars, not on the reference's 502. */
  readonly tulip?: boolean;
}

/** A check of one indicator at a few bars. Exact values are compared to 1e-8 relative. */
export function spots(against: string, entry: IndicatorEntry, expected: Spots, comparison: Comparison): Golden {
  const { start, digits, differs, tulip = false } = comparison;
  return {
    indicator: entry.name,
    against,
    ...(tulip ? {} : { files: ["reference/skender/quotes/default.csv"] }),
    ...(differs === undefined ? {} : { differs }),
    check() {
      const columns = columnsOf(entry, tulip ? TULIP : quotes());
      for (const [name, text] of Object.entries(expected)) {
        const places = text.split(", ").map((place) => place.split(" ").map(Number) as [bar: number, value: number]);
        const column = columns[name]!;
        expect(column, name).toBeDefined();
        if (start) expect(column.findIndex((value) => !Number.isNaN(value))).toBe(places[0]![0]);
        for (const [bar, value] of places) {
          const allowed = digits === undefined ? 1e-8 * Math.max(Math.abs(value), 1e-2) : 0.5000001 * 10 ** -digits;
          expect(Math.abs(column[bar]! - value), `${name} at ${bar}: ${column[bar]}, published ${value}`).toBeLessThanOrEqual(allowed);
        }
      }
    },
  };
}
