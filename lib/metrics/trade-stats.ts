/** Statistics of single trades. Counts are exact; ratios are NaN when their denominator is empty. */
export interface TradeStats {
  readonly trades: number;
  readonly wins: number;
  readonly losses: number;
  /** Share of trades with a positive return; a trade that breaks even is no win. */
  readonly winRate: number;
  /** Sum of gains over sum of losses; NaN without a loss. */
  readonly profitFactor: number;
  readonly averageWin: number;
  /** Negative. */
  readonly averageLoss: number;
  readonly expectancy: number;
}

/**
 * @param returns - net return of each trade, fraction
 * @param count - how many of them are read
 */
export function tradeStats(returns: Float64Array, count = returns.length): TradeStats {
  let wins = 0;
  let losses = 0;
  let gained = 0;
  let lost = 0;
  let sum = 0;
  for (let i = 0; i < count; i += 1) {
    const value = returns[i]!;
    sum += value;
    if (value > 0) {
      wins += 1;
      gained += value;
    } else if (value < 0) {
      losses += 1;
      lost -= value;
    }
  }
  return {
    trades: count,
    wins,
    losses,
    winRate: ratio(wins, count),
    profitFactor: ratio(gained, lost),
    averageWin: ratio(gained, wins),
    averageLoss: losses === 0 ? Number.NaN : -lost / losses,
    expectancy: ratio(sum, count),
  };
}

const ratio = (numerator: number, denominator: number): number => (denominator === 0 ? Number.NaN : numerator / denominator);
