import { readSampleData } from "#infra/local/sample-data.ts";
import type { Bars, PriceSeries } from "#lib/core/bars.ts";
import { createRng } from "#lib/core/rng.ts";
import { fingerprintOf } from "#lib/market-data/fingerprint.ts";
import { readSampleSeries } from "#lib/market-data/sample.ts";
import { MarketSchema } from "#lib/market-data/simulate/market/market.schema.ts";
import { createMarketWorld } from "#lib/market-data/simulate/market/world.ts";

const LAST_YEAR = 2024;
/** Sessions that stay together when returns are shuffled: volatility keeps its clusters, and nothing else is left to find. */
const BLOCK_SESSIONS = 10;

/**
 * Daily bars of a fair random walk with changing volatility, jumps, nights and dividends: its next return cannot be foretold.
 *
 * @param annualDrift - what anybody earns by holding
 */
export function randomWalk(seed: number, years: number, annualDrift: number): PriceSeries {
  const spec = MarketSchema.parse({
    seed,
    first_date: `${LAST_YEAR + 1 - years}-01-02`,
    last_date: `${LAST_YEAR}-12-31`,
    annual_drift: annualDrift,
    flow: { impact: 0, reaction: 0 },
  });
  const bars = createMarketWorld(null, spec).bars({ kind: "market" }, "daily", { start: null, end: null });
  return seriesOf(bars, "random-walk", seed);
}

/**
 * The S&P 500 sample with its sessions in another order: blocks of ten sessions are drawn without replacement, and each session's
 * open, high, low and close follow from the close before it as they did on their own day.
 */
export async function shuffledIndex(seed: number): Promise<PriceSeries> {
  const { bars } = readSampleSeries(await readSampleData());
  const order = shuffledBlocks(bars.length - 1, seed);
  const column = (first: number): Float64Array => Float64Array.from({ length: bars.length }, (_, i) => (i === 0 ? first : 0));
  const [open, high, low, close, volume] = [bars.open, bars.high, bars.low, bars.close, bars.volume].map((own) => column(own[0]!)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 1; i < bars.length; i++) {
    const from = order[i - 1]! + 1;
    const scale = close[i - 1]! / bars.close[from - 1]!;
    open[i] = bars.open[from]! * scale;
    high[i] = bars.high[from]! * scale;
    low[i] = bars.low[from]! * scale;
    close[i] = bars.close[from]! * scale;
    volume[i] = bars.volume[from]!;
  }
  return seriesOf({ ...bars, symbol: "SIMSPX", open, high, low, close, volume }, "shuffled-index", seed);
}

/** 0 to `count` - 1, blocks in another order; the last block may be short. */
function shuffledBlocks(count: number, seed: number): number[] {
  const rng = createRng(`trust-shuffle:${seed}`);
  const blocks = Array.from({ length: Math.ceil(count / BLOCK_SESSIONS) }, (_, i) => i * BLOCK_SESSIONS);
  for (let i = blocks.length - 1; i > 0; i--) {
    const j = rng.int(i + 1);
    [blocks[i], blocks[j]] = [blocks[j]!, blocks[i]!];
  }
  return blocks.flatMap((from) => Array.from({ length: Math.min(BLOCK_SESSIONS, count - from) }, (_, k) => from + k));
}

function seriesOf(bars: Bars, generator: string, seed: number): PriceSeries {
  const statement = `SIMULATED prices from seed ${seed}; nothing in them can be foretold.`;
  return {
    bars,
    facts: { provider: "simulated", fingerprint: fingerprintOf(bars), stamps: ["simulated"], simulation: { generator, seed, statement } },
  };
}
