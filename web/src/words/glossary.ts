import type { NumberFormat } from "./format.ts";

/** What a number is: its name, its unit, what it means in one sentence, and how it is written. */
export interface Term {
  readonly name: string;
  /** What stands over a narrow column. */
  readonly short?: string;
  /** Empty where the number is a pure ratio or a probability. */
  readonly unit: string;
  readonly definition: string;
  readonly format: NumberFormat;
  /** Gains and losses are coloured by their sign. */
  readonly signed?: true;
}

const annual = "annual";

const PERFORMANCE = {
  sessions: { name: "Sessions", unit: "sessions", definition: "Trading days that were evaluated, idle ones included.", format: "count" },
  trades: { name: "Trades", unit: "trades", definition: "Closed trades.", format: "count" },
  bets: {
    name: "Bets",
    unit: "bets",
    definition: "Overlapping trades count as one bet; this is the sample size that the gate uses.",
    format: "count",
  },
  bets_per_year: { name: "Bets per year", unit: "per year", definition: "Bets over the years that were evaluated.", format: "ratio" },
  win_rate: { name: "Win rate", unit: "%", definition: "Share of trades with a positive return after costs.", format: "share" },
  profit_factor: {
    name: "Profit factor",
    unit: "",
    definition: "Sum of gains over sum of losses; unknown when no trade lost.",
    format: "ratio",
  },
  average_win: {
    name: "Average win",
    unit: "%",
    definition: "Mean return of the winning trades, after costs.",
    format: "signed_share",
    signed: true,
  },
  average_loss: {
    name: "Average loss",
    unit: "%",
    definition: "Mean return of the losing trades, after costs.",
    format: "signed_share",
    signed: true,
  },
  expectancy: {
    name: "Expectancy",
    unit: "% per trade",
    definition: "Mean return of a trade, after costs.",
    format: "signed_share",
    signed: true,
  },
  total_return: {
    name: "Total return",
    short: "Return",
    unit: "%",
    definition: "Compounded return over all sessions, after costs.",
    format: "signed_share",
    signed: true,
  },
  annual_return: {
    name: "Annual return",
    unit: "% a year",
    definition: "Compounded return of a year of sessions, after costs.",
    format: "signed_share",
    signed: true,
  },
  volatility: {
    name: "Volatility",
    unit: "% a year",
    definition: "Standard deviation of the daily returns, scaled to a year.",
    format: "share",
  },
  sharpe: {
    name: "Sharpe ratio",
    short: "Sharpe",
    unit: annual,
    definition: "Mean of the daily returns after costs over their standard deviation, scaled to a year; idle sessions count.",
    format: "ratio",
    signed: true,
  },
  sharpe_se: {
    name: "Standard error of Sharpe",
    unit: annual,
    definition: "How far the Sharpe ratio may be off by chance (Lo).",
    format: "ratio",
  },
  psr: {
    name: "Probabilistic Sharpe",
    short: "PSR",
    unit: "",
    definition: "Probability that the true Sharpe ratio is above 0, if nothing else had been tried.",
    format: "probability",
  },
  min_track_record_sessions: {
    name: "Minimum track record",
    unit: "sessions",
    definition: "Sessions that are needed to tell the Sharpe ratio from 0 at 95 %.",
    format: "count",
  },
  sortino: {
    name: "Sortino ratio",
    short: "Sortino",
    unit: annual,
    definition: "Like the Sharpe ratio, but only returns below 0 count as risk.",
    format: "ratio",
    signed: true,
  },
  calmar: {
    name: "Calmar ratio",
    short: "Calmar",
    unit: "",
    definition: "Annual return over the largest drawdown; unknown under 252 sessions.",
    format: "ratio",
    signed: true,
  },
  max_drawdown_pct: {
    name: "Largest drawdown",
    short: "Max DD",
    unit: "%",
    definition: "Deepest fall of the equity below an earlier peak, in percent of that peak.",
    format: "percent",
  },
  max_drawdown_sessions: {
    name: "Length of the largest drawdown",
    short: "DD length",
    unit: "sessions",
    definition: "Sessions from the peak of the largest drawdown to its recovery, or to the end.",
    format: "count",
  },
  es95: {
    name: "Expected shortfall 95 %",
    short: "ES 95",
    unit: "% per trade",
    definition: "Mean return of the worst 5 % of trades; unknown under 20 trades.",
    format: "signed_share",
    signed: true,
  },
  es95_mult: {
    name: "Tail multiple",
    short: "ES 95 mult.",
    unit: "×",
    definition: "Expected shortfall over the mean losing trade: how much worse the tail is than a usual loss; unknown under 100 trades.",
    format: "multiple",
  },
  turnover: {
    name: "Turnover",
    unit: "per 5 sessions",
    definition: "Half the traded value over the average equity, per 5 sessions.",
    format: "ratio",
  },
  exposure: { name: "Exposure", unit: "%", definition: "Mean share of the capital that is in the market.", format: "share" },
  fill_rate: {
    name: "Fill rate",
    unit: "%",
    definition: "Trades over candidates that passed the threshold, the hours and the cooldown.",
    format: "share",
  },
  adv_bps: {
    name: "Order over daily volume",
    short: "Order/ADV",
    unit: "bps",
    definition: "Size of an order over the median dollar volume of 20 days, 95th percentile of trades; large orders move the price.",
    format: "bps",
  },
  costs: {
    name: "Costs",
    unit: "% of equity",
    definition: "Sum of all costs over the equity at entry, slippage included.",
    format: "share",
  },
  slippage_cost: { name: "Slippage", unit: "% of equity", definition: "The part of the costs that is slippage.", format: "share" },
  worst_daily_loss_r: {
    name: "Worst daily loss",
    short: "Worst day",
    unit: "R",
    definition: "Largest loss of a day in units of R, the mean loss of a trade that ends at its stop.",
    format: "ratio",
  },
  spread_pct: {
    name: "Option spread",
    short: "Spread",
    unit: "% of mid",
    definition: "Bid-ask spread at entry, 95th percentile of trades.",
    format: "percent",
  },
  open_interest: {
    name: "Open interest",
    short: "OI",
    unit: "contracts",
    definition: "Open contracts at entry, 5th percentile of trades.",
    format: "count",
  },
  option_volume: {
    name: "Option volume",
    unit: "contracts",
    definition: "Volume of the contract at entry, 5th percentile of trades.",
    format: "count",
  },
  sd_fold_sharpe: {
    name: "Spread of the folds' Sharpe ratios",
    short: "SD of folds",
    unit: annual,
    definition: "Standard deviation of the residual Sharpe ratios of the folds: small means that the result does not hang on one period.",
    format: "ratio",
  },
  fold_sharpe: {
    name: "Sharpe ratio of a fold",
    short: "Fold Sharpe",
    unit: annual,
    definition: "Residual Sharpe ratio of the sessions of one fold.",
    format: "ratio",
    signed: true,
  },
  best_sharpe_hourly: {
    name: "Sharpe ratio of bars",
    short: "Bar Sharpe",
    unit: annual,
    definition: "Classic figure: Sharpe ratio of the returns per bar; read the Sharpe ratio of daily returns beside it.",
    format: "ratio",
    signed: true,
  },
  trades_by_hour: { name: "Trades by hour", unit: "trades", definition: "Trades by the New York hour of the entry bar.", format: "count" },
  hit_rate_by_hour: {
    name: "Win rate by hour",
    unit: "%",
    definition: "Share of winning trades by the New York hour of the entry bar.",
    format: "share",
  },
  "trades_by_side.long": { name: "Long trades", unit: "trades", definition: "Closed trades that bought first.", format: "count" },
  "trades_by_side.short": { name: "Short trades", unit: "trades", definition: "Closed trades that sold first.", format: "count" },
  "hit_rate_by_side.long": {
    name: "Win rate, long",
    unit: "%",
    definition: "Share of long trades with a positive return after costs.",
    format: "share",
  },
  "hit_rate_by_side.short": {
    name: "Win rate, short",
    unit: "%",
    definition: "Share of short trades with a positive return after costs.",
    format: "share",
  },
} as const satisfies Record<string, Term>;

const RESIDUAL = {
  "residual.sharpe": {
    name: "Residual Sharpe ratio",
    short: "Residual SR",
    unit: annual,
    definition: "Sharpe ratio after the share of the returns that the instrument itself explains is taken out: skill is judged here.",
    format: "ratio",
    signed: true,
  },
  "residual.sharpe_se": {
    name: "Standard error of residual Sharpe",
    unit: annual,
    definition: "How far the residual Sharpe ratio may be off by chance (Lo).",
    format: "ratio",
  },
  "residual.psr": {
    name: "Probabilistic residual Sharpe",
    short: "Residual PSR",
    unit: "",
    definition: "Probability that the true residual Sharpe ratio is above 0, if nothing else had been tried.",
    format: "probability",
  },
  "residual.min_track_record_sessions": {
    name: "Minimum track record, residual",
    unit: "sessions",
    definition: "Sessions that are needed to tell the residual Sharpe ratio from 0 at 95 %.",
    format: "count",
  },
  "residual.alpha_annual": {
    name: "Alpha",
    unit: "% a year",
    definition: "Return of a year that the instrument's own moves do not explain.",
    format: "signed_share",
    signed: true,
  },
  "residual.beta": {
    name: "Beta",
    unit: "",
    definition: "How many percent the strategy moves when the instrument moves 1 %; 0 for a market-neutral strategy.",
    format: "ratio",
  },
  "residual.r_squared": {
    name: "R squared",
    unit: "%",
    definition: "Share of the variance that the instrument explains.",
    format: "share",
  },
  "residual.volatility": {
    name: "Residual volatility",
    unit: "% a year",
    definition: "Standard deviation of the residual daily returns, scaled to a year.",
    format: "share",
  },
  "residual.skew": {
    name: "Skewness",
    unit: "",
    definition: "Asymmetry of the residual daily returns; below 0 the losses are the larger surprises.",
    format: "ratio",
  },
  "residual.kurtosis": {
    name: "Kurtosis",
    unit: "",
    definition: "Weight of the tails of the residual daily returns; 3 is that of a normal distribution.",
    format: "ratio",
  },
} as const satisfies Record<string, Term>;

const BENCHMARK = {
  "benchmark.total_return": {
    name: "Buy-and-hold return",
    unit: "%",
    definition: "Return of holding the instrument over the same sessions, without costs.",
    format: "signed_share",
    signed: true,
  },
  "benchmark.annual_return": {
    name: "Buy-and-hold annual return",
    unit: "% a year",
    definition: "Compounded return of a year of holding the instrument, without costs.",
    format: "signed_share",
    signed: true,
  },
  "benchmark.volatility": {
    name: "Buy-and-hold volatility",
    unit: "% a year",
    definition: "Standard deviation of the instrument's daily returns, scaled to a year.",
    format: "share",
  },
  "benchmark.sharpe": {
    name: "Buy-and-hold Sharpe",
    unit: annual,
    definition: "Sharpe ratio of holding the instrument over the same sessions.",
    format: "ratio",
    signed: true,
  },
  "benchmark.max_drawdown_pct": {
    name: "Buy-and-hold drawdown",
    unit: "%",
    definition: "Deepest fall of the instrument below an earlier peak.",
    format: "percent",
  },
  "benchmark.calmar": {
    name: "Buy-and-hold Calmar",
    unit: "",
    definition: "Annual return over largest drawdown of holding the instrument.",
    format: "ratio",
    signed: true,
  },
} as const satisfies Record<string, Term>;

const LUCK = {
  trials: {
    name: "Trial count",
    short: "N",
    unit: "trials",
    definition:
      "N: how many different variants were ever tried on this lineage; the more were tried, the better the best one looks by luck alone.",
    format: "count",
  },
  effective_trials: {
    name: "Effective trials",
    short: "N̂",
    unit: "trials",
    definition:
      "N̂: the trial count after variants that trade almost alike are counted as fewer; this is what the deflated Sharpe ratio uses.",
    format: "ratio",
  },
  mean_correlation: {
    name: "Mean correlation of trials",
    short: "ρ",
    unit: "",
    definition: "How alike the variants that were tried are: 1 means that all of them are one.",
    format: "ratio",
  },
  trial_sharpe_sd: {
    name: "Spread of the trials",
    unit: annual,
    definition: "Standard deviation of the Sharpe ratios of everything that was tried.",
    format: "ratio",
  },
  reference_sharpe: {
    name: "Reference Sharpe",
    short: "SR0",
    unit: annual,
    definition: "SR0: the Sharpe ratio that the best of the trials would show by luck.",
    format: "ratio",
  },
  luck_sharpe: {
    name: "Luck Sharpe",
    unit: annual,
    definition: "Sharpe ratio that the best of N unrelated variants without any skill would show over these sessions.",
    format: "ratio",
  },
  dsr: {
    name: "Deflated Sharpe ratio",
    short: "DSR",
    unit: "",
    definition: "DSR: probability that the true Sharpe ratio is above what the best of all trials would show by luck.",
    format: "probability",
  },
  pbo: {
    name: "Probability of overfitting",
    short: "PBO",
    unit: "%",
    definition: "PBO: share of splits of the history in which the winner of one half ranks in the lower half of the other.",
    format: "share",
  },
  p_oos_loss: {
    name: "Probability of loss out of sample",
    short: "P(loss)",
    unit: "%",
    definition: "Share of splits of the history in which the winner of one half loses money in the other.",
    format: "share",
  },
  mean_logit: {
    name: "Mean rank logit",
    unit: "",
    definition: "How the winner of one half ranks in the other: above 0 in the upper half, below 0 in the lower.",
    format: "ratio",
  },
  cscv_slope: {
    name: "Slope out of sample",
    unit: "",
    definition: "How much of a winner's Sharpe ratio of one half is left in the other; below 0 the better looks worse.",
    format: "ratio",
  },
  bootstrap_p: {
    name: "Bootstrap p-value",
    short: "p",
    unit: "",
    definition: "How often a resampled history without any edge shows a mean residual return as large.",
    format: "probability",
  },
} as const satisfies Record<string, Term>;

const ROW = {
  score: {
    name: "Score",
    unit: "",
    definition:
      "What the leaderboard is sorted by: the ratio that suits the pack, lowered for few bets, drawdown, uneven folds and turnover.",
    format: "ratio",
    signed: true,
  },
  q_value: {
    name: "q-value",
    unit: "",
    definition: "Expected share of false finds among all rows of the sweep that are at least as good (Benjamini-Hochberg).",
    format: "probability",
  },
  best_cum_ret: { name: "Total return", unit: "%", definition: "Classic name of the total return.", format: "signed_share", signed: true },
  trades_total: { name: "Trades", unit: "trades", definition: "Classic name of the closed trades.", format: "count" },
  "plateau.neighbours": {
    name: "Neighbors",
    unit: "variants",
    definition: "Variants of the same sweep that differ in one step of one axis.",
    format: "count",
  },
  "plateau.profitable_share": {
    name: "Profitable neighbors",
    unit: "%",
    definition: "Share of the neighbors that make money: a lone peak is a fit to noise.",
    format: "share",
  },
  "plateau.mean_neighbour_score": {
    name: "Neighbors' score",
    unit: "",
    definition: "Mean score of the neighbors.",
    format: "ratio",
    signed: true,
  },
  "plateau.height": {
    name: "Plateau",
    unit: "",
    definition: "Mean score of the variant and its neighbors: a plateau is worth more than a peak that stands alone.",
    format: "ratio",
    signed: true,
  },
  "paths.paths": {
    name: "Paths",
    unit: "paths",
    definition: "Complete out-of-sample histories that combinatorial splits give.",
    format: "count",
  },
  "paths.shown": {
    name: "Path shown",
    unit: "path",
    definition: "The path whose numbers stand for the variant: that of the median residual Sharpe ratio.",
    format: "count",
  },
  "paths.sharpe.min": {
    name: "Lowest Sharpe of the paths",
    unit: annual,
    definition: "Sharpe ratio of the worst path.",
    format: "ratio",
    signed: true,
  },
  "paths.sharpe.median": {
    name: "Median Sharpe of the paths",
    unit: annual,
    definition: "Sharpe ratio of the middle path.",
    format: "ratio",
    signed: true,
  },
  "paths.sharpe.max": {
    name: "Highest Sharpe of the paths",
    unit: annual,
    definition: "Sharpe ratio of the best path.",
    format: "ratio",
    signed: true,
  },
  "paths.sharpe.share_below_zero": {
    name: "Losing paths",
    unit: "%",
    definition: "Share of the paths with a Sharpe ratio below 0.",
    format: "share",
  },
  "paths.sharpe.known": {
    name: "Paths with a Sharpe ratio",
    unit: "paths",
    definition: "Paths on which the Sharpe ratio is defined.",
    format: "count",
  },
  "paths.residual_sharpe.min": {
    name: "Lowest residual Sharpe of the paths",
    unit: annual,
    definition: "Residual Sharpe ratio of the worst path.",
    format: "ratio",
    signed: true,
  },
  "paths.residual_sharpe.median": {
    name: "Median residual Sharpe of the paths",
    unit: annual,
    definition: "Residual Sharpe ratio of the middle path.",
    format: "ratio",
    signed: true,
  },
  "paths.residual_sharpe.max": {
    name: "Highest residual Sharpe of the paths",
    unit: annual,
    definition: "Residual Sharpe ratio of the best path.",
    format: "ratio",
    signed: true,
  },
  "paths.residual_sharpe.share_below_zero": {
    name: "Paths without skill",
    unit: "%",
    definition: "Share of the paths with a residual Sharpe ratio below 0.",
    format: "share",
  },
  "paths.residual_sharpe.known": {
    name: "Paths with a residual Sharpe ratio",
    unit: "paths",
    definition: "Paths on which the residual Sharpe ratio is defined.",
    format: "count",
  },
} as const satisfies Record<string, Term>;

const FORECAST = {
  log_loss: {
    name: "Log loss",
    unit: "nats",
    definition: "How surprised the forecasts were by what happened; below that of the base rates there is skill.",
    format: "score4",
  },
  brier: { name: "Brier score", unit: "", definition: "Mean squared distance of forecast and outcome; 0 is perfect.", format: "score4" },
  ece: {
    name: "Calibration error",
    short: "ECE",
    unit: "",
    definition: "Mean distance between a forecast probability and how often it came true, over ten bins.",
    format: "ratio3",
  },
  auc: {
    name: "AUC",
    unit: "",
    definition: "Probability that a day that rose had a higher forecast than one that did not; 0.5 is no order at all.",
    format: "ratio3",
  },
  mce: {
    name: "Largest calibration error",
    short: "MCE",
    unit: "",
    definition: "Calibration error of the worst of ten bins.",
    format: "ratio3",
  },
  brier_reliability: {
    name: "Reliability",
    unit: "",
    definition: "Distance of forecasts and frequencies; 0 is perfect.",
    format: "score4",
  },
  brier_resolution: {
    name: "Resolution",
    unit: "",
    definition: "How far the forecasts tell days apart; more is better.",
    format: "score4",
  },
  brier_uncertainty: {
    name: "Uncertainty",
    unit: "",
    definition: "Variance of the outcome: what nobody can do anything about.",
    format: "score4",
  },
  brier_within_bins: { name: "Within bins", unit: "", definition: "What is left of the Brier score inside the bins.", format: "score4" },
  r2: {
    name: "R² out of sample",
    unit: "",
    definition: "Share of the squared error of the training means that the forecasts save; below 0 they are worse than the means.",
    format: "ratio3",
    signed: true,
  },
  mae: {
    name: "Mean absolute error",
    unit: "% return",
    definition: "Mean distance of the predicted and the real return.",
    format: "share",
  },
  mae_of_mean: {
    name: "Error of the mean",
    unit: "% return",
    definition: "Mean absolute error of the training means instead of a forecast.",
    format: "share",
  },
  realised_share: {
    name: "Decisions let through",
    unit: "%",
    definition: "Share of the decisions that threshold and top % let through.",
    format: "share",
  },
  net_exposure: {
    name: "Net exposure",
    unit: "%",
    definition: "Mean of long less short capital in the market.",
    format: "signed_share",
    signed: true,
  },
  ambiguous_share: {
    name: "Ambiguous bars",
    unit: "%",
    definition: "Share of bars in which stop and target were both inside the bar's range; the stop is taken.",
    format: "share",
  },
  net_return: {
    name: "Return of the fold",
    unit: "%",
    definition: "Sum of the returns of the trades that opened in the fold.",
    format: "signed_share",
    signed: true,
  },
  effective_rows: {
    name: "Independent rows",
    unit: "rows",
    definition: "About how many independent labels the training rows hold.",
    format: "count",
  },
} as const satisfies Record<string, Term>;

const HOLDOUT = {
  "holdout.sessions": {
    name: "Holdout sessions",
    unit: "sessions",
    definition: "Sessions at the end of the history that nothing had seen before.",
    format: "count",
  },
  "holdout.trades": { name: "Holdout trades", unit: "trades", definition: "Closed trades in the holdout.", format: "count" },
  "holdout.sharpe": {
    name: "Holdout Sharpe",
    unit: annual,
    definition: "Residual Sharpe ratio over the untouched end of the history.",
    format: "ratio",
    signed: true,
  },
  "holdout.total_return": {
    name: "Holdout return",
    unit: "%",
    definition: "Return over the untouched end of the history, after costs.",
    format: "signed_share",
    signed: true,
  },
  "holdout.max_drawdown_pct": {
    name: "Holdout drawdown",
    unit: "%",
    definition: "Deepest fall of the equity in the holdout.",
    format: "percent",
  },
  "holdout.backtest_sharpe": {
    name: "Backtest Sharpe",
    unit: annual,
    definition: "Residual Sharpe ratio of the backtest, to hold the holdout against.",
    format: "ratio",
    signed: true,
  },
  "holdout.probability_this_low": {
    name: "Probability this low",
    unit: "",
    definition: "Probability of a Sharpe ratio this low or lower in the holdout, were the backtest's the true one.",
    format: "probability",
  },
  "holdout.looks": {
    name: "Looks",
    unit: "looks",
    definition: "Which look of yours at this stretch of this series it was; each look spends some of its worth.",
    format: "count",
  },
} as const satisfies Record<string, Term>;

const SIGNAL = {
  "signal.confidence": {
    name: "Confidence",
    unit: "",
    definition: "Calibrated probability of the side that the model leans to, at the decision.",
    format: "probability",
  },
  "signal.probability": {
    name: "Probability",
    unit: "",
    definition: "Calibrated probability that the label takes this value.",
    format: "probability",
  },
  "signal.base_rate": {
    name: "Base rate",
    unit: "",
    definition: "How often the label took this value in training: what one knows without a model.",
    format: "probability",
  },
  "signal.side_value": {
    name: "Value of the side",
    unit: "",
    definition: "What is held against the threshold: the probability of the side, or its edge over the base rate in log-odds.",
    format: "score4",
  },
  "signal.threshold": {
    name: "Threshold",
    unit: "",
    definition: "From here on the model acts at this decision time: of the hour of the entry, else the global one.",
    format: "score4",
  },
  "signal.top_cut": {
    name: "Top share begins at",
    unit: "",
    definition: "What the value must reach to be among the top share of confidences, at this decision time.",
    format: "score4",
  },
  "signal.quantity": {
    name: "Quantity",
    unit: "",
    definition: "Shares of the order, or contracts of an option, by the policy's size.",
    format: "count",
  },
  "signal.entry_price": {
    name: "Entry reference",
    short: "Entry",
    unit: "$",
    definition: "The close at the decision: the price of the entry, or the best guess of the next open.",
    format: "price",
  },
  "signal.price": { name: "Limit price", unit: "$", definition: "The worst price at which the order fills.", format: "price" },
  "signal.stop_loss": {
    name: "Stop loss",
    short: "Stop",
    unit: "$",
    definition: "Price of the underlying at which the trade ends with a loss.",
    format: "price",
  },
  "signal.take_profit": {
    name: "Take profit",
    short: "Target",
    unit: "$",
    definition: "Price of the underlying at which the trade ends with a gain.",
    format: "price",
  },
  "signal.notional": { name: "Order value", unit: "", definition: "Quantity times the entry reference.", format: "dollars" },
  "signal.iv": { name: "Implied volatility", unit: "% a year", definition: "Of the contract, as quoted at the decision.", format: "share" },
  "signal.delta": {
    name: "Delta",
    unit: "$ per $",
    definition: "Change of the option's price for a dollar of the underlying.",
    format: "ratio",
  },
  "signals.acted_share": {
    name: "Acted share",
    short: "Acted",
    unit: "%",
    definition: "Share of the decisions that were BUY or SELL instead of HOLD.",
    format: "share",
  },
  "signals.count": { name: "Decisions", unit: "decisions", definition: "Decisions in the log, HOLD included.", format: "count" },
} as const satisfies Record<string, Term>;

const IMPORTANCE = {
  gain_share: {
    name: "Share of gain",
    unit: "%",
    definition: "Share of all that the trees' splits gained in training that this feature's splits gained.",
    format: "share",
  },
  mean_abs_shap: {
    name: "Mean contribution",
    unit: "",
    definition: "Mean size of the feature's Shapley value: how far it moves the model on an ordinary day, in either direction.",
    format: "score4",
  },
  splits: { name: "Splits", unit: "splits", definition: "How many splits of the trees ask about this feature.", format: "count" },
  training_rows: {
    name: "Training rows",
    unit: "rows",
    definition: "Rows with a known label that the refit was fitted on.",
    format: "count",
  },
} as const satisfies Record<string, Term>;

/** Every number that the API answers with, by its key; nested ones with a dot. */
export const GLOSSARY = {
  ...PERFORMANCE,
  ...RESIDUAL,
  ...BENCHMARK,
  ...LUCK,
  ...ROW,
  ...FORECAST,
  ...HOLDOUT,
  ...SIGNAL,
  ...IMPORTANCE,
} as const satisfies Record<string, Term>;

export type TermKey = keyof typeof GLOSSARY;

/** What a number means; a key that no table has is a mistake of the program. */
export const termOf = (key: TermKey): Term => GLOSSARY[key];

export const isTermKey = (key: string): key is TermKey => Object.hasOwn(GLOSSARY, key);
