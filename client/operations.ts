// Generated from functions/api by cli/generate/generate.ts (npm run schemas). Do not edit.

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type Accepted = {
  readonly run_id: string;
  readonly status: "running" | "succeeded" | "failed" | "canceled" | "interrupted";
  readonly status_url: string;
  readonly is_new: boolean;
  readonly step?: "waiting_for";
  readonly waiting_for?: string;
};

export type BacktestReport = {
  readonly schema_version: 2;
  readonly kind: "backtest";
  readonly model_id: string;
  readonly symbol: string;
  readonly cadence: string;
  readonly simulated: boolean;
  readonly lineage: {
    readonly matrix_sha: string;
    readonly config_sha: string;
    readonly policy_sha: string;
    readonly risk_sha: string;
    readonly pack_sha: string;
    readonly indicator_set_sha: string;
    readonly code_version: string;
  };
  readonly data: {
    readonly provider: string;
    readonly fingerprint: string;
    readonly stamps: readonly string[];
    readonly statement: string | null;
    readonly first_session: string;
    readonly last_session: string;
    readonly development_rows: number;
    readonly window_rows: number;
    readonly holdout_rows: number;
  };
  readonly label: {
    readonly kind: "next_bar_direction";
    readonly entry: "next_open" | "decision_close";
    readonly band: {
      readonly kind: "none";
    } | {
      readonly kind: "fixed_bps";
      readonly bps: number;
    } | {
      readonly kind: "trailing_sigma";
      readonly k: number;
      readonly window: number;
    };
  } | {
    readonly kind: "forward_return";
    readonly entry: "next_open" | "decision_close";
    readonly horizon: number;
    readonly unit: "bars" | "sessions";
    readonly band: {
      readonly kind: "none";
    } | {
      readonly kind: "fixed_bps";
      readonly bps: number;
    } | {
      readonly kind: "trailing_sigma";
      readonly k: number;
      readonly window: number;
    };
    readonly task: "classify" | "regress";
  } | {
    readonly kind: "close_to_open";
    readonly entry: "decision_close";
    readonly decision_time: string;
    readonly band: {
      readonly kind: "none";
    } | {
      readonly kind: "fixed_bps";
      readonly bps: number;
    } | {
      readonly kind: "trailing_sigma";
      readonly k: number;
      readonly window: number;
    };
  } | {
    readonly kind: "headfake_reversal";
    readonly entry: "next_open" | "decision_close";
    readonly window_end: string;
    readonly move_atr: number;
    readonly reverse_atr: number;
    readonly atr_window: number;
  } | {
    readonly kind: "pin_drift";
    readonly entry: "next_open" | "decision_close";
    readonly drift_start: string;
    readonly peak: "oi" | "gamma";
    readonly drift_atr: number;
    readonly atr_window: number;
  } | {
    readonly kind: "triple_barrier";
    readonly entry: "next_open" | "decision_close";
    readonly horizon: number;
    readonly up: number;
    readonly down: number;
    readonly sigma: {
      readonly kind: "trailing";
      readonly window: number;
    } | {
      readonly kind: "fixed";
      readonly fraction: number;
    };
    readonly touch: "close" | "high_low";
    readonly vertical: "sign" | "flat";
  };
  readonly learner: {
    readonly algo: Json;
    readonly params: {
      readonly trees?: number;
      readonly max_depth?: number;
      readonly learning_rate?: number;
      readonly min_child_rows?: number;
      readonly min_child_weight?: number;
      readonly subsample?: number;
      readonly colsample?: number;
      readonly l2?: number;
      readonly l1?: number;
      readonly max_bins?: number;
      readonly early_stopping_rounds?: number;
      readonly validation_share?: number;
      readonly class_weights?: "none" | "balanced" | { readonly [key: string]: number };
      readonly monotone?: { readonly [key: string]: 1 | -1 };
    };
    readonly calibration: "none" | "sigmoid" | "isotonic";
    readonly seed: number;
    readonly sample_weights: "uniqueness" | "equal";
  } | {
    readonly algo: "rf";
    readonly params: {
      readonly trees?: number;
      readonly max_depth?: number;
      readonly min_child_rows?: number;
      readonly mtry?: number;
      readonly subsample?: number;
      readonly max_bins?: number;
    };
    readonly calibration: "none" | "sigmoid" | "isotonic";
    readonly seed: number;
    readonly sample_weights: "uniqueness" | "equal";
  } | {
    readonly algo: "cart";
    readonly params: {
      readonly max_depth?: number;
      readonly min_rows?: number;
      readonly min_gain?: number;
      readonly max_rows?: number;
    };
    readonly calibration: "none" | "sigmoid" | "isotonic";
    readonly seed: number;
    readonly sample_weights: "uniqueness" | "equal";
  } | {
    readonly algo: "logit";
    readonly params: {
      readonly lambda?: number;
      readonly l1_ratio?: number;
      readonly max_iter?: number;
      readonly tol?: number;
    };
    readonly calibration: "none" | "sigmoid" | "isotonic";
    readonly seed: number;
    readonly sample_weights: "uniqueness" | "equal";
  } | {
    readonly algo: "lightgbm";
    readonly model_sha256: string;
    readonly params: Record<never, never>;
    readonly calibration: "none" | "sigmoid" | "isotonic";
    readonly seed: number;
    readonly sample_weights: "uniqueness" | "equal";
  } | {
    readonly algo: "prior";
    readonly params: Record<never, never>;
    readonly calibration: "none";
    readonly seed: number;
    readonly sample_weights: "uniqueness" | "equal";
  };
  readonly splits: {
    readonly kind: "walk_forward";
    readonly window: "expanding" | "rolling";
    readonly splits: number;
    readonly first_train_share: number;
    readonly embargo_bars: number | null;
    readonly embargo: number | null;
    readonly inner_folds: number;
    readonly holdout_share: number;
  } | {
    readonly kind: "purged_kfold";
    readonly splits: number;
    readonly embargo_bars: number | null;
    readonly embargo: number | null;
    readonly inner_folds: number;
    readonly holdout_share: number;
  } | {
    readonly kind: "cpcv";
    readonly n_groups: number;
    readonly k_test: number;
    readonly embargo_bars: number | null;
    readonly embargo: number | null;
    readonly inner_folds: number;
    readonly holdout_share: number;
  };
  readonly scores: {
    readonly rows: number;
    readonly model: {
      readonly log_loss: number | null;
      readonly brier: number | null;
      readonly ece: number | null;
      readonly auc: number | null;
    };
    readonly prior: {
      readonly log_loss: number | null;
      readonly brier: number | null;
      readonly ece: number | null;
      readonly auc: number | null;
    };
    readonly has_skill: boolean;
    readonly calibration: {
      readonly mce: number | null;
      readonly brier_reliability: number | null;
      readonly brier_resolution: number | null;
      readonly brier_uncertainty: number | null;
      readonly brier_within_bins: number | null;
    } | null;
    readonly regression: {
      readonly rows: number;
      readonly r2: number | null;
      readonly mae: number | null;
      readonly mae_of_mean: number | null;
    } | null;
  };
  readonly reliability: readonly ({
    readonly lower: number;
    readonly upper: number;
    readonly count: number;
    readonly mean_forecast: number | null;
    readonly frequency: number | null;
  })[];
  readonly folds: readonly ({
    readonly fold: number;
    readonly split: number;
    readonly train: {
      readonly first: string | null;
      readonly last: string | null;
      readonly rows: number;
      readonly effective_rows: number;
      readonly later: boolean;
    };
    readonly test: {
      readonly first: string;
      readonly last: string;
      readonly rows: number;
    };
    readonly embargo_bars: number;
    readonly base_rates: { readonly [key: string]: number };
    readonly calibration: {
      readonly method: string;
      readonly reason: string | null;
    };
    readonly notes: readonly string[];
    readonly scored_rows: number;
    readonly model: {
      readonly log_loss: number | null;
      readonly brier: number | null;
      readonly ece: number | null;
      readonly auc: number | null;
    };
    readonly prior: {
      readonly log_loss: number | null;
      readonly brier: number | null;
      readonly ece: number | null;
      readonly auc: number | null;
    };
    readonly trades: number;
    readonly win_rate: number | null;
    readonly net_return: number | null;
    readonly sharpe: number | null;
  })[];
  readonly headline: number;
  readonly path: number;
  readonly variants: readonly ({
    readonly params: {
      readonly threshold_mode: "probability" | "edge";
      readonly threshold: number | null;
      readonly hour_thresholds: { readonly [key: string]: number } | null;
      readonly top_pct: number | null;
      readonly hours: readonly number[] | null;
      readonly hold_bars: number | null;
      readonly stop_loss: number | null;
      readonly take_profit: number | null;
      readonly time_stop_bars: number | null;
      readonly momentum_min: number | null;
      readonly slippage: "optimistic" | "realistic" | "pessimistic" | null;
      readonly position_size: number | null;
      readonly max_positions: number | null;
      readonly entry_type: "market" | "limit" | "limit_buffer" | null;
      readonly filters: readonly ({
        readonly column: string;
        readonly op: ">" | ">=" | "<" | "<=" | "==" | "!=";
        readonly value: number | string;
      })[] | null;
      readonly option_type: "call" | "put" | "both" | null;
      readonly strike_selection: string | null;
      readonly dte_target: number | null;
      readonly contract_size: number | null;
      readonly composition: string | null;
      readonly group: string | null;
    };
    readonly digest: string;
    readonly metrics: {
      readonly sessions: number;
      readonly trades: number;
      readonly bets: number;
      readonly bets_per_year: number | null;
      readonly win_rate: number | null;
      readonly profit_factor: number | null;
      readonly average_win: number | null;
      readonly average_loss: number | null;
      readonly expectancy: number | null;
      readonly total_return: number | null;
      readonly annual_return: number | null;
      readonly volatility: number | null;
      readonly sharpe: number | null;
      readonly sharpe_se: number | null;
      readonly psr: number | null;
      readonly min_track_record_sessions: number | null;
      readonly sortino: number | null;
      readonly calmar: number | null;
      readonly max_drawdown_pct: number | null;
      readonly max_drawdown_sessions: number | null;
      readonly es95: number | null;
      readonly es95_mult: number | null;
      readonly turnover: number | null;
      readonly exposure: number | null;
      readonly fill_rate: number | null;
      readonly adv_bps: number | null;
      readonly costs: number | null;
      readonly slippage_cost: number | null;
      readonly worst_daily_loss_r: number | null;
      readonly spread_pct: number | null;
      readonly open_interest: number | null;
      readonly option_volume: number | null;
      readonly sd_fold_sharpe: number | null;
      readonly fold_sharpe: readonly (number | null)[];
      readonly best_sharpe_hourly: number | null;
      readonly trades_by_hour: { readonly [key: string]: number };
      readonly hit_rate_by_hour: { readonly [key: string]: number };
      readonly trades_by_side: {
        readonly long: number;
        readonly short: number;
      };
      readonly hit_rate_by_side: {
        readonly long: number | null;
        readonly short: number | null;
      };
      readonly residual: {
        readonly sharpe: number | null;
        readonly sharpe_se: number | null;
        readonly psr: number | null;
        readonly min_track_record_sessions: number | null;
        readonly alpha_annual: number | null;
        readonly beta: number | null;
        readonly r_squared: number | null;
        readonly volatility: number | null;
        readonly skew: number | null;
        readonly kurtosis: number | null;
      };
      readonly benchmark: {
        readonly total_return: number | null;
        readonly annual_return: number | null;
        readonly volatility: number | null;
        readonly sharpe: number | null;
        readonly max_drawdown_pct: number | null;
        readonly calmar: number | null;
      };
      readonly rf: string;
      readonly undefined_reasons: { readonly [key: string]: string };
    };
    readonly paths: {
      readonly paths: number;
      readonly shown: number;
      readonly sharpe: {
        readonly min: number | null;
        readonly median: number | null;
        readonly max: number | null;
        readonly share_below_zero: number | null;
        readonly known: number;
      };
      readonly residual_sharpe: {
        readonly min: number | null;
        readonly median: number | null;
        readonly max: number | null;
        readonly share_below_zero: number | null;
        readonly known: number;
      };
      readonly each: readonly ({
        readonly path: number;
        readonly trades: number;
        readonly bets: number;
        readonly sharpe: number | null;
        readonly residual_sharpe: number | null;
        readonly total_return: number | null;
        readonly max_drawdown_pct: number | null;
      })[];
    } | null;
    readonly realised_share: number | null;
    readonly net_exposure: number | null;
    readonly orders: {
      readonly candidates: number;
      readonly filled: number;
      readonly unfilled: number;
      readonly refused_min_rr: number;
      readonly refused_unknown: number;
      readonly ambiguous_bars: number;
      readonly ambiguous_share: number | null;
    };
    readonly options: {
      readonly unfilled: { readonly [key: string]: number };
      readonly repriced_trades: number;
      readonly spread_modelled_trades: number;
    } | null;
    readonly exits: { readonly [key: string]: number };
    readonly notes: readonly string[];
  })[];
  readonly benchmarks: {
    readonly buy_and_hold: {
      readonly total_return: number | null;
      readonly annual_return: number | null;
      readonly volatility: number | null;
      readonly sharpe: number | null;
      readonly max_drawdown_pct: number | null;
      readonly calmar: number | null;
    };
    readonly exposure_matched: {
      readonly total_return: number | null;
      readonly annual_return: number | null;
      readonly volatility: number | null;
      readonly sharpe: number | null;
      readonly max_drawdown_pct: number | null;
      readonly calmar: number | null;
      readonly net_exposure: number | null;
    };
    readonly prior_learner: {
      readonly trades: number;
      readonly total_return: number | null;
      readonly annual_return: number | null;
      readonly sharpe: number | null;
      readonly residual_sharpe: number | null;
      readonly max_drawdown_pct: number | null;
    };
  };
  readonly robustness: {
    readonly level: "quick" | "full";
    readonly costs_doubled: {
      readonly trades: number;
      readonly total_return: number | null;
      readonly annual_return: number | null;
      readonly sharpe: number | null;
      readonly residual_sharpe: number | null;
      readonly max_drawdown_pct: number | null;
    };
    readonly later_entry: readonly ({
      readonly trades: number;
      readonly total_return: number | null;
      readonly annual_return: number | null;
      readonly sharpe: number | null;
      readonly residual_sharpe: number | null;
      readonly max_drawdown_pct: number | null;
      readonly bars: number;
    })[];
    readonly break_even: {
      readonly charged_bps: number;
      readonly total_return_bps: number | null;
      readonly residual_bps: number | null;
    };
    readonly capacity: {
      readonly impact_coefficient: number;
      readonly half_sharpe_usd: number | null;
      readonly no_alpha_usd: number | null;
      readonly median_dollar_volume: number | null;
      readonly known_share: number | null;
    };
    readonly random_entries: {
      readonly draws: number;
      readonly mean_trades: number | null;
      readonly residual_sharpe: {
        readonly mean: number | null;
        readonly sd: number | null;
        readonly min: number | null;
        readonly max: number | null;
        readonly p95: number | null;
      };
      readonly p_value: number | null;
    };
    readonly learner_seeds: {
      readonly results: readonly ({
        readonly trades: number;
        readonly total_return: number | null;
        readonly annual_return: number | null;
        readonly sharpe: number | null;
        readonly residual_sharpe: number | null;
        readonly max_drawdown_pct: number | null;
        readonly seed: number;
      })[];
      readonly residual_sharpe: {
        readonly mean: number | null;
        readonly sd: number | null;
        readonly min: number | null;
        readonly max: number | null;
      };
    } | null;
    readonly permuted_labels: {
      readonly block_rows: number;
      readonly results: readonly ({
        readonly trades: number;
        readonly total_return: number | null;
        readonly annual_return: number | null;
        readonly sharpe: number | null;
        readonly residual_sharpe: number | null;
        readonly max_drawdown_pct: number | null;
        readonly draw: number;
      })[];
      readonly residual_sharpe: {
        readonly mean: number | null;
        readonly sd: number | null;
        readonly min: number | null;
        readonly max: number | null;
      };
      readonly reached: number;
    } | null;
    readonly undefined_reasons: { readonly [key: string]: string };
  } | null;
  readonly bootstrap_p: number | null;
  readonly trade_profile: {
    readonly returns: readonly ({
      readonly lower: number | null;
      readonly upper: number | null;
      readonly count: number;
    })[];
    readonly columns: "hour" | "month";
    readonly cells: readonly {
      readonly weekday: number;
      readonly column: number;
      readonly trades: number;
      readonly win_rate: number;
      readonly mean_return: number;
    }[];
  };
  readonly equity: {
    readonly dates: readonly string[];
    readonly strategy: readonly number[];
    readonly buy_and_hold: readonly number[];
    readonly risk_free: readonly (number | null)[] | null;
  };
  readonly assumptions: {
    readonly entry: "next_open" | "decision_close";
    readonly exit: string;
    readonly hold_bars: number;
    readonly order_type: string;
    readonly slippage_bps: number;
    readonly commission_bps: number;
    readonly borrow_bps_per_year: number;
    readonly max_positions: number;
    readonly capital_share: number;
    readonly cooldown_minutes: number;
    readonly max_trades_per_day: number;
    readonly volatility_target: number | null;
    readonly session_bound: boolean;
    readonly statements: readonly string[];
  };
  readonly warnings: readonly string[];
};

export type Estimate = {
  readonly variants: number;
  readonly batches: number;
  readonly compositions: number;
  readonly folds: number;
  readonly fits: boolean;
  readonly fit_count: number;
  readonly seconds: number;
  readonly measured: boolean;
  readonly usd: number;
  readonly sessions: number;
  readonly trials_before: number;
  readonly luck_sharpe: number | null;
  readonly infeasible: {
    readonly code: string;
    readonly remedy: string;
  } | null;
};

export type IndicatorSet = {
  readonly name: string;
  readonly version: number;
  readonly description?: string;
  readonly indicators: readonly {
    readonly name: string;
  }[];
  readonly scan?: {
    readonly where: readonly ({
      readonly column: string;
      readonly op: ">" | ">=" | "<" | "<=" | "==" | "!=";
      readonly value: number | string;
    })[];
    readonly rank: readonly ({
      readonly column: string;
      readonly best: "high" | "low";
      readonly weight: number;
    })[];
  };
};

export type LeaderboardRow = {
  readonly schema_version: 1;
  readonly row_id: string;
  readonly run_id: string;
  readonly sweep_id: string | null;
  readonly plan_key: string;
  readonly variant_id: string;
  readonly pack_id: string;
  readonly model_id: string;
  readonly symbol: string;
  readonly risk_profile: "conservative" | "balanced" | "aggressive";
  readonly tags: readonly string[];
  readonly created_at: string;
  readonly params: {
    readonly threshold_mode: "probability" | "edge";
    readonly threshold: number | null;
    readonly hour_thresholds: { readonly [key: string]: number } | null;
    readonly top_pct: number | null;
    readonly hours: readonly number[] | null;
    readonly hold_bars: number | null;
    readonly stop_loss: number | null;
    readonly take_profit: number | null;
    readonly time_stop_bars: number | null;
    readonly momentum_min: number | null;
    readonly slippage: "optimistic" | "realistic" | "pessimistic" | null;
    readonly position_size: number | null;
    readonly max_positions: number | null;
    readonly entry_type: "market" | "limit" | "limit_buffer" | null;
    readonly filters: readonly ({
      readonly column: string;
      readonly op: ">" | ">=" | "<" | "<=" | "==" | "!=";
      readonly value: number | string;
    })[] | null;
    readonly option_type: "call" | "put" | "both" | null;
    readonly strike_selection: string | null;
    readonly dte_target: number | null;
    readonly contract_size: number | null;
    readonly composition: string | null;
    readonly group: string | null;
  };
  readonly composition: {
    readonly id: string;
    readonly label: string;
    readonly change: {
      readonly indicator_set?: string;
      readonly feature_set?: {
        readonly name: string;
        readonly features?: { readonly [key: string]: Json };
        readonly momentum?: { readonly [key: string]: Json };
        readonly volatility?: { readonly [key: string]: Json };
      };
      readonly strategy?: string | null;
      readonly risk_profile?: "conservative" | "balanced" | "aggressive";
      readonly ml_params?: {
        readonly name?: string;
        readonly algo?: string;
        readonly params: { readonly [key: string]: Json };
      };
      readonly train_hours?: readonly number[];
    };
  } | null;
  readonly duplicate_of: string | null;
  readonly metrics: {
    readonly sessions: number;
    readonly trades: number;
    readonly bets: number;
    readonly bets_per_year: number | null;
    readonly win_rate: number | null;
    readonly profit_factor: number | null;
    readonly average_win: number | null;
    readonly average_loss: number | null;
    readonly expectancy: number | null;
    readonly total_return: number | null;
    readonly annual_return: number | null;
    readonly volatility: number | null;
    readonly sharpe: number | null;
    readonly sharpe_se: number | null;
    readonly psr: number | null;
    readonly min_track_record_sessions: number | null;
    readonly sortino: number | null;
    readonly calmar: number | null;
    readonly max_drawdown_pct: number | null;
    readonly max_drawdown_sessions: number | null;
    readonly es95: number | null;
    readonly es95_mult: number | null;
    readonly turnover: number | null;
    readonly exposure: number | null;
    readonly fill_rate: number | null;
    readonly adv_bps: number | null;
    readonly costs: number | null;
    readonly slippage_cost: number | null;
    readonly worst_daily_loss_r: number | null;
    readonly spread_pct: number | null;
    readonly open_interest: number | null;
    readonly option_volume: number | null;
    readonly sd_fold_sharpe: number | null;
    readonly fold_sharpe: readonly (number | null)[];
    readonly best_sharpe_hourly: number | null;
    readonly trades_by_hour: { readonly [key: string]: number };
    readonly hit_rate_by_hour: { readonly [key: string]: number };
    readonly trades_by_side: {
      readonly long: number;
      readonly short: number;
    };
    readonly hit_rate_by_side: {
      readonly long: number | null;
      readonly short: number | null;
    };
    readonly residual: {
      readonly sharpe: number | null;
      readonly sharpe_se: number | null;
      readonly psr: number | null;
      readonly min_track_record_sessions: number | null;
      readonly alpha_annual: number | null;
      readonly beta: number | null;
      readonly r_squared: number | null;
      readonly volatility: number | null;
      readonly skew: number | null;
      readonly kurtosis: number | null;
    };
    readonly benchmark: {
      readonly total_return: number | null;
      readonly annual_return: number | null;
      readonly volatility: number | null;
      readonly sharpe: number | null;
      readonly max_drawdown_pct: number | null;
      readonly calmar: number | null;
    };
    readonly rf: string;
    readonly undefined_reasons: { readonly [key: string]: string };
  };
  readonly paths: {
    readonly paths: number;
    readonly shown: number;
    readonly sharpe: {
      readonly min: number | null;
      readonly median: number | null;
      readonly max: number | null;
      readonly share_below_zero: number | null;
      readonly known: number;
    };
    readonly residual_sharpe: {
      readonly min: number | null;
      readonly median: number | null;
      readonly max: number | null;
      readonly share_below_zero: number | null;
      readonly known: number;
    };
  } | null;
  readonly significance: {
    readonly trials: number;
    readonly effective_trials: number | null;
    readonly mean_correlation: number | null;
    readonly trial_sharpe_sd: number | null;
    readonly reference_sharpe: number | null;
    readonly luck_sharpe: number | null;
    readonly dsr: number | null;
    readonly pbo: number | null;
    readonly p_oos_loss: number | null;
    readonly mean_logit: number | null;
    readonly cscv_slope: number | null;
    readonly bootstrap_p: number | null;
    readonly undefined_reasons: { readonly [key: string]: string };
  };
  readonly gate: {
    readonly status: "PASS" | "MARGINAL" | "MARGINAL_SIG" | "FAIL" | "ungated";
    readonly reasons: readonly ({
      readonly code: string;
      readonly metric: string;
      readonly value: number | readonly number[] | null;
      readonly limit: number | readonly number[] | null;
    })[];
  };
  readonly score: number | null;
  readonly q_value: number | null;
  readonly plateau: {
    readonly neighbours: number;
    readonly profitable_share: number | null;
    readonly mean_neighbour_score: number | null;
    readonly height: number | null;
  } | null;
  readonly equity: readonly number[];
  readonly lineage: {
    readonly matrix_sha: string;
    readonly config_sha: string;
    readonly policy_sha: string;
    readonly risk_sha: string;
    readonly pack_sha: string;
    readonly indicator_set_sha: string;
    readonly code_version: string;
  };
  readonly stamps: {
    readonly simulated: boolean;
    readonly survivorship_biased: boolean;
    readonly repriced: boolean;
    readonly price_return_only: boolean;
    readonly trains_on_later_rows: boolean;
    readonly imported_model_training_rows_unknown: boolean;
    readonly rf: string;
  };
  readonly sharpe: number | null;
  readonly total_return: number | null;
  readonly win_rate: number | null;
  readonly tag: string | null;
  readonly best_sharpe_hourly: number | null;
  readonly best_cum_ret: number | null;
  readonly trades_total: number;
  readonly plots_uri: string | null;
  readonly data_uri: string | null;
};

export type Matrix = {
  readonly schema_version: 1;
  readonly matrix_sha: string;
  readonly content_digest: string;
  readonly file_sha256: string;
  readonly bytes: number;
  readonly rows: number;
  readonly columns: readonly ({
    readonly name: string;
    readonly group: "key" | "price" | "feature" | "label";
    readonly unit: string;
  })[];
  readonly inputs: { readonly [key: string]: Json };
  readonly info: {
    readonly schema_version: 3;
    readonly matrix_sha: string;
    readonly symbol: string;
    readonly symbols: readonly string[];
    readonly stays: readonly (readonly ({
      readonly from: number | null;
      readonly to: number | null;
      readonly delisting_return: number | null;
    })[])[] | null;
    readonly cadence: "1m" | "5m" | "15m" | "hourly" | "daily";
    readonly label: {
      readonly kind: "next_bar_direction";
      readonly entry: "next_open" | "decision_close";
      readonly band: {
        readonly kind: "none";
      } | {
        readonly kind: "fixed_bps";
        readonly bps: number;
      } | {
        readonly kind: "trailing_sigma";
        readonly k: number;
        readonly window: number;
      };
    } | {
      readonly kind: "forward_return";
      readonly entry: "next_open" | "decision_close";
      readonly horizon: number;
      readonly unit: "bars" | "sessions";
      readonly band: {
        readonly kind: "none";
      } | {
        readonly kind: "fixed_bps";
        readonly bps: number;
      } | {
        readonly kind: "trailing_sigma";
        readonly k: number;
        readonly window: number;
      };
      readonly task: "classify" | "regress";
    } | {
      readonly kind: "close_to_open";
      readonly entry: "decision_close";
      readonly decision_time: string;
      readonly band: {
        readonly kind: "none";
      } | {
        readonly kind: "fixed_bps";
        readonly bps: number;
      } | {
        readonly kind: "trailing_sigma";
        readonly k: number;
        readonly window: number;
      };
    } | {
      readonly kind: "headfake_reversal";
      readonly entry: "next_open" | "decision_close";
      readonly window_end: string;
      readonly move_atr: number;
      readonly reverse_atr: number;
      readonly atr_window: number;
    } | {
      readonly kind: "pin_drift";
      readonly entry: "next_open" | "decision_close";
      readonly drift_start: string;
      readonly peak: "oi" | "gamma";
      readonly drift_atr: number;
      readonly atr_window: number;
    } | {
      readonly kind: "triple_barrier";
      readonly entry: "next_open" | "decision_close";
      readonly horizon: number;
      readonly up: number;
      readonly down: number;
      readonly sigma: {
        readonly kind: "trailing";
        readonly window: number;
      } | {
        readonly kind: "fixed";
        readonly fraction: number;
      };
      readonly touch: "close" | "high_low";
      readonly vertical: "sign" | "flat";
    };
    readonly classes: readonly number[];
    readonly features: readonly {
      readonly name: string;
      readonly indicator: string;
      readonly version: number;
      readonly unit: string;
    }[];
    readonly series: {
      readonly provider: string;
      readonly fingerprint: string;
      readonly stamps: readonly string[];
      readonly simulation: {
        readonly generator: string;
        readonly seed: number;
        readonly statement: string;
      } | null;
    };
    readonly train_hours: readonly number[] | null;
    readonly indicator_set_sha: string;
    readonly calendar_version: number;
  };
  readonly quality: {
    readonly schema_version: 1;
    readonly status: "ok" | "warn" | "fail";
    readonly rows: number;
    readonly labelled_rows: number;
    readonly verdicts: readonly ({
      readonly check: string;
      readonly status: "ok" | "warn" | "fail";
      readonly summary: string;
      readonly numbers: { readonly [key: string]: number | null };
      readonly items: readonly string[];
    })[];
    readonly nan_share: {
      readonly columns: { readonly [key: string]: number };
      readonly indicators: { readonly [key: string]: number };
    };
    readonly label_balance: readonly ({
      readonly value: number;
      readonly rows: number;
      readonly share: number | null;
    })[];
    readonly coverage_by_hour: readonly {
      readonly hour: number;
      readonly rows: number;
      readonly labelled: number;
    }[];
  };
  readonly leakage: {
    readonly schema_version: 1;
    readonly status: "ok" | "fail";
    readonly cuts: readonly ({
      readonly bar: number;
      readonly time: number;
      readonly probe: "truncated" | "perturbed";
    })[];
    readonly columns_checked: number;
    readonly values_compared: number;
    readonly leaks: readonly ({
      readonly column: string;
      readonly indicator: string;
      readonly probe: "truncated" | "perturbed";
      readonly cut_time: number;
      readonly row_time: number;
      readonly rows_changed: number;
      readonly with_future: number | null;
      readonly without_future: number | null;
    })[];
  };
  readonly forced: readonly string[];
};

export type ModelCard = {
  readonly schema_version: 3;
  readonly trained_model_id: string;
  readonly model_id: string;
  readonly pack_id: string;
  readonly risk_profile: string;
  readonly stamps: readonly string[];
  readonly research: boolean;
  readonly override: {
    readonly by: string;
    readonly reason: string;
  } | null;
  readonly data: {
    readonly symbol: string;
    readonly provider: string;
    readonly fingerprint: string;
    readonly cadence: string;
    readonly first_session: string;
    readonly last_session: string;
    readonly rows: number;
    readonly statement: string | null;
  };
  readonly label: {
    readonly kind: "next_bar_direction";
    readonly entry: "next_open" | "decision_close";
    readonly band: {
      readonly kind: "none";
    } | {
      readonly kind: "fixed_bps";
      readonly bps: number;
    } | {
      readonly kind: "trailing_sigma";
      readonly k: number;
      readonly window: number;
    };
  } | {
    readonly kind: "forward_return";
    readonly entry: "next_open" | "decision_close";
    readonly horizon: number;
    readonly unit: "bars" | "sessions";
    readonly band: {
      readonly kind: "none";
    } | {
      readonly kind: "fixed_bps";
      readonly bps: number;
    } | {
      readonly kind: "trailing_sigma";
      readonly k: number;
      readonly window: number;
    };
    readonly task: "classify" | "regress";
  } | {
    readonly kind: "close_to_open";
    readonly entry: "decision_close";
    readonly decision_time: string;
    readonly band: {
      readonly kind: "none";
    } | {
      readonly kind: "fixed_bps";
      readonly bps: number;
    } | {
      readonly kind: "trailing_sigma";
      readonly k: number;
      readonly window: number;
    };
  } | {
    readonly kind: "headfake_reversal";
    readonly entry: "next_open" | "decision_close";
    readonly window_end: string;
    readonly move_atr: number;
    readonly reverse_atr: number;
    readonly atr_window: number;
  } | {
    readonly kind: "pin_drift";
    readonly entry: "next_open" | "decision_close";
    readonly drift_start: string;
    readonly peak: "oi" | "gamma";
    readonly drift_atr: number;
    readonly atr_window: number;
  } | {
    readonly kind: "triple_barrier";
    readonly entry: "next_open" | "decision_close";
    readonly horizon: number;
    readonly up: number;
    readonly down: number;
    readonly sigma: {
      readonly kind: "trailing";
      readonly window: number;
    } | {
      readonly kind: "fixed";
      readonly fraction: number;
    };
    readonly touch: "close" | "high_low";
    readonly vertical: "sign" | "flat";
  };
  readonly base_rates: { readonly [key: string]: number };
  readonly features: readonly {
    readonly name: string;
    readonly indicator: string;
    readonly version: number;
    readonly unit: string;
  }[];
  readonly learner: {
    readonly algo: Json;
    readonly params: {
      readonly trees?: number;
      readonly max_depth?: number;
      readonly learning_rate?: number;
      readonly min_child_rows?: number;
      readonly min_child_weight?: number;
      readonly subsample?: number;
      readonly colsample?: number;
      readonly l2?: number;
      readonly l1?: number;
      readonly max_bins?: number;
      readonly early_stopping_rounds?: number;
      readonly validation_share?: number;
      readonly class_weights?: "none" | "balanced" | { readonly [key: string]: number };
      readonly monotone?: { readonly [key: string]: 1 | -1 };
    };
    readonly calibration: "none" | "sigmoid" | "isotonic";
    readonly seed: number;
    readonly sample_weights: "uniqueness" | "equal";
  } | {
    readonly algo: "rf";
    readonly params: {
      readonly trees?: number;
      readonly max_depth?: number;
      readonly min_child_rows?: number;
      readonly mtry?: number;
      readonly subsample?: number;
      readonly max_bins?: number;
    };
    readonly calibration: "none" | "sigmoid" | "isotonic";
    readonly seed: number;
    readonly sample_weights: "uniqueness" | "equal";
  } | {
    readonly algo: "cart";
    readonly params: {
      readonly max_depth?: number;
      readonly min_rows?: number;
      readonly min_gain?: number;
      readonly max_rows?: number;
    };
    readonly calibration: "none" | "sigmoid" | "isotonic";
    readonly seed: number;
    readonly sample_weights: "uniqueness" | "equal";
  } | {
    readonly algo: "logit";
    readonly params: {
      readonly lambda?: number;
      readonly l1_ratio?: number;
      readonly max_iter?: number;
      readonly tol?: number;
    };
    readonly calibration: "none" | "sigmoid" | "isotonic";
    readonly seed: number;
    readonly sample_weights: "uniqueness" | "equal";
  } | {
    readonly algo: "lightgbm";
    readonly model_sha256: string;
    readonly params: Record<never, never>;
    readonly calibration: "none" | "sigmoid" | "isotonic";
    readonly seed: number;
    readonly sample_weights: "uniqueness" | "equal";
  } | {
    readonly algo: "prior";
    readonly params: Record<never, never>;
    readonly calibration: "none";
    readonly seed: number;
    readonly sample_weights: "uniqueness" | "equal";
  };
  readonly calibration: {
    readonly kind: string;
    readonly notes: readonly string[];
  };
  readonly training: {
    readonly judged_rows: number;
    readonly judged_until: string;
    readonly refit_rows: number;
    readonly refit_until: string;
    readonly effective_rows: number;
  };
  readonly execution: {
    readonly variant: {
      readonly variant_id: string;
      readonly params: {
        readonly threshold_mode: "probability" | "edge";
        readonly threshold: number | null;
        readonly hour_thresholds: { readonly [key: string]: number } | null;
        readonly top_pct: number | null;
        readonly hours: readonly number[] | null;
        readonly hold_bars: number | null;
        readonly stop_loss: number | null;
        readonly take_profit: number | null;
        readonly time_stop_bars: number | null;
        readonly momentum_min: number | null;
        readonly slippage: "optimistic" | "realistic" | "pessimistic" | null;
        readonly position_size: number | null;
        readonly max_positions: number | null;
        readonly entry_type: "market" | "limit" | "limit_buffer" | null;
        readonly filters: readonly ({
          readonly column: string;
          readonly op: ">" | ">=" | "<" | "<=" | "==" | "!=";
          readonly value: number | string;
        })[] | null;
        readonly option_type: "call" | "put" | "both" | null;
        readonly strike_selection: string | null;
        readonly dte_target: number | null;
        readonly contract_size: number | null;
        readonly composition: string | null;
        readonly group: string | null;
      };
    };
    readonly policy: Policy;
    readonly direction: string;
    readonly strategy: string | null;
  };
  readonly backtest: {
    readonly residual_sharpe: number | null;
    readonly sharpe: number | null;
    readonly total_return: number | null;
    readonly max_drawdown_pct: number | null;
    readonly trades: number;
    readonly bets: number;
    readonly dsr: number | null;
    readonly pbo: number | null;
    readonly p_oos_loss: number | null;
    readonly trials: number;
  } | null;
  readonly robustness: {
    readonly level: "quick" | "full";
    readonly costs_doubled: {
      readonly trades: number;
      readonly total_return: number | null;
      readonly annual_return: number | null;
      readonly sharpe: number | null;
      readonly residual_sharpe: number | null;
      readonly max_drawdown_pct: number | null;
    };
    readonly later_entry: readonly ({
      readonly trades: number;
      readonly total_return: number | null;
      readonly annual_return: number | null;
      readonly sharpe: number | null;
      readonly residual_sharpe: number | null;
      readonly max_drawdown_pct: number | null;
      readonly bars: number;
    })[];
    readonly break_even: {
      readonly charged_bps: number;
      readonly total_return_bps: number | null;
      readonly residual_bps: number | null;
    };
    readonly capacity: {
      readonly impact_coefficient: number;
      readonly half_sharpe_usd: number | null;
      readonly no_alpha_usd: number | null;
      readonly median_dollar_volume: number | null;
      readonly known_share: number | null;
    };
    readonly random_entries: {
      readonly draws: number;
      readonly mean_trades: number | null;
      readonly residual_sharpe: {
        readonly mean: number | null;
        readonly sd: number | null;
        readonly min: number | null;
        readonly max: number | null;
        readonly p95: number | null;
      };
      readonly p_value: number | null;
    };
    readonly learner_seeds: {
      readonly results: readonly ({
        readonly trades: number;
        readonly total_return: number | null;
        readonly annual_return: number | null;
        readonly sharpe: number | null;
        readonly residual_sharpe: number | null;
        readonly max_drawdown_pct: number | null;
        readonly seed: number;
      })[];
      readonly residual_sharpe: {
        readonly mean: number | null;
        readonly sd: number | null;
        readonly min: number | null;
        readonly max: number | null;
      };
    } | null;
    readonly permuted_labels: {
      readonly block_rows: number;
      readonly results: readonly ({
        readonly trades: number;
        readonly total_return: number | null;
        readonly annual_return: number | null;
        readonly sharpe: number | null;
        readonly residual_sharpe: number | null;
        readonly max_drawdown_pct: number | null;
        readonly draw: number;
      })[];
      readonly residual_sharpe: {
        readonly mean: number | null;
        readonly sd: number | null;
        readonly min: number | null;
        readonly max: number | null;
      };
      readonly reached: number;
    } | null;
    readonly undefined_reasons: { readonly [key: string]: string };
  } | null;
  readonly gate: {
    readonly status: "PASS" | "MARGINAL" | "MARGINAL_SIG" | "FAIL" | "ungated";
    readonly reasons: readonly ({
      readonly code: string;
      readonly metric: string;
      readonly value: number | readonly number[] | null;
      readonly limit: number | readonly number[] | null;
    })[];
  };
  readonly holdout: {
    readonly start: string;
    readonly end: string;
    readonly sessions: number;
    readonly trades: number;
    readonly sharpe: number | null;
    readonly total_return: number | null;
    readonly max_drawdown_pct: number | null;
    readonly backtest_sharpe: number | null;
    readonly probability_this_low: number | null;
    readonly vetoed: boolean;
    readonly looks: number;
  };
  readonly importance: readonly ({
    readonly feature: string;
    readonly gain_share: number;
    readonly splits: number;
    readonly mean_abs_shap: number | null;
  })[];
  readonly attribution: {
    readonly margin_of: "log_odds" | "one_vs_rest" | "probability" | "value";
    readonly rows: number;
    readonly of_rows: number;
    readonly seed: number;
  } | null;
  readonly assumptions: readonly string[];
  readonly risks: readonly string[];
  readonly lineage: {
    readonly matrix_sha: string;
    readonly config_sha: string;
    readonly policy_sha: string;
    readonly risk_sha: string;
    readonly pack_sha: string;
    readonly indicator_set_sha: string;
    readonly code_version: string;
  };
};

export type ModelConfig = {
  readonly version: number;
  readonly model_id: string;
  readonly pack_id: string;
  readonly template_id: string | null;
  readonly template_version: number | null;
  readonly ticker: string;
  readonly asset_type: "eq" | "opt";
  readonly horizon: "0dte" | "intraday" | "overnight" | "swing" | "long";
  readonly cadence: "5m" | "15m" | "hourly" | "daily";
  readonly data: {
    readonly provider: "sample" | "simulated" | "files" | "polygon" | "alpaca";
    readonly symbol: string;
    readonly others: { readonly [key: string]: {
      readonly provider: "sample" | "simulated" | "files" | "polygon" | "alpaca";
      readonly symbol: string;
    } };
    readonly risk_free?: {
      readonly symbol: string;
      readonly kind: "yield_pct" | "price";
    };
    readonly universe?: string;
    readonly seed?: number;
  };
  readonly instrument: "stocks" | "options";
  readonly default_dte?: number;
  readonly default_strike?: string;
  readonly strategy: string | null;
  readonly risk_profile: "conservative" | "balanced" | "aggressive";
  readonly policy: string;
  readonly indicator_set: string;
  readonly indicators: readonly string[];
  readonly gates: {
    readonly min_bets?: number;
    readonly min_bets_per_year?: number;
    readonly max_drawdown_pct?: number;
    readonly es95_mult?: number;
    readonly min_sharpe?: number;
    readonly min_calmar?: number;
    readonly spread_pct_max?: number;
    readonly oi_min?: number;
    readonly volume_min?: number;
    readonly fill_rate_min?: number;
    readonly adv_bps_max?: number;
    readonly turnover_max?: number;
    readonly daily_loss_cap_R?: number;
    readonly allowed_hours?: readonly number[];
    readonly min_dsr?: number;
    readonly max_p_oos_loss?: number;
  };
  readonly window: {
    readonly start: string | null;
    readonly end: string | null;
  };
  readonly allowed_hours: readonly number[] | null;
  readonly train: {
    readonly allowed_hours: readonly number[] | null;
  };
  readonly signal_interval: "1m" | "5m" | "15m" | "hourly" | "daily" | null;
  readonly tags: readonly string[];
  readonly features: {
    readonly flow?: {
      readonly flow_side: "volume" | "inferred";
      readonly signed: boolean;
      readonly per_distance: boolean;
      readonly totals: boolean;
      readonly ratios: boolean;
      readonly atm: boolean;
      readonly distance_max: number;
    } | null;
    readonly dealer?: {
      readonly mm_profit_dir_simple: boolean;
      readonly divergence_score: boolean;
    } | null;
    readonly oi?: {
      readonly include: boolean;
    } | null;
    readonly time: {
      readonly day_of_week: boolean;
    };
    readonly custom: {
      readonly include: readonly string[];
      readonly exclude: readonly string[];
    };
  };
  readonly momentum: {
    readonly include: boolean;
    readonly hourly_horizons: readonly number[];
  };
  readonly volatility: {
    readonly include: boolean;
    readonly hourly_horizons: readonly number[];
  };
  readonly label: {
    readonly kind: "next_bar_direction";
    readonly entry: "next_open" | "decision_close";
    readonly band: {
      readonly kind: "none";
    } | {
      readonly kind: "fixed_bps";
      readonly bps: number;
    } | {
      readonly kind: "trailing_sigma";
      readonly k: number;
      readonly window: number;
    };
  } | {
    readonly kind: "forward_return";
    readonly entry: "next_open" | "decision_close";
    readonly horizon: number;
    readonly unit: "bars" | "sessions";
    readonly band: {
      readonly kind: "none";
    } | {
      readonly kind: "fixed_bps";
      readonly bps: number;
    } | {
      readonly kind: "trailing_sigma";
      readonly k: number;
      readonly window: number;
    };
    readonly task: "classify" | "regress";
  } | {
    readonly kind: "close_to_open";
    readonly entry: "decision_close";
    readonly decision_time: string;
    readonly band: {
      readonly kind: "none";
    } | {
      readonly kind: "fixed_bps";
      readonly bps: number;
    } | {
      readonly kind: "trailing_sigma";
      readonly k: number;
      readonly window: number;
    };
  } | {
    readonly kind: "headfake_reversal";
    readonly entry: "next_open" | "decision_close";
    readonly window_end: string;
    readonly move_atr: number;
    readonly reverse_atr: number;
    readonly atr_window: number;
  } | {
    readonly kind: "pin_drift";
    readonly entry: "next_open" | "decision_close";
    readonly drift_start: string;
    readonly peak: "oi" | "gamma";
    readonly drift_atr: number;
    readonly atr_window: number;
  } | {
    readonly kind: "triple_barrier";
    readonly entry: "next_open" | "decision_close";
    readonly horizon: number;
    readonly up: number;
    readonly down: number;
    readonly sigma: {
      readonly kind: "trailing";
      readonly window: number;
    } | {
      readonly kind: "fixed";
      readonly fraction: number;
    };
    readonly touch: "close" | "high_low";
    readonly vertical: "sign" | "flat";
  };
  readonly learner: {
    readonly algo: Json;
    readonly params: {
      readonly trees?: number;
      readonly max_depth?: number;
      readonly learning_rate?: number;
      readonly min_child_rows?: number;
      readonly min_child_weight?: number;
      readonly subsample?: number;
      readonly colsample?: number;
      readonly l2?: number;
      readonly l1?: number;
      readonly max_bins?: number;
      readonly early_stopping_rounds?: number;
      readonly validation_share?: number;
      readonly class_weights?: "none" | "balanced" | { readonly [key: string]: number };
      readonly monotone?: { readonly [key: string]: 1 | -1 };
    };
    readonly calibration: "none" | "sigmoid" | "isotonic";
    readonly seed: number;
    readonly sample_weights: "uniqueness" | "equal";
  } | {
    readonly algo: "rf";
    readonly params: {
      readonly trees?: number;
      readonly max_depth?: number;
      readonly min_child_rows?: number;
      readonly mtry?: number;
      readonly subsample?: number;
      readonly max_bins?: number;
    };
    readonly calibration: "none" | "sigmoid" | "isotonic";
    readonly seed: number;
    readonly sample_weights: "uniqueness" | "equal";
  } | {
    readonly algo: "cart";
    readonly params: {
      readonly max_depth?: number;
      readonly min_rows?: number;
      readonly min_gain?: number;
      readonly max_rows?: number;
    };
    readonly calibration: "none" | "sigmoid" | "isotonic";
    readonly seed: number;
    readonly sample_weights: "uniqueness" | "equal";
  } | {
    readonly algo: "logit";
    readonly params: {
      readonly lambda?: number;
      readonly l1_ratio?: number;
      readonly max_iter?: number;
      readonly tol?: number;
    };
    readonly calibration: "none" | "sigmoid" | "isotonic";
    readonly seed: number;
    readonly sample_weights: "uniqueness" | "equal";
  } | {
    readonly algo: "lightgbm";
    readonly model_sha256: string;
    readonly params: Record<never, never>;
    readonly calibration: "none" | "sigmoid" | "isotonic";
    readonly seed: number;
    readonly sample_weights: "uniqueness" | "equal";
  } | {
    readonly algo: "prior";
    readonly params: Record<never, never>;
    readonly calibration: "none";
    readonly seed: number;
    readonly sample_weights: "uniqueness" | "equal";
  };
};

export type ModelTemplate = {
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly description: string;
  readonly policy: string;
  readonly model: {
    readonly version: number;
    readonly asset_type: "eq" | "opt";
    readonly horizon: "0dte" | "intraday" | "overnight" | "swing" | "long";
    readonly cadence: "5m" | "15m" | "hourly" | "daily";
    readonly instrument?: "stocks" | "options";
    readonly default_dte?: number;
    readonly default_strike?: string;
    readonly strategy: string | null;
    readonly risk_profile: "conservative" | "balanced" | "aggressive";
    readonly indicator_set: string;
    readonly indicators: readonly string[];
    readonly gates: {
      readonly min_bets?: number;
      readonly min_bets_per_year?: number;
      readonly max_drawdown_pct?: number;
      readonly es95_mult?: number;
      readonly min_sharpe?: number;
      readonly min_calmar?: number;
      readonly spread_pct_max?: number;
      readonly oi_min?: number;
      readonly volume_min?: number;
      readonly fill_rate_min?: number;
      readonly adv_bps_max?: number;
      readonly turnover_max?: number;
      readonly daily_loss_cap_R?: number;
      readonly allowed_hours?: readonly number[];
      readonly min_dsr?: number;
      readonly max_p_oos_loss?: number;
    };
    readonly allowed_hours: readonly number[] | null;
    readonly train: {
      readonly allowed_hours: readonly number[] | null;
    };
    readonly signal_interval: "1m" | "5m" | "15m" | "hourly" | "daily" | null;
    readonly tags: readonly string[];
    readonly features: {
      readonly flow?: {
        readonly flow_side: "volume" | "inferred";
        readonly signed: boolean;
        readonly per_distance: boolean;
        readonly totals: boolean;
        readonly ratios: boolean;
        readonly atm: boolean;
        readonly distance_max: number;
      } | null;
      readonly dealer?: {
        readonly mm_profit_dir_simple: boolean;
        readonly divergence_score: boolean;
      } | null;
      readonly oi?: {
        readonly include: boolean;
      } | null;
      readonly time: {
        readonly day_of_week: boolean;
      };
      readonly custom: {
        readonly include: readonly string[];
        readonly exclude: readonly string[];
      };
    };
    readonly momentum: {
      readonly include: boolean;
      readonly hourly_horizons: readonly number[];
    };
    readonly volatility: {
      readonly include: boolean;
      readonly hourly_horizons: readonly number[];
    };
    readonly label: {
      readonly kind: "next_bar_direction";
      readonly entry: "next_open" | "decision_close";
      readonly band: {
        readonly kind: "none";
      } | {
        readonly kind: "fixed_bps";
        readonly bps: number;
      } | {
        readonly kind: "trailing_sigma";
        readonly k: number;
        readonly window: number;
      };
    } | {
      readonly kind: "forward_return";
      readonly entry: "next_open" | "decision_close";
      readonly horizon: number;
      readonly unit: "bars" | "sessions";
      readonly band: {
        readonly kind: "none";
      } | {
        readonly kind: "fixed_bps";
        readonly bps: number;
      } | {
        readonly kind: "trailing_sigma";
        readonly k: number;
        readonly window: number;
      };
      readonly task: "classify" | "regress";
    } | {
      readonly kind: "close_to_open";
      readonly entry: "decision_close";
      readonly decision_time: string;
      readonly band: {
        readonly kind: "none";
      } | {
        readonly kind: "fixed_bps";
        readonly bps: number;
      } | {
        readonly kind: "trailing_sigma";
        readonly k: number;
        readonly window: number;
      };
    } | {
      readonly kind: "headfake_reversal";
      readonly entry: "next_open" | "decision_close";
      readonly window_end: string;
      readonly move_atr: number;
      readonly reverse_atr: number;
      readonly atr_window: number;
    } | {
      readonly kind: "pin_drift";
      readonly entry: "next_open" | "decision_close";
      readonly drift_start: string;
      readonly peak: "oi" | "gamma";
      readonly drift_atr: number;
      readonly atr_window: number;
    } | {
      readonly kind: "triple_barrier";
      readonly entry: "next_open" | "decision_close";
      readonly horizon: number;
      readonly up: number;
      readonly down: number;
      readonly sigma: {
        readonly kind: "trailing";
        readonly window: number;
      } | {
        readonly kind: "fixed";
        readonly fraction: number;
      };
      readonly touch: "close" | "high_low";
      readonly vertical: "sign" | "flat";
    };
    readonly learner: {
      readonly algo: Json;
      readonly params: {
        readonly trees?: number;
        readonly max_depth?: number;
        readonly learning_rate?: number;
        readonly min_child_rows?: number;
        readonly min_child_weight?: number;
        readonly subsample?: number;
        readonly colsample?: number;
        readonly l2?: number;
        readonly l1?: number;
        readonly max_bins?: number;
        readonly early_stopping_rounds?: number;
        readonly validation_share?: number;
        readonly class_weights?: "none" | "balanced" | { readonly [key: string]: number };
        readonly monotone?: { readonly [key: string]: 1 | -1 };
      };
      readonly calibration: "none" | "sigmoid" | "isotonic";
      readonly seed: number;
      readonly sample_weights: "uniqueness" | "equal";
    } | {
      readonly algo: "rf";
      readonly params: {
        readonly trees?: number;
        readonly max_depth?: number;
        readonly min_child_rows?: number;
        readonly mtry?: number;
        readonly subsample?: number;
        readonly max_bins?: number;
      };
      readonly calibration: "none" | "sigmoid" | "isotonic";
      readonly seed: number;
      readonly sample_weights: "uniqueness" | "equal";
    } | {
      readonly algo: "cart";
      readonly params: {
        readonly max_depth?: number;
        readonly min_rows?: number;
        readonly min_gain?: number;
        readonly max_rows?: number;
      };
      readonly calibration: "none" | "sigmoid" | "isotonic";
      readonly seed: number;
      readonly sample_weights: "uniqueness" | "equal";
    } | {
      readonly algo: "logit";
      readonly params: {
        readonly lambda?: number;
        readonly l1_ratio?: number;
        readonly max_iter?: number;
        readonly tol?: number;
      };
      readonly calibration: "none" | "sigmoid" | "isotonic";
      readonly seed: number;
      readonly sample_weights: "uniqueness" | "equal";
    } | {
      readonly algo: "lightgbm";
      readonly model_sha256: string;
      readonly params: Record<never, never>;
      readonly calibration: "none" | "sigmoid" | "isotonic";
      readonly seed: number;
      readonly sample_weights: "uniqueness" | "equal";
    } | {
      readonly algo: "prior";
      readonly params: Record<never, never>;
      readonly calibration: "none";
      readonly seed: number;
      readonly sample_weights: "uniqueness" | "equal";
    };
  };
};

export type Pack = {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly vibe: {
    readonly time_horizon: "seconds" | "minutes" | "days" | "weeks" | "months";
    readonly risk_appetite: {
      readonly max_drawdown: number;
      readonly concentration: "low" | "medium" | "high";
      readonly leverage: number;
      readonly stop_tightness: "tight" | "medium" | "wide";
    };
    readonly decision_style: {
      readonly kind: "technical" | "event" | "flow";
      readonly patience: "hair_trigger" | "patient";
    };
    readonly market_preference: {
      readonly regime: "trending" | "ranging" | "volatile";
      readonly bias: "bull" | "bear" | "neutral";
      readonly liquidity: "liquid" | "niche";
    };
    readonly execution_character: {
      readonly orders: "market" | "limit";
      readonly entry: "all_in" | "scale_in";
      readonly exit: "binary" | "gradual";
    };
  };
  readonly tags: {
    readonly risk: "conservative" | "balanced" | "aggressive";
    readonly direction: "long_only" | "short_only" | "long_short";
    readonly timeframe: "intraday" | "swing" | "position" | "investment";
    readonly market: "trending" | "ranging" | "volatile" | "all_weather";
    readonly asset: "equities" | "options" | "futures" | "crypto" | "multi_asset";
    readonly style: "technical" | "fundamental" | "sentiment" | "quantitative";
    readonly experience: "beginner" | "intermediate" | "advanced";
  };
  readonly supported_instruments: readonly ("stocks" | "options")[];
  readonly default_instrument: "stocks" | "options";
  readonly horizons: readonly ("0dte" | "intraday" | "overnight" | "swing" | "long")[];
  readonly cadences: readonly ("5m" | "15m" | "hourly" | "daily")[];
  readonly signal_interval: "1m" | "5m" | "15m" | "hourly" | "daily";
  readonly indicators: readonly ({
    readonly name: string;
    readonly timeframe: "bar" | "tick" | "minute" | "daily" | "weekly" | "monthly";
  })[];
  readonly strategies: readonly string[];
  readonly gates: {
    readonly min_bets?: number;
    readonly min_bets_per_year?: number;
    readonly max_drawdown_pct?: number;
    readonly es95_mult?: number;
    readonly min_sharpe?: number;
    readonly min_calmar?: number;
    readonly spread_pct_max?: number;
    readonly oi_min?: number;
    readonly volume_min?: number;
    readonly fill_rate_min?: number;
    readonly adv_bps_max?: number;
    readonly turnover_max?: number;
    readonly daily_loss_cap_R?: number;
    readonly allowed_hours?: readonly number[];
    readonly min_dsr?: number;
    readonly max_p_oos_loss?: number;
  };
  readonly policy: string;
  readonly risk_profiles: readonly ("conservative" | "balanced" | "aggressive")[];
  readonly default_risk_profile: "conservative" | "balanced" | "aggressive";
  readonly label?: {
    readonly kind: "next_bar_direction";
    readonly entry: "next_open" | "decision_close";
    readonly band: {
      readonly kind: "none";
    } | {
      readonly kind: "fixed_bps";
      readonly bps: number;
    } | {
      readonly kind: "trailing_sigma";
      readonly k: number;
      readonly window: number;
    };
  } | {
    readonly kind: "forward_return";
    readonly entry: "next_open" | "decision_close";
    readonly horizon: number;
    readonly unit: "bars" | "sessions";
    readonly band: {
      readonly kind: "none";
    } | {
      readonly kind: "fixed_bps";
      readonly bps: number;
    } | {
      readonly kind: "trailing_sigma";
      readonly k: number;
      readonly window: number;
    };
    readonly task: "classify" | "regress";
  } | {
    readonly kind: "close_to_open";
    readonly entry: "decision_close";
    readonly decision_time: string;
    readonly band: {
      readonly kind: "none";
    } | {
      readonly kind: "fixed_bps";
      readonly bps: number;
    } | {
      readonly kind: "trailing_sigma";
      readonly k: number;
      readonly window: number;
    };
  } | {
    readonly kind: "headfake_reversal";
    readonly entry: "next_open" | "decision_close";
    readonly window_end: string;
    readonly move_atr: number;
    readonly reverse_atr: number;
    readonly atr_window: number;
  } | {
    readonly kind: "pin_drift";
    readonly entry: "next_open" | "decision_close";
    readonly drift_start: string;
    readonly peak: "oi" | "gamma";
    readonly drift_atr: number;
    readonly atr_window: number;
  } | {
    readonly kind: "triple_barrier";
    readonly entry: "next_open" | "decision_close";
    readonly horizon: number;
    readonly up: number;
    readonly down: number;
    readonly sigma: {
      readonly kind: "trailing";
      readonly window: number;
    } | {
      readonly kind: "fixed";
      readonly fraction: number;
    };
    readonly touch: "close" | "high_low";
    readonly vertical: "sign" | "flat";
  };
  readonly features?: {
    readonly flow?: {
      readonly flow_side: "volume" | "inferred";
      readonly signed: boolean;
      readonly per_distance: boolean;
      readonly totals: boolean;
      readonly ratios: boolean;
      readonly atm: boolean;
      readonly distance_max: number;
    } | null;
    readonly dealer?: {
      readonly mm_profit_dir_simple: boolean;
      readonly divergence_score: boolean;
    } | null;
    readonly oi?: {
      readonly include: boolean;
    } | null;
    readonly time: {
      readonly day_of_week: boolean;
    };
    readonly custom: {
      readonly include: readonly string[];
      readonly exclude: readonly string[];
    };
  };
};

export type Policy = {
  readonly name: string;
  readonly version: number;
  readonly risk: {
    readonly max_drawdown: number;
    readonly max_exposure: number;
    readonly position_size_pct: number;
  };
  readonly execution: {
    readonly slippage_bps: number;
    readonly commission_bps: number;
    readonly borrow_bps_per_year: number;
    readonly order_type: "market" | "limit" | "limit_buffer";
    readonly limit_buffer_bps: number;
    readonly slippage_tolerance: "low" | "medium" | "high";
    readonly wait_for_confirmation: boolean;
    readonly size_by_conf: boolean;
    readonly conf_cap: number;
    readonly max_positions: number;
    readonly option_type: "call" | "put" | "both";
    readonly momentum_gate: boolean;
    readonly momentum_min: number;
    readonly momentum_column: string;
    readonly brackets: {
      readonly enabled: boolean;
      readonly mode: "atr" | "percent";
      readonly entry_mode: "next_bar_open" | "decision_close" | "limit";
      readonly atr_period: number;
      readonly atr_mult_stop: number;
      readonly atr_mult_target: number;
      readonly stop_loss: number | null;
      readonly take_profit: number | null;
      readonly time_stop_minutes: number | null;
      readonly time_stop_bars: number | null;
      readonly min_rr: number;
      readonly regime_adjust: boolean;
    };
    readonly options: {
      readonly selection: {
        readonly target_delta: number;
        readonly strike_selection: string | null;
        readonly dte_target: number | null;
        readonly min_oi: number;
        readonly min_vol: number;
        readonly min_volume: number;
        readonly max_spread_pct: number | null;
        readonly spread_width: number | null;
        readonly option_mode: "single" | "vertical";
        readonly weekly_ok: boolean;
      };
      readonly fee_per_contract: number;
    };
  };
  readonly alerting: {
    readonly cooldown_minutes: number;
    readonly max_trades_per_day: number;
  };
  readonly risk_profile: "conservative" | "balanced" | "aggressive";
  readonly risk_budget: {
    readonly min_bets?: number;
    readonly min_bets_per_year?: number;
    readonly max_drawdown_pct?: number;
    readonly es95_mult?: number;
    readonly min_sharpe?: number;
    readonly min_calmar?: number;
    readonly spread_pct_max?: number;
    readonly oi_min?: number;
    readonly volume_min?: number;
    readonly fill_rate_min?: number;
    readonly adv_bps_max?: number;
    readonly turnover_max?: number;
    readonly daily_loss_cap_R?: number;
    readonly allowed_hours?: readonly number[];
    readonly min_dsr?: number;
    readonly max_p_oos_loss?: number;
  };
};

export type Preview = {
  readonly matrix_sha: string | null;
  readonly sessions: readonly string[];
  readonly status: "ok" | "warn" | "fail";
  readonly columns: readonly {
    readonly name: string;
    readonly indicator: string;
    readonly version: number;
    readonly unit: string;
  }[];
  readonly warmup_bars: number;
  readonly rows: readonly ({ readonly [key: string]: number | string | null })[];
  readonly nan_share: {
    readonly columns: { readonly [key: string]: number };
    readonly indicators: { readonly [key: string]: number };
  };
  readonly label_balance: readonly ({
    readonly value: number;
    readonly rows: number;
    readonly share: number | null;
  })[];
  readonly coverage_by_hour: readonly {
    readonly hour: number;
    readonly rows: number;
    readonly labelled: number;
  }[];
  readonly verdicts: readonly ({
    readonly check: string;
    readonly status: "ok" | "warn" | "fail";
    readonly summary: string;
    readonly numbers: { readonly [key: string]: number | null };
    readonly items: readonly string[];
  })[];
  readonly leakage: {
    readonly schema_version: 1;
    readonly status: "ok" | "fail";
    readonly cuts: readonly ({
      readonly bar: number;
      readonly time: number;
      readonly probe: "truncated" | "perturbed";
    })[];
    readonly columns_checked: number;
    readonly values_compared: number;
    readonly leaks: readonly ({
      readonly column: string;
      readonly indicator: string;
      readonly probe: "truncated" | "perturbed";
      readonly cut_time: number;
      readonly row_time: number;
      readonly rows_changed: number;
      readonly with_future: number | null;
      readonly without_future: number | null;
    })[];
  };
};

export type Run = {
  readonly run_id: string;
  readonly machine: "build" | "backtest" | "sweep" | "calibrate" | "train" | "publish" | "pipeline" | "rebuild" | "volatility" | "signals";
  readonly pack_id: string | null;
  readonly model_id: string | null;
  readonly tag: string | null;
  readonly status: "running" | "succeeded" | "failed" | "canceled" | "interrupted";
  readonly attempt: number;
  readonly created_at: string;
  readonly ended_at: string | null;
  readonly progress: {
    readonly done: number;
    readonly expected: number | null;
    readonly share: number;
  };
  readonly step: string | null;
  readonly message: string | null;
  readonly outputs: Json | null;
  readonly error: {
    readonly code: string;
    readonly detail: string;
  } | null;
  readonly links: { readonly [key: string]: string };
};

export type Scan = {
  readonly schema_version: 1;
  readonly pack_id: string;
  readonly set: string;
  readonly set_version: number;
  readonly universe: string;
  readonly universe_fingerprint: string;
  readonly provider: string;
  readonly cadence: "5m" | "15m" | "hourly" | "daily";
  readonly members_on: string;
  readonly as_of: string | null;
  readonly age_sessions: number | null;
  readonly members: number;
  readonly ranked: number;
  readonly fulfilled: number;
  readonly rank: readonly ({
    readonly column: string;
    readonly best: "high" | "low";
    readonly weight: number;
  })[];
  readonly stamps: readonly string[];
  readonly rows: readonly ({
    readonly rank: number;
    readonly symbol: string;
    readonly score: number;
    readonly fulfilled: boolean;
    readonly conditions: readonly ({
      readonly column: string;
      readonly op: ">" | ">=" | "<" | "<=" | "==" | "!=";
      readonly value: number | string;
      readonly found: number | null;
      readonly holds: boolean;
    })[];
    readonly values: { readonly [key: string]: number | null };
    readonly as_of: string;
    readonly bars: number;
  })[];
  readonly left_out: readonly ({
    readonly symbol: string;
    readonly reason: "no_data" | "bad_data" | "stale" | "not_enough_history" | "unknown_value";
    readonly detail: string;
  })[];
  readonly lineage: {
    readonly pack_sha: string;
    readonly indicator_set_sha: string;
    readonly code_version: string;
  };
};

export type Signal = {
  readonly schema_version: 1;
  readonly signal_id: string;
  readonly owner: string;
  readonly timestamp: string;
  readonly created_at: string;
  readonly trained_model_id: string;
  readonly model_id: string;
  readonly pack_id: string;
  readonly risk_profile: string;
  readonly signal: "BUY" | "SELL" | "HOLD";
  readonly action: "BUY" | "SELL" | "HOLD";
  readonly closes: boolean;
  readonly instrument: "stock" | "option";
  readonly ticker: string;
  readonly quantity: number | null;
  readonly order_type: "market" | "limit" | null;
  readonly price: number | null;
  readonly entry_price: number | null;
  readonly option: {
    readonly contract: string;
    readonly underlying: string;
    readonly option_type: "call" | "put";
    readonly strike: number;
    readonly expiration: string;
    readonly contracts: number;
    readonly limit_price: number;
    readonly bid: number | null;
    readonly ask: number | null;
    readonly delta: number | null;
    readonly iv: number | null;
    readonly open_interest: number | null;
    readonly volume: number | null;
  } | null;
  readonly stop_loss: number | null;
  readonly take_profit: number | null;
  readonly exit_by: string | null;
  readonly confidence: number;
  readonly urgency: "immediate" | "day";
  readonly valid_until: string | null;
  readonly status: "pending" | "filled" | "canceled" | "expired" | "error" | "none";
  readonly replay: boolean;
  readonly stamps: readonly string[];
  readonly probabilities: {
    readonly up: number;
    readonly down: number;
    readonly flat: number | null;
    readonly base_up: number;
    readonly base_down: number;
  };
  readonly thresholds: {
    readonly mode: "probability" | "edge";
    readonly threshold: number | null;
    readonly top_pct: number | null;
    readonly top_cut: number | null;
    readonly side_value: number | null;
  };
  readonly gate_status: "PASS" | "MARGINAL" | "MARGINAL_SIG" | "FAIL" | "ungated";
  readonly proven: boolean;
  readonly reasons: readonly ({
    readonly code: string;
    readonly text: string;
    readonly value: number | null;
    readonly limit: number | null;
  })[];
  readonly explanation: {
    readonly side: "UP" | "DOWN";
    readonly margin_of: "log_odds" | "one_vs_rest" | "probability" | "value";
    readonly base_value: number;
    readonly margin: number;
    readonly probability: number | null;
    readonly contributions: readonly ({
      readonly feature: string;
      readonly value: number | null;
      readonly contribution: number;
    })[];
    readonly rest: {
      readonly features: number;
      readonly contribution: number;
    };
  } | null;
  readonly unexplained: "learner_has_no_attributions" | "no_skill" | "one_sided" | null;
  readonly lineage: {
    readonly matrix_sha: string;
    readonly config_sha: string;
    readonly policy_sha: string;
    readonly risk_sha: string;
    readonly pack_sha: string;
    readonly indicator_set_sha: string;
    readonly code_version: string;
  };
};

export type Strategy = {
  readonly name: string;
  readonly version: number;
  readonly default: boolean;
  readonly description: string;
  readonly tags: {
    readonly risk?: "conservative" | "balanced" | "aggressive";
    readonly direction?: "long_only" | "short_only" | "long_short";
    readonly timeframe?: "intraday" | "swing" | "position" | "investment";
    readonly market?: "trending" | "ranging" | "volatile" | "all_weather";
    readonly asset?: "equities" | "options" | "futures" | "crypto" | "multi_asset";
    readonly style?: "technical" | "fundamental" | "sentiment" | "quantitative";
    readonly experience?: "beginner" | "intermediate" | "advanced";
    readonly approach: "momentum" | "mean_reversion" | "breakout" | "arbitrage";
    readonly win_rate?: "high_probability" | "balanced" | "asymmetric";
    readonly frequency?: "high_freq" | "moderate" | "low_freq";
    readonly capital?: "small_account" | "standard" | "institutional";
    readonly conditions?: readonly ("earnings_play" | "pre_market" | "power_hour")[];
  };
  readonly indicators: readonly {
    readonly name: string;
  }[];
  readonly entry: {
    readonly all: readonly ({
      readonly column: string;
      readonly op: ">" | ">=" | "<" | "<=" | "==" | "!=";
      readonly value: number | string;
    })[];
  } | {
    readonly any: readonly ({
      readonly column: string;
      readonly op: ">" | ">=" | "<" | "<=" | "==" | "!=";
      readonly value: number | string;
    })[];
  };
  readonly exit: {
    readonly kind: "label_end" | "brackets";
  };
  readonly side: "long" | "short" | "both";
};

export type Sweep = {
  readonly schema_version: 1;
  readonly sweep_id: string;
  readonly owner: string;
  readonly run_id: string;
  readonly pack_id: string;
  readonly model_id: string;
  readonly risk_profile: string;
  readonly tag: string | null;
  readonly created_at: string;
  readonly plan_key: string;
  readonly variants: number;
  readonly failed_variants: number;
  readonly distinct: number;
  readonly distinct_trade_lists: number;
  readonly trials: number;
  readonly pass: number;
  readonly marginal: number;
  readonly marginal_sig: number;
  readonly fail: number;
  readonly below_min_trades: number;
  readonly below_min_sharpe: number;
  readonly dsr_best: number | null;
  readonly pbo: number | null;
  readonly p_oos_loss: number | null;
  readonly luck_sharpe: number | null;
  readonly log_loss: number | null;
  readonly prior_log_loss: number | null;
  readonly compositions: readonly ({
    readonly id: string;
    readonly label: string;
    readonly plan_key: string;
    readonly matrix_sha: string;
    readonly prediction_sha: string;
    readonly variants: number;
    readonly pass: number;
    readonly best_score: number | null;
    readonly best_row: string | null;
    readonly log_loss: number | null;
    readonly prior_log_loss: number | null;
  })[];
  readonly best_rows: readonly string[];
  readonly selection: "best_score" | "plateau_centre" | "none";
  readonly warnings: readonly string[];
  readonly remedy: string;
  readonly stamps: readonly string[];
  readonly lineage: {
    readonly matrix_sha: string;
    readonly config_sha: string;
    readonly policy_sha: string;
    readonly risk_sha: string;
    readonly pack_sha: string;
    readonly indicator_set_sha: string;
    readonly code_version: string;
  };
};

export type TrainedModel = {
  readonly schema_version: 1;
  readonly trained_model_id: string;
  readonly owner: string;
  readonly pack_id: string;
  readonly model_id: string;
  readonly row_id: string | null;
  readonly variant: {
    readonly variant_id: string;
    readonly params: {
      readonly threshold_mode: "probability" | "edge";
      readonly threshold: number | null;
      readonly hour_thresholds: { readonly [key: string]: number } | null;
      readonly top_pct: number | null;
      readonly hours: readonly number[] | null;
      readonly hold_bars: number | null;
      readonly stop_loss: number | null;
      readonly take_profit: number | null;
      readonly time_stop_bars: number | null;
      readonly momentum_min: number | null;
      readonly slippage: "optimistic" | "realistic" | "pessimistic" | null;
      readonly position_size: number | null;
      readonly max_positions: number | null;
      readonly entry_type: "market" | "limit" | "limit_buffer" | null;
      readonly filters: readonly ({
        readonly column: string;
        readonly op: ">" | ">=" | "<" | "<=" | "==" | "!=";
        readonly value: number | string;
      })[] | null;
      readonly option_type: "call" | "put" | "both" | null;
      readonly strike_selection: string | null;
      readonly dte_target: number | null;
      readonly contract_size: number | null;
      readonly composition: string | null;
      readonly group: string | null;
    };
  } | null;
  readonly status: "trained" | "published" | "paused" | "retired" | "discarded";
  readonly stage: "paper" | null;
  readonly gate_status: "PASS" | "MARGINAL" | "MARGINAL_SIG" | "FAIL" | "ungated";
  readonly gate_reasons: readonly ({
    readonly code: string;
    readonly metric: string;
    readonly value: number | readonly number[] | null;
    readonly limit: number | readonly number[] | null;
  })[];
  readonly proven: boolean;
  readonly research: boolean;
  readonly override: {
    readonly by: string;
    readonly reason: string;
  } | null;
  readonly stamps: readonly string[];
  readonly holdout: {
    readonly start: string;
    readonly end: string;
    readonly sessions: number;
    readonly trades: number;
    readonly sharpe: number | null;
    readonly total_return: number | null;
    readonly max_drawdown_pct: number | null;
    readonly backtest_sharpe: number | null;
    readonly probability_this_low: number | null;
    readonly vetoed: boolean;
    readonly looks: number;
  } | null;
  readonly judged: {
    readonly key: string;
    readonly sha256: string;
  };
  readonly refit: {
    readonly key: string;
    readonly sha256: string;
  };
  readonly card: {
    readonly key: string;
    readonly sha256: string;
  };
  readonly exports: {
    readonly lightgbm: {
      readonly key: string;
      readonly sha256: string;
    } | null;
    readonly onnx: {
      readonly key: string;
      readonly sha256: string;
    } | null;
    readonly calibration: {
      readonly key: string;
      readonly sha256: string;
    };
  } | null;
  readonly plan: {
    readonly key: string;
    readonly sha256: string;
  };
  readonly training_rows: number;
  readonly lineage: {
    readonly matrix_sha: string;
    readonly config_sha: string;
    readonly policy_sha: string;
    readonly risk_sha: string;
    readonly pack_sha: string;
    readonly indicator_set_sha: string;
    readonly code_version: string;
  };
  readonly summary: { readonly [key: string]: Json };
  readonly created_at: string;
  readonly transitions: readonly ({
    readonly from: "trained" | "published" | "paused" | "retired" | "discarded";
    readonly to: "trained" | "published" | "paused" | "retired" | "discarded";
    readonly at: string;
    readonly by: string;
    readonly reason: string;
  })[];
};

/** Every route with what it takes and what it answers. */
export interface Operations {
  /** Index of routes; browsers are led to the app */
  readonly "GET /": {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: {
      readonly name: string;
      readonly version: string;
      readonly openapi: string;
      readonly docs: string;
      readonly routes: readonly {
        readonly method: string;
        readonly path: string;
        readonly summary: string;
      }[];
    };
  };
  /** This document */
  readonly "GET /openapi.json": {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: { readonly [key: string]: Json };
  };
  /** The API's description as a page for people, which needs no network */
  readonly "GET /docs": {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: string;
  };
  /** Whether every part works, found out by using it */
  readonly "GET /healthz": {
    readonly params: undefined;
    readonly query: {
      readonly ticker?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly status: "ok" | "fail";
      readonly version: string;
      readonly parts: {
        readonly process: {
          readonly status: "ok" | "fail";
          readonly detail: string;
          readonly milliseconds: number;
        };
        readonly storage: {
          readonly status: "ok" | "fail";
          readonly detail: string;
          readonly milliseconds: number;
        };
        readonly metadata: {
          readonly status: "ok" | "fail";
          readonly detail: string;
          readonly milliseconds: number;
        };
        readonly workflow: {
          readonly status: "ok" | "fail";
          readonly detail: string;
          readonly milliseconds: number;
        };
        readonly providers: {
          readonly status: "ok" | "fail";
          readonly detail: string;
          readonly milliseconds: number;
        };
      };
      readonly providers: readonly ({
        readonly provider: string;
        readonly ready: boolean;
        readonly needs: string | null;
        readonly entitlement: string;
        readonly requests_per_minute: number | null;
        readonly has_ticker: boolean | null;
      })[];
    };
  };
  /** Strategy packs: the built-in ones and your own */
  readonly "GET /packs": {
    readonly params: undefined;
    readonly query: {
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly ({
        readonly pack_id: string;
        readonly name: string;
        readonly version: string;
        readonly description: string;
        readonly built_in: boolean;
        readonly is_draft: boolean;
        readonly vibe: {
          readonly time_horizon: "seconds" | "minutes" | "days" | "weeks" | "months";
          readonly risk_appetite: {
            readonly max_drawdown: number;
            readonly concentration: "low" | "medium" | "high";
            readonly leverage: number;
            readonly stop_tightness: "tight" | "medium" | "wide";
          };
          readonly decision_style: {
            readonly kind: "technical" | "event" | "flow";
            readonly patience: "hair_trigger" | "patient";
          };
          readonly market_preference: {
            readonly regime: "trending" | "ranging" | "volatile";
            readonly bias: "bull" | "bear" | "neutral";
            readonly liquidity: "liquid" | "niche";
          };
          readonly execution_character: {
            readonly orders: "market" | "limit";
            readonly entry: "all_in" | "scale_in";
            readonly exit: "binary" | "gradual";
          };
        };
        readonly tags: readonly string[];
        readonly supported_instruments: readonly ("stocks" | "options")[];
        readonly cadences: readonly string[];
        readonly horizons: readonly string[];
        readonly own: {
          readonly pack_id: string;
          readonly state: "draft" | "active";
          readonly active: {
            readonly version: string;
            readonly pack_sha: string;
            readonly written_at: string;
          } | null;
          readonly candidate: {
            readonly version: string;
            readonly pack_sha: string;
            readonly written_at: string;
            readonly check: {
              readonly run_id: string;
              readonly asked_at: string;
              readonly symbol: string;
              readonly provider: string;
              readonly start: string;
              readonly end: string;
            } | null;
          } | null;
          readonly submission: {
            readonly state: "submitted" | "approved" | "rejected";
            readonly version: string;
            readonly pack_sha: string;
            readonly submitted_at: string;
            readonly note: string | null;
            readonly reason: string | null;
            readonly reviewed_at: string | null;
          } | null;
          readonly created_at: string;
          readonly updated_at: string;
        } | null;
        readonly pack_sha: string;
      })[];
      readonly next_cursor: string | null;
    };
  };
  /** Writes a pack of your own. Models can be made of it once it has passed its one-year check and was activated */
  readonly "POST /packs": {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: {
      readonly documents: { readonly [key: string]: string };
    };
    readonly answer: {
      readonly pack_id: string;
      readonly state: "draft" | "active";
      readonly active: {
        readonly version: string;
        readonly pack_sha: string;
        readonly written_at: string;
      } | null;
      readonly candidate: {
        readonly version: string;
        readonly pack_sha: string;
        readonly written_at: string;
        readonly check: {
          readonly run_id: string;
          readonly asked_at: string;
          readonly symbol: string;
          readonly provider: string;
          readonly start: string;
          readonly end: string;
        } | null;
      } | null;
      readonly submission: {
        readonly state: "submitted" | "approved" | "rejected";
        readonly version: string;
        readonly pack_sha: string;
        readonly submitted_at: string;
        readonly note: string | null;
        readonly reason: string | null;
        readonly reviewed_at: string | null;
      } | null;
      readonly created_at: string;
      readonly updated_at: string;
    };
  };
  /** One pack with the names of its documents, and where a pack of your own stands */
  readonly "GET /packs/{pack_id}": {
    readonly params: {
      readonly pack_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: {
      readonly pack_id: string;
      readonly name: string;
      readonly version: string;
      readonly description: string;
      readonly built_in: boolean;
      readonly is_draft: boolean;
      readonly vibe: {
        readonly time_horizon: "seconds" | "minutes" | "days" | "weeks" | "months";
        readonly risk_appetite: {
          readonly max_drawdown: number;
          readonly concentration: "low" | "medium" | "high";
          readonly leverage: number;
          readonly stop_tightness: "tight" | "medium" | "wide";
        };
        readonly decision_style: {
          readonly kind: "technical" | "event" | "flow";
          readonly patience: "hair_trigger" | "patient";
        };
        readonly market_preference: {
          readonly regime: "trending" | "ranging" | "volatile";
          readonly bias: "bull" | "bear" | "neutral";
          readonly liquidity: "liquid" | "niche";
        };
        readonly execution_character: {
          readonly orders: "market" | "limit";
          readonly entry: "all_in" | "scale_in";
          readonly exit: "binary" | "gradual";
        };
      };
      readonly tags: readonly string[];
      readonly supported_instruments: readonly ("stocks" | "options")[];
      readonly cadences: readonly string[];
      readonly horizons: readonly string[];
      readonly own: {
        readonly pack_id: string;
        readonly state: "draft" | "active";
        readonly active: {
          readonly version: string;
          readonly pack_sha: string;
          readonly written_at: string;
        } | null;
        readonly candidate: {
          readonly version: string;
          readonly pack_sha: string;
          readonly written_at: string;
          readonly check: {
            readonly run_id: string;
            readonly asked_at: string;
            readonly symbol: string;
            readonly provider: string;
            readonly start: string;
            readonly end: string;
          } | null;
        } | null;
        readonly submission: {
          readonly state: "submitted" | "approved" | "rejected";
          readonly version: string;
          readonly pack_sha: string;
          readonly submitted_at: string;
          readonly note: string | null;
          readonly reason: string | null;
          readonly reviewed_at: string | null;
        } | null;
        readonly created_at: string;
        readonly updated_at: string;
      } | null;
      readonly pack_sha: string;
      readonly readme: string | null;
      readonly risk_disclaimer: string;
      readonly pack: Pack;
      readonly templates: readonly string[];
      readonly indicator_sets: readonly string[];
      readonly strategies: readonly string[];
      readonly policies: readonly string[];
      readonly risk_profiles: readonly string[];
    };
  };
  /** Writes another version of a pack of your own, whole. Models go on with the one in use until this one is activated */
  readonly "PUT /packs/{pack_id}": {
    readonly params: {
      readonly pack_id: string;
    };
    readonly query: undefined;
    readonly body: {
      readonly documents: { readonly [key: string]: string };
    };
    readonly answer: {
      readonly pack_id: string;
      readonly state: "draft" | "active";
      readonly active: {
        readonly version: string;
        readonly pack_sha: string;
        readonly written_at: string;
      } | null;
      readonly candidate: {
        readonly version: string;
        readonly pack_sha: string;
        readonly written_at: string;
        readonly check: {
          readonly run_id: string;
          readonly asked_at: string;
          readonly symbol: string;
          readonly provider: string;
          readonly start: string;
          readonly end: string;
        } | null;
      } | null;
      readonly submission: {
        readonly state: "submitted" | "approved" | "rejected";
        readonly version: string;
        readonly pack_sha: string;
        readonly submitted_at: string;
        readonly note: string | null;
        readonly reason: string | null;
        readonly reviewed_at: string | null;
      } | null;
      readonly created_at: string;
      readonly updated_at: string;
    };
  };
  /** Removes a pack of your own with all its versions. Refused while it has models or runs work on it */
  readonly "DELETE /packs/{pack_id}": {
    readonly params: {
      readonly pack_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: {
      readonly pack_id: string;
      readonly removed: true;
    };
  };
  /** Risk profiles of a pack, with the limits that hold under each and their identity */
  readonly "GET /packs/{pack_id}/risk_profiles": {
    readonly params: {
      readonly pack_id: string;
    };
    readonly query: {
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly ({
        readonly name: "conservative" | "balanced" | "aggressive";
        readonly version: number;
        readonly description: string;
        readonly risk_budget: {
          readonly min_bets?: number;
          readonly min_bets_per_year?: number;
          readonly max_drawdown_pct?: number;
          readonly es95_mult?: number;
          readonly min_sharpe?: number;
          readonly min_calmar?: number;
          readonly spread_pct_max?: number;
          readonly oi_min?: number;
          readonly volume_min?: number;
          readonly fill_rate_min?: number;
          readonly adv_bps_max?: number;
          readonly turnover_max?: number;
          readonly daily_loss_cap_R?: number;
          readonly allowed_hours?: readonly number[];
          readonly min_dsr?: number;
          readonly max_p_oos_loss?: number;
        };
        readonly sizing: {
          readonly risk_per_trade: number;
          readonly volatility_target: number | null;
        };
        readonly sweep_preset: "conservative" | "balanced" | "aggressive";
        readonly limits: {
          readonly min_bets?: number;
          readonly min_bets_per_year?: number;
          readonly max_drawdown_pct?: number;
          readonly es95_mult?: number;
          readonly min_sharpe?: number;
          readonly min_calmar?: number;
          readonly spread_pct_max?: number;
          readonly oi_min?: number;
          readonly volume_min?: number;
          readonly fill_rate_min?: number;
          readonly adv_bps_max?: number;
          readonly turnover_max?: number;
          readonly daily_loss_cap_R?: number;
          readonly allowed_hours?: readonly number[];
          readonly min_dsr?: number;
          readonly max_p_oos_loss?: number;
        };
        readonly risk_sha: string;
      })[];
      readonly next_cursor: string | null;
    };
  };
  /** Model templates of a pack */
  readonly "GET /packs/{pack_id}/templates": {
    readonly params: {
      readonly pack_id: string;
    };
    readonly query: {
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly ModelTemplate[];
      readonly next_cursor: string | null;
    };
  };
  /** Indicator sets of a pack, and your own ones beside it */
  readonly "GET /packs/{pack_id}/indicator_sets": {
    readonly params: {
      readonly pack_id: string;
    };
    readonly query: {
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly ({
        readonly name: string;
        readonly version: number;
        readonly description?: string;
        readonly indicators: readonly {
          readonly name: string;
        }[];
        readonly scan?: {
          readonly where: readonly ({
            readonly column: string;
            readonly op: ">" | ">=" | "<" | "<=" | "==" | "!=";
            readonly value: number | string;
          })[];
          readonly rank: readonly ({
            readonly column: string;
            readonly best: "high" | "low";
            readonly weight: number;
          })[];
        };
        readonly origin: "pack" | "own";
      })[];
      readonly next_cursor: string | null;
    };
  };
  /** Strategies of a pack */
  readonly "GET /packs/{pack_id}/strategies": {
    readonly params: {
      readonly pack_id: string;
    };
    readonly query: {
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly Strategy[];
      readonly next_cursor: string | null;
    };
  };
  /** Models of a pack and your own ones in it */
  readonly "GET /packs/{pack_id}/models": {
    readonly params: {
      readonly pack_id: string;
    };
    readonly query: {
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly ({
        readonly model_id: string;
        readonly pack_id: string;
        readonly ticker: string | null;
        readonly asset_type: string | null;
        readonly horizon: string | null;
        readonly cadence: string | null;
        readonly template_id: string | null;
        readonly created_at: string | null;
        readonly updated_at: string | null;
        readonly matrix: "none" | "current" | "stale" | "unknown" | null;
      })[];
      readonly next_cursor: string | null;
    };
  };
  /** Everything that is wrong with a pack, known or sent along */
  readonly "POST /packs/validate": {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: {
      readonly pack_id?: string;
      readonly documents?: { readonly [key: string]: string };
    };
    readonly answer: {
      readonly pack_id: string;
      readonly status: "APPROVED" | "APPROVED WITH WARNINGS" | "REJECTED";
      readonly checks: readonly ({
        readonly check: string;
        readonly title: string;
        readonly status: "PASS" | "WARN" | "FAIL";
        readonly code: string | null;
        readonly path: string | null;
        readonly reason: string;
        readonly remedy: string | null;
      })[];
      readonly recommendation: string | null;
    };
  };
  /** Model templates of every pack */
  readonly "GET /model_templates": {
    readonly params: undefined;
    readonly query: {
      readonly pack_id?: string;
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly ({
        readonly pack_id: string;
        readonly name: string;
        readonly version: number;
        readonly title: string;
        readonly description: string;
        readonly policy: string;
        readonly model: {
          readonly version: number;
          readonly asset_type: "eq" | "opt";
          readonly horizon: "0dte" | "intraday" | "overnight" | "swing" | "long";
          readonly cadence: "5m" | "15m" | "hourly" | "daily";
          readonly instrument?: "stocks" | "options";
          readonly default_dte?: number;
          readonly default_strike?: string;
          readonly strategy: string | null;
          readonly risk_profile: "conservative" | "balanced" | "aggressive";
          readonly indicator_set: string;
          readonly indicators: readonly string[];
          readonly gates: {
            readonly min_bets?: number;
            readonly min_bets_per_year?: number;
            readonly max_drawdown_pct?: number;
            readonly es95_mult?: number;
            readonly min_sharpe?: number;
            readonly min_calmar?: number;
            readonly spread_pct_max?: number;
            readonly oi_min?: number;
            readonly volume_min?: number;
            readonly fill_rate_min?: number;
            readonly adv_bps_max?: number;
            readonly turnover_max?: number;
            readonly daily_loss_cap_R?: number;
            readonly allowed_hours?: readonly number[];
            readonly min_dsr?: number;
            readonly max_p_oos_loss?: number;
          };
          readonly allowed_hours: readonly number[] | null;
          readonly train: {
            readonly allowed_hours: readonly number[] | null;
          };
          readonly signal_interval: "1m" | "5m" | "15m" | "hourly" | "daily" | null;
          readonly tags: readonly string[];
          readonly features: {
            readonly flow?: {
              readonly flow_side: "volume" | "inferred";
              readonly signed: boolean;
              readonly per_distance: boolean;
              readonly totals: boolean;
              readonly ratios: boolean;
              readonly atm: boolean;
              readonly distance_max: number;
            } | null;
            readonly dealer?: {
              readonly mm_profit_dir_simple: boolean;
              readonly divergence_score: boolean;
            } | null;
            readonly oi?: {
              readonly include: boolean;
            } | null;
            readonly time: {
              readonly day_of_week: boolean;
            };
            readonly custom: {
              readonly include: readonly string[];
              readonly exclude: readonly string[];
            };
          };
          readonly momentum: {
            readonly include: boolean;
            readonly hourly_horizons: readonly number[];
          };
          readonly volatility: {
            readonly include: boolean;
            readonly hourly_horizons: readonly number[];
          };
          readonly label: {
            readonly kind: "next_bar_direction";
            readonly entry: "next_open" | "decision_close";
            readonly band: {
              readonly kind: "none";
            } | {
              readonly kind: "fixed_bps";
              readonly bps: number;
            } | {
              readonly kind: "trailing_sigma";
              readonly k: number;
              readonly window: number;
            };
          } | {
            readonly kind: "forward_return";
            readonly entry: "next_open" | "decision_close";
            readonly horizon: number;
            readonly unit: "bars" | "sessions";
            readonly band: {
              readonly kind: "none";
            } | {
              readonly kind: "fixed_bps";
              readonly bps: number;
            } | {
              readonly kind: "trailing_sigma";
              readonly k: number;
              readonly window: number;
            };
            readonly task: "classify" | "regress";
          } | {
            readonly kind: "close_to_open";
            readonly entry: "decision_close";
            readonly decision_time: string;
            readonly band: {
              readonly kind: "none";
            } | {
              readonly kind: "fixed_bps";
              readonly bps: number;
            } | {
              readonly kind: "trailing_sigma";
              readonly k: number;
              readonly window: number;
            };
          } | {
            readonly kind: "headfake_reversal";
            readonly entry: "next_open" | "decision_close";
            readonly window_end: string;
            readonly move_atr: number;
            readonly reverse_atr: number;
            readonly atr_window: number;
          } | {
            readonly kind: "pin_drift";
            readonly entry: "next_open" | "decision_close";
            readonly drift_start: string;
            readonly peak: "oi" | "gamma";
            readonly drift_atr: number;
            readonly atr_window: number;
          } | {
            readonly kind: "triple_barrier";
            readonly entry: "next_open" | "decision_close";
            readonly horizon: number;
            readonly up: number;
            readonly down: number;
            readonly sigma: {
              readonly kind: "trailing";
              readonly window: number;
            } | {
              readonly kind: "fixed";
              readonly fraction: number;
            };
            readonly touch: "close" | "high_low";
            readonly vertical: "sign" | "flat";
          };
          readonly learner: {
            readonly algo: Json;
            readonly params: {
              readonly trees?: number;
              readonly max_depth?: number;
              readonly learning_rate?: number;
              readonly min_child_rows?: number;
              readonly min_child_weight?: number;
              readonly subsample?: number;
              readonly colsample?: number;
              readonly l2?: number;
              readonly l1?: number;
              readonly max_bins?: number;
              readonly early_stopping_rounds?: number;
              readonly validation_share?: number;
              readonly class_weights?: "none" | "balanced" | { readonly [key: string]: number };
              readonly monotone?: { readonly [key: string]: 1 | -1 };
            };
            readonly calibration: "none" | "sigmoid" | "isotonic";
            readonly seed: number;
            readonly sample_weights: "uniqueness" | "equal";
          } | {
            readonly algo: "rf";
            readonly params: {
              readonly trees?: number;
              readonly max_depth?: number;
              readonly min_child_rows?: number;
              readonly mtry?: number;
              readonly subsample?: number;
              readonly max_bins?: number;
            };
            readonly calibration: "none" | "sigmoid" | "isotonic";
            readonly seed: number;
            readonly sample_weights: "uniqueness" | "equal";
          } | {
            readonly algo: "cart";
            readonly params: {
              readonly max_depth?: number;
              readonly min_rows?: number;
              readonly min_gain?: number;
              readonly max_rows?: number;
            };
            readonly calibration: "none" | "sigmoid" | "isotonic";
            readonly seed: number;
            readonly sample_weights: "uniqueness" | "equal";
          } | {
            readonly algo: "logit";
            readonly params: {
              readonly lambda?: number;
              readonly l1_ratio?: number;
              readonly max_iter?: number;
              readonly tol?: number;
            };
            readonly calibration: "none" | "sigmoid" | "isotonic";
            readonly seed: number;
            readonly sample_weights: "uniqueness" | "equal";
          } | {
            readonly algo: "lightgbm";
            readonly model_sha256: string;
            readonly params: Record<never, never>;
            readonly calibration: "none" | "sigmoid" | "isotonic";
            readonly seed: number;
            readonly sample_weights: "uniqueness" | "equal";
          } | {
            readonly algo: "prior";
            readonly params: Record<never, never>;
            readonly calibration: "none";
            readonly seed: number;
            readonly sample_weights: "uniqueness" | "equal";
          };
        };
        readonly needs: {
          readonly cadence: "1m" | "5m" | "15m" | "hourly" | "daily";
          readonly real_opens: boolean;
          readonly data: readonly ({
            readonly what: string;
            readonly any_of: readonly ("bars" | "index" | "actions" | "option_chains" | "option_bars" | "option_tape" | "underlying_tape" | "flow_cells")[];
          })[];
          readonly others: readonly ({
            readonly symbol: string;
            readonly cadence: "1m" | "5m" | "15m" | "hourly" | "daily";
          })[];
          readonly universe: boolean;
          readonly history_sessions: number;
        } | null;
      })[];
      readonly next_cursor: string | null;
    };
  };
  /** Strategies that have all the wanted tags, inherited ones included */
  readonly "GET /strategies": {
    readonly params: undefined;
    readonly query: {
      readonly tags?: string;
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly {
        readonly pack_id: string;
        readonly strategy: string;
        readonly tags: readonly string[];
      }[];
      readonly next_cursor: string | null;
    };
  };
  /** The YAML texts of a pack, to copy or to change: of your own pack what was written last */
  readonly "GET /packs/{pack_id}/documents": {
    readonly params: {
      readonly pack_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: {
      readonly pack_id: string;
      readonly documents: { readonly [key: string]: string };
    };
  };
  /** Backtests the version that waits on one year of data, as a run of the pipeline. GET the same path says what it found */
  readonly "POST /packs/{pack_id}/check": {
    readonly params: {
      readonly pack_id: string;
    };
    readonly query: undefined;
    readonly body: {
      readonly ticker: string;
      readonly data?: {
        readonly provider: "sample" | "simulated" | "files" | "polygon" | "alpaca";
        readonly symbol: string;
        readonly others?: { readonly [key: string]: {
          readonly provider: "sample" | "simulated" | "files" | "polygon" | "alpaca";
          readonly symbol: string;
        } };
        readonly risk_free?: {
          readonly symbol: string;
          readonly kind: "yield_pct" | "price";
        };
        readonly universe?: string;
        readonly seed?: number;
      };
      readonly template_id?: string;
    };
    readonly answer: Run | Accepted;
  };
  /** What the one-year check of the version that waits found so far, with the codes of what it objects to */
  readonly "GET /packs/{pack_id}/check": {
    readonly params: {
      readonly pack_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: {
      readonly status: "running" | "passed" | "refused";
      readonly run_id: string;
      readonly run: string;
      readonly symbol: string;
      readonly provider: string;
      readonly start: string;
      readonly end: string;
      readonly sharpe: number | null;
      readonly trades: number | null;
      readonly findings: readonly ({
        readonly code: string;
        readonly severity: "error" | "warning";
        readonly path: string;
        readonly reason: string;
        readonly remedy: string;
      })[];
    };
  };
  /** Makes the version that waits the one that models use. It must have passed its check, and models of the pack must still hold together */
  readonly "POST /packs/{pack_id}/activate": {
    readonly params: {
      readonly pack_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: {
      readonly pack_id: string;
      readonly state: "draft" | "active";
      readonly active: {
        readonly version: string;
        readonly pack_sha: string;
        readonly written_at: string;
      } | null;
      readonly candidate: {
        readonly version: string;
        readonly pack_sha: string;
        readonly written_at: string;
        readonly check: {
          readonly run_id: string;
          readonly asked_at: string;
          readonly symbol: string;
          readonly provider: string;
          readonly start: string;
          readonly end: string;
        } | null;
      } | null;
      readonly submission: {
        readonly state: "submitted" | "approved" | "rejected";
        readonly version: string;
        readonly pack_sha: string;
        readonly submitted_at: string;
        readonly note: string | null;
        readonly reason: string | null;
        readonly reviewed_at: string | null;
      } | null;
      readonly created_at: string;
      readonly updated_at: string;
    };
  };
  /** Hands the version in use in for review */
  readonly "POST /packs/{pack_id}/submit": {
    readonly params: {
      readonly pack_id: string;
    };
    readonly query: undefined;
    readonly body: {
      readonly note?: string;
    };
    readonly answer: {
      readonly pack_id: string;
      readonly state: "draft" | "active";
      readonly active: {
        readonly version: string;
        readonly pack_sha: string;
        readonly written_at: string;
      } | null;
      readonly candidate: {
        readonly version: string;
        readonly pack_sha: string;
        readonly written_at: string;
        readonly check: {
          readonly run_id: string;
          readonly asked_at: string;
          readonly symbol: string;
          readonly provider: string;
          readonly start: string;
          readonly end: string;
        } | null;
      } | null;
      readonly submission: {
        readonly state: "submitted" | "approved" | "rejected";
        readonly version: string;
        readonly pack_sha: string;
        readonly submitted_at: string;
        readonly note: string | null;
        readonly reason: string | null;
        readonly reviewed_at: string | null;
      } | null;
      readonly created_at: string;
      readonly updated_at: string;
    };
  };
  /** Pack builder, step 1: who the pack is. Answers which instruments, bars and indicators fit */
  readonly "POST /pack_drafts": {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: {
      readonly pack_id: string;
      readonly name: string;
      readonly description: string;
      readonly vibe: {
        readonly time_horizon: "seconds" | "minutes" | "days" | "weeks" | "months";
        readonly risk_appetite: {
          readonly max_drawdown: number;
          readonly concentration: "low" | "medium" | "high";
          readonly leverage: number;
          readonly stop_tightness: "tight" | "medium" | "wide";
        };
        readonly decision_style: {
          readonly kind: "technical" | "event" | "flow";
          readonly patience: "hair_trigger" | "patient";
        };
        readonly market_preference: {
          readonly regime: "trending" | "ranging" | "volatile";
          readonly bias: "bull" | "bear" | "neutral";
          readonly liquidity: "liquid" | "niche";
        };
        readonly execution_character: {
          readonly orders: "market" | "limit";
          readonly entry: "all_in" | "scale_in";
          readonly exit: "binary" | "gradual";
        };
      };
      readonly tags: {
        readonly risk: "conservative" | "balanced" | "aggressive";
        readonly direction: "long_only" | "short_only" | "long_short";
        readonly timeframe: "intraday" | "swing" | "position" | "investment";
        readonly market: "trending" | "ranging" | "volatile" | "all_weather";
        readonly asset: "equities" | "options" | "futures" | "crypto" | "multi_asset";
        readonly style: "technical" | "fundamental" | "sentiment" | "quantitative";
        readonly experience: "beginner" | "intermediate" | "advanced";
      };
    };
    readonly answer: {
      readonly pack_id: string;
      readonly next: "instruments" | "strategies" | "validate" | "review";
      readonly identity: {
        readonly name: string;
        readonly description: string;
        readonly vibe: {
          readonly time_horizon: "seconds" | "minutes" | "days" | "weeks" | "months";
          readonly risk_appetite: {
            readonly max_drawdown: number;
            readonly concentration: "low" | "medium" | "high";
            readonly leverage: number;
            readonly stop_tightness: "tight" | "medium" | "wide";
          };
          readonly decision_style: {
            readonly kind: "technical" | "event" | "flow";
            readonly patience: "hair_trigger" | "patient";
          };
          readonly market_preference: {
            readonly regime: "trending" | "ranging" | "volatile";
            readonly bias: "bull" | "bear" | "neutral";
            readonly liquidity: "liquid" | "niche";
          };
          readonly execution_character: {
            readonly orders: "market" | "limit";
            readonly entry: "all_in" | "scale_in";
            readonly exit: "binary" | "gradual";
          };
        };
        readonly tags: {
          readonly risk: "conservative" | "balanced" | "aggressive";
          readonly direction: "long_only" | "short_only" | "long_short";
          readonly timeframe: "intraday" | "swing" | "position" | "investment";
          readonly market: "trending" | "ranging" | "volatile" | "all_weather";
          readonly asset: "equities" | "options" | "futures" | "crypto" | "multi_asset";
          readonly style: "technical" | "fundamental" | "sentiment" | "quantitative";
          readonly experience: "beginner" | "intermediate" | "advanced";
        };
      };
      readonly instruments: {
        readonly supported_instruments: readonly ("stocks" | "options")[];
        readonly default_instrument: "stocks" | "options";
        readonly horizons: readonly ("0dte" | "intraday" | "overnight" | "swing" | "long")[];
        readonly cadences: readonly ("5m" | "15m" | "hourly" | "daily")[];
        readonly signal_interval: "1m" | "5m" | "15m" | "hourly" | "daily";
        readonly indicators: readonly string[];
        readonly sets: { readonly [key: string]: readonly {
          readonly name: string;
        }[] };
        readonly label: {
          readonly kind: "next_bar_direction";
          readonly entry: "next_open" | "decision_close";
          readonly band: {
            readonly kind: "none";
          } | {
            readonly kind: "fixed_bps";
            readonly bps: number;
          } | {
            readonly kind: "trailing_sigma";
            readonly k: number;
            readonly window: number;
          };
        } | {
          readonly kind: "forward_return";
          readonly entry: "next_open" | "decision_close";
          readonly horizon: number;
          readonly unit: "bars" | "sessions";
          readonly band: {
            readonly kind: "none";
          } | {
            readonly kind: "fixed_bps";
            readonly bps: number;
          } | {
            readonly kind: "trailing_sigma";
            readonly k: number;
            readonly window: number;
          };
          readonly task: "classify" | "regress";
        } | {
          readonly kind: "close_to_open";
          readonly entry: "decision_close";
          readonly decision_time: string;
          readonly band: {
            readonly kind: "none";
          } | {
            readonly kind: "fixed_bps";
            readonly bps: number;
          } | {
            readonly kind: "trailing_sigma";
            readonly k: number;
            readonly window: number;
          };
        } | {
          readonly kind: "headfake_reversal";
          readonly entry: "next_open" | "decision_close";
          readonly window_end: string;
          readonly move_atr: number;
          readonly reverse_atr: number;
          readonly atr_window: number;
        } | {
          readonly kind: "pin_drift";
          readonly entry: "next_open" | "decision_close";
          readonly drift_start: string;
          readonly peak: "oi" | "gamma";
          readonly drift_atr: number;
          readonly atr_window: number;
        } | {
          readonly kind: "triple_barrier";
          readonly entry: "next_open" | "decision_close";
          readonly horizon: number;
          readonly up: number;
          readonly down: number;
          readonly sigma: {
            readonly kind: "trailing";
            readonly window: number;
          } | {
            readonly kind: "fixed";
            readonly fraction: number;
          };
          readonly touch: "close" | "high_low";
          readonly vertical: "sign" | "flat";
        };
      } | null;
      readonly strategies: { readonly [key: string]: Json } | null;
      readonly compatible: {
        readonly instruments: {
          readonly supported_instruments: readonly string[];
          readonly horizons: readonly string[];
          readonly cadences: readonly string[];
          readonly signal_intervals: readonly string[];
          readonly indicators: readonly {
            readonly name: string;
            readonly category: string;
            readonly timeframe: string;
            readonly doc: string;
          }[];
        };
        readonly strategies: {
          readonly approaches: readonly string[];
          readonly sides: readonly string[];
          readonly columns: readonly ({
            readonly name: string;
            readonly unit: string | null;
          })[];
          readonly suggested_gates: {
            readonly min_bets?: number;
            readonly min_bets_per_year?: number;
            readonly max_drawdown_pct?: number;
            readonly es95_mult?: number;
            readonly min_sharpe?: number;
            readonly min_calmar?: number;
            readonly spread_pct_max?: number;
            readonly oi_min?: number;
            readonly volume_min?: number;
            readonly fill_rate_min?: number;
            readonly adv_bps_max?: number;
            readonly turnover_max?: number;
            readonly daily_loss_cap_R?: number;
            readonly allowed_hours?: readonly number[];
            readonly min_dsr?: number;
            readonly max_p_oos_loss?: number;
          };
          readonly indicators: readonly string[];
        } | null;
        readonly templates: readonly string[] | null;
      };
      readonly pack: {
        readonly pack_id: string;
        readonly state: "draft" | "active";
        readonly active: {
          readonly version: string;
          readonly pack_sha: string;
          readonly written_at: string;
        } | null;
        readonly candidate: {
          readonly version: string;
          readonly pack_sha: string;
          readonly written_at: string;
          readonly check: {
            readonly run_id: string;
            readonly asked_at: string;
            readonly symbol: string;
            readonly provider: string;
            readonly start: string;
            readonly end: string;
          } | null;
        } | null;
        readonly submission: {
          readonly state: "submitted" | "approved" | "rejected";
          readonly version: string;
          readonly pack_sha: string;
          readonly submitted_at: string;
          readonly note: string | null;
          readonly reason: string | null;
          readonly reviewed_at: string | null;
        } | null;
        readonly created_at: string;
        readonly updated_at: string;
      } | null;
      readonly created_at: string;
      readonly updated_at: string;
      readonly etag: string;
    };
  };
  /** Your drafts of packs */
  readonly "GET /pack_drafts": {
    readonly params: undefined;
    readonly query: {
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly {
        readonly pack_id: string;
        readonly name: string;
        readonly created_at: string;
        readonly updated_at: string;
      }[];
      readonly next_cursor: string | null;
    };
  };
  /** A draft, where to go on, and what is compatible there */
  readonly "GET /pack_drafts/{pack_id}": {
    readonly params: {
      readonly pack_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: {
      readonly pack_id: string;
      readonly next: "instruments" | "strategies" | "validate" | "review";
      readonly identity: {
        readonly name: string;
        readonly description: string;
        readonly vibe: {
          readonly time_horizon: "seconds" | "minutes" | "days" | "weeks" | "months";
          readonly risk_appetite: {
            readonly max_drawdown: number;
            readonly concentration: "low" | "medium" | "high";
            readonly leverage: number;
            readonly stop_tightness: "tight" | "medium" | "wide";
          };
          readonly decision_style: {
            readonly kind: "technical" | "event" | "flow";
            readonly patience: "hair_trigger" | "patient";
          };
          readonly market_preference: {
            readonly regime: "trending" | "ranging" | "volatile";
            readonly bias: "bull" | "bear" | "neutral";
            readonly liquidity: "liquid" | "niche";
          };
          readonly execution_character: {
            readonly orders: "market" | "limit";
            readonly entry: "all_in" | "scale_in";
            readonly exit: "binary" | "gradual";
          };
        };
        readonly tags: {
          readonly risk: "conservative" | "balanced" | "aggressive";
          readonly direction: "long_only" | "short_only" | "long_short";
          readonly timeframe: "intraday" | "swing" | "position" | "investment";
          readonly market: "trending" | "ranging" | "volatile" | "all_weather";
          readonly asset: "equities" | "options" | "futures" | "crypto" | "multi_asset";
          readonly style: "technical" | "fundamental" | "sentiment" | "quantitative";
          readonly experience: "beginner" | "intermediate" | "advanced";
        };
      };
      readonly instruments: {
        readonly supported_instruments: readonly ("stocks" | "options")[];
        readonly default_instrument: "stocks" | "options";
        readonly horizons: readonly ("0dte" | "intraday" | "overnight" | "swing" | "long")[];
        readonly cadences: readonly ("5m" | "15m" | "hourly" | "daily")[];
        readonly signal_interval: "1m" | "5m" | "15m" | "hourly" | "daily";
        readonly indicators: readonly string[];
        readonly sets: { readonly [key: string]: readonly {
          readonly name: string;
        }[] };
        readonly label: {
          readonly kind: "next_bar_direction";
          readonly entry: "next_open" | "decision_close";
          readonly band: {
            readonly kind: "none";
          } | {
            readonly kind: "fixed_bps";
            readonly bps: number;
          } | {
            readonly kind: "trailing_sigma";
            readonly k: number;
            readonly window: number;
          };
        } | {
          readonly kind: "forward_return";
          readonly entry: "next_open" | "decision_close";
          readonly horizon: number;
          readonly unit: "bars" | "sessions";
          readonly band: {
            readonly kind: "none";
          } | {
            readonly kind: "fixed_bps";
            readonly bps: number;
          } | {
            readonly kind: "trailing_sigma";
            readonly k: number;
            readonly window: number;
          };
          readonly task: "classify" | "regress";
        } | {
          readonly kind: "close_to_open";
          readonly entry: "decision_close";
          readonly decision_time: string;
          readonly band: {
            readonly kind: "none";
          } | {
            readonly kind: "fixed_bps";
            readonly bps: number;
          } | {
            readonly kind: "trailing_sigma";
            readonly k: number;
            readonly window: number;
          };
        } | {
          readonly kind: "headfake_reversal";
          readonly entry: "next_open" | "decision_close";
          readonly window_end: string;
          readonly move_atr: number;
          readonly reverse_atr: number;
          readonly atr_window: number;
        } | {
          readonly kind: "pin_drift";
          readonly entry: "next_open" | "decision_close";
          readonly drift_start: string;
          readonly peak: "oi" | "gamma";
          readonly drift_atr: number;
          readonly atr_window: number;
        } | {
          readonly kind: "triple_barrier";
          readonly entry: "next_open" | "decision_close";
          readonly horizon: number;
          readonly up: number;
          readonly down: number;
          readonly sigma: {
            readonly kind: "trailing";
            readonly window: number;
          } | {
            readonly kind: "fixed";
            readonly fraction: number;
          };
          readonly touch: "close" | "high_low";
          readonly vertical: "sign" | "flat";
        };
      } | null;
      readonly strategies: { readonly [key: string]: Json } | null;
      readonly compatible: {
        readonly instruments: {
          readonly supported_instruments: readonly string[];
          readonly horizons: readonly string[];
          readonly cadences: readonly string[];
          readonly signal_intervals: readonly string[];
          readonly indicators: readonly {
            readonly name: string;
            readonly category: string;
            readonly timeframe: string;
            readonly doc: string;
          }[];
        };
        readonly strategies: {
          readonly approaches: readonly string[];
          readonly sides: readonly string[];
          readonly columns: readonly ({
            readonly name: string;
            readonly unit: string | null;
          })[];
          readonly suggested_gates: {
            readonly min_bets?: number;
            readonly min_bets_per_year?: number;
            readonly max_drawdown_pct?: number;
            readonly es95_mult?: number;
            readonly min_sharpe?: number;
            readonly min_calmar?: number;
            readonly spread_pct_max?: number;
            readonly oi_min?: number;
            readonly volume_min?: number;
            readonly fill_rate_min?: number;
            readonly adv_bps_max?: number;
            readonly turnover_max?: number;
            readonly daily_loss_cap_R?: number;
            readonly allowed_hours?: readonly number[];
            readonly min_dsr?: number;
            readonly max_p_oos_loss?: number;
          };
          readonly indicators: readonly string[];
        } | null;
        readonly templates: readonly string[] | null;
      };
      readonly pack: {
        readonly pack_id: string;
        readonly state: "draft" | "active";
        readonly active: {
          readonly version: string;
          readonly pack_sha: string;
          readonly written_at: string;
        } | null;
        readonly candidate: {
          readonly version: string;
          readonly pack_sha: string;
          readonly written_at: string;
          readonly check: {
            readonly run_id: string;
            readonly asked_at: string;
            readonly symbol: string;
            readonly provider: string;
            readonly start: string;
            readonly end: string;
          } | null;
        } | null;
        readonly submission: {
          readonly state: "submitted" | "approved" | "rejected";
          readonly version: string;
          readonly pack_sha: string;
          readonly submitted_at: string;
          readonly note: string | null;
          readonly reason: string | null;
          readonly reviewed_at: string | null;
        } | null;
        readonly created_at: string;
        readonly updated_at: string;
      } | null;
      readonly created_at: string;
      readonly updated_at: string;
      readonly etag: string;
    };
  };
  /** Throws a draft away. What was saved of it stays */
  readonly "DELETE /pack_drafts/{pack_id}": {
    readonly params: {
      readonly pack_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: {
      readonly pack_id: string;
      readonly removed: true;
    };
  };
  /** Pack builder, step 1 again: later choices that do not fit any more are dropped */
  readonly "PUT /pack_drafts/{pack_id}/identity": {
    readonly params: {
      readonly pack_id: string;
    };
    readonly query: undefined;
    readonly body: {
      readonly name: string;
      readonly description: string;
      readonly vibe: {
        readonly time_horizon: "seconds" | "minutes" | "days" | "weeks" | "months";
        readonly risk_appetite: {
          readonly max_drawdown: number;
          readonly concentration: "low" | "medium" | "high";
          readonly leverage: number;
          readonly stop_tightness: "tight" | "medium" | "wide";
        };
        readonly decision_style: {
          readonly kind: "technical" | "event" | "flow";
          readonly patience: "hair_trigger" | "patient";
        };
        readonly market_preference: {
          readonly regime: "trending" | "ranging" | "volatile";
          readonly bias: "bull" | "bear" | "neutral";
          readonly liquidity: "liquid" | "niche";
        };
        readonly execution_character: {
          readonly orders: "market" | "limit";
          readonly entry: "all_in" | "scale_in";
          readonly exit: "binary" | "gradual";
        };
      };
      readonly tags: {
        readonly risk: "conservative" | "balanced" | "aggressive";
        readonly direction: "long_only" | "short_only" | "long_short";
        readonly timeframe: "intraday" | "swing" | "position" | "investment";
        readonly market: "trending" | "ranging" | "volatile" | "all_weather";
        readonly asset: "equities" | "options" | "futures" | "crypto" | "multi_asset";
        readonly style: "technical" | "fundamental" | "sentiment" | "quantitative";
        readonly experience: "beginner" | "intermediate" | "advanced";
      };
    };
    readonly answer: {
      readonly pack_id: string;
      readonly next: "instruments" | "strategies" | "validate" | "review";
      readonly identity: {
        readonly name: string;
        readonly description: string;
        readonly vibe: {
          readonly time_horizon: "seconds" | "minutes" | "days" | "weeks" | "months";
          readonly risk_appetite: {
            readonly max_drawdown: number;
            readonly concentration: "low" | "medium" | "high";
            readonly leverage: number;
            readonly stop_tightness: "tight" | "medium" | "wide";
          };
          readonly decision_style: {
            readonly kind: "technical" | "event" | "flow";
            readonly patience: "hair_trigger" | "patient";
          };
          readonly market_preference: {
            readonly regime: "trending" | "ranging" | "volatile";
            readonly bias: "bull" | "bear" | "neutral";
            readonly liquidity: "liquid" | "niche";
          };
          readonly execution_character: {
            readonly orders: "market" | "limit";
            readonly entry: "all_in" | "scale_in";
            readonly exit: "binary" | "gradual";
          };
        };
        readonly tags: {
          readonly risk: "conservative" | "balanced" | "aggressive";
          readonly direction: "long_only" | "short_only" | "long_short";
          readonly timeframe: "intraday" | "swing" | "position" | "investment";
          readonly market: "trending" | "ranging" | "volatile" | "all_weather";
          readonly asset: "equities" | "options" | "futures" | "crypto" | "multi_asset";
          readonly style: "technical" | "fundamental" | "sentiment" | "quantitative";
          readonly experience: "beginner" | "intermediate" | "advanced";
        };
      };
      readonly instruments: {
        readonly supported_instruments: readonly ("stocks" | "options")[];
        readonly default_instrument: "stocks" | "options";
        readonly horizons: readonly ("0dte" | "intraday" | "overnight" | "swing" | "long")[];
        readonly cadences: readonly ("5m" | "15m" | "hourly" | "daily")[];
        readonly signal_interval: "1m" | "5m" | "15m" | "hourly" | "daily";
        readonly indicators: readonly string[];
        readonly sets: { readonly [key: string]: readonly {
          readonly name: string;
        }[] };
        readonly label: {
          readonly kind: "next_bar_direction";
          readonly entry: "next_open" | "decision_close";
          readonly band: {
            readonly kind: "none";
          } | {
            readonly kind: "fixed_bps";
            readonly bps: number;
          } | {
            readonly kind: "trailing_sigma";
            readonly k: number;
            readonly window: number;
          };
        } | {
          readonly kind: "forward_return";
          readonly entry: "next_open" | "decision_close";
          readonly horizon: number;
          readonly unit: "bars" | "sessions";
          readonly band: {
            readonly kind: "none";
          } | {
            readonly kind: "fixed_bps";
            readonly bps: number;
          } | {
            readonly kind: "trailing_sigma";
            readonly k: number;
            readonly window: number;
          };
          readonly task: "classify" | "regress";
        } | {
          readonly kind: "close_to_open";
          readonly entry: "decision_close";
          readonly decision_time: string;
          readonly band: {
            readonly kind: "none";
          } | {
            readonly kind: "fixed_bps";
            readonly bps: number;
          } | {
            readonly kind: "trailing_sigma";
            readonly k: number;
            readonly window: number;
          };
        } | {
          readonly kind: "headfake_reversal";
          readonly entry: "next_open" | "decision_close";
          readonly window_end: string;
          readonly move_atr: number;
          readonly reverse_atr: number;
          readonly atr_window: number;
        } | {
          readonly kind: "pin_drift";
          readonly entry: "next_open" | "decision_close";
          readonly drift_start: string;
          readonly peak: "oi" | "gamma";
          readonly drift_atr: number;
          readonly atr_window: number;
        } | {
          readonly kind: "triple_barrier";
          readonly entry: "next_open" | "decision_close";
          readonly horizon: number;
          readonly up: number;
          readonly down: number;
          readonly sigma: {
            readonly kind: "trailing";
            readonly window: number;
          } | {
            readonly kind: "fixed";
            readonly fraction: number;
          };
          readonly touch: "close" | "high_low";
          readonly vertical: "sign" | "flat";
        };
      } | null;
      readonly strategies: { readonly [key: string]: Json } | null;
      readonly compatible: {
        readonly instruments: {
          readonly supported_instruments: readonly string[];
          readonly horizons: readonly string[];
          readonly cadences: readonly string[];
          readonly signal_intervals: readonly string[];
          readonly indicators: readonly {
            readonly name: string;
            readonly category: string;
            readonly timeframe: string;
            readonly doc: string;
          }[];
        };
        readonly strategies: {
          readonly approaches: readonly string[];
          readonly sides: readonly string[];
          readonly columns: readonly ({
            readonly name: string;
            readonly unit: string | null;
          })[];
          readonly suggested_gates: {
            readonly min_bets?: number;
            readonly min_bets_per_year?: number;
            readonly max_drawdown_pct?: number;
            readonly es95_mult?: number;
            readonly min_sharpe?: number;
            readonly min_calmar?: number;
            readonly spread_pct_max?: number;
            readonly oi_min?: number;
            readonly volume_min?: number;
            readonly fill_rate_min?: number;
            readonly adv_bps_max?: number;
            readonly turnover_max?: number;
            readonly daily_loss_cap_R?: number;
            readonly allowed_hours?: readonly number[];
            readonly min_dsr?: number;
            readonly max_p_oos_loss?: number;
          };
          readonly indicators: readonly string[];
        } | null;
        readonly templates: readonly string[] | null;
      };
      readonly pack: {
        readonly pack_id: string;
        readonly state: "draft" | "active";
        readonly active: {
          readonly version: string;
          readonly pack_sha: string;
          readonly written_at: string;
        } | null;
        readonly candidate: {
          readonly version: string;
          readonly pack_sha: string;
          readonly written_at: string;
          readonly check: {
            readonly run_id: string;
            readonly asked_at: string;
            readonly symbol: string;
            readonly provider: string;
            readonly start: string;
            readonly end: string;
          } | null;
        } | null;
        readonly submission: {
          readonly state: "submitted" | "approved" | "rejected";
          readonly version: string;
          readonly pack_sha: string;
          readonly submitted_at: string;
          readonly note: string | null;
          readonly reason: string | null;
          readonly reviewed_at: string | null;
        } | null;
        readonly created_at: string;
        readonly updated_at: string;
      } | null;
      readonly created_at: string;
      readonly updated_at: string;
      readonly etag: string;
    };
  };
  /** Pack builder, step 2: instruments, bars, indicators, label. Answers which columns rules can read, and gates that fit */
  readonly "PUT /pack_drafts/{pack_id}/instruments": {
    readonly params: {
      readonly pack_id: string;
    };
    readonly query: undefined;
    readonly body: {
      readonly supported_instruments: readonly ("stocks" | "options")[];
      readonly default_instrument: "stocks" | "options";
      readonly horizons: readonly ("0dte" | "intraday" | "overnight" | "swing" | "long")[];
      readonly cadences: readonly ("5m" | "15m" | "hourly" | "daily")[];
      readonly signal_interval: "1m" | "5m" | "15m" | "hourly" | "daily";
      readonly indicators: readonly string[];
      readonly sets: { readonly [key: string]: readonly {
        readonly name: string;
      }[] };
      readonly label: {
        readonly kind: "next_bar_direction";
        readonly entry?: "next_open" | "decision_close";
        readonly band?: {
          readonly kind: "none";
        } | {
          readonly kind: "fixed_bps";
          readonly bps: number;
        } | {
          readonly kind: "trailing_sigma";
          readonly k: number;
          readonly window: number;
        };
      } | {
        readonly kind: "forward_return";
        readonly entry?: "next_open" | "decision_close";
        readonly horizon: number;
        readonly unit?: "bars" | "sessions";
        readonly band?: {
          readonly kind: "none";
        } | {
          readonly kind: "fixed_bps";
          readonly bps: number;
        } | {
          readonly kind: "trailing_sigma";
          readonly k: number;
          readonly window: number;
        };
        readonly task?: "classify" | "regress";
      } | {
        readonly kind: "close_to_open";
        readonly entry?: "decision_close";
        readonly decision_time?: string;
        readonly band?: {
          readonly kind: "none";
        } | {
          readonly kind: "fixed_bps";
          readonly bps: number;
        } | {
          readonly kind: "trailing_sigma";
          readonly k: number;
          readonly window: number;
        };
      } | {
        readonly kind: "headfake_reversal";
        readonly entry?: "next_open" | "decision_close";
        readonly window_end?: string;
        readonly move_atr?: number;
        readonly reverse_atr?: number;
        readonly atr_window?: number;
      } | {
        readonly kind: "pin_drift";
        readonly entry?: "next_open" | "decision_close";
        readonly drift_start?: string;
        readonly peak?: "oi" | "gamma";
        readonly drift_atr?: number;
        readonly atr_window?: number;
      } | {
        readonly kind: "triple_barrier";
        readonly entry?: "next_open" | "decision_close";
        readonly horizon: number;
        readonly up: number;
        readonly down: number;
        readonly sigma?: {
          readonly kind: "trailing";
          readonly window: number;
        } | {
          readonly kind: "fixed";
          readonly fraction: number;
        };
        readonly touch?: "close" | "high_low";
        readonly vertical?: "sign" | "flat";
      };
    };
    readonly answer: {
      readonly pack_id: string;
      readonly next: "instruments" | "strategies" | "validate" | "review";
      readonly identity: {
        readonly name: string;
        readonly description: string;
        readonly vibe: {
          readonly time_horizon: "seconds" | "minutes" | "days" | "weeks" | "months";
          readonly risk_appetite: {
            readonly max_drawdown: number;
            readonly concentration: "low" | "medium" | "high";
            readonly leverage: number;
            readonly stop_tightness: "tight" | "medium" | "wide";
          };
          readonly decision_style: {
            readonly kind: "technical" | "event" | "flow";
            readonly patience: "hair_trigger" | "patient";
          };
          readonly market_preference: {
            readonly regime: "trending" | "ranging" | "volatile";
            readonly bias: "bull" | "bear" | "neutral";
            readonly liquidity: "liquid" | "niche";
          };
          readonly execution_character: {
            readonly orders: "market" | "limit";
            readonly entry: "all_in" | "scale_in";
            readonly exit: "binary" | "gradual";
          };
        };
        readonly tags: {
          readonly risk: "conservative" | "balanced" | "aggressive";
          readonly direction: "long_only" | "short_only" | "long_short";
          readonly timeframe: "intraday" | "swing" | "position" | "investment";
          readonly market: "trending" | "ranging" | "volatile" | "all_weather";
          readonly asset: "equities" | "options" | "futures" | "crypto" | "multi_asset";
          readonly style: "technical" | "fundamental" | "sentiment" | "quantitative";
          readonly experience: "beginner" | "intermediate" | "advanced";
        };
      };
      readonly instruments: {
        readonly supported_instruments: readonly ("stocks" | "options")[];
        readonly default_instrument: "stocks" | "options";
        readonly horizons: readonly ("0dte" | "intraday" | "overnight" | "swing" | "long")[];
        readonly cadences: readonly ("5m" | "15m" | "hourly" | "daily")[];
        readonly signal_interval: "1m" | "5m" | "15m" | "hourly" | "daily";
        readonly indicators: readonly string[];
        readonly sets: { readonly [key: string]: readonly {
          readonly name: string;
        }[] };
        readonly label: {
          readonly kind: "next_bar_direction";
          readonly entry: "next_open" | "decision_close";
          readonly band: {
            readonly kind: "none";
          } | {
            readonly kind: "fixed_bps";
            readonly bps: number;
          } | {
            readonly kind: "trailing_sigma";
            readonly k: number;
            readonly window: number;
          };
        } | {
          readonly kind: "forward_return";
          readonly entry: "next_open" | "decision_close";
          readonly horizon: number;
          readonly unit: "bars" | "sessions";
          readonly band: {
            readonly kind: "none";
          } | {
            readonly kind: "fixed_bps";
            readonly bps: number;
          } | {
            readonly kind: "trailing_sigma";
            readonly k: number;
            readonly window: number;
          };
          readonly task: "classify" | "regress";
        } | {
          readonly kind: "close_to_open";
          readonly entry: "decision_close";
          readonly decision_time: string;
          readonly band: {
            readonly kind: "none";
          } | {
            readonly kind: "fixed_bps";
            readonly bps: number;
          } | {
            readonly kind: "trailing_sigma";
            readonly k: number;
            readonly window: number;
          };
        } | {
          readonly kind: "headfake_reversal";
          readonly entry: "next_open" | "decision_close";
          readonly window_end: string;
          readonly move_atr: number;
          readonly reverse_atr: number;
          readonly atr_window: number;
        } | {
          readonly kind: "pin_drift";
          readonly entry: "next_open" | "decision_close";
          readonly drift_start: string;
          readonly peak: "oi" | "gamma";
          readonly drift_atr: number;
          readonly atr_window: number;
        } | {
          readonly kind: "triple_barrier";
          readonly entry: "next_open" | "decision_close";
          readonly horizon: number;
          readonly up: number;
          readonly down: number;
          readonly sigma: {
            readonly kind: "trailing";
            readonly window: number;
          } | {
            readonly kind: "fixed";
            readonly fraction: number;
          };
          readonly touch: "close" | "high_low";
          readonly vertical: "sign" | "flat";
        };
      } | null;
      readonly strategies: { readonly [key: string]: Json } | null;
      readonly compatible: {
        readonly instruments: {
          readonly supported_instruments: readonly string[];
          readonly horizons: readonly string[];
          readonly cadences: readonly string[];
          readonly signal_intervals: readonly string[];
          readonly indicators: readonly {
            readonly name: string;
            readonly category: string;
            readonly timeframe: string;
            readonly doc: string;
          }[];
        };
        readonly strategies: {
          readonly approaches: readonly string[];
          readonly sides: readonly string[];
          readonly columns: readonly ({
            readonly name: string;
            readonly unit: string | null;
          })[];
          readonly suggested_gates: {
            readonly min_bets?: number;
            readonly min_bets_per_year?: number;
            readonly max_drawdown_pct?: number;
            readonly es95_mult?: number;
            readonly min_sharpe?: number;
            readonly min_calmar?: number;
            readonly spread_pct_max?: number;
            readonly oi_min?: number;
            readonly volume_min?: number;
            readonly fill_rate_min?: number;
            readonly adv_bps_max?: number;
            readonly turnover_max?: number;
            readonly daily_loss_cap_R?: number;
            readonly allowed_hours?: readonly number[];
            readonly min_dsr?: number;
            readonly max_p_oos_loss?: number;
          };
          readonly indicators: readonly string[];
        } | null;
        readonly templates: readonly string[] | null;
      };
      readonly pack: {
        readonly pack_id: string;
        readonly state: "draft" | "active";
        readonly active: {
          readonly version: string;
          readonly pack_sha: string;
          readonly written_at: string;
        } | null;
        readonly candidate: {
          readonly version: string;
          readonly pack_sha: string;
          readonly written_at: string;
          readonly check: {
            readonly run_id: string;
            readonly asked_at: string;
            readonly symbol: string;
            readonly provider: string;
            readonly start: string;
            readonly end: string;
          } | null;
        } | null;
        readonly submission: {
          readonly state: "submitted" | "approved" | "rejected";
          readonly version: string;
          readonly pack_sha: string;
          readonly submitted_at: string;
          readonly note: string | null;
          readonly reason: string | null;
          readonly reviewed_at: string | null;
        } | null;
        readonly created_at: string;
        readonly updated_at: string;
      } | null;
      readonly created_at: string;
      readonly updated_at: string;
      readonly etag: string;
    };
  };
  /** Pack builder, step 3: strategies and gates. Answers which templates the check can run */
  readonly "PUT /pack_drafts/{pack_id}/strategies": {
    readonly params: {
      readonly pack_id: string;
    };
    readonly query: undefined;
    readonly body: {
      readonly strategies: readonly ({
        readonly name: string;
        readonly version: number;
        readonly default?: boolean;
        readonly description: string;
        readonly tags: {
          readonly risk?: "conservative" | "balanced" | "aggressive";
          readonly direction?: "long_only" | "short_only" | "long_short";
          readonly timeframe?: "intraday" | "swing" | "position" | "investment";
          readonly market?: "trending" | "ranging" | "volatile" | "all_weather";
          readonly asset?: "equities" | "options" | "futures" | "crypto" | "multi_asset";
          readonly style?: "technical" | "fundamental" | "sentiment" | "quantitative";
          readonly experience?: "beginner" | "intermediate" | "advanced";
          readonly approach: "momentum" | "mean_reversion" | "breakout" | "arbitrage";
          readonly win_rate?: "high_probability" | "balanced" | "asymmetric";
          readonly frequency?: "high_freq" | "moderate" | "low_freq";
          readonly capital?: "small_account" | "standard" | "institutional";
          readonly conditions?: readonly ("earnings_play" | "pre_market" | "power_hour")[];
        };
        readonly indicators: readonly {
          readonly name: string;
        }[];
        readonly entry: {
          readonly all: readonly ({
            readonly column: string;
            readonly op: ">" | ">=" | "<" | "<=" | "==" | "!=";
            readonly value: number | string;
          })[];
        } | {
          readonly any: readonly ({
            readonly column: string;
            readonly op: ">" | ">=" | "<" | "<=" | "==" | "!=";
            readonly value: number | string;
          })[];
        };
        readonly exit?: {
          readonly kind: "label_end" | "brackets";
        };
        readonly side: "long" | "short" | "both";
      })[];
      readonly gates: {
        readonly min_bets?: number;
        readonly min_bets_per_year?: number;
        readonly max_drawdown_pct?: number;
        readonly es95_mult?: number;
        readonly min_sharpe?: number;
        readonly min_calmar?: number;
        readonly spread_pct_max?: number;
        readonly oi_min?: number;
        readonly volume_min?: number;
        readonly fill_rate_min?: number;
        readonly adv_bps_max?: number;
        readonly turnover_max?: number;
        readonly daily_loss_cap_R?: number;
        readonly allowed_hours?: readonly number[];
        readonly min_dsr?: number;
        readonly max_p_oos_loss?: number;
      };
      readonly policy?: { readonly [key: string]: Json };
    };
    readonly answer: {
      readonly pack_id: string;
      readonly next: "instruments" | "strategies" | "validate" | "review";
      readonly identity: {
        readonly name: string;
        readonly description: string;
        readonly vibe: {
          readonly time_horizon: "seconds" | "minutes" | "days" | "weeks" | "months";
          readonly risk_appetite: {
            readonly max_drawdown: number;
            readonly concentration: "low" | "medium" | "high";
            readonly leverage: number;
            readonly stop_tightness: "tight" | "medium" | "wide";
          };
          readonly decision_style: {
            readonly kind: "technical" | "event" | "flow";
            readonly patience: "hair_trigger" | "patient";
          };
          readonly market_preference: {
            readonly regime: "trending" | "ranging" | "volatile";
            readonly bias: "bull" | "bear" | "neutral";
            readonly liquidity: "liquid" | "niche";
          };
          readonly execution_character: {
            readonly orders: "market" | "limit";
            readonly entry: "all_in" | "scale_in";
            readonly exit: "binary" | "gradual";
          };
        };
        readonly tags: {
          readonly risk: "conservative" | "balanced" | "aggressive";
          readonly direction: "long_only" | "short_only" | "long_short";
          readonly timeframe: "intraday" | "swing" | "position" | "investment";
          readonly market: "trending" | "ranging" | "volatile" | "all_weather";
          readonly asset: "equities" | "options" | "futures" | "crypto" | "multi_asset";
          readonly style: "technical" | "fundamental" | "sentiment" | "quantitative";
          readonly experience: "beginner" | "intermediate" | "advanced";
        };
      };
      readonly instruments: {
        readonly supported_instruments: readonly ("stocks" | "options")[];
        readonly default_instrument: "stocks" | "options";
        readonly horizons: readonly ("0dte" | "intraday" | "overnight" | "swing" | "long")[];
        readonly cadences: readonly ("5m" | "15m" | "hourly" | "daily")[];
        readonly signal_interval: "1m" | "5m" | "15m" | "hourly" | "daily";
        readonly indicators: readonly string[];
        readonly sets: { readonly [key: string]: readonly {
          readonly name: string;
        }[] };
        readonly label: {
          readonly kind: "next_bar_direction";
          readonly entry: "next_open" | "decision_close";
          readonly band: {
            readonly kind: "none";
          } | {
            readonly kind: "fixed_bps";
            readonly bps: number;
          } | {
            readonly kind: "trailing_sigma";
            readonly k: number;
            readonly window: number;
          };
        } | {
          readonly kind: "forward_return";
          readonly entry: "next_open" | "decision_close";
          readonly horizon: number;
          readonly unit: "bars" | "sessions";
          readonly band: {
            readonly kind: "none";
          } | {
            readonly kind: "fixed_bps";
            readonly bps: number;
          } | {
            readonly kind: "trailing_sigma";
            readonly k: number;
            readonly window: number;
          };
          readonly task: "classify" | "regress";
        } | {
          readonly kind: "close_to_open";
          readonly entry: "decision_close";
          readonly decision_time: string;
          readonly band: {
            readonly kind: "none";
          } | {
            readonly kind: "fixed_bps";
            readonly bps: number;
          } | {
            readonly kind: "trailing_sigma";
            readonly k: number;
            readonly window: number;
          };
        } | {
          readonly kind: "headfake_reversal";
          readonly entry: "next_open" | "decision_close";
          readonly window_end: string;
          readonly move_atr: number;
          readonly reverse_atr: number;
          readonly atr_window: number;
        } | {
          readonly kind: "pin_drift";
          readonly entry: "next_open" | "decision_close";
          readonly drift_start: string;
          readonly peak: "oi" | "gamma";
          readonly drift_atr: number;
          readonly atr_window: number;
        } | {
          readonly kind: "triple_barrier";
          readonly entry: "next_open" | "decision_close";
          readonly horizon: number;
          readonly up: number;
          readonly down: number;
          readonly sigma: {
            readonly kind: "trailing";
            readonly window: number;
          } | {
            readonly kind: "fixed";
            readonly fraction: number;
          };
          readonly touch: "close" | "high_low";
          readonly vertical: "sign" | "flat";
        };
      } | null;
      readonly strategies: { readonly [key: string]: Json } | null;
      readonly compatible: {
        readonly instruments: {
          readonly supported_instruments: readonly string[];
          readonly horizons: readonly string[];
          readonly cadences: readonly string[];
          readonly signal_intervals: readonly string[];
          readonly indicators: readonly {
            readonly name: string;
            readonly category: string;
            readonly timeframe: string;
            readonly doc: string;
          }[];
        };
        readonly strategies: {
          readonly approaches: readonly string[];
          readonly sides: readonly string[];
          readonly columns: readonly ({
            readonly name: string;
            readonly unit: string | null;
          })[];
          readonly suggested_gates: {
            readonly min_bets?: number;
            readonly min_bets_per_year?: number;
            readonly max_drawdown_pct?: number;
            readonly es95_mult?: number;
            readonly min_sharpe?: number;
            readonly min_calmar?: number;
            readonly spread_pct_max?: number;
            readonly oi_min?: number;
            readonly volume_min?: number;
            readonly fill_rate_min?: number;
            readonly adv_bps_max?: number;
            readonly turnover_max?: number;
            readonly daily_loss_cap_R?: number;
            readonly allowed_hours?: readonly number[];
            readonly min_dsr?: number;
            readonly max_p_oos_loss?: number;
          };
          readonly indicators: readonly string[];
        } | null;
        readonly templates: readonly string[] | null;
      };
      readonly pack: {
        readonly pack_id: string;
        readonly state: "draft" | "active";
        readonly active: {
          readonly version: string;
          readonly pack_sha: string;
          readonly written_at: string;
        } | null;
        readonly candidate: {
          readonly version: string;
          readonly pack_sha: string;
          readonly written_at: string;
          readonly check: {
            readonly run_id: string;
            readonly asked_at: string;
            readonly symbol: string;
            readonly provider: string;
            readonly start: string;
            readonly end: string;
          } | null;
        } | null;
        readonly submission: {
          readonly state: "submitted" | "approved" | "rejected";
          readonly version: string;
          readonly pack_sha: string;
          readonly submitted_at: string;
          readonly note: string | null;
          readonly reason: string | null;
          readonly reviewed_at: string | null;
        } | null;
        readonly created_at: string;
        readonly updated_at: string;
      } | null;
      readonly created_at: string;
      readonly updated_at: string;
      readonly etag: string;
    };
  };
  /** Pack builder, step 4: writes the pack, a draft still, and backtests it on one year of data */
  readonly "POST /pack_drafts/{pack_id}/validate": {
    readonly params: {
      readonly pack_id: string;
    };
    readonly query: undefined;
    readonly body: {
      readonly ticker: string;
      readonly data?: {
        readonly provider: "sample" | "simulated" | "files" | "polygon" | "alpaca";
        readonly symbol: string;
        readonly others?: { readonly [key: string]: {
          readonly provider: "sample" | "simulated" | "files" | "polygon" | "alpaca";
          readonly symbol: string;
        } };
        readonly risk_free?: {
          readonly symbol: string;
          readonly kind: "yield_pct" | "price";
        };
        readonly universe?: string;
        readonly seed?: number;
      };
      readonly template_id?: string;
    };
    readonly answer: Run | Accepted;
  };
  /** Pack builder, step 5: the validation report, what the check found, and the documents */
  readonly "GET /pack_drafts/{pack_id}/review": {
    readonly params: {
      readonly pack_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: {
      readonly pack_id: string;
      readonly report: {
        readonly pack_id: string;
        readonly status: "APPROVED" | "APPROVED WITH WARNINGS" | "REJECTED";
        readonly checks: readonly ({
          readonly check: string;
          readonly title: string;
          readonly status: "PASS" | "WARN" | "FAIL";
          readonly code: string | null;
          readonly path: string | null;
          readonly reason: string;
          readonly remedy: string | null;
        })[];
        readonly recommendation: string | null;
      };
      readonly check: {
        readonly status: "running" | "passed" | "refused";
        readonly run_id: string;
        readonly run: string;
        readonly symbol: string;
        readonly provider: string;
        readonly start: string;
        readonly end: string;
        readonly sharpe: number | null;
        readonly trades: number | null;
        readonly findings: readonly ({
          readonly code: string;
          readonly severity: "error" | "warning";
          readonly path: string;
          readonly reason: string;
          readonly remedy: string;
        })[];
      } | null;
      readonly is_validated: boolean;
      readonly can_save: boolean;
      readonly documents: { readonly [key: string]: string };
    };
  };
  /** Pack builder, step 6: makes the pack one that models use, if it passed; on request it is handed in for review, too */
  readonly "POST /pack_drafts/{pack_id}/save": {
    readonly params: {
      readonly pack_id: string;
    };
    readonly query: undefined;
    readonly body: {
      readonly submit?: boolean;
    };
    readonly answer: {
      readonly pack_id: string;
      readonly state: "draft" | "active";
      readonly active: {
        readonly version: string;
        readonly pack_sha: string;
        readonly written_at: string;
      } | null;
      readonly candidate: {
        readonly version: string;
        readonly pack_sha: string;
        readonly written_at: string;
        readonly check: {
          readonly run_id: string;
          readonly asked_at: string;
          readonly symbol: string;
          readonly provider: string;
          readonly start: string;
          readonly end: string;
        } | null;
      } | null;
      readonly submission: {
        readonly state: "submitted" | "approved" | "rejected";
        readonly version: string;
        readonly pack_sha: string;
        readonly submitted_at: string;
        readonly note: string | null;
        readonly reason: string | null;
        readonly reviewed_at: string | null;
      } | null;
      readonly created_at: string;
      readonly updated_at: string;
    };
  };
  /** The indicator catalogue: parameters, units, warm-up, sources */
  readonly "GET /indicators": {
    readonly params: undefined;
    readonly query: {
      readonly group?: "true" | "false";
      readonly category?: "trend" | "momentum" | "volatility" | "volume" | "intraday" | "daily" | "calendar" | "regime" | "options_volatility" | "options_flow" | "options_structure" | "tick" | "composite";
      readonly q?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly ({
        readonly name: string;
        readonly version: number;
        readonly category: "trend" | "momentum" | "volatility" | "volume" | "intraday" | "daily" | "calendar" | "regime" | "options_volatility" | "options_flow" | "options_structure" | "tick" | "composite";
        readonly subcategory: string;
        readonly timeframe: string;
        readonly inputs: readonly string[];
        readonly memory: "finite" | "recursive";
        readonly doc: string;
        readonly notes: string | null;
        readonly source: string;
        readonly tags: readonly string[];
        readonly needs: readonly string[];
        readonly params: { readonly [key: string]: Json };
        readonly warmup_bars: number;
        readonly columns: readonly ({
          readonly name: string;
          readonly unit: string;
          readonly bounds: readonly number[] | null;
        })[];
      })[];
    } | {
      readonly groups: { readonly [key: string]: readonly ({
        readonly name: string;
        readonly version: number;
        readonly category: "trend" | "momentum" | "volatility" | "volume" | "intraday" | "daily" | "calendar" | "regime" | "options_volatility" | "options_flow" | "options_structure" | "tick" | "composite";
        readonly subcategory: string;
        readonly timeframe: string;
        readonly inputs: readonly string[];
        readonly memory: "finite" | "recursive";
        readonly doc: string;
        readonly notes: string | null;
        readonly source: string;
        readonly tags: readonly string[];
        readonly needs: readonly string[];
        readonly params: { readonly [key: string]: Json };
        readonly warmup_bars: number;
        readonly columns: readonly ({
          readonly name: string;
          readonly unit: string;
          readonly bounds: readonly number[] | null;
        })[];
      })[] };
    };
  };
  /** One indicator */
  readonly "GET /indicators/{name}": {
    readonly params: {
      readonly name: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: {
      readonly name: string;
      readonly version: number;
      readonly category: "trend" | "momentum" | "volatility" | "volume" | "intraday" | "daily" | "calendar" | "regime" | "options_volatility" | "options_flow" | "options_structure" | "tick" | "composite";
      readonly subcategory: string;
      readonly timeframe: string;
      readonly inputs: readonly string[];
      readonly memory: "finite" | "recursive";
      readonly doc: string;
      readonly notes: string | null;
      readonly source: string;
      readonly tags: readonly string[];
      readonly needs: readonly string[];
      readonly params: { readonly [key: string]: Json };
      readonly warmup_bars: number;
      readonly columns: readonly ({
        readonly name: string;
        readonly unit: string;
        readonly bounds: readonly number[] | null;
      })[];
    };
  };
  /** Writes an indicator set of your own: beside a pack's under a name, or as a model's own one. If-Match makes it conditional */
  readonly "POST /indicator_sets": {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: {
      readonly pack_id: string;
      readonly name?: string;
      readonly model_id?: string;
      readonly version?: number;
      readonly description?: string;
      readonly indicators: readonly {
        readonly name: string;
      }[];
    };
    readonly answer: {
      readonly pack_id: string;
      readonly model_id: string | null;
      readonly set: IndicatorSet;
      readonly changed: boolean;
    };
  };
  /** Models of the packs and your own */
  readonly "GET /models": {
    readonly params: undefined;
    readonly query: {
      readonly pack_id?: string;
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly ({
        readonly model_id: string;
        readonly pack_id: string;
        readonly ticker: string | null;
        readonly asset_type: string | null;
        readonly horizon: string | null;
        readonly cadence: string | null;
        readonly template_id: string | null;
        readonly created_at: string | null;
        readonly updated_at: string | null;
        readonly matrix: "none" | "current" | "stale" | "unknown" | null;
      })[];
      readonly next_cursor: string | null;
    };
  };
  /** Creates a model from a template or from scratch; the same request again changes nothing */
  readonly "POST /models": {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: {
      readonly pack_id: string;
      readonly template_id?: string;
      readonly model_id?: string;
      readonly ticker: string;
      readonly asset_type?: "eq" | "opt";
      readonly horizon?: "0dte" | "intraday" | "overnight" | "swing" | "long";
      readonly cadence?: "5m" | "15m" | "hourly" | "daily";
      readonly algo?: "gbm" | "rf" | "cart" | "logit" | "prior" | "lightgbm" | "xgb";
      readonly variant?: string;
      readonly data?: {
        readonly provider: "sample" | "simulated" | "files" | "polygon" | "alpaca";
        readonly symbol: string;
        readonly others?: { readonly [key: string]: {
          readonly provider: "sample" | "simulated" | "files" | "polygon" | "alpaca";
          readonly symbol: string;
        } };
        readonly risk_free?: {
          readonly symbol: string;
          readonly kind: "yield_pct" | "price";
        };
        readonly universe?: string;
        readonly seed?: number;
      };
      readonly instrument?: "stocks" | "options";
      readonly default_dte?: number;
      readonly default_strike?: string;
      readonly strategy?: string | null;
      readonly risk_profile?: "conservative" | "balanced" | "aggressive";
      readonly indicator_set?: string | {
        readonly indicators: readonly {
          readonly name: string;
        }[];
      };
      readonly indicators?: readonly string[];
      readonly features?: {
        readonly flow?: {
          readonly flow_side?: "volume" | "inferred";
          readonly signed?: boolean;
          readonly per_distance?: boolean;
          readonly totals?: boolean;
          readonly ratios?: boolean;
          readonly atm?: boolean;
          readonly distance_max?: number;
        } | null;
        readonly dealer?: {
          readonly mm_profit_dir_simple?: boolean;
          readonly divergence_score?: boolean;
        } | null;
        readonly oi?: {
          readonly include?: boolean;
        } | null;
        readonly time?: {
          readonly day_of_week?: boolean;
        };
        readonly custom?: {
          readonly include?: readonly string[];
          readonly exclude?: readonly string[];
        };
      };
      readonly label?: {
        readonly kind: "next_bar_direction";
        readonly entry?: "next_open" | "decision_close";
        readonly band?: {
          readonly kind: "none";
        } | {
          readonly kind: "fixed_bps";
          readonly bps: number;
        } | {
          readonly kind: "trailing_sigma";
          readonly k: number;
          readonly window: number;
        };
      } | {
        readonly kind: "forward_return";
        readonly entry?: "next_open" | "decision_close";
        readonly horizon: number;
        readonly unit?: "bars" | "sessions";
        readonly band?: {
          readonly kind: "none";
        } | {
          readonly kind: "fixed_bps";
          readonly bps: number;
        } | {
          readonly kind: "trailing_sigma";
          readonly k: number;
          readonly window: number;
        };
        readonly task?: "classify" | "regress";
      } | {
        readonly kind: "close_to_open";
        readonly entry?: "decision_close";
        readonly decision_time?: string;
        readonly band?: {
          readonly kind: "none";
        } | {
          readonly kind: "fixed_bps";
          readonly bps: number;
        } | {
          readonly kind: "trailing_sigma";
          readonly k: number;
          readonly window: number;
        };
      } | {
        readonly kind: "headfake_reversal";
        readonly entry?: "next_open" | "decision_close";
        readonly window_end?: string;
        readonly move_atr?: number;
        readonly reverse_atr?: number;
        readonly atr_window?: number;
      } | {
        readonly kind: "pin_drift";
        readonly entry?: "next_open" | "decision_close";
        readonly drift_start?: string;
        readonly peak?: "oi" | "gamma";
        readonly drift_atr?: number;
        readonly atr_window?: number;
      } | {
        readonly kind: "triple_barrier";
        readonly entry?: "next_open" | "decision_close";
        readonly horizon: number;
        readonly up: number;
        readonly down: number;
        readonly sigma?: {
          readonly kind: "trailing";
          readonly window: number;
        } | {
          readonly kind: "fixed";
          readonly fraction: number;
        };
        readonly touch?: "close" | "high_low";
        readonly vertical?: "sign" | "flat";
      };
      readonly learner?: {
        readonly calibration?: "none" | "sigmoid" | "isotonic";
        readonly seed?: number;
        readonly sample_weights?: "uniqueness" | "equal";
        readonly model_sha256?: string;
        readonly params?: {
          readonly trees?: number;
          readonly max_depth?: number;
          readonly learning_rate?: number;
          readonly min_child_rows?: number;
          readonly min_child_weight?: number;
          readonly subsample?: number;
          readonly colsample?: number;
          readonly l2?: number;
          readonly l1?: number;
          readonly max_bins?: number;
          readonly early_stopping_rounds?: number;
          readonly validation_share?: number;
          readonly class_weights?: "none" | "balanced" | { readonly [key: string]: number };
          readonly monotone?: { readonly [key: string]: 1 | -1 };
        } | {
          readonly trees?: number;
          readonly max_depth?: number;
          readonly min_child_rows?: number;
          readonly mtry?: number;
          readonly subsample?: number;
          readonly max_bins?: number;
        } | {
          readonly max_depth?: number;
          readonly min_rows?: number;
          readonly min_gain?: number;
          readonly max_rows?: number;
        } | {
          readonly lambda?: number;
          readonly l1_ratio?: number;
          readonly max_iter?: number;
          readonly tol?: number;
        };
      };
      readonly window?: {
        readonly start?: string | null;
        readonly end?: string | null;
      };
      readonly gates?: { readonly [key: string]: Json };
      readonly policy?: { readonly [key: string]: Json };
      readonly tags?: readonly string[];
    };
    readonly answer: {
      readonly model_id: string;
      readonly pack_id: string;
      readonly created: boolean;
      readonly paths: readonly string[];
      readonly lineage: { readonly [key: string]: string };
      readonly warnings: readonly {
        readonly code: string;
        readonly path: string;
        readonly reason: string;
        readonly remedy: string;
      }[];
    };
  };
  /** What a model would be and all that is wrong with it, by the rules of its creation; nothing is made */
  readonly "POST /models/validate": {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: {
      readonly pack_id: string;
      readonly template_id?: string;
      readonly model_id?: string;
      readonly ticker: string;
      readonly asset_type?: "eq" | "opt";
      readonly horizon?: "0dte" | "intraday" | "overnight" | "swing" | "long";
      readonly cadence?: "5m" | "15m" | "hourly" | "daily";
      readonly algo?: "gbm" | "rf" | "cart" | "logit" | "prior" | "lightgbm" | "xgb";
      readonly variant?: string;
      readonly data?: {
        readonly provider: "sample" | "simulated" | "files" | "polygon" | "alpaca";
        readonly symbol: string;
        readonly others?: { readonly [key: string]: {
          readonly provider: "sample" | "simulated" | "files" | "polygon" | "alpaca";
          readonly symbol: string;
        } };
        readonly risk_free?: {
          readonly symbol: string;
          readonly kind: "yield_pct" | "price";
        };
        readonly universe?: string;
        readonly seed?: number;
      };
      readonly instrument?: "stocks" | "options";
      readonly default_dte?: number;
      readonly default_strike?: string;
      readonly strategy?: string | null;
      readonly risk_profile?: "conservative" | "balanced" | "aggressive";
      readonly indicator_set?: string | {
        readonly indicators: readonly {
          readonly name: string;
        }[];
      };
      readonly indicators?: readonly string[];
      readonly features?: {
        readonly flow?: {
          readonly flow_side?: "volume" | "inferred";
          readonly signed?: boolean;
          readonly per_distance?: boolean;
          readonly totals?: boolean;
          readonly ratios?: boolean;
          readonly atm?: boolean;
          readonly distance_max?: number;
        } | null;
        readonly dealer?: {
          readonly mm_profit_dir_simple?: boolean;
          readonly divergence_score?: boolean;
        } | null;
        readonly oi?: {
          readonly include?: boolean;
        } | null;
        readonly time?: {
          readonly day_of_week?: boolean;
        };
        readonly custom?: {
          readonly include?: readonly string[];
          readonly exclude?: readonly string[];
        };
      };
      readonly label?: {
        readonly kind: "next_bar_direction";
        readonly entry?: "next_open" | "decision_close";
        readonly band?: {
          readonly kind: "none";
        } | {
          readonly kind: "fixed_bps";
          readonly bps: number;
        } | {
          readonly kind: "trailing_sigma";
          readonly k: number;
          readonly window: number;
        };
      } | {
        readonly kind: "forward_return";
        readonly entry?: "next_open" | "decision_close";
        readonly horizon: number;
        readonly unit?: "bars" | "sessions";
        readonly band?: {
          readonly kind: "none";
        } | {
          readonly kind: "fixed_bps";
          readonly bps: number;
        } | {
          readonly kind: "trailing_sigma";
          readonly k: number;
          readonly window: number;
        };
        readonly task?: "classify" | "regress";
      } | {
        readonly kind: "close_to_open";
        readonly entry?: "decision_close";
        readonly decision_time?: string;
        readonly band?: {
          readonly kind: "none";
        } | {
          readonly kind: "fixed_bps";
          readonly bps: number;
        } | {
          readonly kind: "trailing_sigma";
          readonly k: number;
          readonly window: number;
        };
      } | {
        readonly kind: "headfake_reversal";
        readonly entry?: "next_open" | "decision_close";
        readonly window_end?: string;
        readonly move_atr?: number;
        readonly reverse_atr?: number;
        readonly atr_window?: number;
      } | {
        readonly kind: "pin_drift";
        readonly entry?: "next_open" | "decision_close";
        readonly drift_start?: string;
        readonly peak?: "oi" | "gamma";
        readonly drift_atr?: number;
        readonly atr_window?: number;
      } | {
        readonly kind: "triple_barrier";
        readonly entry?: "next_open" | "decision_close";
        readonly horizon: number;
        readonly up: number;
        readonly down: number;
        readonly sigma?: {
          readonly kind: "trailing";
          readonly window: number;
        } | {
          readonly kind: "fixed";
          readonly fraction: number;
        };
        readonly touch?: "close" | "high_low";
        readonly vertical?: "sign" | "flat";
      };
      readonly learner?: {
        readonly calibration?: "none" | "sigmoid" | "isotonic";
        readonly seed?: number;
        readonly sample_weights?: "uniqueness" | "equal";
        readonly model_sha256?: string;
        readonly params?: {
          readonly trees?: number;
          readonly max_depth?: number;
          readonly learning_rate?: number;
          readonly min_child_rows?: number;
          readonly min_child_weight?: number;
          readonly subsample?: number;
          readonly colsample?: number;
          readonly l2?: number;
          readonly l1?: number;
          readonly max_bins?: number;
          readonly early_stopping_rounds?: number;
          readonly validation_share?: number;
          readonly class_weights?: "none" | "balanced" | { readonly [key: string]: number };
          readonly monotone?: { readonly [key: string]: 1 | -1 };
        } | {
          readonly trees?: number;
          readonly max_depth?: number;
          readonly min_child_rows?: number;
          readonly mtry?: number;
          readonly subsample?: number;
          readonly max_bins?: number;
        } | {
          readonly max_depth?: number;
          readonly min_rows?: number;
          readonly min_gain?: number;
          readonly max_rows?: number;
        } | {
          readonly lambda?: number;
          readonly l1_ratio?: number;
          readonly max_iter?: number;
          readonly tol?: number;
        };
      };
      readonly window?: {
        readonly start?: string | null;
        readonly end?: string | null;
      };
      readonly gates?: { readonly [key: string]: Json };
      readonly policy?: { readonly [key: string]: Json };
      readonly tags?: readonly string[];
    };
    readonly answer: {
      readonly valid: boolean;
      readonly model_id: string | null;
      readonly is_free: boolean;
      readonly findings: readonly ({
        readonly severity: "error" | "warning";
        readonly code: string;
        readonly path: string;
        readonly reason: string;
        readonly remedy: string;
      })[];
      readonly model: {
        readonly config: ModelConfig;
        readonly policy: { readonly [key: string]: Json };
        readonly limits: { readonly [key: string]: Json };
        readonly strategy: { readonly [key: string]: Json } | null;
        readonly indicators: readonly Json[];
        readonly columns: readonly {
          readonly name: string;
          readonly indicator: string;
          readonly unit: string;
        }[];
        readonly tags: readonly string[];
      } | null;
      readonly needs: {
        readonly cadence: "1m" | "5m" | "15m" | "hourly" | "daily";
        readonly real_opens: boolean;
        readonly data: readonly ({
          readonly what: string;
          readonly any_of: readonly ("bars" | "index" | "actions" | "option_chains" | "option_bars" | "option_tape" | "underlying_tape" | "flow_cells")[];
        })[];
        readonly others: readonly ({
          readonly symbol: string;
          readonly cadence: "1m" | "5m" | "15m" | "hourly" | "daily";
        })[];
        readonly universe: boolean;
        readonly history_sessions: number;
      } | null;
    };
  };
  /** The id that a new model would get, and whether it is free */
  readonly "GET /models/name": {
    readonly params: undefined;
    readonly query: {
      readonly ticker: string;
      readonly asset_type: "eq" | "opt";
      readonly horizon: "0dte" | "intraday" | "overnight" | "swing" | "long";
      readonly cadence: "5m" | "15m" | "hourly" | "daily";
      readonly algo?: "gbm" | "rf" | "cart" | "logit" | "prior" | "lightgbm" | "xgb";
      readonly variant?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly model_id: string;
      readonly is_free: boolean;
    };
  };
  /** A model with everything that it inherits, and where each value comes from */
  readonly "GET /models/{model_id}": {
    readonly params: {
      readonly model_id: string;
    };
    readonly query: {
      readonly pack_id?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly model_id: string;
      readonly pack_id: string;
      readonly origin: "own" | "pack";
      readonly created_at: string | null;
      readonly updated_at: string | null;
      readonly paths: readonly string[];
      readonly config: ModelConfig;
      readonly policy: { readonly [key: string]: Json };
      readonly risk_profile: { readonly [key: string]: Json };
      readonly limits: { readonly [key: string]: Json };
      readonly strategy: { readonly [key: string]: Json } | null;
      readonly indicators: readonly Json[];
      readonly columns: readonly {
        readonly name: string;
        readonly indicator: string;
        readonly unit: string;
      }[];
      readonly tags: readonly string[];
      readonly lineage: { readonly [key: string]: string };
      readonly provenance: { readonly [key: string]: string };
      readonly matrix: {
        readonly status: "none" | "current" | "stale" | "unknown";
        readonly matrix_sha: string | null;
        readonly window: {
          readonly start: string | null;
          readonly end: string | null;
        } | null;
      };
      readonly features_changed_at: string | null;
      readonly warnings: readonly {
        readonly code: string;
        readonly path: string;
        readonly reason: string;
        readonly remedy: string;
      }[];
    };
  };
  /** Changes an own model: configuration, policy and own indicators together or not at all. If-Match makes it conditional */
  readonly "PATCH /models/{model_id}": {
    readonly params: {
      readonly model_id: string;
    };
    readonly query: {
      readonly pack_id?: string;
    };
    readonly body: {
      readonly strategy?: string | null;
      readonly risk_profile?: "conservative" | "balanced" | "aggressive";
      readonly indicator_set?: string | {
        readonly indicators: readonly {
          readonly name: string;
        }[];
      };
      readonly indicators?: readonly string[];
      readonly features?: {
        readonly flow?: {
          readonly flow_side?: "volume" | "inferred";
          readonly signed?: boolean;
          readonly per_distance?: boolean;
          readonly totals?: boolean;
          readonly ratios?: boolean;
          readonly atm?: boolean;
          readonly distance_max?: number;
        } | null;
        readonly dealer?: {
          readonly mm_profit_dir_simple?: boolean;
          readonly divergence_score?: boolean;
        } | null;
        readonly oi?: {
          readonly include?: boolean;
        } | null;
        readonly time?: {
          readonly day_of_week?: boolean;
        };
        readonly custom?: {
          readonly include?: readonly string[];
          readonly exclude?: readonly string[];
        };
      } | null;
      readonly momentum?: {
        readonly include?: boolean;
        readonly hourly_horizons?: readonly number[];
      } | null;
      readonly volatility?: {
        readonly include?: boolean;
        readonly hourly_horizons?: readonly number[];
      } | null;
      readonly label?: {
        readonly kind: "next_bar_direction";
        readonly entry?: "next_open" | "decision_close";
        readonly band?: {
          readonly kind: "none";
        } | {
          readonly kind: "fixed_bps";
          readonly bps: number;
        } | {
          readonly kind: "trailing_sigma";
          readonly k: number;
          readonly window: number;
        };
      } | {
        readonly kind: "forward_return";
        readonly entry?: "next_open" | "decision_close";
        readonly horizon: number;
        readonly unit?: "bars" | "sessions";
        readonly band?: {
          readonly kind: "none";
        } | {
          readonly kind: "fixed_bps";
          readonly bps: number;
        } | {
          readonly kind: "trailing_sigma";
          readonly k: number;
          readonly window: number;
        };
        readonly task?: "classify" | "regress";
      } | {
        readonly kind: "close_to_open";
        readonly entry?: "decision_close";
        readonly decision_time?: string;
        readonly band?: {
          readonly kind: "none";
        } | {
          readonly kind: "fixed_bps";
          readonly bps: number;
        } | {
          readonly kind: "trailing_sigma";
          readonly k: number;
          readonly window: number;
        };
      } | {
        readonly kind: "headfake_reversal";
        readonly entry?: "next_open" | "decision_close";
        readonly window_end?: string;
        readonly move_atr?: number;
        readonly reverse_atr?: number;
        readonly atr_window?: number;
      } | {
        readonly kind: "pin_drift";
        readonly entry?: "next_open" | "decision_close";
        readonly drift_start?: string;
        readonly peak?: "oi" | "gamma";
        readonly drift_atr?: number;
        readonly atr_window?: number;
      } | {
        readonly kind: "triple_barrier";
        readonly entry?: "next_open" | "decision_close";
        readonly horizon: number;
        readonly up: number;
        readonly down: number;
        readonly sigma?: {
          readonly kind: "trailing";
          readonly window: number;
        } | {
          readonly kind: "fixed";
          readonly fraction: number;
        };
        readonly touch?: "close" | "high_low";
        readonly vertical?: "sign" | "flat";
      } | null;
      readonly learner?: {
        readonly algo: "gbm" | "xgb";
        readonly params?: {
          readonly trees?: number;
          readonly max_depth?: number;
          readonly learning_rate?: number;
          readonly min_child_rows?: number;
          readonly min_child_weight?: number;
          readonly subsample?: number;
          readonly colsample?: number;
          readonly l2?: number;
          readonly l1?: number;
          readonly max_bins?: number;
          readonly early_stopping_rounds?: number;
          readonly validation_share?: number;
          readonly class_weights?: "none" | "balanced" | { readonly [key: string]: number };
          readonly monotone?: { readonly [key: string]: 1 | -1 };
        };
        readonly calibration?: "none" | "sigmoid" | "isotonic";
        readonly seed?: number;
        readonly sample_weights?: "uniqueness" | "equal";
      } | {
        readonly algo: "rf";
        readonly params?: {
          readonly trees?: number;
          readonly max_depth?: number;
          readonly min_child_rows?: number;
          readonly mtry?: number;
          readonly subsample?: number;
          readonly max_bins?: number;
        };
        readonly calibration?: "none" | "sigmoid" | "isotonic";
        readonly seed?: number;
        readonly sample_weights?: "uniqueness" | "equal";
      } | {
        readonly algo: "cart";
        readonly params?: {
          readonly max_depth?: number;
          readonly min_rows?: number;
          readonly min_gain?: number;
          readonly max_rows?: number;
        };
        readonly calibration?: "none" | "sigmoid" | "isotonic";
        readonly seed?: number;
        readonly sample_weights?: "uniqueness" | "equal";
      } | {
        readonly algo: "logit";
        readonly params?: {
          readonly lambda?: number;
          readonly l1_ratio?: number;
          readonly max_iter?: number;
          readonly tol?: number;
        };
        readonly calibration?: "none" | "sigmoid" | "isotonic";
        readonly seed?: number;
        readonly sample_weights?: "uniqueness" | "equal";
      } | {
        readonly algo: "lightgbm";
        readonly model_sha256: string;
        readonly params?: Record<never, never>;
        readonly calibration?: "none" | "sigmoid" | "isotonic";
        readonly seed?: number;
        readonly sample_weights?: "uniqueness" | "equal";
      } | {
        readonly algo: "prior";
        readonly params?: Record<never, never>;
        readonly calibration?: "none";
        readonly seed?: number;
        readonly sample_weights?: "uniqueness" | "equal";
      } | null;
      readonly data?: {
        readonly provider: "sample" | "simulated" | "files" | "polygon" | "alpaca";
        readonly symbol: string;
        readonly others?: { readonly [key: string]: {
          readonly provider: "sample" | "simulated" | "files" | "polygon" | "alpaca";
          readonly symbol: string;
        } };
        readonly risk_free?: {
          readonly symbol: string;
          readonly kind: "yield_pct" | "price";
        };
        readonly universe?: string;
        readonly seed?: number;
      };
      readonly window?: {
        readonly start?: string | null;
        readonly end?: string | null;
      } | null;
      readonly train?: {
        readonly allowed_hours: readonly number[] | null;
      };
      readonly allowed_hours?: readonly number[] | null;
      readonly signal_interval?: "1m" | "5m" | "15m" | "hourly" | "daily" | null;
      readonly default_dte?: number | null;
      readonly default_strike?: string | null;
      readonly gates?: { readonly [key: string]: Json } | null;
      readonly policy?: { readonly [key: string]: Json } | null;
      readonly tags?: readonly string[];
    };
    readonly answer: {
      readonly model_id: string;
      readonly pack_id: string;
      readonly origin: "own" | "pack";
      readonly created_at: string | null;
      readonly updated_at: string | null;
      readonly paths: readonly string[];
      readonly config: ModelConfig;
      readonly policy: { readonly [key: string]: Json };
      readonly risk_profile: { readonly [key: string]: Json };
      readonly limits: { readonly [key: string]: Json };
      readonly strategy: { readonly [key: string]: Json } | null;
      readonly indicators: readonly Json[];
      readonly columns: readonly {
        readonly name: string;
        readonly indicator: string;
        readonly unit: string;
      }[];
      readonly tags: readonly string[];
      readonly lineage: { readonly [key: string]: string };
      readonly provenance: { readonly [key: string]: string };
      readonly matrix: {
        readonly status: "none" | "current" | "stale" | "unknown";
        readonly matrix_sha: string | null;
        readonly window: {
          readonly start: string | null;
          readonly end: string | null;
        } | null;
      };
      readonly features_changed_at: string | null;
      readonly warnings: readonly {
        readonly code: string;
        readonly path: string;
        readonly reason: string;
        readonly remedy: string;
      }[];
    };
  };
  /** Removes an own model's documents. Its runs, results and trained models stay. Refused while runs work on it or one of it is published */
  readonly "DELETE /models/{model_id}": {
    readonly params: {
      readonly model_id: string;
    };
    readonly query: {
      readonly pack_id?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly model_id: string;
      readonly pack_id: string;
      readonly removed: readonly string[];
    };
  };
  /** A model's configuration, effective execution, matrix and latest runs */
  readonly "GET /model_detail": {
    readonly params: undefined;
    readonly query: {
      readonly model_id: string;
      readonly pack_id: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly model_id: string;
      readonly pack_id: string;
      readonly origin: "own" | "pack";
      readonly created_at: string | null;
      readonly updated_at: string | null;
      readonly paths: readonly string[];
      readonly config: ModelConfig;
      readonly policy: { readonly [key: string]: Json };
      readonly risk_profile: { readonly [key: string]: Json };
      readonly limits: { readonly [key: string]: Json };
      readonly strategy: { readonly [key: string]: Json } | null;
      readonly indicators: readonly Json[];
      readonly columns: readonly {
        readonly name: string;
        readonly indicator: string;
        readonly unit: string;
      }[];
      readonly tags: readonly string[];
      readonly lineage: { readonly [key: string]: string };
      readonly provenance: { readonly [key: string]: string };
      readonly matrix: {
        readonly status: "none" | "current" | "stale" | "unknown";
        readonly matrix_sha: string | null;
        readonly window: {
          readonly start: string | null;
          readonly end: string | null;
        } | null;
      };
      readonly features_changed_at: string | null;
      readonly warnings: readonly {
        readonly code: string;
        readonly path: string;
        readonly reason: string;
        readonly remedy: string;
      }[];
      readonly execution: { readonly [key: string]: Json };
      readonly runs: readonly Run[];
    };
  };
  /** The YAML texts of a model, and those that its template would give it today */
  readonly "GET /models/{model_id}/documents": {
    readonly params: {
      readonly model_id: string;
    };
    readonly query: {
      readonly pack_id?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly model_id: string;
      readonly pack_id: string;
      readonly documents: { readonly [key: string]: string };
      readonly template: {
        readonly template_id: string;
        readonly version: number;
        readonly documents: { readonly [key: string]: string };
      } | null;
      readonly built: {
        readonly matrix_sha: string;
        readonly inputs: { readonly [key: string]: Json };
        readonly now: { readonly [key: string]: Json };
      } | null;
    };
  };
  /** A model's best results, what the gate says of them, and the holdouts of what was trained */
  readonly "GET /models/{model_id}/performance": {
    readonly params: {
      readonly model_id: string;
    };
    readonly query: {
      readonly pack_id?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly model_id: string;
      readonly pack_id: string;
      readonly best: readonly {
        readonly row: LeaderboardRow;
        readonly is_current: boolean;
      }[];
      readonly best_passed: {
        readonly row: LeaderboardRow;
        readonly is_current: boolean;
      } | null;
      readonly trained: readonly ({
        readonly trained_model_id: string;
        readonly status: "trained" | "published" | "paused" | "retired" | "discarded";
        readonly gate_status: "PASS" | "MARGINAL" | "MARGINAL_SIG" | "FAIL" | "ungated";
        readonly proven: boolean;
        readonly research: boolean;
        readonly holdout: {
          readonly start: string;
          readonly end: string;
          readonly sessions: number;
          readonly trades: number;
          readonly sharpe: number | null;
          readonly total_return: number | null;
          readonly max_drawdown_pct: number | null;
          readonly backtest_sharpe: number | null;
          readonly probability_this_low: number | null;
          readonly vetoed: boolean;
          readonly looks: number;
        } | null;
        readonly created_at: string;
        readonly is_current: boolean;
      })[];
    };
  };
  /** Cards of trained models in short, by the ids of the trained models */
  readonly "GET /model_cards": {
    readonly params: undefined;
    readonly query: {
      readonly pack_id?: string;
      readonly model_id?: string;
      readonly status?: "trained" | "published" | "paused" | "retired" | "discarded";
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly ({
        readonly trained_model_id: string;
        readonly pack_id: string;
        readonly model_id: string;
        readonly status: "trained" | "published" | "paused" | "retired" | "discarded";
        readonly gate_status: "PASS" | "MARGINAL" | "MARGINAL_SIG" | "FAIL" | "ungated";
        readonly proven: boolean;
        readonly research: boolean;
        readonly stamps: readonly string[];
        readonly holdout: {
          readonly start: string;
          readonly end: string;
          readonly sessions: number;
          readonly trades: number;
          readonly sharpe: number | null;
          readonly total_return: number | null;
          readonly max_drawdown_pct: number | null;
          readonly backtest_sharpe: number | null;
          readonly probability_this_low: number | null;
          readonly vetoed: boolean;
          readonly looks: number;
        } | null;
        readonly created_at: string;
        readonly card: string;
      })[];
      readonly next_cursor: string | null;
    };
  };
  /** Every value of a model's policy with the document that set it */
  readonly "GET /policy/explain": {
    readonly params: undefined;
    readonly query: {
      readonly model_id: string;
      readonly pack_id: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly ({
        readonly path: string;
        /** Any JSON value */
        readonly value: Json;
        readonly source: "model" | "pack default" | "built-in default";
      })[];
    };
  };
  /** Whether a model and its policy are coherent */
  readonly "GET /validate_policy": {
    readonly params: undefined;
    readonly query: {
      readonly model_id: string;
      readonly pack_id: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly valid: boolean;
      readonly errors: readonly {
        readonly code: string;
        readonly path: string;
        readonly issue: string;
      }[];
      readonly warnings: readonly {
        readonly code: string;
        readonly path: string;
        readonly issue: string;
      }[];
      readonly policy: Policy | null;
    };
  };
  /** Whether a policy document is valid by itself */
  readonly "POST /validate_policy": {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: {
      readonly policy: { readonly [key: string]: Json };
    };
    readonly answer: {
      readonly valid: boolean;
      readonly errors: readonly {
        readonly code: string;
        readonly path: string;
        readonly issue: string;
      }[];
      readonly warnings: readonly {
        readonly code: string;
        readonly path: string;
        readonly issue: string;
      }[];
      readonly policy: Policy | null;
    };
  };
  /** What each data provider has, your own files included */
  readonly "GET /data": {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly ({
        readonly provider: string;
        readonly description: string;
        readonly kinds: readonly ("bars" | "index" | "actions" | "option_chains" | "option_bars" | "option_tape" | "underlying_tape" | "flow_cells")[];
        readonly symbols: readonly ({
          readonly symbol: string;
          readonly cadences: readonly ("1m" | "5m" | "15m" | "hourly" | "daily")[];
          readonly kinds?: readonly ("bars" | "index" | "actions" | "option_chains" | "option_bars" | "option_tape" | "underlying_tape" | "flow_cells")[];
          readonly stamps: readonly string[];
        })[] | null;
        readonly needs: string | null;
        readonly requests_per_minute: number | null;
      })[];
    };
  };
  /** The last sessions of a matrix with the verdicts on them, in the request: of a model, or of one that is not made yet */
  readonly "POST /preview_matrix": {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: {
      readonly pack_id: string;
      readonly model_id?: string;
      readonly draft?: {
        readonly pack_id: string;
        readonly template_id?: string;
        readonly model_id?: string;
        readonly ticker: string;
        readonly asset_type?: "eq" | "opt";
        readonly horizon?: "0dte" | "intraday" | "overnight" | "swing" | "long";
        readonly cadence?: "5m" | "15m" | "hourly" | "daily";
        readonly algo?: "gbm" | "rf" | "cart" | "logit" | "prior" | "lightgbm" | "xgb";
        readonly variant?: string;
        readonly data?: {
          readonly provider: "sample" | "simulated" | "files" | "polygon" | "alpaca";
          readonly symbol: string;
          readonly others?: { readonly [key: string]: {
            readonly provider: "sample" | "simulated" | "files" | "polygon" | "alpaca";
            readonly symbol: string;
          } };
          readonly risk_free?: {
            readonly symbol: string;
            readonly kind: "yield_pct" | "price";
          };
          readonly universe?: string;
          readonly seed?: number;
        };
        readonly instrument?: "stocks" | "options";
        readonly default_dte?: number;
        readonly default_strike?: string;
        readonly strategy?: string | null;
        readonly risk_profile?: "conservative" | "balanced" | "aggressive";
        readonly indicator_set?: string | {
          readonly indicators: readonly {
            readonly name: string;
          }[];
        };
        readonly indicators?: readonly string[];
        readonly features?: {
          readonly flow?: {
            readonly flow_side?: "volume" | "inferred";
            readonly signed?: boolean;
            readonly per_distance?: boolean;
            readonly totals?: boolean;
            readonly ratios?: boolean;
            readonly atm?: boolean;
            readonly distance_max?: number;
          } | null;
          readonly dealer?: {
            readonly mm_profit_dir_simple?: boolean;
            readonly divergence_score?: boolean;
          } | null;
          readonly oi?: {
            readonly include?: boolean;
          } | null;
          readonly time?: {
            readonly day_of_week?: boolean;
          };
          readonly custom?: {
            readonly include?: readonly string[];
            readonly exclude?: readonly string[];
          };
        };
        readonly label?: {
          readonly kind: "next_bar_direction";
          readonly entry?: "next_open" | "decision_close";
          readonly band?: {
            readonly kind: "none";
          } | {
            readonly kind: "fixed_bps";
            readonly bps: number;
          } | {
            readonly kind: "trailing_sigma";
            readonly k: number;
            readonly window: number;
          };
        } | {
          readonly kind: "forward_return";
          readonly entry?: "next_open" | "decision_close";
          readonly horizon: number;
          readonly unit?: "bars" | "sessions";
          readonly band?: {
            readonly kind: "none";
          } | {
            readonly kind: "fixed_bps";
            readonly bps: number;
          } | {
            readonly kind: "trailing_sigma";
            readonly k: number;
            readonly window: number;
          };
          readonly task?: "classify" | "regress";
        } | {
          readonly kind: "close_to_open";
          readonly entry?: "decision_close";
          readonly decision_time?: string;
          readonly band?: {
            readonly kind: "none";
          } | {
            readonly kind: "fixed_bps";
            readonly bps: number;
          } | {
            readonly kind: "trailing_sigma";
            readonly k: number;
            readonly window: number;
          };
        } | {
          readonly kind: "headfake_reversal";
          readonly entry?: "next_open" | "decision_close";
          readonly window_end?: string;
          readonly move_atr?: number;
          readonly reverse_atr?: number;
          readonly atr_window?: number;
        } | {
          readonly kind: "pin_drift";
          readonly entry?: "next_open" | "decision_close";
          readonly drift_start?: string;
          readonly peak?: "oi" | "gamma";
          readonly drift_atr?: number;
          readonly atr_window?: number;
        } | {
          readonly kind: "triple_barrier";
          readonly entry?: "next_open" | "decision_close";
          readonly horizon: number;
          readonly up: number;
          readonly down: number;
          readonly sigma?: {
            readonly kind: "trailing";
            readonly window: number;
          } | {
            readonly kind: "fixed";
            readonly fraction: number;
          };
          readonly touch?: "close" | "high_low";
          readonly vertical?: "sign" | "flat";
        };
        readonly learner?: {
          readonly calibration?: "none" | "sigmoid" | "isotonic";
          readonly seed?: number;
          readonly sample_weights?: "uniqueness" | "equal";
          readonly model_sha256?: string;
          readonly params?: {
            readonly trees?: number;
            readonly max_depth?: number;
            readonly learning_rate?: number;
            readonly min_child_rows?: number;
            readonly min_child_weight?: number;
            readonly subsample?: number;
            readonly colsample?: number;
            readonly l2?: number;
            readonly l1?: number;
            readonly max_bins?: number;
            readonly early_stopping_rounds?: number;
            readonly validation_share?: number;
            readonly class_weights?: "none" | "balanced" | { readonly [key: string]: number };
            readonly monotone?: { readonly [key: string]: 1 | -1 };
          } | {
            readonly trees?: number;
            readonly max_depth?: number;
            readonly min_child_rows?: number;
            readonly mtry?: number;
            readonly subsample?: number;
            readonly max_bins?: number;
          } | {
            readonly max_depth?: number;
            readonly min_rows?: number;
            readonly min_gain?: number;
            readonly max_rows?: number;
          } | {
            readonly lambda?: number;
            readonly l1_ratio?: number;
            readonly max_iter?: number;
            readonly tol?: number;
          };
        };
        readonly window?: {
          readonly start?: string | null;
          readonly end?: string | null;
        };
        readonly gates?: { readonly [key: string]: Json };
        readonly policy?: { readonly [key: string]: Json };
        readonly tags?: readonly string[];
      };
      readonly start?: string | null;
      readonly end?: string | null;
      readonly sessions?: number;
    };
    readonly answer: Preview;
  };
  /** Builds, checks and stores a model's matrix */
  readonly "POST /build_matrix": {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: {
      readonly pack_id: string;
      readonly model_id: string;
      readonly start?: string | null;
      readonly end?: string | null;
      readonly ticker?: string;
      readonly distance_max?: number;
      readonly force?: boolean;
      readonly tag?: string;
    };
    readonly answer: Run | Accepted;
  };
  /** What a stored matrix is: inputs, columns, quality and leak check */
  readonly "GET /matrices/{matrix_sha}": {
    readonly params: {
      readonly matrix_sha: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: Matrix;
  };
  /** How a stored matrix is distributed: unknown shares and label by period, drift of each column, correlations among the features */
  readonly "GET /matrices/{matrix_sha}/profile": {
    readonly params: {
      readonly matrix_sha: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: {
      readonly schema_version: 1;
      readonly matrix_sha: string;
      readonly rows: number;
      readonly period_unit: "year" | "quarter" | "month" | "session";
      readonly periods: readonly {
        readonly name: string;
        readonly rows: number;
        readonly labelled: number;
        readonly classes: { readonly [key: string]: number };
      }[];
      readonly label_psi: number | null;
      readonly columns: readonly ({
        readonly name: string;
        readonly indicator: string;
        readonly unit: string;
        readonly known: number;
        readonly unknown_share: readonly number[];
        readonly mean: number | null;
        readonly sd: number | null;
        readonly min: number | null;
        readonly max: number | null;
        readonly psi: number | null;
      })[];
      readonly correlation: {
        readonly columns: readonly string[];
        readonly rows: number;
        readonly lower: readonly (readonly (number | null)[])[];
      };
    };
  };
  /** A stored matrix as its Parquet file; heeds Range, and the ETag is the file's SHA-256. In the cloud a link to it, unless Range is sent */
  readonly "GET /matrices/{matrix_sha}/download": {
    readonly params: {
      readonly matrix_sha: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: string;
  };
  /** The members of a universe in the order of a scanner's rule, as of their last closed bar; in the request */
  readonly "POST /scan": {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: {
      readonly pack_id: string;
      readonly set: string;
      readonly universe: string;
      readonly provider?: "sample" | "simulated" | "files" | "polygon" | "alpaca";
      readonly others?: { readonly [key: string]: {
        readonly provider: "sample" | "simulated" | "files" | "polygon" | "alpaca";
        readonly symbol: string;
      } };
      readonly seed?: number;
      readonly cadence?: "5m" | "15m" | "hourly" | "daily";
      readonly as_of?: string | null;
      readonly limit?: number;
    };
    readonly answer: Scan;
  };
  /** Purged out-of-sample backtest of one or more thresholds: walk-forward, k-fold or combinatorial */
  readonly "POST /backtest": {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: {
      readonly model_id: string;
      readonly pack_id: string;
      readonly thresholds?: readonly number[] | string;
      readonly threshold_mode?: "probability" | "edge";
      readonly hour_thresholds?: { readonly [key: string]: number };
      readonly top_pct?: number;
      readonly splits?: number | {
        readonly kind: "walk_forward";
        readonly splits?: number;
      } | {
        readonly kind: "purged_kfold";
        readonly splits?: number;
      } | {
        readonly kind: "cpcv";
        readonly n_groups?: number;
        readonly k_test?: number;
      };
      readonly embargo?: number;
      readonly embargo_bars?: number;
      readonly allowed_hours?: readonly number[] | string;
      readonly calibration?: "none" | "sigmoid" | "isotonic";
      readonly momentum_gate?: boolean;
      readonly momentum_min?: number;
      readonly momentum_column?: string;
      readonly size_by_conf?: boolean;
      readonly conf_cap?: number;
      readonly robustness?: "none" | "quick" | "full";
      readonly tag?: string;
      readonly save?: boolean;
    };
    readonly answer: Run | Accepted;
  };
  /** A backtest's run with its report: folds, metrics, significance, gate */
  readonly "GET /backtest_runs/{run_id}": {
    readonly params: {
      readonly run_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: {
      readonly run: Run;
      readonly report: BacktestReport | null;
    };
  };
  /** Evaluates a grid of executions over out-of-sample predictions and judges all of them together */
  readonly "POST /backtest_sweep": {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: {
      readonly model_id: string;
      readonly pack_id: string;
      readonly mode?: "simple" | "custom" | "composition";
      readonly preset?: "conservative" | "balanced" | "aggressive";
      readonly axes?: {
        readonly indicator_sets?: readonly string[];
        readonly feature_sets?: readonly {
          readonly name: string;
          readonly features?: { readonly [key: string]: Json };
          readonly momentum?: { readonly [key: string]: Json };
          readonly volatility?: { readonly [key: string]: Json };
        }[];
        readonly strategy_variants?: readonly string[];
        readonly risk_profiles?: readonly ("conservative" | "balanced" | "aggressive")[];
        readonly ml_params?: readonly {
          readonly name?: string;
          readonly algo?: string;
          readonly params?: { readonly [key: string]: Json };
        }[];
        readonly thresholds?: readonly number[];
        readonly hour_thresholds?: readonly ({ readonly [key: string]: number } | "none")[];
        readonly top_pct?: readonly number[];
        readonly hold_bars?: readonly number[];
        readonly hold_days?: readonly number[];
        readonly stop_loss?: readonly number[];
        readonly take_profit?: readonly number[];
        readonly time_stop?: readonly number[];
        readonly allowed_hours?: readonly (readonly number[] | "all")[];
        readonly momentum_min?: readonly number[];
        readonly slippage?: readonly ("optimistic" | "realistic" | "pessimistic")[];
        readonly position_size?: readonly number[];
        readonly max_positions?: readonly number[];
        readonly entry_type?: readonly ("market" | "limit" | "limit_buffer")[];
        readonly filters?: readonly ("none" | string | {
          readonly column: string;
          readonly op: ">" | ">=" | "<" | "<=" | "==" | "!=";
          readonly value: number | string;
        } | readonly (string | {
          readonly column: string;
          readonly op: ">" | ">=" | "<" | "<=" | "==" | "!=";
          readonly value: number | string;
        })[])[];
        readonly option_type?: readonly ("call" | "put" | "both")[];
        readonly strike_selection?: readonly string[];
        readonly dte_target?: readonly number[];
        readonly contract_size?: readonly number[];
      };
      readonly threshold_mode?: "probability" | "edge";
      readonly thresholds_variants?: string | readonly (string | number)[];
      readonly allowed_hours_variants?: string | readonly (string | readonly number[])[];
      readonly top_pct_variants?: string | readonly (string | number)[];
      readonly hours_scope?: "trade" | "train";
      readonly splits?: number | {
        readonly kind: "walk_forward";
        readonly splits?: number;
      } | {
        readonly kind: "purged_kfold";
        readonly splits?: number;
      } | {
        readonly kind: "cpcv";
        readonly n_groups?: number;
        readonly k_test?: number;
      };
      readonly embargo?: number;
      readonly embargo_bars?: number;
      readonly min_trades?: number;
      readonly min_sharpe?: number;
      readonly gates?: {
        readonly min_bets?: number;
        readonly min_bets_per_year?: number;
        readonly max_drawdown_pct?: number;
        readonly es95_mult?: number;
        readonly min_sharpe?: number;
        readonly min_calmar?: number;
        readonly spread_pct_max?: number;
        readonly oi_min?: number;
        readonly volume_min?: number;
        readonly fill_rate_min?: number;
        readonly adv_bps_max?: number;
        readonly turnover_max?: number;
        readonly daily_loss_cap_R?: number;
        readonly allowed_hours?: readonly number[];
        readonly min_dsr?: number;
        readonly max_p_oos_loss?: number;
      };
      readonly tag?: string;
      readonly save?: true;
    };
    readonly answer: Run | Accepted;
  };
  /** Evaluates a grid of executions over out-of-sample predictions and judges all of them together */
  readonly "POST /sweeps": {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: {
      readonly model_id: string;
      readonly pack_id: string;
      readonly mode?: "simple" | "custom" | "composition";
      readonly preset?: "conservative" | "balanced" | "aggressive";
      readonly axes?: {
        readonly indicator_sets?: readonly string[];
        readonly feature_sets?: readonly {
          readonly name: string;
          readonly features?: { readonly [key: string]: Json };
          readonly momentum?: { readonly [key: string]: Json };
          readonly volatility?: { readonly [key: string]: Json };
        }[];
        readonly strategy_variants?: readonly string[];
        readonly risk_profiles?: readonly ("conservative" | "balanced" | "aggressive")[];
        readonly ml_params?: readonly {
          readonly name?: string;
          readonly algo?: string;
          readonly params?: { readonly [key: string]: Json };
        }[];
        readonly thresholds?: readonly number[];
        readonly hour_thresholds?: readonly ({ readonly [key: string]: number } | "none")[];
        readonly top_pct?: readonly number[];
        readonly hold_bars?: readonly number[];
        readonly hold_days?: readonly number[];
        readonly stop_loss?: readonly number[];
        readonly take_profit?: readonly number[];
        readonly time_stop?: readonly number[];
        readonly allowed_hours?: readonly (readonly number[] | "all")[];
        readonly momentum_min?: readonly number[];
        readonly slippage?: readonly ("optimistic" | "realistic" | "pessimistic")[];
        readonly position_size?: readonly number[];
        readonly max_positions?: readonly number[];
        readonly entry_type?: readonly ("market" | "limit" | "limit_buffer")[];
        readonly filters?: readonly ("none" | string | {
          readonly column: string;
          readonly op: ">" | ">=" | "<" | "<=" | "==" | "!=";
          readonly value: number | string;
        } | readonly (string | {
          readonly column: string;
          readonly op: ">" | ">=" | "<" | "<=" | "==" | "!=";
          readonly value: number | string;
        })[])[];
        readonly option_type?: readonly ("call" | "put" | "both")[];
        readonly strike_selection?: readonly string[];
        readonly dte_target?: readonly number[];
        readonly contract_size?: readonly number[];
      };
      readonly threshold_mode?: "probability" | "edge";
      readonly thresholds_variants?: string | readonly (string | number)[];
      readonly allowed_hours_variants?: string | readonly (string | readonly number[])[];
      readonly top_pct_variants?: string | readonly (string | number)[];
      readonly hours_scope?: "trade" | "train";
      readonly splits?: number | {
        readonly kind: "walk_forward";
        readonly splits?: number;
      } | {
        readonly kind: "purged_kfold";
        readonly splits?: number;
      } | {
        readonly kind: "cpcv";
        readonly n_groups?: number;
        readonly k_test?: number;
      };
      readonly embargo?: number;
      readonly embargo_bars?: number;
      readonly min_trades?: number;
      readonly min_sharpe?: number;
      readonly gates?: {
        readonly min_bets?: number;
        readonly min_bets_per_year?: number;
        readonly max_drawdown_pct?: number;
        readonly es95_mult?: number;
        readonly min_sharpe?: number;
        readonly min_calmar?: number;
        readonly spread_pct_max?: number;
        readonly oi_min?: number;
        readonly volume_min?: number;
        readonly fill_rate_min?: number;
        readonly adv_bps_max?: number;
        readonly turnover_max?: number;
        readonly daily_loss_cap_R?: number;
        readonly allowed_hours?: readonly number[];
        readonly min_dsr?: number;
        readonly max_p_oos_loss?: number;
      };
      readonly tag?: string;
      readonly save?: true;
    };
    readonly answer: Run | Accepted;
  };
  /** Finished sweeps, newest first; unfinished ones are found among the runs */
  readonly "GET /sweeps": {
    readonly params: undefined;
    readonly query: {
      readonly pack_id?: string;
      readonly model_id?: string;
      readonly tag?: string;
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly Sweep[];
      readonly next_cursor: string | null;
    };
  };
  /** Chooses thresholds on inner folds of the rows before the first test block; all that it tries counts as trials */
  readonly "POST /calibrate_thresholds": {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: {
      readonly model_id: string;
      readonly pack_id: string;
      readonly threshold_mode?: "probability" | "edge";
      readonly min_trades?: number;
      readonly tag?: string;
      readonly thresholds?: readonly number[];
      readonly per_hour?: boolean;
      readonly shrinkage?: number;
    };
    readonly answer: Run | Accepted;
  };
  /** Chooses brackets on inner folds of the rows before the first test block; all that it tries counts as trials */
  readonly "POST /calibrate_brackets": {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: {
      readonly model_id: string;
      readonly pack_id: string;
      readonly threshold_mode?: "probability" | "edge";
      readonly min_trades?: number;
      readonly tag?: string;
      readonly threshold?: number;
      readonly stop_loss?: readonly number[];
      readonly take_profit?: readonly number[];
      readonly time_stop?: readonly number[];
    };
    readonly answer: Run | Accepted;
  };
  /** Build, then backtest or sweep, then train when the gate passes and the request allows it */
  readonly "POST /pipeline": {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: {
      readonly model_id: string;
      readonly pack_id: string;
      readonly mode?: "simple" | "custom" | "composition";
      readonly preset?: "conservative" | "balanced" | "aggressive";
      readonly axes?: {
        readonly indicator_sets?: readonly string[];
        readonly feature_sets?: readonly {
          readonly name: string;
          readonly features?: { readonly [key: string]: Json };
          readonly momentum?: { readonly [key: string]: Json };
          readonly volatility?: { readonly [key: string]: Json };
        }[];
        readonly strategy_variants?: readonly string[];
        readonly risk_profiles?: readonly ("conservative" | "balanced" | "aggressive")[];
        readonly ml_params?: readonly {
          readonly name?: string;
          readonly algo?: string;
          readonly params?: { readonly [key: string]: Json };
        }[];
        readonly thresholds?: readonly number[];
        readonly hour_thresholds?: readonly ({ readonly [key: string]: number } | "none")[];
        readonly top_pct?: readonly number[];
        readonly hold_bars?: readonly number[];
        readonly hold_days?: readonly number[];
        readonly stop_loss?: readonly number[];
        readonly take_profit?: readonly number[];
        readonly time_stop?: readonly number[];
        readonly allowed_hours?: readonly (readonly number[] | "all")[];
        readonly momentum_min?: readonly number[];
        readonly slippage?: readonly ("optimistic" | "realistic" | "pessimistic")[];
        readonly position_size?: readonly number[];
        readonly max_positions?: readonly number[];
        readonly entry_type?: readonly ("market" | "limit" | "limit_buffer")[];
        readonly filters?: readonly ("none" | string | {
          readonly column: string;
          readonly op: ">" | ">=" | "<" | "<=" | "==" | "!=";
          readonly value: number | string;
        } | readonly (string | {
          readonly column: string;
          readonly op: ">" | ">=" | "<" | "<=" | "==" | "!=";
          readonly value: number | string;
        })[])[];
        readonly option_type?: readonly ("call" | "put" | "both")[];
        readonly strike_selection?: readonly string[];
        readonly dte_target?: readonly number[];
        readonly contract_size?: readonly number[];
      };
      readonly threshold_mode?: "probability" | "edge";
      readonly thresholds_variants?: string | readonly (string | number)[];
      readonly allowed_hours_variants?: string | readonly (string | readonly number[])[];
      readonly top_pct_variants?: string | readonly (string | number)[];
      readonly hours_scope?: "trade" | "train";
      readonly splits?: number | {
        readonly kind: "walk_forward";
        readonly splits?: number;
      } | {
        readonly kind: "purged_kfold";
        readonly splits?: number;
      } | {
        readonly kind: "cpcv";
        readonly n_groups?: number;
        readonly k_test?: number;
      };
      readonly embargo?: number;
      readonly embargo_bars?: number;
      readonly min_trades?: number;
      readonly min_sharpe?: number;
      readonly gates?: {
        readonly min_bets?: number;
        readonly min_bets_per_year?: number;
        readonly max_drawdown_pct?: number;
        readonly es95_mult?: number;
        readonly min_sharpe?: number;
        readonly min_calmar?: number;
        readonly spread_pct_max?: number;
        readonly oi_min?: number;
        readonly volume_min?: number;
        readonly fill_rate_min?: number;
        readonly adv_bps_max?: number;
        readonly turnover_max?: number;
        readonly daily_loss_cap_R?: number;
        readonly allowed_hours?: readonly number[];
        readonly min_dsr?: number;
        readonly max_p_oos_loss?: number;
      };
      readonly tag?: string;
      readonly save?: true;
      readonly evaluate?: "backtest" | "sweep";
      readonly train_when_passed?: boolean;
      readonly start?: string | null;
      readonly end?: string | null;
      readonly ticker?: string;
      readonly distance_max?: number;
      readonly force?: boolean;
      readonly thresholds?: readonly number[] | string;
      readonly hour_thresholds?: { readonly [key: string]: number };
      readonly top_pct?: number;
      readonly allowed_hours?: readonly number[] | string;
      readonly calibration?: "none" | "sigmoid" | "isotonic";
      readonly momentum_gate?: boolean;
      readonly momentum_min?: number;
      readonly momentum_column?: string;
      readonly size_by_conf?: boolean;
      readonly conf_cap?: number;
      readonly robustness?: "none" | "quick" | "full";
    };
    readonly answer: Run | Accepted;
  };
  /** What a sweep will take and cost, and the Sharpe ratio that luck alone would show */
  readonly "POST /sweeps/estimate": {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: {
      readonly model_id: string;
      readonly pack_id: string;
      readonly mode?: "simple" | "custom" | "composition";
      readonly preset?: "conservative" | "balanced" | "aggressive";
      readonly axes?: {
        readonly indicator_sets?: readonly string[];
        readonly feature_sets?: readonly {
          readonly name: string;
          readonly features?: { readonly [key: string]: Json };
          readonly momentum?: { readonly [key: string]: Json };
          readonly volatility?: { readonly [key: string]: Json };
        }[];
        readonly strategy_variants?: readonly string[];
        readonly risk_profiles?: readonly ("conservative" | "balanced" | "aggressive")[];
        readonly ml_params?: readonly {
          readonly name?: string;
          readonly algo?: string;
          readonly params?: { readonly [key: string]: Json };
        }[];
        readonly thresholds?: readonly number[];
        readonly hour_thresholds?: readonly ({ readonly [key: string]: number } | "none")[];
        readonly top_pct?: readonly number[];
        readonly hold_bars?: readonly number[];
        readonly hold_days?: readonly number[];
        readonly stop_loss?: readonly number[];
        readonly take_profit?: readonly number[];
        readonly time_stop?: readonly number[];
        readonly allowed_hours?: readonly (readonly number[] | "all")[];
        readonly momentum_min?: readonly number[];
        readonly slippage?: readonly ("optimistic" | "realistic" | "pessimistic")[];
        readonly position_size?: readonly number[];
        readonly max_positions?: readonly number[];
        readonly entry_type?: readonly ("market" | "limit" | "limit_buffer")[];
        readonly filters?: readonly ("none" | string | {
          readonly column: string;
          readonly op: ">" | ">=" | "<" | "<=" | "==" | "!=";
          readonly value: number | string;
        } | readonly (string | {
          readonly column: string;
          readonly op: ">" | ">=" | "<" | "<=" | "==" | "!=";
          readonly value: number | string;
        })[])[];
        readonly option_type?: readonly ("call" | "put" | "both")[];
        readonly strike_selection?: readonly string[];
        readonly dte_target?: readonly number[];
        readonly contract_size?: readonly number[];
      };
      readonly threshold_mode?: "probability" | "edge";
      readonly thresholds_variants?: string | readonly (string | number)[];
      readonly allowed_hours_variants?: string | readonly (string | readonly number[])[];
      readonly top_pct_variants?: string | readonly (string | number)[];
      readonly hours_scope?: "trade" | "train";
      readonly splits?: number | {
        readonly kind: "walk_forward";
        readonly splits?: number;
      } | {
        readonly kind: "purged_kfold";
        readonly splits?: number;
      } | {
        readonly kind: "cpcv";
        readonly n_groups?: number;
        readonly k_test?: number;
      };
      readonly embargo?: number;
      readonly embargo_bars?: number;
      readonly min_trades?: number;
      readonly min_sharpe?: number;
      readonly gates?: {
        readonly min_bets?: number;
        readonly min_bets_per_year?: number;
        readonly max_drawdown_pct?: number;
        readonly es95_mult?: number;
        readonly min_sharpe?: number;
        readonly min_calmar?: number;
        readonly spread_pct_max?: number;
        readonly oi_min?: number;
        readonly volume_min?: number;
        readonly fill_rate_min?: number;
        readonly adv_bps_max?: number;
        readonly turnover_max?: number;
        readonly daily_loss_cap_R?: number;
        readonly allowed_hours?: readonly number[];
        readonly min_dsr?: number;
        readonly max_p_oos_loss?: number;
      };
      readonly tag?: string;
      readonly save?: true;
    };
    readonly answer: Estimate;
  };
  /** A sweep with its run */
  readonly "GET /sweeps/{sweep_id}": {
    readonly params: {
      readonly sweep_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: {
      readonly sweep: Sweep | null;
      readonly run: Run | null;
    };
  };
  /** Cancels a sweep that is running */
  readonly "DELETE /sweeps/{sweep_id}": {
    readonly params: {
      readonly sweep_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: Run;
  };
  /** Every variant of a sweep, also those that traded alike, best first; JSON or CSV */
  readonly "GET /sweeps/{sweep_id}/results": {
    readonly params: {
      readonly sweep_id: string;
    };
    readonly query: {
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly LeaderboardRow[];
      readonly next_cursor: string | null;
    };
  };
  /** Judged results, best first; JSON or, with Accept: text/csv, CSV */
  readonly "GET /leaderboard": {
    readonly params: undefined;
    readonly query: {
      readonly pack_id?: string;
      readonly model_id?: string;
      readonly sweep_id?: string;
      readonly risk_profile?: "conservative" | "balanced" | "aggressive";
      readonly tag?: string;
      readonly gate_status?: "PASS" | "MARGINAL" | "MARGINAL_SIG" | "FAIL" | "ungated";
      readonly symbol?: string;
      readonly simulated?: "true" | "false";
      readonly created_from?: string;
      readonly created_to?: string;
      readonly sort?: "score" | "sharpe" | "total_return";
      readonly by?: "model";
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly LeaderboardRow[];
      readonly next_cursor: string | null;
    };
  };
  /** One judged result */
  readonly "GET /leaderboard/{row_id}": {
    readonly params: {
      readonly row_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: LeaderboardRow;
  };
  /** The report of one result, worked out of the stored predictions in the request: equity, folds, reliability, trade profile */
  readonly "GET /leaderboard/{row_id}/report": {
    readonly params: {
      readonly row_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: BacktestReport;
  };
  /** The trades of one result in the order of their opening; JSON or CSV */
  readonly "GET /leaderboard/{row_id}/trades": {
    readonly params: {
      readonly row_id: string;
    };
    readonly query: {
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly ({
        readonly trade: number;
        readonly symbol: string;
        readonly side: "long" | "short";
        readonly fold: number;
        readonly decided_at: string;
        readonly entered_at: string;
        readonly left_at: string;
        readonly entry_bar: string;
        readonly exit_bar: string;
        readonly exit: "label_end" | "stop" | "target" | "time_stop" | "end_of_data" | "opposite_signal" | "expiry" | "delisted";
        readonly ambiguous: boolean;
        readonly size: number;
        readonly entry_price: number;
        readonly exit_price: number;
        readonly entry_fill: number;
        readonly exit_fill: number;
        readonly stop: number | null;
        readonly target: number | null;
        readonly net_return: number;
        readonly pnl: number;
        readonly costs: number;
        readonly contract: string | null;
      })[];
      readonly next_cursor: string | null;
    };
  };
  /** The bars that one result traded on, adjusted as its trades are, up to where the holdout begins */
  readonly "GET /leaderboard/{row_id}/bars": {
    readonly params: {
      readonly row_id: string;
    };
    readonly query: {
      readonly symbol?: string;
      readonly from?: string;
      readonly to?: string;
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly ({
        readonly time: string;
        readonly session: string;
        readonly open: number | null;
        readonly high: number | null;
        readonly low: number | null;
        readonly close: number | null;
      })[];
      readonly next_cursor: string | null;
    };
  };
  /** Trains selected leaderboard rows, each into its own model, and looks at the holdout once */
  readonly "POST /train": {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: {
      readonly model_id: string;
      readonly pack_id: string;
      readonly rows?: readonly string[];
      readonly allowed_hours?: readonly number[] | string;
      readonly calibration?: "none" | "sigmoid" | "isotonic";
      readonly target?: "y" | "y_syn";
      readonly research?: boolean;
      readonly tag?: string;
      readonly override_reason?: string;
    };
    readonly answer: Run | Accepted;
  };
  /** Trained models with their lifecycle */
  readonly "GET /trained_models": {
    readonly params: undefined;
    readonly query: {
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly TrainedModel[];
      readonly next_cursor: string | null;
    };
  };
  /** One trained model: gate, holdout, lineage, transitions */
  readonly "GET /trained_models/{trained_model_id}": {
    readonly params: {
      readonly trained_model_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: TrainedModel;
  };
  /** A trained model's refit as a file: onnx (calibrated), lightgbm (text, before calibration), calibration (JSON), sigma (all of it) */
  readonly "GET /trained_models/{trained_model_id}/export": {
    readonly params: {
      readonly trained_model_id: string;
    };
    readonly query: {
      readonly format: "onnx" | "lightgbm" | "calibration" | "sigma";
    };
    readonly body: undefined;
    readonly answer: string;
  };
  /** The card of a trained model; Markdown with Accept: text/markdown */
  readonly "GET /model_card": {
    readonly params: undefined;
    readonly query: {
      readonly trained_model_id: string;
    };
    readonly body: undefined;
    readonly answer: ModelCard;
  };
  /** Moves a trained model through its lifecycle: publish (to paper), pause, resume, retire, discard */
  readonly "POST /trained_models/{trained_model_id}/{action}": {
    readonly params: {
      readonly trained_model_id: string;
      readonly action: "publish" | "pause" | "resume" | "retire" | "discard";
    };
    readonly query: undefined;
    readonly body: {
      readonly reason?: string;
    };
    readonly answer: Run | Accepted;
  };
  /** Scores your published models now, or as of a past moment */
  readonly "POST /signals/run": {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: {
      readonly as_of?: string | null;
      readonly trained_model_id?: string | null;
    };
    readonly answer: Run | Accepted;
  };
  /** Signals, newest first; JSON or, with Accept: text/csv, CSV */
  readonly "GET /signals": {
    readonly params: undefined;
    readonly query: {
      readonly model_id?: string;
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly Signal[];
      readonly next_cursor: string | null;
    };
  };
  /** New signals as server-sent events, in the order in which they are written; goes on after Last-Event-ID */
  readonly "GET /signals/stream": {
    readonly params: undefined;
    readonly query: {
      readonly model_id?: string;
      readonly pack_id?: string;
      readonly ticker?: string;
      readonly after?: number;
    };
    readonly body: undefined;
    readonly answer: string;
  };
  /** One signal with its probabilities, thresholds, reasons and lineage */
  readonly "GET /signals/{signal_id}": {
    readonly params: {
      readonly signal_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: Signal;
  };
  /** Runs of every machine, newest first */
  readonly "GET /runs": {
    readonly params: undefined;
    readonly query: {
      readonly machine?: "build" | "backtest" | "sweep" | "calibrate" | "train" | "publish" | "pipeline" | "rebuild" | "volatility" | "signals";
      readonly pack_id?: string;
      readonly model_id?: string;
      readonly status?: "running" | "succeeded" | "failed" | "canceled" | "interrupted";
      readonly tag?: string;
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly Run[];
      readonly next_cursor: string | null;
    };
  };
  /** Runs of the build machine, newest first */
  readonly "GET /build_runs": {
    readonly params: undefined;
    readonly query: {
      readonly pack_id?: string;
      readonly model_id?: string;
      readonly status?: "running" | "succeeded" | "failed" | "canceled" | "interrupted";
      readonly tag?: string;
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly Run[];
      readonly next_cursor: string | null;
    };
  };
  /** Runs of the backtest machine, newest first */
  readonly "GET /backtest_runs": {
    readonly params: undefined;
    readonly query: {
      readonly pack_id?: string;
      readonly model_id?: string;
      readonly status?: "running" | "succeeded" | "failed" | "canceled" | "interrupted";
      readonly tag?: string;
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly Run[];
      readonly next_cursor: string | null;
    };
  };
  /** Runs of the train machine, newest first */
  readonly "GET /training_runs": {
    readonly params: undefined;
    readonly query: {
      readonly pack_id?: string;
      readonly model_id?: string;
      readonly status?: "running" | "succeeded" | "failed" | "canceled" | "interrupted";
      readonly tag?: string;
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly Run[];
      readonly next_cursor: string | null;
    };
  };
  /** One run: status, progress, outputs, error */
  readonly "GET /runs/{run_id}": {
    readonly params: {
      readonly run_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: Run;
  };
  /** Cancels a run */
  readonly "DELETE /runs/{run_id}": {
    readonly params: {
      readonly run_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: Run;
  };
  /** Goes on with a failed, canceled or interrupted run; finished steps are kept */
  readonly "POST /runs/{run_id}/resume": {
    readonly params: {
      readonly run_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: Run | Accepted;
  };
  /** Progress as server-sent events; goes on after Last-Event-ID and ends with the run */
  readonly "GET /runs/{run_id}/events": {
    readonly params: {
      readonly run_id: string;
    };
    readonly query: {
      readonly after?: number;
    };
    readonly body: undefined;
    readonly answer: string | undefined;
  };
  /** The matrices that your models point to, stale ones marked, or the plots of your evaluations. A page may be short of its limit */
  readonly "GET /artifacts": {
    readonly params: undefined;
    readonly query: {
      readonly kind?: "matrix" | "plot";
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly ({
        readonly kind: "matrix";
        readonly pack_id: string;
        readonly model_id: string;
        readonly status: "none" | "current" | "stale" | "unknown";
        readonly matrix_sha: string | null;
        readonly window: {
          readonly start: string | null;
          readonly end: string | null;
        } | null;
        readonly shared: boolean;
        readonly matrix: string;
      } | {
        readonly kind: "plot";
        readonly key: string;
        readonly plot: string;
      })[];
      readonly next_cursor: string | null;
    };
  };
  /** A plot, report, tear sheet or model card of yours, by the key that a run's outputs name */
  readonly "GET /artifacts/{key}": {
    readonly params: {
      readonly key: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: string;
  };
  /** Tier and quotas of an owner: what is in force, where each comes from, and what is used */
  readonly "GET /admin/quotas": {
    readonly params: undefined;
    readonly query: {
      readonly owner: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly owner: string;
      readonly tier: "free" | "premium" | "pro";
      readonly tier_source: "account" | "default";
      readonly quotas: readonly ({
        readonly name: "reads_per_minute" | "sweeps_per_day" | "running_sweeps" | "trainings_per_day" | "running_trainings";
        readonly limit: number | null;
        readonly source: "owner" | "deployment" | "default";
        readonly used: number | null;
      })[];
      readonly running: {
        readonly sweeps: readonly string[];
        readonly trainings: readonly string[];
      };
      readonly changed_at: string | null;
      readonly changed_by: string | null;
      readonly reason: string | null;
      readonly etag: string;
    };
  };
  /** Sets the tier of an owner, and quotas for this owner alone, from now on. Both workspaces of an owner have one account */
  readonly "PUT /admin/quotas/{owner}": {
    readonly params: {
      readonly owner: string;
    };
    readonly query: undefined;
    readonly body: {
      readonly tier: "free" | "premium" | "pro";
      readonly quotas?: {
        readonly reads_per_minute?: number | null;
        readonly sweeps_per_day?: number | null;
        readonly running_sweeps?: number | null;
        readonly trainings_per_day?: number | null;
        readonly running_trainings?: number | null;
      };
      readonly reason: string;
    };
    readonly answer: {
      readonly owner: string;
      readonly tier: "free" | "premium" | "pro";
      readonly tier_source: "account" | "default";
      readonly quotas: readonly ({
        readonly name: "reads_per_minute" | "sweeps_per_day" | "running_sweeps" | "trainings_per_day" | "running_trainings";
        readonly limit: number | null;
        readonly source: "owner" | "deployment" | "default";
        readonly used: number | null;
      })[];
      readonly running: {
        readonly sweeps: readonly string[];
        readonly trainings: readonly string[];
      };
      readonly changed_at: string | null;
      readonly changed_by: string | null;
      readonly reason: string | null;
      readonly etag: string;
    };
  };
  /** Runs of an owner, newest first */
  readonly "GET /admin/jobs": {
    readonly params: undefined;
    readonly query: {
      readonly owner: string;
      readonly status?: "running" | "succeeded" | "failed" | "canceled" | "interrupted";
      readonly machine?: "build" | "backtest" | "sweep" | "calibrate" | "train" | "publish" | "pipeline" | "rebuild" | "volatility" | "signals";
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly ({
        readonly run_id: string;
        readonly owner: string;
        readonly machine: "build" | "backtest" | "sweep" | "calibrate" | "train" | "publish" | "pipeline" | "rebuild" | "volatility" | "signals";
        readonly pack_id: string | null;
        readonly model_id: string | null;
        readonly status: "running" | "succeeded" | "failed" | "canceled" | "interrupted";
        readonly attempt: number;
        readonly since: string;
        readonly created_at: string;
        readonly ended_at: string | null;
        readonly error: {
          readonly code: string;
          readonly detail: string;
        } | null;
      })[];
      readonly next_cursor: string | null;
    };
  };
  /** Goes on with a failed, canceled or interrupted run from its finished steps, within its owner's quotas */
  readonly "POST /admin/jobs/{run_id}/retry": {
    readonly params: {
      readonly run_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: {
      readonly run_id: string;
      readonly owner: string;
      readonly machine: "build" | "backtest" | "sweep" | "calibrate" | "train" | "publish" | "pipeline" | "rebuild" | "volatility" | "signals";
      readonly pack_id: string | null;
      readonly model_id: string | null;
      readonly status: "running" | "succeeded" | "failed" | "canceled" | "interrupted";
      readonly attempt: number;
      readonly since: string;
      readonly created_at: string;
      readonly ended_at: string | null;
      readonly error: {
        readonly code: string;
        readonly detail: string;
      } | null;
    };
  };
  /** Cancels a run. Nothing of it starts afterwards; what is done stays */
  readonly "DELETE /admin/jobs/{run_id}": {
    readonly params: {
      readonly run_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly answer: {
      readonly run_id: string;
      readonly owner: string;
      readonly machine: "build" | "backtest" | "sweep" | "calibrate" | "train" | "publish" | "pipeline" | "rebuild" | "volatility" | "signals";
      readonly pack_id: string | null;
      readonly model_id: string | null;
      readonly status: "running" | "succeeded" | "failed" | "canceled" | "interrupted";
      readonly attempt: number;
      readonly since: string;
      readonly created_at: string;
      readonly ended_at: string | null;
      readonly error: {
        readonly code: string;
        readonly detail: string;
      } | null;
    };
  };
  /** Packs of all owners that were handed in and wait for a review, the one that has waited longest first */
  readonly "GET /admin/reviews": {
    readonly params: undefined;
    readonly query: {
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly rows: readonly ({
        readonly owner: string;
        readonly pack_id: string;
        readonly submission: {
          readonly state: "submitted" | "approved" | "rejected";
          readonly version: string;
          readonly pack_sha: string;
          readonly submitted_at: string;
          readonly note: string | null;
          readonly reason: string | null;
          readonly reviewed_at: string | null;
        };
      })[];
      readonly next_cursor: string | null;
    };
  };
  /** A pack that its owner handed in for review, with the documents of that version */
  readonly "GET /admin/packs/{pack_id}/review": {
    readonly params: {
      readonly pack_id: string;
    };
    readonly query: {
      readonly owner: string;
    };
    readonly body: undefined;
    readonly answer: {
      readonly owner: string;
      readonly pack_id: string;
      readonly submission: {
        readonly state: "submitted" | "approved" | "rejected";
        readonly version: string;
        readonly pack_sha: string;
        readonly submitted_at: string;
        readonly note: string | null;
        readonly reason: string | null;
        readonly reviewed_at: string | null;
      };
      readonly reviewed_by: string | null;
      readonly documents: { readonly [key: string]: string } | null;
    };
  };
  /** Approves or rejects the version of a pack that was handed in. Its owner sees the decision and the reason with the pack */
  readonly "POST /admin/packs/{pack_id}/review": {
    readonly params: {
      readonly pack_id: string;
    };
    readonly query: undefined;
    readonly body: {
      readonly owner: string;
      readonly pack_sha: string;
      readonly decision: "approve" | "reject";
      readonly reason?: string;
    };
    readonly answer: {
      readonly owner: string;
      readonly pack_id: string;
      readonly submission: {
        readonly state: "submitted" | "approved" | "rejected";
        readonly version: string;
        readonly pack_sha: string;
        readonly submitted_at: string;
        readonly note: string | null;
        readonly reason: string | null;
        readonly reviewed_at: string | null;
      };
      readonly reviewed_by: string | null;
    };
  };
}
