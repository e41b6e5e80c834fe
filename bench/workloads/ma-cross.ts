import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as z from "zod";
import type { ExecutionTerms } from "#lib/backtest/execution.ts";
import { type Orders, type Simulation, simulate } from "#lib/backtest/simulate.ts";
import { buildTape, type Tape } from "#lib/backtest/tape.ts";
import type { Bars } from "#lib/core/bars.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { createRng } from "#lib/core/rng.ts";
import { barEndOf, barStartsOf } from "#lib/core/session.ts";
import { fingerprintOf } from "#lib/market-data/fingerprint.ts";
import { buildMatrix } from "#lib/matrix/build-matrix.ts";
import { barsOnly, dataSources } from "#lib/matrix/matrix-data.ts";
import { matrixSpecOf } from "#lib/matrix/matrix-spec.ts";
import { cpuTime } from "../cpu-time.ts";
import type { Figure, Workload } from "../workload.ts";
import { usualConfig } from "./leak-test.ts";

const BARS = 150_000;
const FIRST_SESSION = 20100104;
/** Prices are whole 64ths of a dollar, so that sums of them are exact and two programs see the same crosses. */
const TICK = 1 / 64;
const SLIPPAGE_BPS = 1;
/** 80 pairs: ten fast averages, eight slow ones. */
const FAST = [5, 8, 10, 12, 15, 18, 20, 25, 30, 40];
const SLOW = [50, 60, 80, 100, 120, 150, 200, 250];
const MOST_DIFFERENCE = 1e-9;

const TERMS: ExecutionTerms = {
  entry: "decision_close",
  orderType: "market",
  limitBufferBps: 0,
  holdBars: BARS,
  trade: { kind: "bars" },
  fillsAtSessionClose: false,
  barriers: null,
  sessionBound: false,
  brackets: null,
  maxPositions: 1,
  cooldownMinutes: 0,
  maxTradesPerDay: Number.POSITIVE_INFINITY,
  capitalShare: 1,
  volatilityTarget: null,
  slippageBps: SLIPPAGE_BPS,
  commissionBps: 0,
  borrowBpsPerYear: 0,
};

/** Five-minute bars of a seeded walk over the exchange's real sessions. */
function seededBars(): Bars {
  const rng = createRng("bench-ma-cross");
  const column = (): Float64Array => new Float64Array(BARS);
  const [start, end, open, high, low, close] = Array.from({ length: 6 }, column) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let session = FIRST_SESSION;
  let starts = barStartsOf(session, "5m");
  let next = 0;
  let ticks = 100 / TICK;
  for (let i = 0; i < BARS; i++) {
    if (next === starts.length) {
      session = NYSE.nextSession(session);
      starts = barStartsOf(session, "5m");
      next = 0;
    }
    start[i] = starts[next]!;
    end[i] = barEndOf(starts[next]!, "5m");
    next += 1;
    open[i] = ticks * TICK;
    ticks = Math.max(64, Math.round(ticks * (1 + 0.001 * rng.normal())));
    close[i] = ticks * TICK;
    high[i] = Math.max(open[i]!, close[i]!);
    low[i] = Math.min(open[i]!, close[i]!);
  }
  const volume = new Float64Array(BARS).fill(1000);
  return {
    symbol: "BENCH",
    cadence: "5m",
    length: BARS,
    start,
    end,
    open,
    high,
    low,
    close,
    volume,
    factor: new Float64Array(BARS).fill(1),
  };
}

function tapeOf(bars: Bars): Tape {
  const data = barsOnly({ bars, facts: { provider: "simulated", fingerprint: fingerprintOf(bars), stamps: [], simulation: null } });
  const spec = matrixSpecOf({ ...usualConfig("hourly"), cadence: "5m" }, [{ name: "ret" }], bars.symbol, dataSources(data));
  return buildTape(buildMatrix(spec, data));
}

/** Means of the last `window` closes; NaN before. The sums are exact. */
function meansOf(close: Float64Array, window: number): Float64Array {
  const out = new Float64Array(close.length).fill(Number.NaN);
  let sum = 0;
  for (let i = 0; i < close.length; i++) {
    sum += close[i]! - (i >= window ? close[i - window]! : 0);
    if (i >= window - 1) out[i] = sum / window;
  }
  return out;
}

/** Buys where the fast average crosses above the slow one, closes where it crosses below and at the last bar. */
function crossOrders(fast: Float64Array, slow: Float64Array, fold: Int8Array): Orders {
  const side = new Int8Array(fast.length);
  const close = new Uint8Array(fast.length);
  for (let i = 1; i < fast.length - 1; i++) {
    if (fast[i - 1]! < slow[i - 1]! && fast[i]! > slow[i]!) side[i] = 1;
    else if (fast[i - 1]! > slow[i - 1]! && fast[i]! < slow[i]!) close[i] = 1;
  }
  close[fast.length - 1] = 1;
  return { side, close, size: null, fold };
}

function simulateAll(tape: Tape): Simulation[] {
  const means = new Map([...FAST, ...SLOW].map((window) => [window, meansOf(tape.close, window)]));
  const fold = new Int8Array(tape.rows);
  return FAST.flatMap((fast) =>
    SLOW.map((slow) => simulate(tape, TERMS, crossOrders(means.get(fast)!, means.get(slow)!, fold), { start: 0, end: tape.rows })),
  );
}

export const maCross: Workload = {
  name: "ma-cross",
  title: `Simulator: ${FAST.length * SLOW.length} crosses of moving averages x ${BARS.toLocaleString("en-US")} five-minute bars, costs included`,
  async run(): Promise<readonly Figure[]> {
    const bars = seededBars();
    const tape = tapeOf(bars);
    simulateAll(tape);
    const { milliseconds, result } = await cpuTime(() => simulateAll(tape));
    const trades = result.reduce((sum, run) => sum + run.trades.count, 0);
    const python = process.env["SIGMA_BENCH_PYTHON"];
    const peer = python ? await runPeer(python, bars.close) : null;
    return [
      {
        label: `averages, crosses and accounts, ${trades.toLocaleString("en-US")} trades`,
        value: milliseconds,
        unit: "ms",
        note: "CPU time, daily and bar returns included",
      },
      { label: "bars of one configuration per second", value: (1000 * BARS * result.length) / milliseconds, unit: "1/s" },
      ...peerFigures(peer, milliseconds, result),
    ];
  },
};

const PeerSchema = z.strictObject({
  version: z.string(),
  accounts_ms: z.number().positive(),
  returns_ms: z.number().positive(),
  trades: z.array(z.int()),
  growth: z.array(z.number()),
});
type Peer = z.infer<typeof PeerSchema>;

const AIM = "equal P&L";

function peerFigures(peer: Peer | null, milliseconds: number, own: readonly Simulation[]): Figure[] {
  if (peer === null) {
    const note = "not compared: set SIGMA_BENCH_PYTHON to a Python with vectorbt";
    return [{ label: "time relative to vectorbt", value: Number.NaN, unit: "x", aim: AIM, note }];
  }
  const note = `vectorbt ${peer.version}, compiled before, same closes, crosses and slippage`;
  const counts = own.map(({ trades }) => trades.count);
  if (counts.join() !== peer.trades.join()) throw new Error(`vectorbt made ${peer.trades.join()} trades, this simulator ${counts.join()}.`);
  const difference = Math.max(...own.map(({ finalEquity }, i) => Math.abs(finalEquity / peer.growth[i]! - 1)));
  if (!(difference <= MOST_DIFFERENCE))
    throw new Error(`The final equities differ by up to ${difference}; at most ${MOST_DIFFERENCE} is rounding.`);
  return [
    { label: "vectorbt, accounts only", value: peer.accounts_ms, unit: "ms", note: `${note}; CPU time` },
    { label: "vectorbt, with the returns of every bar", value: peer.returns_ms, unit: "ms", note: `${note}; CPU time` },
    { label: "time relative to vectorbt, accounts only", value: milliseconds / peer.accounts_ms, unit: "x", note },
    { label: "time relative to vectorbt, with returns", value: milliseconds / peer.returns_ms, unit: "x", note },
    {
      label: "largest relative difference of a final equity",
      value: difference,
      unit: "",
      aim: `<= ${MOST_DIFFERENCE}`,
      note: "trade counts are equal",
    },
  ];
}

async function runPeer(python: string, close: Float64Array): Promise<Peer> {
  const folder = await mkdtemp(join(tmpdir(), "sigma-bench-"));
  try {
    await writeFile(join(folder, "close.f64"), new Uint8Array(close.buffer, close.byteOffset, close.byteLength));
    const task = { data: join(folder, "close.f64"), fast: FAST, slow: SLOW, slippage: SLIPPAGE_BPS / 10_000 };
    await writeFile(join(folder, "task.json"), JSON.stringify(task));
    const script = fileURLToPath(new URL("../peers/vectorbt_ma_cross.py", import.meta.url));
    const { stdout } = await promisify(execFile)(python, [script, join(folder, "task.json")], { maxBuffer: 1e8 });
    return PeerSchema.parse(JSON.parse(stdout));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
