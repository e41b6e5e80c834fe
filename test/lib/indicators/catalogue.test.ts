import { describe, expect, it } from "vitest";
import { INDICATORS } from "#lib/indicators/catalog.ts";
import { CATEGORIES } from "#lib/indicators/define-indicator.ts";
import { resolveIndicator } from "#lib/indicators/resolve.ts";

/** Every name that packs and models may use, by category: nothing of it may get lost. */
const CATALOGUE: Readonly<Record<(typeof CATEGORIES)[number], string>> = {
  trend: `sma ema wma dema tema hma kama vwma t3 zlema linreg lr_slope lr_r2 ema_slope dist_to_ema macd ppo apo trix dpo adx dx adxr
    aroon psar supertrend ichimoku vortex mass_index qstick elder_ray alligator schaff_trend_cycle choppiness hurst ulcer_index`,
  momentum: `rsi stochastic stoch_rsi williams_r cci roc momentum ret log_ret tsi ultimate_oscillator awesome_oscillator cmo coppock kst
    fisher_transform connors_rsi rvi bop relative_strength momentum_ladder`,
  volatility: `atr natr true_range rolling_std volatility parkinson garman_klass rogers_satchell yang_zhang bollinger_bands keltner donchian
    squeeze chaikin_volatility ewma_vol downside_dev max_drawdown_w zscore skew kurtosis`,
  volume: `obv cmf mfi adl chaikin_osc vwap vol_zscore vol_ratio force_index ease_of_movement nvi pvi pvt klinger amihud_illiquidity
    dollar_volume`,
  intraday: `intraday_vwap close_vs_vwap day_range_pos open_gap_z first15m_range_z opening_range returns_last_30m rsi_last_hour hour_of_day
    minutes_to_close overnight_gap prev_day_levels session_return intraday_vol_ratio realized_vol_intraday`,
  daily: "daily_rsi daily_ema daily_ret daily_dist_to_ema daily_vwap daily_atr daily_vol",
  calendar: "calendar_flags day_of_week week_of_month days_to_opex month",
  regime: "vix_level vix_delta vix_term_slope vix_percentile trend_regime vol_regime market_breadth",
  options_volatility: `atm_iv atm_iv_eod iv_rank_52w iv_percentile_52w atm_iv_zscore atm_iv_open_delta iv_realized_spread iv_skew_25d
    iv_butterfly_25d iv_term_slope iv_smile_wings implied_move variance_risk_premium`,
  options_flow: "pcr_volume pcr_oi pcr_eod div_eod oi_change_1d oi_trend sold_flow_ratio flow_imbalance_z unusual_volume_oi",
  options_structure: `oi_peak_strike dist_to_oi_peak oi_concentration_hhi max_pain dist_to_max_pain gamma_peak_strike dist_to_gamma_peak
    gamma_concentration gamma_density_peak_strike gamma_skew_left_right gex_naive gex_signed gex_flip_strike charm_total vanna_total pin_risk`,
  tick: "quote_imbalance microprice vpin",
  composite: "momentum_score_total",
};

const ALIASES: Readonly<Record<string, string>> = {
  returns: "ret",
  stddev: "rolling_std",
  roll_std: "rolling_std",
  bollinger: "bollinger_bands",
  iv_skew_25d_rr: "iv_skew_25d",
  iv_skew25_delta: "iv_skew_25d",
  momentum_score: "momentum_score_total",
  options_smile: "iv_smile_wings",
  distance_to_max_pain: "dist_to_max_pain",
  oi_concentration: "oi_concentration_hhi",
  rsi_14: "rsi",
  ema_20: "ema",
  atr_14: "atr",
};

const names = (text: string): string[] => text.split(/\s+/);

describe("the catalogue", () => {
  it.each(CATEGORIES)("has every indicator of %s, and no other", (category) => {
    const found = [...INDICATORS.values()].filter((definition) => definition.category === category).map(({ name }) => name);
    expect(found.toSorted()).toEqual(names(CATALOGUE[category]).toSorted());
  });

  it.each(Object.entries(ALIASES))("reads %s as %s", (alias, name) => {
    expect(resolveIndicator({ name: alias }).name).toBe(name);
  });

  it("states for each what a user must know", () => {
    for (const definition of INDICATORS.values()) {
      const columns = definition.columns(definition.params.parse({}));
      expect(columns.length, definition.name).toBeGreaterThan(0);
      for (const { name, unit } of columns) expect([name, unit.length > 0]).toEqual([expect.stringMatching(/^[a-z][a-z0-9_]*$/), true]);
      expect(definition.doc.length, definition.name).toBeGreaterThan(20);
      expect(definition.source.length, definition.name).toBeGreaterThan(3);
      expect(definition.inputs.length, definition.name).toBeGreaterThan(0);
      expect(definition.timeframe.length, definition.name).toBeGreaterThan(2);
    }
  });
});
