import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backOffMs, retryAfterMs } from "#lib/adapters/network/retry-delay.ts";

const limits = { firstBackOffMs: 1000, maxBackOffMs: 30_000 };

describe("backOffMs", () => {
  it("draws from a range that doubles with each failure up to its limit", () => {
    const half = (): number => 0.5;
    expect([1, 2, 3, 4, 5, 6, 7].map((attempt) => backOffMs(attempt, limits, half))).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
    expect(backOffMs(3, limits, () => 0)).toBe(0);
  });

  it("never waits longer than the limit, whatever the draw and the attempt", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, draw) => {
        const wait = backOffMs(attempt, limits, () => draw);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThan(30_000);
      }),
    );
  });
});

describe("retryAfterMs", () => {
  const now = Date.UTC(2024, 6, 10, 14, 0, 0);

  it("reads seconds and HTTP dates", () => {
    expect(retryAfterMs("12", now)).toBe(12_000);
    expect(retryAfterMs("Wed, 10 Jul 2024 14:00:30 GMT", now)).toBe(30_000);
    // The two older forms of RFC 9110, section 5.6.7.
    expect(retryAfterMs("Wednesday, 10-Jul-24 14:00:30 GMT", now)).toBe(30_000);
    expect(retryAfterMs("Wed Jul 10 14:00:30 2024 GMT", now)).toBe(30_000);
  });

  it("waits for no date that has passed", () => {
    expect(retryAfterMs("Wed, 10 Jul 2024 13:59:00 GMT", now)).toBe(0);
  });

  it.each([null, "", "soon", "-3", "1.5", "1e3", "July", "2024-07-10"])("takes %j for no answer", (header) => {
    expect(retryAfterMs(header, now)).toBeUndefined();
  });
});
