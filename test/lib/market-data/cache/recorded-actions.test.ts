import { beforeEach, describe, expect, it } from "vitest";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import type { CorporateAction } from "#lib/market-data/actions.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import { barsRequest, cacheOf, type FakeVendor, fakeVendor, nyTime } from "./fake-source.ts";

const split = (exDate: number, ratio: number): CorporateAction => ({ exDate, split: ratio, cash: 0 });
const pays = (exDate: number, cash: number): CorporateAction => ({ exDate, split: 1, cash });
const KEY = "owners/local/data/fake/SPY/actions.json";

let artifacts: ArtifactStore;
beforeEach(() => {
  artifacts = createMemoryArtifactStore();
});

async function answerOf(vendor: FakeVendor, start: string | null = "2024-07-01", end: string | null = "2024-08-01") {
  vendor.calls.length = 0;
  const series = (await cacheOf(vendor, artifacts).bars(barsRequest(start, end)))!;
  return {
    factor: Array.from(series.bars.factor),
    stamps: series.facts.stamps,
    calls: vendor.calls.filter((call) => call.startsWith("actions")),
  };
}
const recordOf = async () => JSON.parse(new TextDecoder().decode((await artifacts.get(KEY)).bytes)).header;
const told = (vendor: FakeVendor, actions: readonly CorporateAction[], dividendsKnown = true): void => {
  vendor.actions = { actions, dividendsKnown };
};

describe("corporate actions of cached bars", () => {
  it("become the factor: 7:1 on 2024-07-02 and 1 paid on 2024-07-05 after a close of 240703", async () => {
    const vendor = fakeVendor(nyTime(20240803, 12));
    told(vendor, [pays(20240705, 1), split(20240702, 7)]);
    const { factor, stamps } = await answerOf(vendor);
    expect(factor.slice(0, 4)).toEqual([1, 7, 7, 7 * (240703 / 240702)]);
    expect(stamps).toEqual([]);
  });

  it("begin at 1 in the window's first bar, whatever else the cache holds", async () => {
    const vendor = fakeVendor(nyTime(20240803, 12));
    told(vendor, [split(20240702, 7), split(20240709, 2)]);
    await answerOf(vendor);
    expect((await answerOf(vendor, "2024-07-08", "2024-07-11")).factor).toEqual([1, 2, 2]);
  });

  it("are asked for once a day, and never for a series that ends before what is settled", async () => {
    const vendor = fakeVendor(nyTime(20240803, 12));
    expect((await answerOf(vendor)).calls).toEqual(["actions SPY"]);
    expect((await answerOf(vendor)).calls).toEqual([]);
    vendor.now = nyTime(20240804, 12);
    // 2024-07-31 was not settled on 08-03; 2024-07-25 was.
    expect((await answerOf(vendor, "2024-07-01", "2024-07-27")).calls).toEqual([]);
    expect((await answerOf(vendor)).calls).toEqual(["actions SPY"]);
    vendor.now = nyTime(20240901, 12);
    expect((await answerOf(vendor)).calls).toEqual(["actions SPY"]);
    vendor.now = nyTime(20250101, 12);
    expect((await answerOf(vendor)).calls).toEqual([]);
  });

  it("that come later never change how an earlier day was adjusted", async () => {
    const vendor = fakeVendor(nyTime(20240712, 18));
    told(vendor, [split(20240703, 2)]);
    const early = (await answerOf(vendor, "2024-07-01", null)).factor;
    vendor.now = nyTime(20240724, 18);
    told(vendor, [split(20240703, 2), split(20240717, 3), pays(20240722, 5)]);
    const late = await answerOf(vendor, "2024-07-01", null);
    expect(late.factor.slice(0, early.length)).toEqual(early);
    expect(late.factor.at(-1)).toBeCloseTo(6 * (240719 / 240714), 12);
    expect(late.stamps).toEqual([]);
  });

  it("stay as they were recorded when the vendor adds, changes or takes back one of a settled date, and the series says so", async () => {
    const vendor = fakeVendor(nyTime(20240803, 12));
    told(vendor, [pays(20240708, 1), split(20240715, 2)]);
    const before = (await answerOf(vendor)).factor;
    vendor.now = nyTime(20240903, 12);
    told(vendor, [pays(20240708, 1.5), split(20240716, 3)]);
    const after = await answerOf(vendor, "2024-07-01", "2024-09-01");
    expect(after.factor.slice(0, before.length)).toEqual(before);
    expect(after.stamps).toEqual(["actions_revised"]);
    expect((await recordOf()).revisions).toEqual([
      { seen_on: 20240903, change: "added", action: { ex_date: 20240708, split: 1, cash: 1.5 } },
      { seen_on: 20240903, change: "added", action: { ex_date: 20240716, split: 3, cash: 0 } },
      { seen_on: 20240903, change: "withdrawn", action: { ex_date: 20240708, split: 1, cash: 1 } },
      { seen_on: 20240903, change: "withdrawn", action: { ex_date: 20240715, split: 2, cash: 0 } },
    ]);
    // A series that none of it touches is not marked, and what is known of it is written down once.
    expect((await answerOf(vendor, "2024-08-01", "2024-09-01")).stamps).toEqual([]);
    vendor.now = nyTime(20240904, 12);
    await answerOf(vendor, "2024-07-01", "2024-09-04");
    expect((await recordOf()).revisions).toHaveLength(4);
  });

  it("are taken as the vendor says last while their date is not settled", async () => {
    const vendor = fakeVendor(nyTime(20240710, 18));
    told(vendor, [pays(20240709, 1)]);
    await answerOf(vendor, "2024-07-08", null);
    vendor.now = nyTime(20240711, 8);
    told(vendor, [pays(20240709, 2)]);
    const { factor, stamps } = await answerOf(vendor, "2024-07-08", null);
    expect(factor).toEqual([1, 240708 / 240706, 240708 / 240706]);
    expect(stamps).toEqual([]);
  });

  it("without dividends are splits alone, and the series says so until the vendor tells them", async () => {
    const vendor = fakeVendor(nyTime(20240803, 12));
    told(vendor, [split(20240702, 7)], false);
    expect(await answerOf(vendor)).toMatchObject({ factor: expect.arrayContaining([1, 7]), stamps: ["price_return_only"] });
    vendor.now = nyTime(20240805, 12);
    told(vendor, [split(20240702, 7), pays(20240705, 1)]);
    const { factor, stamps } = await answerOf(vendor);
    expect([factor[3], stamps]).toEqual([7 * (240703 / 240702), []]);
    // A plan that was given up takes nothing back.
    vendor.now = nyTime(20240903, 12);
    told(vendor, [split(20240702, 7)], false);
    const later = await answerOf(vendor, "2024-07-01", "2024-09-01");
    expect([later.factor[3], later.stamps]).toEqual([7 * (240703 / 240702), ["price_return_only"]]);
  });

  it("of a worth that is not known mark the series", async () => {
    const vendor = fakeVendor(nyTime(20240803, 12));
    told(vendor, [{ exDate: 20240709, split: 1, cash: Number.NaN }]);
    expect((await answerOf(vendor)).stamps).toEqual(["price_return_only"]);
    expect((await answerOf(vendor, "2024-07-09", "2024-08-01")).stamps).toEqual([]);
  });

  it("that were damaged in the store are asked for again", async () => {
    const vendor = fakeVendor(nyTime(20240803, 12));
    told(vendor, [split(20240702, 7)]);
    const first = await answerOf(vendor);
    await artifacts.put(KEY, new TextEncoder().encode('{"schema_version":2}'), "any");
    expect(await answerOf(vendor)).toEqual({ ...first, calls: ["actions SPY"] });
    expect((await answerOf(vendor)).calls).toEqual([]);
  });

  it("that the vendor does not tell at all leave prices as they are, marked", async () => {
    const vendor = fakeVendor(nyTime(20240803, 12), { traits: () => ({ stamps: ["iex_only"], hasActions: true, publishedAfterMs: 0 }) });
    delete (vendor.source as { actions?: unknown }).actions;
    expect(await answerOf(vendor)).toMatchObject({ stamps: ["iex_only", "price_return_only"], calls: [] });
  });
});
