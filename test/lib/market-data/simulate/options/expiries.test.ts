import { describe, expect, it } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import { expiryOn, listedExpiries, strikesAround, withStrikes } from "#lib/market-data/simulate/options/expiries.ts";

const dates = (session: number, rule: "daily" | "weekly"): string[] =>
  listedExpiries(session, rule).map(({ date, kind }) => `${date} ${kind}`);

describe("listedExpiries", () => {
  it("has the day's own, the next five sessions', the Fridays of four weeks and the third Fridays of five months", () => {
    expect(dates(20240701, "daily")).toEqual([
      "20240701 daily",
      "20240702 daily",
      "20240703 daily",
      "20240705 weekly",
      "20240708 daily",
      "20240709 daily",
      "20240712 weekly",
      "20240719 monthly",
      "20240726 weekly",
      "20240816 monthly",
      "20240920 monthly",
      "20241018 monthly",
      "20241115 monthly",
    ]);
    expect(dates(20240701, "weekly")).toEqual([
      "20240705 weekly",
      "20240712 weekly",
      "20240719 monthly",
      "20240726 weekly",
      "20240816 monthly",
      "20240920 monthly",
      "20241018 monthly",
      "20241115 monthly",
    ]);
  });

  it("expires on the session before where Friday is a holiday", () => {
    // Good Friday 2024-03-29; Juneteenth 2026 is the third Friday of June.
    expect(expiryOn(20240328, "weekly")?.kind).toBe("weekly");
    expect(expiryOn(20240329, "weekly")).toBeUndefined();
    expect(expiryOn(20260618, "weekly")?.kind).toBe("monthly");
  });

  it("lists what it says, from the first session to the expiry and in no other", () => {
    for (const rule of ["daily", "weekly"] as const) {
      const sessions = NYSE.sessionsBetween(20240102, 20250101);
      for (const date of [20240719, 20240726, 20240724]) {
        const expiry = expiryOn(date, rule);
        const listedIn = sessions.filter((session) => listedExpiries(session, rule).some((one) => one.date === date));
        expect(listedIn).toEqual(expiry === undefined ? [] : sessions.filter((session) => session >= expiry.listedFrom && session <= date));
      }
    }
    expect(expiryOn(20240719, "daily")?.listedFrom).toBe(20240220);
    expect(expiryOn(20240726, "daily")?.listedFrom).toBe(20240627);
    expect(expiryOn(20240724, "daily")?.listedFrom).toBe(20240717);
  });

  it("lists nothing beyond the calendar", () => {
    expect(listedExpiries(20301230, "daily").map(({ date }) => date)).toEqual([20301230, 20301231]);
  });
});

describe("strikesAround", () => {
  it("has 31 strikes a dollar apart near the expiry, coarser ones before", () => {
    expect(strikesAround(544.22, "daily", 0, 15)).toEqual({ step: 1, lowest: 529, highest: 559 });
    expect(strikesAround(544.22, "weekly", 12, 15)).toEqual({ step: 2, lowest: 260, highest: 284 });
    expect(strikesAround(544.22, "monthly", 40, 15)).toEqual({ step: 5, lowest: 97, highest: 121 });
    expect(strikesAround(11.3, "weekly", 2, 15)).toEqual({ step: 0.5, lowest: 8, highest: 38 });
    expect(strikesAround(4, "weekly", 2, 15).lowest).toBe(1);
  });
});

describe("withStrikes", () => {
  it("keeps what is listed and adds what is not, ascending", () => {
    const old = Float64Array.of(95, 100, 105);
    expect([...withStrikes(old, { step: 2, lowest: 49, highest: 51 })]).toEqual([95, 98, 100, 102, 105]);
    expect(withStrikes(old, { step: 5, lowest: 19, highest: 21 })).toBe(old);
  });
});
