import { createColumnWorkers } from "#lib/adapters/local/column-workers.ts";
import { INDICATORS } from "#lib/indicators/catalog.ts";
import { BARS_PER_SESSION, createIndicatorInputs } from "#lib/indicators/inputs.ts";
import { computePlan, type IndicatorPlan, planIndicators } from "#lib/indicators/plan.ts";
import { cpuTime } from "../cpu-time.ts";
import { minuteInputs } from "../minute-bars.ts";
import type { Figure, Workload } from "../workload.ts";

const SIZES = [100_000, 1_000_000] as const;

/** Every indicator that a symbol's own bars are enough for, at its defaults. */
function ownBarsPlan(): IndicatorPlan {
  const names = [...INDICATORS.values()].filter(({ needs }) => needs === undefined).map(({ name }) => ({ name }));
  return planIndicators(names, { barsPerSession: BARS_PER_SESSION["1m"] });
}

const withoutMemory = (length: number) => {
  const { shared: _shared, ...inputs } = minuteInputs(length);
  return inputs;
};

export const catalogue: Workload = {
  name: "catalogue",
  title: "Every indicator that bars are enough for, at its defaults, on one-minute bars",
  async run(): Promise<readonly Figure[]> {
    const plan = ownBarsPlan();
    const columns = plan.columns.length;
    const warmUp = withoutMemory(SIZES[0]);
    for (let i = 0; i < 2; i++) computePlan(plan, createIndicatorInputs(warmUp));
    const figures: Figure[] = [];
    const perBar: number[] = [];
    for (const size of SIZES) {
      const inputs = withoutMemory(size);
      const { milliseconds } = await cpuTime(() => computePlan(plan, createIndicatorInputs(inputs)));
      perBar.push(milliseconds / size);
      const name = `${size.toLocaleString("en-US")} bars x ${columns} columns of ${plan.items.length} indicators`;
      figures.push(
        { label: name, value: milliseconds, unit: "ms", note: "CPU time, one thread" },
        { label: `${size.toLocaleString("en-US")} bars: values per second`, value: (1000 * size * columns) / milliseconds, unit: "1/s" },
      );
    }
    return [
      ...figures,
      { label: "time of a bar at 1,000,000 over that at 100,000", value: perBar[1]! / perBar[0]!, unit: "x", aim: "about 1: linear" },
      { label: "peak memory, all columns held", value: process.resourceUsage().maxRSS / 1024, unit: "MB", note: "whole process" },
    ];
  },
};

const THREAD_BARS = 400_000;

export const columnThreads: Workload = {
  name: "column-threads",
  title: `The same catalogue on ${THREAD_BARS.toLocaleString("en-US")} bars, on one thread and on two`,
  async run(): Promise<readonly Figure[]> {
    const plan = ownBarsPlan();
    const inputs = withoutMemory(THREAD_BARS);
    const wall = async (threads: number): Promise<number> => {
      const compute = createColumnWorkers({ threads, leastValues: 1, leastThreads: 2 });
      await compute(plan, createIndicatorInputs(withoutMemory(20_000)), new Map());
      const from = performance.now();
      await compute(plan, createIndicatorInputs(inputs), new Map());
      return performance.now() - from;
    };
    const one = await wall(1);
    const two = await wall(2);
    return [
      { label: "one thread", value: one, unit: "ms", note: "wall time" },
      { label: "two threads", value: two, unit: "ms", note: "wall time; columns come back bit for bit equal" },
      { label: "one / two", value: one / two, unit: "x", note: "at most 1.3 on free cores: builds divide columns from three cores on" },
    ];
  },
};
