import { afterAll, expect, it } from "vitest";
import { describeWithShared, sharedPath } from "../support/shared-data.ts";
import { runHere, temporaryHome } from "./support.ts";

const place = temporaryHome();
afterAll(() => place.remove());

async function documentOf<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await runHere([...args, "--json"], { SIGMA_HOME: place.home });
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

const DAILY = "data/equity_daily_lean/QQQ_1d.csv";
const QUICK = ["--set", "learner.params.trees=15"];
const HOURLY = "data/equity_hourly_lean/SPY_1h.csv";

/** A user's own file runs like the sample data. Few trees: what is proven is the way, not the fit. */
describeWithShared("a model on imported bars", [DAILY, HOURLY], () => {
  it("goes from daily CSV to a judged sweep", async () => {
    const imported = await documentOf("data", "import", "--file", sharedPath(DAILY), "--symbol", "QQQ", "--cadence", "daily");
    expect(imported).toMatchObject({
      outcome: "created",
      series: { rows: 2392, first_session: "1999-03-10", last_session: "2014-12-31", stamps: [] },
    });
    await documentOf("models", "create", "--ticker", "QQQ", "--template", "swing_eq_daily", "--provider", "files", ...QUICK);
    const { matrix } = await documentOf<{ matrix: object }>("build", "qqq_eq_swing_daily");
    expect(matrix).toMatchObject({ rows: 2392, leakage: "ok" });
    const tested = await documentOf<{ thresholds: object[] }>("backtest", "qqq_eq_swing_daily", "--thresholds", "0,0.1,0.2");
    expect(tested.thresholds).toHaveLength(3);
    expect(await documentOf("sweep", "qqq_eq_swing_daily")).toMatchObject({ variants: 27, failed_variants: 0 });
  }, 60_000);

  it("goes from hourly CSV, labelled by New York's clock, to a judged sweep", async () => {
    const imported = await documentOf("data", "import", "--file", sharedPath(HOURLY), "--symbol", "SPY", "--cadence", "hourly");
    expect(imported).toMatchObject({ outcome: "created", source_rows: 29_867, dropped_rows: 47, series: { rows: 29_820 } });
    const window = ["--set", "window.start=2010-01-04", "--set", "window.end=2013-01-01"];
    await documentOf("models", "create", "--ticker", "SPY", "--template", "swing_eq_hourly", "--provider", "files", ...QUICK, ...window);
    const { matrix } = await documentOf<{ matrix: object }>("build", "spy_eq_swing_hourly");
    expect(matrix).toMatchObject({ leakage: "ok" });
    await documentOf("backtest", "spy_eq_swing_hourly", "--thresholds", "0.5,0.55");
    expect(await documentOf("sweep", "spy_eq_swing_hourly", "--preset", "conservative")).toMatchObject({ failed_variants: 0 });
    const byHour = await documentOf<{ thresholds: object[]; trials: number }>(
      ...["backtest", "spy_eq_swing_hourly", "--thresholds", "0.5,0.55", "--hour-thresholds", "10=0.6,11=0.65"],
    );
    expect(byHour.thresholds).toMatchObject([
      { threshold: 0.5, hour_thresholds: { "10": 0.6, "11": 0.65 } },
      { threshold: 0.55, hour_thresholds: { "10": 0.6, "11": 0.65 } },
    ]);
  }, 60_000);
});
