import { NYSE } from "../../../core/calendar.ts";
import { createKeyedRng } from "../../../core/rng.ts";
import { type DateNumber, parseDate } from "../../../core/time.ts";
import { SigmaError } from "../../../errors/sigma-error.ts";
import type { CorporateAction } from "../../actions.ts";
import { type ActionRules, actionsOn, logScaleChange } from "./corporate-actions.ts";
import { type Segment, segmentsOf } from "./intraday-shape.ts";
import type { MarketSpec } from "./market.schema.ts";
import { bridgeExtreme, cutPieces, emptyPieces, LEAST_MINUTE_VOLUME, type PricePath, TRADELESS, toCents } from "./price-path.ts";
import { createVolatilityState, type VolatilityModel, volatilityModelOf } from "./volatility.ts";

const SESSIONS_PER_YEAR = 252;

/** The market's own path, with what drives it. Columns beside the pieces have an entry for each piece. */
export interface MarketPath extends PricePath {
  readonly spec: MarketSpec;
  readonly model: VolatilityModel;
  readonly drivers: Drivers;
}

interface Drivers {
  /** Slow and fast part of the log volatility, in standard deviations, at the piece's open and close. */
  readonly slowAtOpen: Float64Array;
  readonly fastAtOpen: Float64Array;
  readonly slowAtClose: Float64Array;
  readonly fastAtClose: Float64Array;
  /** Demand of option traders in the piece's half hour, standard normal: it moves the price of the next half hour. */
  readonly demand: Float64Array;
  /** Return from the trade before to the piece's open: the night for a session's first piece. Log. */
  readonly gap: Float64Array;
  /** Variance of that return without jumps, known before it. */
  readonly gapVariance: Float64Array;
  /** The jump in the gap; 0 when there was none. Log. */
  readonly jump: Float64Array;
  /** Share of a session's variance that falls into a minute of the piece. */
  readonly minuteTime: Float64Array;
}

/** A half hour has at most one jump, which cuts it in two. */
const MAX_PIECES = 26;
/** Correlation of demand with that of the half hour before. */
const DEMAND_MEMORY = 0.6;

/**
 * The market's path over all sessions of the specification, one random stream a session. A session depends on earlier ones only.
 *
 *     log volatility   h = slow X1 + fast X2, X1 and X2 stationary autoregressions that returns drive with the leverage
 *     half hour        r = sd (z + impact d') + jump,  sd from h at its start, d' the demand of the half hour before
 *     demand           d = 0.6 d' + reaction z' + noise, of variance one, new each session
 *
 * Variance flows by the shape of the day; the night takes its share at once. Every step is made fair: without a stated drift the
 * expected price of any later moment is today's.
 *
 * @throws INVALID_PARAM when the dates hold fewer than two sessions or lie outside the calendar
 * @see Merton (1976) for the jumps; Scott (1987) for log volatility as an Ornstein-Uhlenbeck process
 */
export function simulateMarket(symbol: string, spec: MarketSpec): MarketPath {
  const sessions = sessionsOf(spec);
  const model = volatilityModelOf(spec);
  const capacity = sessions.length * MAX_PIECES;
  const pieces = emptyPieces(capacity);
  const drivers = emptyDrivers(capacity);
  const firstPiece = new Int32Array(sessions.length + 1);
  const logScale = new Float64Array(sessions.length);
  const actions: CorporateAction[] = [];
  const rules: ActionRules = { dividendYield: spec.dividend_yield, dividendMonth: 0, splits: false, stated: statedActions(spec) };

  const rng = createKeyedRng(`simulated-market:${spec.seed}`);
  const volatility = createVolatilityState(model, rng);
  const drift = spec.annual_drift / SESSIONS_PER_YEAR;
  const jumpsPerSession = spec.jumps.per_year / SESSIONS_PER_YEAR;
  const jumpGrowth = Math.exp(spec.jumps.mean + spec.jumps.deviation ** 2 / 2) - 1;
  const drawJump = (): number => spec.jumps.mean + spec.jumps.deviation * rng.normal();
  const demandNoise = Math.sqrt(1 - DEMAND_MEMORY ** 2 - spec.flow.reaction ** 2);
  let x = Math.log(spec.start_price);
  let p = 0;
  let activity = 0;
  let earlierDemand = 0;
  let demand = 0;

  /** The way from one trade to the next where none lies between: a night, or a moment. */
  const cross = (variance: number, z: number, jump: number, fair: number): void => {
    const gap = Math.sqrt(variance) * z - variance / 2 + jump + fair;
    drivers.gap[p] = gap;
    drivers.gapVariance[p] = variance;
    drivers.jump[p] = jump;
    x += gap;
  };

  const night = (): void => {
    const time = spec.overnight_share;
    const chance = jumpsPerSession * time;
    const variance = volatility.variance() * time;
    const z = rng.normal();
    const jump = rng.uniform() < chance ? drawJump() : 0;
    cross(variance, z, jump, drift * time - Math.log(1 + chance * jumpGrowth));
    volatility.advance(time, z);
  };

  /** From a piece's first trade to its last. @returns the shock, in standard deviations */
  const trade = (from: number, to: number, { variance, volume, fair }: { variance: number; volume: number; fair: number }): number => {
    const sd = Math.sqrt(variance);
    const z = rng.normal();
    const close = x + sd * (z + spec.flow.impact * earlierDemand) - variance / 2 + fair;
    pieces.fromMinute[p] = from;
    pieces.toMinute[p] = to;
    pieces.open[p] = x;
    pieces.close[p] = close;
    pieces.high[p] = bridgeExtreme(x, close, sd, rng.uniform(), 1);
    pieces.low[p] = bridgeExtreme(x, close, sd, rng.uniform(), -1);
    pieces.deviation[p] = sd;
    const busy = 0.5 * volatility.logVolatility() + activity + 0.2 * rng.normal();
    pieces.volume[p] = Math.max(LEAST_MINUTE_VOLUME * (to - from), Math.round(volume * (0.75 + 0.3 * Math.abs(z)) * Math.exp(busy)));
    drivers.demand[p] = demand;
    x = close;
    return z;
  };

  const halfHour = (segment: Segment): void => {
    const time = (1 - spec.overnight_share) * segment.variance;
    const minutes = segment.to - segment.from;
    const chance = jumpsPerSession * time;
    const cut = rng.uniform() < chance ? segment.from + 1 + rng.int(minutes - 1) : segment.to;
    // The chance of a jump in this half hour is paid for in its first piece.
    const fair = drift * time - Math.log(1 + chance * jumpGrowth);
    let shock = 0;
    for (let from = segment.from; from < segment.to; ) {
      const to = from < cut ? cut : segment.to;
      const minuteVariance = (volatility.variance() * time) / minutes;
      if (from > 0) cross(minuteVariance * TRADELESS, rng.normal(), from === cut ? drawJump() : 0, 0);
      drivers.minuteTime[p] = time / minutes;
      drivers.slowAtOpen[p] = volatility.slow();
      drivers.fastAtOpen[p] = volatility.fast();
      const z = trade(from, to, {
        variance: minuteVariance * (to - from - TRADELESS),
        volume: (spec.daily_volume * segment.volume * (to - from)) / minutes,
        fair: from === segment.from ? fair : 0,
      });
      shock += Math.sqrt((to - from) / minutes) * z;
      volatility.advance((time * (to - from)) / minutes, z);
      drivers.slowAtClose[p] = volatility.slow();
      drivers.fastAtClose[p] = volatility.fast();
      p += 1;
      from = to;
    }
    earlierDemand = demand;
    demand = DEMAND_MEMORY * demand + spec.flow.reaction * shock + demandNoise * rng.normal();
  };

  for (let t = 0; t < sessions.length; t++) {
    const date = sessions[t]!;
    rng.seek(date, 0);
    firstPiece[t] = p;
    if (t > 0) {
      const rawClose = toCents(x + logScale[t - 1]!);
      const found = actionsOn(rules, date, sessions[t - 1]!, rawClose);
      logScale[t] = logScale[t - 1]! + logScaleChange(found, rawClose);
      actions.push(...found);
      night();
    }
    activity = 0.25 * rng.normal();
    earlierDemand = 0;
    demand = rng.normal();
    for (const segment of segmentsOf(minutesOf(date))) halfHour(segment);
    firstPiece[t + 1] = p;
  }
  return { symbol, sessions, firstPiece, pieces: cutPieces(pieces, p), logScale, actions, spec, model, drivers: cutDrivers(drivers, p) };
}

/** Length of a session in minutes. */
export function minutesOf(date: DateNumber): number {
  return (NYSE.closeOf(date) - NYSE.openOf(date)) / 60_000;
}

function emptyDrivers(capacity: number): Drivers {
  const column = (): Float64Array => new Float64Array(capacity);
  return {
    slowAtOpen: column(),
    fastAtOpen: column(),
    slowAtClose: column(),
    fastAtClose: column(),
    demand: column(),
    gap: column(),
    gapVariance: column(),
    jump: column(),
    minuteTime: column(),
  };
}

function cutDrivers(drivers: Drivers, count: number): Drivers {
  return Object.fromEntries(Object.entries(drivers).map(([name, values]) => [name, values.slice(0, count)])) as unknown as Drivers;
}

function sessionsOf({ first_date, last_date }: MarketSpec): DateNumber[] {
  const first = parseDate(first_date, "first_date");
  const last = parseDate(last_date, "last_date");
  const sessions = first <= last ? NYSE.sessionsBetween(first, last) : [];
  if (first <= last && NYSE.isSession(last)) sessions.push(last);
  if (sessions.length >= 2) return sessions;
  throw new SigmaError(
    "INVALID_PARAM",
    `A simulated market needs at least two sessions from first_date to last_date; found "${sessions.length}" from "${first_date}" to "${last_date}".`,
    { field: "last_date" },
  );
}

function statedActions({ actions }: MarketSpec): CorporateAction[] {
  return actions
    .map(({ ex_date, split_ratio = 1, dividend = 0 }) => ({
      exDate: parseDate(ex_date, "actions.ex_date"),
      split: split_ratio,
      cash: dividend,
    }))
    .sort((a, b) => a.exDate - b.exDate);
}
