/**
 * Turnover: half the traded notional (buys plus sells) over the average equity, per 5 sessions.
 *
 * @param tradedNotional - notional bought plus sold in units of the starting equity, for each trade
 * @param dailyReturns - of every session, idle ones included; the average is of the equity at their closes
 * @param count - how many trades are read
 * @returns 1 = the capital is turned over once a week; NaN without sessions, or when nothing of the equity was ever left
 */
export function turnoverPerWeek(tradedNotional: Float64Array, dailyReturns: Float64Array, count = tradedNotional.length): number {
  const sessions = dailyReturns.length;
  let traded = 0;
  for (let i = 0; i < count; i += 1) traded += tradedNotional[i]!;
  let equity = 1;
  let sum = 0;
  for (let session = 0; session < sessions; session += 1) {
    equity *= 1 + dailyReturns[session]!;
    sum += equity;
  }
  // Over the mean of `sessions` marks, the number of sessions falls out.
  return sum > 0 ? (5 * 0.5 * traded) / sum : Number.NaN;
}
