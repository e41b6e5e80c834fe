import { expect, it } from "vitest";
import type { Clock } from "#lib/ports/clock.ts";

/** The promises of the port. */
export function clockContract(create: () => Clock): void {
  it("tells whole UTC milliseconds of this age", () => {
    const now = create().now();
    expect(Number.isSafeInteger(now)).toBe(true);
    expect(now).toBeGreaterThan(Date.UTC(2000, 0, 1));
    expect(now).toBeLessThan(Date.UTC(2100, 0, 1));
  });

  it("does not go back between two reads", () => {
    const clock = create();
    const reads = Array.from({ length: 100 }, () => clock.now());
    expect(reads).toEqual(reads.toSorted((a, b) => a - b));
  });
}
