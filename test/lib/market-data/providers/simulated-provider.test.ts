import { describe, expect, it } from "vitest";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { CADENCES } from "#lib/core/bars.ts";
import { createMarketData } from "#lib/market-data/market-data-door.ts";
import { createSimulatedProvider } from "#lib/market-data/providers/simulated-provider.ts";
import { resampleBars } from "#lib/market-data/resample.ts";
import { type Simulation, SimulationSchema } from "#lib/market-data/simulate/simulation.schema.ts";
import { saveSimulation } from "#lib/market-data/simulate/simulation-store.ts";
import type { BarsRequest, ChainsRequest, MarketData } from "#lib/ports/market-data.ts";
import { marketDataContract } from "../../../contract/market-data.contract.ts";

const ALL = { start: null, end: null };
const WEEK = { start: "2024-07-01", end: "2024-07-09" };
const ask = (changes: Partial<BarsRequest> = {}): BarsRequest => ({
  owner: "local",
  provider: "simulated",
  symbol: "SIMMKT",
  cadence: "daily",
  window: ALL,
  ...changes,
});
const askChains = (changes: Partial<ChainsRequest> = {}): ChainsRequest => ({ ...ask(), window: WEEK, ...changes });

const edge: Simulation = SimulationSchema.parse({
  schema_version: 1,
  name: "HOURS",
  spec: { kind: "edge", edge: { annual_sharpe: 1.5, cadence: "hourly", sessions: 250, seed: 3, cost_bps: 0.5 } },
});
const calm: Simulation = SimulationSchema.parse({
  schema_version: 1,
  name: "CALM",
  spec: {
    kind: "market",
    market: { first_date: "2024-01-02", last_date: "2024-07-31", annual_volatility: 0.1, jumps: { per_year: 0 }, flow: { impact: 0 } },
  },
});

async function door(): Promise<MarketData> {
  const artifacts = createMemoryArtifactStore();
  for (const simulation of [edge, calm]) await saveSimulation(artifacts, "local", simulation, false);
  return createMarketData([createSimulatedProvider(artifacts)]);
}

describe("createSimulatedProvider", () => {
  describe("keeps the port's promises", () => {
    marketDataContract(async () => {
      const own = ask({ symbol: "SIM:HOURS", cadence: "hourly" });
      return {
        data: await door(),
        available: [
          ask({ symbol: "SIMFLAT" }),
          ask({ symbol: "SIM:CALM", seed: 5 }),
          ask({ symbol: "SIM:CALM:33" }),
          ask({ symbol: "SIM:CALM:VIX3M" }),
          ask({ symbol: "SIM:CALM", cadence: "15m" }),
          ask({ symbol: "SIM:CALM:12", cadence: "hourly" }),
          own,
        ],
        private: null,
      };
    });
  });

  it("gives the bytes that it always gave: a change of the generator needs a new name of it", async () => {
    const data = await door();
    const fingerprint = async (changes: Partial<BarsRequest>): Promise<string> => (await data.bars(ask(changes))).facts.fingerprint;
    const window = { start: "2024-07-01", end: "2024-07-03" };
    expect(await fingerprint({ symbol: "SIMEDGE", seed: 11 })).toBe("d86a126136c6fbb817e1ba8dc8eabff793d9cf0c2211b92149815421a248ec77");
    expect(await fingerprint({ symbol: "SIMFLAT" })).toBe("4cd15b2b6e9371393fbcf575fb3281b6f1718392ce61b5ef684606e7e7e535a6");
    expect(await fingerprint({ cadence: "1m", window })).toBe("6bb85f5149573f07374160b72542fbb7a18e51243347c8a9d0cb8a17ab50ae93");
    expect(await fingerprint({ symbol: "SIM00", cadence: "1m", window })).toBe(
      "66cc3c1ad94f729bde670e230a48a42ecd907d0e3f4fb5a2535b11a053b2d04a",
    );
    expect(await fingerprint({ symbol: "SIMVIX", window })).toBe("a6af571322fcfaa0d2b700b38b8797830591264a5525e69fb55d4083c0ae9edc");
    expect(await fingerprint({ symbol: "SIM:HOURS", cadence: "hourly" })).toBe(
      "6f56979091327e87b0801f331e8aac20c1144b43db0f7fb1502006b0dea4fcc7",
    );
    const chains = await data.optionChains(askChains({ cadence: "hourly", window }));
    expect(chains.facts.fingerprint).toBe("ed451b84c616368a2e4d549137aa50fdf519d0c74b0b9eafa5d0375dca7993cd");
  });

  it("marks everything that can carry a mark, and says what is planted", async () => {
    const data = await door();
    for (const symbol of ["SIMEDGE", "SIMFLAT", "SIMMKT", "SIM00", "SIMVIX", "SIM:CALM", "SIM:CALM:39", "SIM:HOURS"]) {
      const { facts } = await data.bars(ask({ symbol }));
      expect(facts.provider).toBe("simulated");
      expect(facts.stamps).toContain("simulated");
      expect(facts.simulation?.statement, symbol).toMatch(/^SIMULATED /);
    }
    const { facts } = await data.optionChains(askChains());
    expect(facts).toMatchObject({ provider: "simulated", stamps: ["simulated"], simulation: { generator: "market/1", seed: 1 } });
    expect(facts.simulation?.statement).toContain("with a correlation of 0.03");
    const plain = await data.bars(ask({ symbol: "SIM:CALM" }));
    expect(plain.facts.simulation?.statement).toContain("Nothing is planted");
    expect((await data.bars(ask({ symbol: "SIMVIX" }))).facts.stamps).toEqual(["not_tradable", "simulated"]);
    for (const offer of await data.offers("local")) for (const { stamps } of offer.symbols!) expect(stamps).toContain("simulated");
  });

  it("has every cadence of a market, and an hourly edge by day too", async () => {
    const data = await door();
    const window = { start: "2024-07-01", end: "2024-07-05" };
    const minutes = (await data.bars(ask({ symbol: "SIM:CALM:03", cadence: "1m", window }))).bars;
    for (const cadence of CADENCES)
      expect((await data.bars(ask({ symbol: "SIM:CALM:03", cadence, window }))).bars).toEqual(resampleBars(minutes, cadence));
    const hours = (await data.bars(ask({ symbol: "SIM:HOURS", cadence: "hourly" }))).bars;
    expect((await data.bars(ask({ symbol: "SIM:HOURS" }))).bars).toEqual(resampleBars(hours, "daily"));
    await expect(data.bars(ask({ symbol: "SIM:HOURS", cadence: "5m" }))).rejects.toMatchObject({ code: "DATA_UNAVAILABLE" });
    await expect(data.bars(ask({ symbol: "SIMEDGE", cadence: "hourly" }))).rejects.toMatchObject({ code: "DATA_UNAVAILABLE" });
  });

  it("lets the request's seed choose another world of a named simulation", async () => {
    const data = await door();
    for (const symbol of ["SIM:CALM", "SIM:HOURS"]) {
      const cadence = "hourly";
      const stored = await data.bars(ask({ symbol, cadence }));
      const other = await data.bars(ask({ symbol, cadence, seed: 77 }));
      expect(other.facts.simulation?.seed).toBe(77);
      expect(other.facts.fingerprint).not.toBe(stored.facts.fingerprint);
      expect((await data.bars(ask({ symbol, cadence }))).facts.fingerprint).toBe(stored.facts.fingerprint);
    }
    await expect(data.bars(ask({ seed: -1 }))).rejects.toMatchObject({ code: "INVALID_PARAM" });
  });

  it("shows a named simulation in both workspaces of its owner, and to nobody else", async () => {
    const data = await door();
    const own = await data.bars(ask({ symbol: "SIM:CALM" }));
    expect((await data.bars(ask({ symbol: "SIM:CALM", owner: "local-simulated" }))).facts).toEqual(own.facts);
    await expect(data.bars(ask({ symbol: "SIM:CALM", owner: "somebody" }))).rejects.toMatchObject({ code: "DATA_UNAVAILABLE" });
    const symbols = async (owner: string): Promise<number> => (await data.offers(owner))[0]!.symbols!.length;
    // Two planted series, a market of 43 parts; and the owner's market and edge.
    expect(await symbols("somebody")).toBe(45);
    expect(await symbols("local")).toBe(45 + 43 + 1);
    expect(await symbols("local-simulated")).toBe(45 + 43 + 1);
  });

  it("serves options and tapes of the market and of its quiet stocks", async () => {
    const data = await door();
    const session = { owner: "local", provider: "simulated", symbol: "SIMMKT", session: 20240703, expiry: 20240703 };
    const [bars, tape, underlying] = [await data.optionBars(session), await data.optionTape(session), await data.underlyingTape(session)];
    expect(bars).toMatchObject({ underlying: "SIMMKT", sessionDate: 20240703, expiry: 20240703 });
    expect(bars.length).toBeGreaterThan(2000);
    expect(tape.trades.trueSide).not.toBeNull();
    expect(underlying).toMatchObject({ symbol: "SIMMKT" });
    expect((await data.optionChains(askChains({ symbol: "SIM05" }))).snapshots.length).toBe(10);
    expect((await data.optionBars({ ...session, symbol: "SIM05", expiry: 20240705 })).length).toBeGreaterThan(100);
    // No expiry of a stock on that day: an empty session, no error.
    expect((await data.optionBars({ ...session, symbol: "SIM05" })).length).toBe(0);
    expect((await data.optionChains(askChains({ symbol: "SIM:CALM" }))).facts.fingerprint).not.toBe(
      (await data.optionChains(askChains())).facts.fingerprint,
    );
  });

  it.each<[string, (data: MarketData) => Promise<unknown>, RegExp]>([
    ["options of an index", (data) => data.optionChains(askChains({ symbol: "SIMVIX" })), /has no option chains of "SIMVIX"/],
    ["options of a stock that may split", (data) => data.optionChains(askChains({ symbol: "SIM25" })), /has no option chains of "SIM25"/],
    ["options of an edge", (data) => data.optionChains(askChains({ symbol: "SIM:HOURS" })), /has no option chains/],
    [
      "a session outside the market",
      (data) => data.optionBars({ owner: "local", provider: "simulated", symbol: "SIMMKT", session: 19990104, expiry: 19990104 }),
      /has no option minute bars of "SIMMKT"/,
    ],
    [
      "parts of an edge",
      (data) => data.bars(ask({ symbol: "SIM:HOURS:00" })),
      /has no daily bars of "SIM:HOURS:00"; it has SIMEDGE .* and \d+ more\./,
    ],
    ["a name that nobody registered", (data) => data.bars(ask({ symbol: "SIM:NOBODY" })), /has no daily bars/],
    [
      "sessions that there are not",
      (data) => data.bars(ask({ window: { start: "2009-01-02", end: "2009-02-02" } })),
      /from 2010-01-04 to 2024-12-31; found no bar/,
    ],
    [
      "chains of sessions that there are not",
      (data) => data.optionChains(askChains({ window: { start: "2009-01-02", end: "2009-02-02" } })),
      /has option chains of SIMMKT from 2010-01-04 to 2024-12-31/,
    ],
  ])("refuses %s", async (_, call, message) => {
    await expect(call(await door())).rejects.toEqual(
      expect.objectContaining({ code: "DATA_UNAVAILABLE", message: expect.stringMatching(message) }),
    );
  });
});
