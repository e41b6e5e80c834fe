import { describe, expect, it } from "vitest";
import { createRunBacktest } from "#functions/run-backtest/run-backtest.ts";
import { loadPlan } from "#functions/shared/evaluation-plan.ts";
import { BacktestReportSchema } from "#lib/backtest/report.schema.ts";
import type { PriceSeries } from "#lib/core/bars.ts";
import { readRow } from "#lib/leaderboard/leaderboard-store.ts";
import { fingerprintOf } from "#lib/market-data/fingerprint.ts";
import { sliceToWindow } from "#lib/market-data/window.ts";
import type { BarsRequest } from "#lib/ports/market-data.ts";
import { createLab, SERIES } from "../lab.ts";

/** A yield of so many percent a year at every close of the lab's series. */
function yieldOf(percent: number): PriceSeries {
  const level = new Float64Array(SERIES.bars.length).fill(percent);
  const bars = { ...SERIES.bars, symbol: "IRX", open: level, high: level, low: level, close: level, factor: level.map(() => 1) };
  return { bars, facts: { ...SERIES.facts, fingerprint: fingerprintOf(bars) } };
}

async function labWith(percent: number | null) {
  const data = { provider: "simulated" as const, symbol: "SIMEDGE", seed: 11 };
  const lab = await createLab({
    model: { data: percent === null ? data : { ...data, risk_free: { symbol: "IRX", kind: "yield_pct" as const } } },
  });
  const bars = async (request: BarsRequest): Promise<PriceSeries> =>
    sliceToWindow(request.symbol === "IRX" ? yieldOf(percent ?? Number.NaN) : SERIES, request.window);
  Object.assign(lab.ports, { marketData: { ...lab.ports.marketData, bars } });
  await lab.build();
  const plan = await lab.planBacktest({ robustness: "quick" });
  await lab.fitFolds("backtest_1", plan);
  const result = await createRunBacktest(lab.ports)({ ...lab.base("backtest_1"), plan_key: plan.plan_key });
  const { bytes } = await lab.ports.artifacts.get(result.report_key);
  return {
    lab,
    plan,
    result,
    report: BacktestReportSchema.parse(JSON.parse(new TextDecoder().decode(bytes))),
    row: await readRow(lab.ports.metadata, lab.owner, result.best_rows[0]!),
  };
}

describe("a model with a risk-free series", () => {
  it("is judged in excess of it, trades the same, and says so everywhere", async () => {
    const [none, five] = [await labWith(null), await labWith(5)];
    const [plain, excess] = [none, five].map(({ report }) => report.variants[0]!.metrics) as [
      (typeof none.report.variants)[0]["metrics"],
      (typeof none.report.variants)[0]["metrics"],
    ];
    expect([plain.rf, excess.rf]).toEqual(["rf=0", "rf=IRX"]);
    expect([none.row.stamps.rf, five.row.stamps.rf]).toEqual(["rf=0", "rf=IRX"]);
    expect([excess.total_return, excess.trades, excess.volatility]).toEqual([plain.total_return, plain.trades, plain.volatility]);
    // Five percent a year over the volatility, but for the few days that the first and last session lack.
    expect(plain.sharpe! - excess.sharpe!).toBeCloseTo(0.05 / plain.volatility!, 1);
    expect(five.row.significance.dsr!).toBeLessThan(none.row.significance.dsr!);
    expect(five.report.equity.risk_free).toHaveLength(five.report.equity.dates.length);
    expect(five.report.assumptions.statements.join(" ")).toContain("in excess of the risk-free series (rf=IRX)");
    const page = new TextDecoder().decode((await five.lab.ports.artifacts.get(five.result.tear_sheet_key)).bytes);
    expect(page).toContain('<li class="chip">rf=IRX</li>');
    // The same model is fitted either way.
    const stored = await Promise.all([none, five].map(({ lab, plan }) => loadPlan(lab.ports.artifacts, lab.owner, plan.plan_key)));
    expect(stored[0]!.prediction_sha).toBe(stored[1]!.prediction_sha);
    expect(stored[1]!.risk_free).toMatchObject({ symbol: "IRX", kind: "yield_pct", fingerprint: yieldOf(5).facts.fingerprint });
  });

  it("is refused where the series has nothing to say of a session", async () => {
    await expect(labWith(Number.NaN)).rejects.toMatchObject({ code: "DATA_UNAVAILABLE" });
  });
});
