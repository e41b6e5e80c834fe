import { describe, expect, it } from "vitest";
import type { DataProvider } from "#lib/market-data/providers/data-provider.ts";
import { lazyProviders } from "#lib/market-data/providers/lazy-provider.ts";
import { barsRequest } from "../cache/fake-source.ts";

const offer: DataProvider["offer"] = async () => ({ provider: "one", description: "", kinds: [], symbols: null, needs: null });
const session = { owner: "local", provider: "one", symbol: "SPY", session: 20240701, expiry: 20240701 };

describe("lazyProviders", () => {
  it("loads all providers once, when the first of them is asked", async () => {
    let loads = 0;
    const asked: string[] = [];
    const provider = (name: string): DataProvider => ({ name, offer, bars: async ({ symbol }) => void asked.push(`${name} ${symbol}`) });
    const [one, two] = lazyProviders(["one", "two"], async () => {
      loads += 1;
      return [provider("two"), provider("one")];
    });
    expect([one?.name, two?.name, loads]).toEqual(["one", "two", 0]);
    await Promise.all([one?.bars?.(barsRequest(null, null)), two?.bars?.(barsRequest(null, null))]);
    expect(await one?.offer("local")).toMatchObject({ provider: "one" });
    expect([asked, loads]).toEqual([["one SPY", "two SPY"], 1]);
  });

  it("has nothing of what the loaded provider lacks", async () => {
    const [one] = lazyProviders(["one"], async () => [{ name: "one", offer }]);
    expect(await one?.bars?.(barsRequest(null, null))).toBeUndefined();
    expect(await one?.optionChains?.({ ...barsRequest(null, null) })).toBeUndefined();
    expect(await one?.flowCells?.({ ...barsRequest(null, null) })).toBeUndefined();
    for (const method of ["optionBars", "optionTape", "underlyingTape"] as const) expect(await one?.[method]?.(session)).toBeUndefined();
  });

  it("tries again after a failure, and says which provider was not loaded", async () => {
    let loads = 0;
    const [one, two] = lazyProviders(["one", "two"], async () => {
      loads += 1;
      if (loads === 1) throw new Error("disk");
      return [{ name: "one", offer }];
    });
    await expect(one?.offer("local")).rejects.toThrow("disk");
    await expect(one?.offer("local")).resolves.toBeDefined();
    await expect(two?.offer("local")).rejects.toThrow('No provider "two"');
  });
});
