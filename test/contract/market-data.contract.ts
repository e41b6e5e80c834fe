import { expect, it } from "vitest";
import { sessionDateOf } from "#lib/core/time.ts";
import { checkBars } from "#lib/market-data/bar-checks.ts";
import { fingerprintOf } from "#lib/market-data/fingerprint.ts";
import type { BarsRequest, MarketData } from "#lib/ports/market-data.ts";

export interface MarketDataWorld {
  readonly data: MarketData;
  /** Each is something that an owner can have, over all there is of it. */
  readonly available: readonly BarsRequest[];
  /** Something of `available` that only this owner brought; null where users cannot bring data. */
  readonly private: BarsRequest | null;
}

const toDate = (session: number): string => `${String(session).slice(0, 4)}-${String(session).slice(4, 6)}-${String(session).slice(6)}`;

/** The promises of the port. */
export function marketDataContract(create: () => Promise<MarketDataWorld>): void {
  it("serves bars that keep the rules of bars, with their provider and fingerprint", async () => {
    const { data, available } = await create();
    for (const request of available) {
      const { bars, facts } = await data.bars(request);
      expect(() => checkBars(bars)).not.toThrow();
      expect(bars).toMatchObject({ symbol: request.symbol, cadence: request.cadence });
      expect(facts).toMatchObject({ provider: request.provider, fingerprint: fingerprintOf(bars) });
    }
  });

  it("answers the same question with the same bits, also from another instance", async () => {
    const [one, other] = [await create(), await create()];
    for (const request of one.available) {
      const first = await one.data.bars(request);
      expect(await one.data.bars(request)).toEqual(first);
      expect(await other.data.bars(request)).toEqual(first);
    }
  });

  it("cuts a window at session dates, start in and end out, and a window changes no bar", async () => {
    const { data, available } = await create();
    for (const request of available) {
      const { bars } = await data.bars(request);
      const sessions = [...new Set(Array.from(bars.start, sessionDateOf))];
      expect(sessions.length, "a series of at least three sessions").toBeGreaterThan(2);
      const [start, end] = [sessions[1]!, sessions.at(-1)!];
      const part = (await data.bars({ ...request, window: { start: toDate(start), end: toDate(end) } })).bars;
      const kept = Array.from(bars.start.keys()).filter(
        (i) => sessionDateOf(bars.start[i]!) >= start && sessionDateOf(bars.start[i]!) < end,
      );
      expect(part.length).toBe(kept.length);
      for (const column of ["start", "end", "open", "high", "low", "close", "volume"] as const)
        expect(Array.from(part[column]), column).toEqual(kept.map((i) => bars[column][i]!));
    }
  });

  it("offers what it serves", async () => {
    const { data, available } = await create();
    for (const { owner, provider, symbol, cadence } of available) {
      const offer = (await data.offers(owner)).find((one) => one.provider === provider);
      // A provider that has too many symbols to list is asked by symbol.
      if (offer?.symbols === null) expect(offer.kinds).toContain("bars");
      else expect(offer?.symbols.find((one) => one.symbol === symbol)?.cadences).toContain(cadence);
    }
  });

  it("refuses what it lacks as DATA_UNAVAILABLE, naming provider and symbol", async () => {
    const { data, available } = await create();
    const [first] = available;
    for (const changes of [{ symbol: "NOBODY" }, { provider: "nobody" }, { cadence: "5m" as const }]) {
      const request = { ...first!, ...changes };
      await expect(data.bars(request)).rejects.toMatchObject({
        code: "DATA_UNAVAILABLE",
        message: expect.stringContaining(`"${changes.provider ?? request.provider}"`),
        facts: { provider: request.provider, symbol: request.symbol },
      });
    }
  });

  it("shows a user's own data to that user only", async () => {
    const { data, private: own } = await create();
    if (own === null) return;
    await expect(data.bars({ ...own, owner: "somebody_else" })).rejects.toMatchObject({ code: "DATA_UNAVAILABLE" });
    const offers = await data.offers("somebody_else");
    expect(offers.flatMap(({ provider, symbols }) => (provider === own.provider ? (symbols ?? []) : []))).toEqual([]);
  });
}
