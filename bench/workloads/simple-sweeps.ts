import type { PriceSeries } from "#lib/core/bars.ts";
import { formatDate } from "#lib/core/time.ts";
import { fingerprintOf } from "#lib/market-data/fingerprint.ts";
import { MarketSchema } from "#lib/market-data/simulate/market/market.schema.ts";
import { createMarketWorld } from "#lib/market-data/simulate/market/world.ts";
import { createMemoryLab } from "../../trust/memory-lab.ts";
import { runSweepInMemory } from "../../trust/sweep-in-memory.ts";
import { cpuTime } from "../cpu-time.ts";
import type { Figure, Workload } from "../workload.ts";

/** The last bars of the simulated market, with its dividends. */
function lastBars(cadence: "daily" | "hourly", count: number): PriceSeries {
  const world = createMarketWorld(null, MarketSchema.parse({ first_date: "2004-01-02" }));
  const dates = world.market().sessions;
  const sessions = Math.ceil(cadence === "daily" ? count : count / 6.98);
  const bars = world.bars({ kind: "market" }, cadence, { start: formatDate(dates[dates.length - sessions]!), end: null });
  return { bars, facts: { provider: "simulated", fingerprint: fingerprintOf(bars), stamps: ["simulated"], simulation: null } };
}

/** Build, plan, fits, variants and judgement of a usual model, each timed, over stores in memory. */
async function measured(cadence: "daily" | "hourly", count: number): Promise<readonly Figure[]> {
  const series = lastBars(cadence, count);
  const { symbol, length } = series.bars;
  const model_id = `bench_eq_swing_${cadence}`;
  const lab = createMemoryLab(series);
  await lab.createModel({
    template_id: `swing_eq_${cadence}`,
    model_id,
    ticker: symbol,
    data: { provider: "simulated", symbol },
    // Uncalibrated, so that variants have trades to simulate on a market without anything to find.
    learner: { calibration: "none" },
  });
  const built = await cpuTime(() => lab.build(model_id));
  const swept = await cpuTime(() => runSweepInMemory(lab, model_id));
  // Equal inputs find their folds fitted: another request on them costs its variants only.
  const again = await cpuTime(() => runSweepInMemory(lab, model_id, { mode: "simple", tag: "again" }));
  const what = `${length.toLocaleString("en-US")} ${cadence} bars, ${swept.result.rows.length} variants`;
  const seconds = (milliseconds: number): number => milliseconds / 1000;
  return [
    { label: `matrix, leak test and quality: ${cadence}`, value: seconds(built.milliseconds), unit: "s", note: "CPU time" },
    {
      label: `sweep: ${what}`,
      value: seconds(swept.milliseconds),
      unit: "s",
      note: "CPU time; plan, 5 folds with 3 inner ones each, variants, judgement",
    },
    { label: `the same sweep with its folds fitted: ${cadence}`, value: seconds(again.milliseconds), unit: "s", note: "CPU time" },
    { label: `end to end: ${cadence}`, value: seconds(built.milliseconds + swept.milliseconds), unit: "s", note: "CPU time, one thread" },
  ];
}

export const simpleSweeps: Workload = {
  name: "simple-sweeps",
  title: "Simple sweeps end to end: 5,000 daily and 20,000 hourly bars",
  run: async () => [...(await measured("daily", 5000)), ...(await measured("hourly", 20_000))],
};
