import { describe, expect, it } from "vitest";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { indicatorNamed } from "#lib/indicators/catalog.ts";
import { type IndicatorEntry, resolveIndicator } from "#lib/indicators/resolve.ts";

function errorOf(work: () => unknown): SigmaError {
  try {
    work();
  } catch (error) {
    if (error instanceof SigmaError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("resolveIndicator", () => {
  it("fills in defaults and carries the version", () => {
    expect(resolveIndicator({ name: "macd", fast: 8 })).toMatchObject({
      name: "macd",
      version: 2,
      params: { fast: 8, slow: 26, signal: 9 },
      column: "close",
      underlying: null,
    });
  });

  it.each([
    [{ name: "returns", window: 5 }, "ret", { window: 5 }],
    [{ name: "returns_5" }, "ret", { window: 5 }],
    [{ name: "stddev", window: 10 }, "rolling_std", { window: 10 }],
    [{ name: "roll_std", period: 10 }, "rolling_std", { window: 10 }],
    [{ name: "roll_std_10" }, "rolling_std", { window: 10 }],
    [{ name: "bollinger", length: 20, mult: 2.5 }, "bollinger_bands", { window: 20, num_std: 2.5 }],
    [{ name: "bollinger_bands", multiplier: 3 }, "bollinger_bands", { window: 20, num_std: 3 }],
    [{ name: "rsi_14" }, "rsi", { window: 14 }],
    [{ name: "rsi_21", window: 21 }, "rsi", { window: 21 }],
    [{ name: "ema_20" }, "ema", { window: 20 }],
    [{ name: "atr", period: 7 }, "atr", { window: 7 }],
    [{ name: "adx", period: 14 }, "adx", { window: 14 }],
    [{ name: "sma", length: 50 }, "sma", { window: 50 }],
    [{ name: "daily_rsi", period: 10 }, "daily_rsi", { window: 10 }],
    [{ name: "daily_ema_50" }, "daily_ema", { window: 50 }],
    [{ name: "keltner", length: 30, mult: 1.5 }, "keltner", { window: 30, multiplier: 1.5, atr_window: 10 }],
    [{ name: "intraday_vwap", mult: 1 }, "intraday_vwap", { num_std: 1 }],
    [{ name: "momentum_score" }, "momentum_score_total", { w_hourly: 0.7, w_daily: 0.3, window: 140 }],
    [{ name: "stochastic", window: 10 }, "stochastic", { k: 10, d: 3, smooth: 3 }],
    [{ name: "ema_slope", window: 20, period: 3 }, "ema_slope", { window: 20, period: 3 }],
    [{ name: "ema_slope", length: 9 }, "ema_slope", { window: 9, period: 5 }],
    [{ name: "iv_skew_25d_rr" }, "iv_skew_25d", { days: 30, iv_source: "auto" }],
    [{ name: "iv_skew25_delta", days: 0 }, "iv_skew_25d", { days: 0, iv_source: "auto" }],
    [{ name: "options_smile" }, "iv_smile_wings", { delta: 10, days: 30, iv_source: "auto" }],
    [{ name: "distance_to_max_pain" }, "dist_to_max_pain", { expiry: "front" }],
    [{ name: "oi_concentration" }, "oi_concentration_hhi", { top_n: 21, expiry: "front" }],
    [
      { name: "iv_realized_spread", window: 20, underlying: "SPY" },
      "iv_realized_spread",
      { window: 20, freq: "bar", days: 30, iv_source: "auto", quote_window: "last" },
    ],
  ] as [IndicatorEntry, string, object][])("reads %j", (entry, name, params) => {
    expect(resolveIndicator(entry)).toMatchObject({ name, params });
    expect(Object.keys(resolveIndicator(entry).params)).toEqual(Object.keys(params));
  });

  it("gives equal requests one key and different ones different keys", () => {
    const key = (entry: IndicatorEntry) => resolveIndicator(entry).key;
    expect(key({ name: "rsi_14" })).toBe(key({ name: "rsi", period: 14, column: "close" }));
    const keys = [
      { name: "rsi_14" },
      { name: "rsi_15" },
      { name: "rsi_14", column: "high" },
      { name: "rsi_14", underlying: "SPY" },
      { name: "ema_14" },
    ];
    expect(new Set(keys.map(key)).size).toBe(keys.length);
  });

  it("accepts a bar column for indicators that read the close alone, and an underlying for all", () => {
    expect(resolveIndicator({ name: "ema", window: 20, column: "high" }).column).toBe("high");
    expect(resolveIndicator({ name: "atr", column: "close", underlying: "spy" })).toMatchObject({ column: "close", underlying: "SPY" });
  });

  it.each([
    [{ name: "rsii" }, "INDICATOR_UNKNOWN", 'No indicator has the name "rsii"; did you mean "rsi"?'],
    [{ name: "quantum_flux" }, "INDICATOR_UNKNOWN", 'No indicator has the name "quantum_flux"; `sigma indicators` lists all names.'],
    [
      { name: "macd_12" },
      "INDICATOR_UNKNOWN",
      'No indicator has the name "macd_12", and "macd" has no single length to take from it; give its parameters by name.',
    ],
    [{ name: "rsi", window: 0 }, "INVALID_PARAM", 'Parameter "window" of indicator "rsi" must be at least 1; found 0.'],
    [{ name: "rsi", period: 1001 }, "INVALID_PARAM", 'Parameter "window" of indicator "rsi" must be at most 1000; found 1001.'],
    [{ name: "rsi", window: 2.5 }, "INVALID_PARAM", 'Parameter "window" of indicator "rsi" must be a whole number; found 2.5.'],
    [
      { name: "rsi", window: "14" },
      "INVALID_PARAM",
      'Parameter "window" of indicator "rsi" must be a number; found a text of 2 characters.',
    ],
    [
      { name: "bollinger_bands", num_std: 0 },
      "INVALID_PARAM",
      'Parameter "num_std" of indicator "bollinger_bands" must be more than 0; found 0.',
    ],
    [
      { name: "rsi", windw: 3 },
      "INVALID_PARAM",
      'Parameter "windw" of indicator "rsi" is not a parameter of this indicator; did you mean "window"?',
    ],
    [
      { name: "obv", window: 3 },
      "INVALID_PARAM",
      'Parameter "window" of indicator "obv" is not a parameter of this indicator; it takes none.',
    ],
    [{ name: "rsi_14", window: 15 }, "INVALID_PARAM", 'Parameter "window" of indicator "rsi" is given twice, as "14" and as "15".'],
    [
      { name: "rsi", window: 14, period: 15 },
      "INVALID_PARAM",
      'Parameter "window" of indicator "rsi" is given twice, as "14" and as "15".',
    ],
    [{ name: "macd", fast: 26, slow: 12 }, "INVALID_PARAM", 'Parameter "fast" of indicator "macd" must be smaller than slow.'],
    [{ name: "iv_term_slope", days: 90 }, "INVALID_PARAM", 'Parameter "days_fwd" of indicator "iv_term_slope" must be larger than days.'],
    [
      { name: "max_pain", expiry: "weekly" },
      "INVALID_PARAM",
      'Parameter "expiry" of indicator "max_pain" must be one of "front", "all"; found "weekly".',
    ],
    [
      { name: "opening_range", minutes: 20 },
      "INVALID_PARAM",
      'Parameter "minutes" of indicator "opening_range" must be one of 5, 15, 30, 60, 90, 120; found 20.',
    ],
    [
      { name: "close_vs_vwap", kind: "percent" },
      "INVALID_PARAM",
      'Parameter "kind" of indicator "close_vs_vwap" must be one of "ratio", "delta"; found "percent".',
    ],
    [
      { name: "rsi", column: "vwap" },
      "INVALID_PARAM",
      'Parameter "column" of indicator "rsi" must be one of open, high, low, close, volume; found "vwap".',
    ],
    [
      { name: "atr", column: "open" },
      "INVALID_PARAM",
      'Parameter "column" of indicator "atr" can only be "close", because it reads high, low, close; found "open".',
    ],
    [
      { name: "rsi", underlying: "../x" },
      "INVALID_PARAM",
      'Parameter "underlying" of indicator "rsi" must be a symbol such as "SPY"; found "../x".',
    ],
  ] as [IndicatorEntry, string, string][])("refuses %j", (entry, code, message) => {
    const error = errorOf(() => resolveIndicator(entry));
    expect([error.code, error.message]).toEqual([code, message]);
    if (code === "INVALID_PARAM") expect(error.fieldErrors).toHaveLength(1);
  });

  it.each(["toString", "__proto__", "constructor", ""])("does not take %j for a name", (name) => {
    expect(errorOf(() => resolveIndicator({ name })).code).toBe("INDICATOR_UNKNOWN");
    expect(errorOf(() => resolveIndicator({ name: "rsi", [`${name || "x"}_param`]: 1 })).code).toBe("INVALID_PARAM");
  });
});

describe("indicatorNamed", () => {
  it("finds by name and refuses others with the nearest", () => {
    expect(indicatorNamed("ema").name).toBe("ema");
    expect(errorOf(() => indicatorNamed("emma")).facts).toEqual({ name: "emma", nearest: "ema" });
  });
});
