import type { Bars, PriceSeries } from "../../../core/bars.ts";
import { NYSE } from "../../../core/calendar.ts";
import { createRng, type Rng } from "../../../core/rng.ts";
import { barStartsOf } from "../../../core/session.ts";
import { fingerprintOf } from "../../fingerprint.ts";
import { bridgeExtreme, toCents } from "../market/price-path.ts";
import type { EdgeSpec } from "./edge.schema.ts";
import { BARS_PER_SESSION, type EdgeTheory, edgeSessions, edgeTheoryOf, VOLUME_VOLATILITY_SPREAD } from "./edge-theory.ts";

const EDGE_GENERATOR = "stated-edge/1";
/** Shares of a session where the feature is 0. */
export const EDGE_VOLUME = 1e8;
/** The log of volume moves by this for a feature of one. */
export const VOLUME_LOADING = 0.5;
const SESSIONS_PER_YEAR = 252;
const TAIL_FREEDOM = 5;

/**
 * A series with one thing to find. A feature x, of variance one and known at each bar's close, moves the mean of the next bar:
 *
 *     bar        log close/open = s (e x + n) - s^2/2
 *     momentum   x' = f x + w z,  z the bar's own return in standard deviations; e > 0 (reversal: e < 0)
 *     volume     x' = p x + sqrt(1 - p^2) m,  volume = base exp(x/2); n Student-t, s with stochastic volatility
 *
 * Nights are noise. Bars of a session are equally volatile and open where the last one closed. Whoever follows the declared rule
 * (side by the feature's sign at a close, taken at the next open and held to the one after) earns the stated Sharpe ratio in
 * the long run: `edgeRuleReturns` is that rule.
 *
 * @throws INVALID_PARAM when the Sharpe ratio is out of reach, or the calendar ends before the sessions do
 */
export function plantEdge(symbol: string, spec: EdgeSpec): { readonly series: PriceSeries; readonly theory: EdgeTheory } {
  const theory = edgeTheoryOf(spec);
  const bars = emptyBars(symbol, spec);
  const { feature, cadence, overnight_share } = spec;
  const perSession = BARS_PER_SESSION[cadence];
  const daily = spec.annual_volatility ** 2 / SESSIONS_PER_YEAR;
  const nightDeviation = Math.sqrt(daily * overnight_share);
  const barDeviation = Math.sqrt((daily * (1 - overnight_share)) / perSession);
  const byVolume = feature === "volume";
  const kept = theory.persistence - theory.weight * theory.effect;

  const rng = createRng(`stated-edge:${spec.seed}`);
  const [shocks, nights, states, reach, trade] = ["shocks", "nights", "states", "reach", "volume"].map((label) => rng.fork(label)) as [
    Rng,
    Rng,
    Rng,
    Rng,
    Rng,
  ];
  const logs = byVolume ? createLogVolatility(rng.fork("volatility")) : () => 0;
  let x = states.normal();
  let price = Math.log(spec.start_price);
  let volatility = 1;

  for (let i = 0; i < bars.length; i++) {
    const firstOfDay = i === 0 || bars.start[i]! !== bars.end[i - 1]!;
    if (firstOfDay) {
      volatility = Math.exp(logs());
      const night = nightDeviation * volatility;
      if (i > 0) price += night * nights.normal() - (night * night) / 2;
    }
    const s = barDeviation * volatility;
    const shock = byVolume ? studentT(shocks) : shocks.normal();
    const z = theory.effect * x + shock;
    const close = price + s * z - (s * s) / 2;
    bars.open[i] = toCents(price);
    bars.close[i] = toCents(close);
    bars.high[i] = Math.max(bars.open[i]!, bars.close[i]!, toCents(bridgeExtreme(price, close, s, reach.uniform(), 1)));
    bars.low[i] = Math.min(bars.open[i]!, bars.close[i]!, toCents(bridgeExtreme(price, close, s, reach.uniform(), -1)));
    x = byVolume ? theory.persistence * x + Math.sqrt(1 - theory.persistence ** 2) * states.normal() : kept * x + theory.weight * z;
    const said = byVolume ? VOLUME_LOADING * x : 0.3 * trade.normal();
    bars.volume[i] = Math.round((EDGE_VOLUME / perSession) * Math.exp(said));
    price = close;
  }
  const facts = {
    provider: "simulated",
    fingerprint: fingerprintOf(bars),
    stamps: ["simulated"],
    simulation: { generator: EDGE_GENERATOR, seed: spec.seed, statement: edgeStatementOf(spec, theory) },
  };
  return { series: { bars, facts }, theory };
}

/** Log volatility of each session: one part, half of it gone after twenty sessions; the mean of its square exponential is 1. */
function createLogVolatility(rng: Rng): () => number {
  const kept = 0.5 ** (1 / 20);
  let h = rng.normal();
  return () => {
    h = kept * h + Math.sqrt(1 - kept * kept) * rng.normal();
    return VOLUME_VOLATILITY_SPREAD * h - VOLUME_VOLATILITY_SPREAD ** 2;
  };
}

/** Of variance 1. */
function studentT(rng: Rng): number {
  const normal = rng.normal();
  let chiSquared = 0;
  for (let i = 0; i < TAIL_FREEDOM; i++) chiSquared += rng.normal() ** 2;
  return normal * Math.sqrt((TAIL_FREEDOM - 2) / chiSquared);
}

function emptyBars(symbol: string, spec: EdgeSpec): Bars {
  const starts: number[] = [];
  const ends: number[] = [];
  for (const date of edgeSessions(spec)) {
    const ofSession = barStartsOf(date, spec.cadence);
    for (let i = 0; i < ofSession.length; i++) {
      starts.push(ofSession[i]!);
      ends.push(ofSession[i + 1] ?? NYSE.closeOf(date));
    }
  }
  const length = starts.length;
  const column = (): Float64Array => new Float64Array(length);
  return {
    symbol,
    cadence: spec.cadence,
    length,
    start: Float64Array.from(starts),
    end: Float64Array.from(ends),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    factor: column().fill(1),
  };
}

const FEATURE_WORDS = {
  momentum: "bars go on in the direction of a fading sum of past bars' returns",
  reversal: "bars go against the direction of a fading sum of past bars' returns",
  volume: "bars rise after high volume and fall after low volume",
} as const;

/** What is known of the series because it was put there. */
export function edgeStatementOf(spec: EdgeSpec, { effect, netSharpe, grossSharpe }: EdgeTheory): string {
  const head = `SIMULATED prices from seed ${spec.seed}; no market ever traded them.`;
  if (effect === 0) return `${head} Nothing is planted: returns cannot be predicted.`;
  return (
    `${head} Planted: ${FEATURE_WORDS[spec.feature]}, with a half-life of ${spec.half_life} ${spec.cadence} bars. ` +
    `The declared rule, long or short by the feature's sign from the next open on, has in the long run a Sharpe of ${netSharpe.toFixed(2)} a year ` +
    `after ${spec.cost_bps} bp a side (${grossSharpe.toFixed(2)} before costs); one history of ${spec.sessions} sessions may show more or less. Nothing else can be predicted.`
  );
}
