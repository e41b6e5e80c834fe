import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSampleData } from "#infra/local/sample-data.ts";
import { createLocalMarketData } from "#lib/adapters/local/market-data.ts";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { sha256 } from "#lib/core/digest.ts";
import { sessionDateOf } from "#lib/core/time.ts";
import { parseCsvBars } from "#lib/market-data/csv-bars.ts";
import { fingerprintOf } from "#lib/market-data/fingerprint.ts";
import { importSeries } from "#lib/market-data/import-series.ts";
import type { BarsRequest } from "#lib/ports/market-data.ts";
import { marketDataContract } from "../../../contract/market-data.contract.ts";
import { describeWithShared, sharedPath } from "../../../support/shared-data.ts";

const ALL = { start: null, end: null };
const ask = (changes: Partial<BarsRequest> = {}): BarsRequest => ({
  owner: "local",
  provider: "sample",
  symbol: "SPX",
  cadence: "daily",
  window: ALL,
  ...changes,
});
const create = (artifacts = createMemoryArtifactStore()) => createLocalMarketData({ artifacts, sample: readSampleData });

async function imported(owner = "local") {
  const artifacts = createMemoryArtifactStore();
  const csv = "date,open,high,low,close,volume\n2024-07-01,10,11,9,10,5\n2024-07-02,10,12,9,11,6\n2024-07-03,11,12,9,10,7\n";
  const parsed = parseCsvBars(csv, { symbol: "QQQ", cadence: "daily" });
  await importSeries(artifacts, { owner, symbol: "QQQ", cadence: "daily", parsed, source: { name: "q.csv", sha256: sha256(csv) } });
  return { artifacts, parsed };
}

describe("createLocalMarketData", () => {
  describe("keeps the port's promises", () => {
    marketDataContract(async () => {
      const { artifacts } = await imported();
      const files = ask({ provider: "files", symbol: "QQQ" });
      return {
        data: create(artifacts),
        available: [ask(), ask({ provider: "simulated", symbol: "SIMEDGE", seed: 4 }), files],
        private: files,
      };
    });
  });

  it("serves the sample series, whole and by half-open windows", async () => {
    const data = create();
    expect((await data.bars(ask())).bars.length).toBe(5105);
    const { bars, facts } = await data.bars(ask({ window: { start: "2019-07-01", end: "2019-07-05" } }));
    expect(Array.from(bars.start, sessionDateOf)).toEqual([20190701, 20190702, 20190703]);
    expect(facts).toMatchObject({ provider: "sample", fingerprint: fingerprintOf(bars), stamps: ["not_tradable", "price_return_only"] });
  });

  it("reads the sample file once, and again after a failure", async () => {
    let calls = 0;
    const sample = async (): Promise<Uint8Array> => {
      calls += 1;
      if (calls === 1) throw new Error("disk");
      return readSampleData();
    };
    const data = createLocalMarketData({ artifacts: createMemoryArtifactStore(), sample });
    await expect(data.bars(ask())).rejects.toThrow("disk");
    await data.bars(ask());
    await data.bars(ask());
    expect(calls).toBe(2);
  });

  it("simulates by seed: the same world each time, another for another seed", async () => {
    const request = ask({ provider: "simulated", symbol: "SIMEDGE", seed: 4 });
    const one = await create().bars(request);
    expect(one.bars.length).toBe(3775);
    expect(one.facts).toMatchObject({ provider: "simulated", stamps: ["simulated"], simulation: { seed: 4 } });
    expect((await create().bars(request)).facts.fingerprint).toBe(one.facts.fingerprint);
    expect((await create().bars({ ...request, seed: 5 })).facts.fingerprint).not.toBe(one.facts.fingerprint);
    const flat = await create().bars({ ...request, symbol: "SIMFLAT" });
    expect(flat.facts.simulation?.statement).toContain("Nothing is planted");
    await expect(create().bars({ ...request, seed: -1 })).rejects.toMatchObject({ code: "INVALID_PARAM" });
  });

  it("serves a user's series to its owner only", async () => {
    const { artifacts, parsed } = await imported();
    const data = create(artifacts);
    const { bars, facts } = await data.bars(ask({ provider: "files", symbol: "QQQ" }));
    expect(bars).toEqual(parsed.bars);
    expect(facts).toEqual({ provider: "files", fingerprint: fingerprintOf(bars), stamps: ["price_return_only"], simulation: null });
    await expect(data.bars(ask({ provider: "files", symbol: "QQQ", owner: "other" }))).rejects.toMatchObject({ code: "DATA_UNAVAILABLE" });
  });

  it("lists what each provider has", async () => {
    const { artifacts } = await imported();
    const offers = await create(artifacts).offers("local");
    const [sample, simulated, files] = offers;
    expect(offers.map(({ provider }) => provider)).toEqual(["sample", "simulated", "files"]);
    expect(sample!.symbols).toEqual([{ symbol: "SPX", cadences: ["daily"], stamps: ["not_tradable", "price_return_only"] }]);
    expect(simulated!.symbols!.slice(0, 3)).toEqual([
      { symbol: "SIMEDGE", cadences: ["daily"], kinds: ["bars"], stamps: ["simulated"] },
      { symbol: "SIMFLAT", cadences: ["daily"], kinds: ["bars"], stamps: ["simulated"] },
      {
        symbol: "SIMMKT",
        cadences: ["1m", "5m", "15m", "hourly", "daily"],
        kinds: ["bars", "option_chains", "option_bars", "option_tape", "underlying_tape"],
        stamps: ["simulated"],
      },
    ]);
    expect(files!.symbols).toEqual([{ symbol: "QQQ", cadences: ["daily"], kinds: ["bars"], stamps: ["price_return_only"] }]);
  });

  it.each<[Partial<BarsRequest>, string, string[]]>([
    [{ symbol: "QQQ" }, 'The provider "sample" has no daily bars of "QQQ"; it has SPX (daily). "files" has daily bars of "QQQ"', ["files"]],
    [
      { cadence: "hourly" },
      'The provider "sample" has no hourly bars of "SPX"; it has SPX (daily). Bring your own with: sigma data import',
      [],
    ],
    [
      { provider: "files", symbol: "SPX" },
      'The provider "files" has no daily bars of "SPX"; it has QQQ (daily). "sample" has daily',
      ["sample"],
    ],
    [{ provider: "simulated", symbol: "toString" }, 'The provider "simulated" has no daily bars of "toString"', []],
    [{ provider: "nobody", symbol: "SPX" }, 'There is no data provider "nobody"; there are "sample", "simulated", "files".', ["sample"]],
  ])("refuses what a provider lacks and names who has it: %j", async (changes, message, availableFrom) => {
    const { artifacts } = await imported();
    await expect(create(artifacts).bars(ask(changes))).rejects.toEqual(
      expect.objectContaining({
        code: "DATA_UNAVAILABLE",
        message: expect.stringContaining(message),
        facts: expect.objectContaining({ availableFrom }),
      }),
    );
  });
});

describeWithShared(
  "createLocalMarketData with real files",
  ["data/equity_daily_lean/QQQ_1d.csv", "data/equity_hourly_lean/SPY_1h.csv"],
  () => {
    it.each([
      ["data/equity_daily_lean/QQQ_1d.csv", "QQQ", "daily", 2392],
      ["data/equity_hourly_lean/SPY_1h.csv", "SPY", "hourly", 29820],
    ] as const)("imports %s and serves it bit for bit", async (path, symbol, cadence, rows) => {
      const artifacts = createMemoryArtifactStore();
      const bytes = readFileSync(sharedPath(path));
      const parsed = parseCsvBars(bytes, { symbol, cadence });
      await importSeries(artifacts, { owner: "local", symbol, cadence, parsed, source: { name: path, sha256: sha256(bytes) } });
      const { bars, facts } = await create(artifacts).bars(ask({ provider: "files", symbol, cadence }));
      expect(bars).toEqual(parsed.bars);
      expect(bars.length).toBe(rows);
      expect(facts.fingerprint).toBe(fingerprintOf(parsed.bars));
      expect(facts.stamps).toEqual([]);
    });
  },
);
