import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "#lib/core/canonical-json.ts";
import { benchmarkMetrics } from "#lib/metrics/benchmark.ts";
import { residualReturns } from "#lib/metrics/residual-returns.ts";
import { RunMetricsSchema } from "#lib/metrics/run-metrics.schema.ts";
import { computeRunMetrics } from "#lib/metrics/run-metrics.ts";
import { sharpeRatio } from "#lib/metrics/sharpe.ts";
import { sortinoRatio } from "#lib/metrics/sortino.ts";
import { turnoverPerWeek } from "#lib/metrics/turnover.ts";
import { seededRun, tradesOf } from "./run-metrics.fixture.ts";

describe("computeRunMetrics", () => {
  it("describes a seeded run with the single metrics", () => {
    const run = seededRun(1000, "describe");
    const metrics = computeRunMetrics(run);
    const { residual, beta, alpha } = residualReturns(run.dailyReturns, run.instrumentReturns, true);
    expect(metrics.sharpe).toBe(sharpeRatio(run.dailyReturns, 252));
    expect(metrics.residual.sharpe).toBe(sharpeRatio(residual, 252));
    expect(metrics.residual.beta).toBe(beta);
    expect(metrics.residual.alpha_annual).toBe(alpha * 252);
    expect(metrics.benchmark).toEqual(benchmarkMetrics(run.instrumentReturns, 252));
    expect(metrics.fold_sharpe).toHaveLength(5);
    expect(metrics.fold_sharpe[1]).toBeCloseTo(sharpeRatio(residual.slice(200, 400), 252), 10);
    expect(metrics).toMatchObject({ sessions: 1000, trades: 200, bets: 200, fill_rate: 0.5, exposure: 0.4, rf: "rf=0" });
    expect(metrics.bets_per_year).toBeCloseTo(50.4, 10);
    expect(metrics.turnover).toBe(turnoverPerWeek(run.trades.tradedNotional, run.dailyReturns));
    expect(metrics.costs).toBeCloseTo(0.2, 12);
    expect(metrics.trades_by_hour).toEqual({ "10": 150, "14": 50 });
    expect(metrics.trades_by_side).toEqual({ long: 100, short: 100 });
    expect(metrics.best_sharpe_hourly).toBe(metrics.sharpe);
  });

  it("gives a document of its schema that canonical JSON takes", () => {
    for (const sessions of [0, 1, 20, 1000]) {
      const metrics = computeRunMetrics(seededRun(sessions, "schema"));
      expect(RunMetricsSchema.parse(metrics)).toEqual(metrics);
      expect(() => canonicalJson(metrics)).not.toThrow();
    }
  });

  it("names the reason of everything that is undefined", () => {
    const idle = {
      ...seededRun(500, "idle"),
      dailyReturns: new Float64Array(500),
      trades: tradesOf([]),
      candidates: 0,
      exposure: 0,
    };
    const metrics = computeRunMetrics(idle);
    expect(metrics).toMatchObject({
      trades: 0,
      bets: 0,
      sharpe: null,
      profit_factor: null,
      win_rate: null,
      fill_rate: null,
      total_return: 0,
    });
    expect(metrics.undefined_reasons).toMatchObject({
      sharpe: "trades_below_10",
      "residual.sharpe": "trades_below_10",
      sortino: "trades_below_10",
      profit_factor: "no_trades",
      win_rate: "no_trades",
      calmar: "no_drawdown",
      es95: "trades_below_20",
      es95_mult: "trades_below_100",
      fill_rate: "no_candidates",
      adv_bps: "not_given",
      sd_fold_sharpe: "folds_below_2",
      "fold_sharpe.0": "fold_too_short_or_constant",
      "hit_rate_by_side.long": "no_trades",
    });
  });

  it("has a reason for every null and for nothing else", () => {
    for (const sessions of [0, 1, 13, 40, 600]) {
      const metrics = computeRunMetrics(seededRun(sessions, "reasons"));
      const nulls = (value: unknown, path: string): string[] =>
        value === null
          ? [path]
          : typeof value === "object"
            ? Object.entries(value as object).flatMap(([key, inner]) => nulls(inner, path === "" ? key : `${path}.${key}`))
            : [];
      expect(nulls({ ...metrics, undefined_reasons: {} }, "").sort()).toEqual(Object.keys(metrics.undefined_reasons).sort());
    }
  });

  it("takes a risk-free series off strategy, instrument and benchmark alike, and stamps it", () => {
    const run = seededRun(600, "risk free");
    const returns = Float64Array.from({ length: 600 }, (_, i) => 0.0001 + 0.00001 * (i % 7));
    const plain = computeRunMetrics(run);
    const found = computeRunMetrics({ ...run, riskFree: { stamp: "rf=IRX", returns } });
    const excess = run.dailyReturns.map((value, i) => value - returns[i]!);
    const market = run.instrumentReturns.map((value, i) => value - returns[i]!);
    expect(found.rf).toBe("rf=IRX");
    expect(found.sharpe).toBe(sharpeRatio(excess, 252));
    expect(found.sortino).toBe(sortinoRatio(excess, 252));
    expect(found.residual.sharpe).toBe(sharpeRatio(residualReturns(excess, market, true).residual, 252));
    expect(found.benchmark.sharpe).toBe(sharpeRatio(market, 252));
    expect(found.sharpe!).toBeLessThan(plain.sharpe!);
    for (const key of ["total_return", "volatility", "max_drawdown_pct", "calmar", "best_sharpe_hourly"] as const)
      expect(found[key]).toBe(plain[key]);
  });

  it("has no NaN and no infinity, and a reason for every null, whatever came in", () => {
    const returns = fc.array(fc.oneof(fc.constantFrom(0, -1, 1e-300, 5), fc.double({ min: -1.5, max: 3, noNaN: true })), {
      maxLength: 300,
    });
    const net = fc.array(fc.oneof(fc.constantFrom(0, -1, 1e-15), fc.double({ min: -1, max: 10, noNaN: true })), { maxLength: 130 });
    fc.assert(
      fc.property(returns, returns, net, fc.boolean(), fc.nat({ max: 3 }), (daily, instrument, trades, directional, candidates) => {
        const sessions = Math.min(daily.length, instrument.length);
        const columns = tradesOf(trades, {
          advBps: Float64Array.from(trades, (value) => (value < 0 ? Number.NaN : value)),
          risk: Float64Array.from(trades, Math.abs),
        });
        const metrics = computeRunMetrics({
          ...seededRun(sessions, "degenerate"),
          dailyReturns: Float64Array.from(daily.slice(0, sessions)),
          instrumentReturns: Float64Array.from(instrument.slice(0, sessions)),
          trades: columns,
          directional,
          candidates: candidates === 0 ? 0 : trades.length * candidates,
        });
        const nulls: string[] = [];
        const walk = (value: unknown, path: string): void => {
          if (value === null) nulls.push(path);
          else if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
          else if (typeof value === "object")
            for (const [key, inner] of Object.entries(value)) walk(inner, path === "" ? key : `${path}.${key}`);
        };
        walk({ ...metrics, undefined_reasons: {} }, "");
        expect(nulls.sort()).toEqual(Object.keys(metrics.undefined_reasons).sort());
      }),
      { numRuns: 200 },
    );
  });

  it("refuses a Calmar ratio under a year and a Sharpe ratio under 14 sessions", () => {
    expect(computeRunMetrics(seededRun(251, "short")).undefined_reasons["calmar"]).toBe("sessions_below_252");
    const tiny = { ...seededRun(13, "tiny"), trades: tradesOf(Array.from({ length: 12 }, () => 0.01)) };
    expect(computeRunMetrics(tiny).undefined_reasons["sharpe"]).toBe("sessions_below_14");
  });

  it("reads only the first count trades of longer columns", () => {
    const trades = tradesOf([0.01, -0.01, 0.02, 9, 9, 9]);
    const metrics = computeRunMetrics({ ...seededRun(100, "count"), trades: { ...trades, count: 3 } });
    expect(metrics).toMatchObject({ trades: 3, bets: 3, win_rate: 2 / 3 });
    expect(metrics.profit_factor).toBeCloseTo(3, 12);
  });

  it("takes percentiles of optional trade columns and the loss in R", () => {
    const twenty = Array.from({ length: 20 }, (_, i) => i + 1);
    const trades = tradesOf(new Array<number>(20).fill(0.01), {
      advBps: Float64Array.from(twenty),
      openInterest: Float64Array.from(twenty, (value) => value * 100),
      risk: new Float64Array(20).fill(0.01),
      slippageCost: new Float64Array(20).fill(0.0005),
    });
    const dailyReturns = new Float64Array(100);
    dailyReturns[7] = -0.03;
    const metrics = computeRunMetrics({ ...seededRun(100, "optional"), dailyReturns, trades });
    expect(metrics).toMatchObject({ adv_bps: 19, open_interest: 100, spread_pct: null });
    expect(metrics.worst_daily_loss_r).toBeCloseTo(3, 12);
    expect(metrics.slippage_cost).toBeCloseTo(0.01, 12);
  });

  it("annualises per-bar returns by the bars of a year", () => {
    const run = seededRun(300, "bars");
    const barReturns = seededRun(2100, "bars of seven hours").dailyReturns;
    expect(computeRunMetrics({ ...run, barReturns, barsPerSession: 7 }).best_sharpe_hourly).toBe(sharpeRatio(barReturns, 252 * 7));
  });

  it("does not remember an earlier, longer run", () => {
    const short = seededRun(300, "short run");
    const before = computeRunMetrics(short);
    computeRunMetrics(seededRun(2000, "long run"));
    expect(computeRunMetrics(short)).toEqual(before);
  });

  it("keeps bets at most trades and drawdown in 0 to 100, whatever the returns", () => {
    const returns = fc.array(fc.double({ min: -0.5, max: 0.5, noNaN: true }), { minLength: 0, maxLength: 60 });
    fc.assert(
      fc.property(returns, fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), { maxLength: 30 }), (daily, trades) => {
        const dailyReturns = Float64Array.from(daily);
        const metrics = computeRunMetrics({
          ...seededRun(daily.length, "law"),
          dailyReturns,
          trades: tradesOf(trades),
          foldStarts: Int32Array.of(0),
        });
        expect(metrics.bets).toBeLessThanOrEqual(metrics.trades);
        if (metrics.max_drawdown_pct !== null) {
          expect(metrics.max_drawdown_pct).toBeGreaterThanOrEqual(0);
          expect(metrics.max_drawdown_pct).toBeLessThanOrEqual(100);
        }
        expect(RunMetricsSchema.safeParse(metrics).success).toBe(true);
      }),
    );
  });

  it("never gains by a fee on the daily returns", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 0.002, noNaN: true }), fc.nat(1000), (fee, seed) => {
        const run = seededRun(300, `fee ${seed}`);
        const gross = computeRunMetrics(run);
        const net = computeRunMetrics({ ...run, dailyReturns: run.dailyReturns.map((value) => value - fee) });
        for (const key of ["total_return", "sharpe", "sortino"] as const) expect(net[key]!).toBeLessThan(gross[key]!);
        expect(net.residual.sharpe!).toBeLessThan(gross.residual.sharpe!);
        expect(net.max_drawdown_pct!).toBeGreaterThanOrEqual(gross.max_drawdown_pct!);
      }),
      { numRuns: 30 },
    );
  });

  it("refuses columns of different lengths", () => {
    expect(() => computeRunMetrics({ ...seededRun(100, "x"), instrumentReturns: new Float64Array(99) })).toThrow("100 and 99");
  });
});
