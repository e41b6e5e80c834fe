import { IndicatorsSync } from "@ixjb94/indicators";
import { createIndicatorInputs } from "#lib/indicators/inputs.ts";
import { computePlan, planIndicators } from "#lib/indicators/plan.ts";
import { cpuTime } from "../cpu-time.ts";
import { minuteInputs } from "../minute-bars.ts";
import type { Figure, Workload } from "../workload.ts";

const BARS = 100_000;
const CALLS = 7;

/** Plain arrays, as the peer wants them; made before anything is timed. */
type Prices = Readonly<Record<"open" | "high" | "low" | "close" | "volume", number[]>>;

interface Peer {
  readonly entry: { readonly name: string; readonly [param: string]: number | string };
  readonly call: (prices: Prices) => readonly number[] | readonly (readonly number[])[];
  /** Which of the peer's columns is our first one. */
  readonly column?: number;
  /** What a value of the peer is multiplied with to be in our unit. */
  readonly factor?: number;
}

const library = new IndicatorsSync();

/** Every indicator of the registry that the peer has too, with equal parameters. */
const PEERS: readonly Peer[] = [
  { entry: { name: "sma", window: 20 }, call: ({ close }) => library.sma(close, 20) },
  { entry: { name: "ema", window: 20 }, call: ({ close }) => library.ema(close, 20) },
  { entry: { name: "wma", window: 20 }, call: ({ close }) => library.wma(close, 20) },
  { entry: { name: "dema", window: 20 }, call: ({ close }) => library.dema(close, 20) },
  { entry: { name: "tema", window: 20 }, call: ({ close }) => library.tema(close, 20) },
  { entry: { name: "hma", window: 20 }, call: ({ close }) => library.hma(close, 20) },
  { entry: { name: "kama", er_period: 10 }, call: ({ close }) => library.kama(close, 10) },
  { entry: { name: "vwma", window: 20 }, call: ({ close, volume }) => library.vwma(close, volume, 20) },
  { entry: { name: "zlema", window: 20 }, call: ({ close }) => library.zlema(close, 20) },
  { entry: { name: "linreg", window: 20 }, call: ({ close }) => library.linreg(close, 20) },
  { entry: { name: "lr_slope", window: 20 }, call: ({ close }) => library.linregslope(close, 20) },
  { entry: { name: "macd" }, call: ({ close }) => library.macd(close, 12, 26, 9) },
  { entry: { name: "ppo" }, call: ({ close }) => library.ppo(close, 12, 26) },
  { entry: { name: "apo" }, call: ({ close }) => library.apo(close, 12, 26) },
  { entry: { name: "trix", window: 15 }, call: ({ close }) => library.trix(close, 15) },
  { entry: { name: "dpo", window: 20 }, call: ({ close }) => library.dpo(close, 20) },
  { entry: { name: "dx", window: 14 }, call: ({ high, low }) => library.dx(high, low, 14) },
  { entry: { name: "adxr", window: 14 }, call: ({ high, low }) => library.adxr(high, low, 14) },
  { entry: { name: "aroon", window: 14 }, call: ({ high, low }) => library.aroon(high, low, 14), column: 1 },
  { entry: { name: "psar" }, call: ({ high, low }) => library.psar(high, low, 0.02, 0.2) },
  { entry: { name: "mass_index", fast: 9, slow: 25 }, call: ({ high, low }) => library.mass(high, low, 25) },
  { entry: { name: "qstick", window: 10 }, call: ({ open, close }) => library.qstick(open, close, 10) },
  { entry: { name: "rsi", window: 14 }, call: ({ close }) => library.rsi(close, 14) },
  { entry: { name: "stochastic", k: 14, d: 3, smooth: 3 }, call: ({ high, low, close }) => library.stoch(high, low, close, 14, 3, 3) },
  { entry: { name: "williams_r", window: 14 }, call: ({ high, low, close }) => library.willr(high, low, close, 14) },
  { entry: { name: "cci", window: 20 }, call: ({ high, low, close }) => library.cci(high, low, close, 20) },
  { entry: { name: "roc", window: 10 }, call: ({ close }) => library.roc(close, 10), factor: 100 },
  { entry: { name: "tsi", r: 25, s: 13 }, call: ({ close }) => library.tsi(close, 25, 13) },
  { entry: { name: "ultimate_oscillator" }, call: ({ high, low, close }) => library.ultosc(high, low, close, 7, 14, 28) },
  { entry: { name: "awesome_oscillator" }, call: ({ high, low }) => library.ao(high, low) },
  { entry: { name: "cmo", window: 14 }, call: ({ close }) => library.cmo(close, 14) },
  { entry: { name: "kst" }, call: ({ close }) => library.kst(close, 10, 15, 20, 30, 10, 10, 10, 15) },
  { entry: { name: "fisher_transform", window: 10 }, call: ({ high, low }) => library.fisher(high, low, 10) },
  { entry: { name: "bop" }, call: ({ open, high, low, close }) => library.bop(open, high, low, close) },
  { entry: { name: "true_range" }, call: ({ high, low, close }) => library.tr(high, low, close) },
  { entry: { name: "atr", window: 14 }, call: ({ high, low, close }) => library.atr(high, low, close, 14) },
  { entry: { name: "natr", window: 14 }, call: ({ high, low, close }) => library.natr(high, low, close, 14) },
  { entry: { name: "rolling_std", window: 20 }, call: ({ close }) => library.stddev(close, 20) },
  { entry: { name: "bollinger_bands", window: 20, num_std: 2 }, call: ({ close }) => library.bbands(close, 20, 2), column: 1 },
  { entry: { name: "keltner", window: 20 }, call: ({ high, low, close }) => library.kc(high, low, close, 20, 2), column: 1 },
  { entry: { name: "donchian", window: 20 }, call: ({ high, low }) => library.dc(high, low, 20) },
  { entry: { name: "chaikin_volatility", window: 10 }, call: ({ high, low }) => library.cvi(high, low, 10) },
  { entry: { name: "obv" }, call: ({ close, volume }) => library.obv(close, volume) },
  { entry: { name: "cmf", window: 20 }, call: ({ high, low, close, volume }) => library.cmf(high, low, close, volume, 20) },
  { entry: { name: "mfi", window: 14 }, call: ({ high, low, close, volume }) => library.mfi(high, low, close, volume, 14) },
  { entry: { name: "adl" }, call: ({ high, low, close, volume }) => library.ad(high, low, close, volume) },
  {
    entry: { name: "chaikin_osc", fast: 3, slow: 10 },
    call: ({ high, low, close, volume }) => library.adosc(high, low, close, volume, 3, 10),
  },
  { entry: { name: "force_index", window: 13 }, call: ({ close, volume }) => library.fi(close, volume, 13) },
  { entry: { name: "nvi" }, call: ({ close, volume }) => library.nvi(close, volume) },
  { entry: { name: "pvi" }, call: ({ close, volume }) => library.pvi(close, volume) },
  { entry: { name: "klinger" }, call: ({ high, low, close, volume }) => library.kvo(high, low, close, volume, 34, 55) },
];

export const indicatorPeers: Workload = {
  name: "indicator-peers",
  title: `Each indicator that @ixjb94/indicators has too, on ${BARS.toLocaleString("en-US")} one-minute bars`,
  async run(): Promise<readonly Figure[]> {
    const { shared: _shared, ...market } = minuteInputs(BARS);
    const { open, high, low, close, volume } = market;
    const prices = { open: [...open], high: [...high], low: [...low], close: [...close], volume: [...volume] };
    const rows: { readonly ratio: number; readonly figure: Figure }[] = [];
    for (const peer of PEERS) {
      const plan = planIndicators([peer.entry], { barsPerSession: 390 });
      const mine = await medianOf(() => computePlan(plan, createIndicatorInputs(market))[0]!.at(-1)!);
      const theirs = await medianOf(() => lastOf(peer, prices));
      const ratio = theirs.milliseconds / mine.milliseconds;
      const note = `${mine.milliseconds.toFixed(2)} ms, there ${theirs.milliseconds.toFixed(2)} ms; ${agreement(mine.last, theirs.last)}`;
      rows.push({ ratio, figure: { label: `${peer.entry.name}: peer / ours`, value: ratio, unit: "x", note } });
    }
    const ratios = rows.map(({ ratio }) => ratio).toSorted((a, b) => a - b);
    return [
      ...rows.map(({ figure }) => figure),
      { label: "indicators compared", value: PEERS.length, unit: "count" },
      { label: "median of the ratios", value: ratios[Math.floor(ratios.length / 2)]!, unit: "x", note: "ours makes all columns of each" },
      { label: "indicators at which the peer is quicker", value: ratios.filter((ratio) => ratio < 1).length, unit: "count" },
    ];
  },
};

function lastOf({ call, column = 0, factor = 1 }: Peer, prices: Prices): number {
  const answer = call(prices);
  const values = typeof answer[0] === "number" ? (answer as readonly number[]) : (answer as readonly (readonly number[])[])[column]!;
  return factor * values.at(-1)!;
}

/** Median CPU time of consecutive calls after two that are not counted. */
async function medianOf(work: () => number): Promise<{ readonly milliseconds: number; readonly last: number }> {
  for (let i = 0; i < 2; i++) work();
  const times: number[] = [];
  let last = Number.NaN;
  for (let call = 0; call < CALLS; call++) {
    const { milliseconds, result } = await cpuTime(work);
    times.push(milliseconds);
    last = result;
  }
  return { milliseconds: times.toSorted((a, b) => a - b)[Math.floor(CALLS / 2)]!, last };
}

/** The last value there and here; formulas whose conventions differ are timed as well, and named. */
function agreement(mine: number, theirs: number): string {
  const equal = Math.abs(mine - theirs) <= 1e-6 * Math.max(1, Math.abs(mine));
  return equal ? "same last value" : `another convention (${mine.toPrecision(6)}, there ${theirs.toPrecision(6)})`;
}
