/**
 * Turnover: half the traded notional (buys plus sells) over equity, per 5 sessions.
 * Each trade's notional is taken over the equity at its own entry, so growth of the capital does not distort it.
 *
 * @param tradedNotional - notional bought plus sold over equity, for each trade
 * @param count - how many of them are read
 * @returns 1 = the capital is turned over once a week; NaN without sessions
 */
export function turnoverPerWeek(tradedNotional: Float64Array, sessions: number, count = tradedNotional.length): number {
  let sum = 0;
  for (let i = 0; i < count; i += 1) sum += tradedNotional[i]!;
  return sessions === 0 ? Number.NaN : ((0.5 * sum) / sessions) * 5;
}
