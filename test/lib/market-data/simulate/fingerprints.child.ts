import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { sha256 } from "#lib/core/digest.ts";
import { createMarketData } from "#lib/market-data/market-data-door.ts";
import { createSimulatedProvider } from "#lib/market-data/providers/simulated-provider.ts";

/** Prints what another process must find too: fingerprints of bars and chains, digests of bars and tape of options. */
const data = createMarketData([createSimulatedProvider(createMemoryArtifactStore())]);
const who = { owner: "local", provider: "simulated", seed: 5 };
const window = { start: "2024-07-02", end: "2024-07-03" };
const session = { ...who, symbol: "SIMMKT", session: 20240702, expiry: 20240702 };
const digest = (...columns: readonly Float64Array[]): string =>
  sha256(columns.map((column) => sha256(new Uint8Array(column.buffer))).join());

for (const symbol of ["SIMMKT", "SIM04", "SIMVIX"]) {
  const { facts } = await data.bars({ ...who, symbol, cadence: "1m", window });
  process.stdout.write(`${facts.fingerprint}\n`);
}
process.stdout.write(`${(await data.optionChains({ ...who, symbol: "SIMMKT", cadence: "15m", window })).facts.fingerprint}\n`);
const bars = await data.optionBars(session);
process.stdout.write(`${digest(bars.start, bars.strike, bars.open, bars.high, bars.low, bars.close, bars.vwap, bars.volume)}\n`);
const { trades, quotes } = await data.optionTape(session);
process.stdout.write(`${digest(trades.ts, trades.price, trades.size, quotes.ts, quotes.bid, quotes.ask, quotes.bidSize)}\n`);
const tape = await data.underlyingTape(session);
process.stdout.write(`${digest(tape.trades.ts, tape.trades.price, tape.trades.size, tape.quotes.bid)}\n`);
