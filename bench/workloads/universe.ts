import { fingerprintOf } from "#lib/market-data/fingerprint.ts";
import { MarketSchema } from "#lib/market-data/simulate/market/market.schema.ts";
import { createMarketWorld } from "#lib/market-data/simulate/market/world.ts";
import { checkLeakage, requireNoLeakage } from "#lib/matrix/leakage.ts";
import { barsOnly, dataSources, type MatrixData } from "#lib/matrix/matrix-data.ts";
import { matrixSpecOf, type UniverseMembers } from "#lib/matrix/matrix-spec.ts";
import { prepareUniverse, universeMatrixOf } from "#lib/matrix/universe/build-universe.ts";
import { cpuTime } from "../cpu-time.ts";
import type { Figure, Workload } from "../workload.ts";
import { USUAL_INDICATORS, usualConfig } from "./leak-test.ts";

const MEMBERS = 30;

interface Drawn {
  readonly universe: UniverseMembers;
  readonly data: readonly MatrixData[];
}

/** The market's first stocks: some are listed late, some fail. */
function drawUniverse(): Drawn {
  const world = createMarketWorld(null, MarketSchema.parse({}));
  const members = world.universe().slice(0, MEMBERS);
  const data = members.map((_, index) => {
    const bars = world.bars({ kind: "stock", index }, "daily", { start: null, end: null });
    return barsOnly({ bars, facts: { provider: "simulated", fingerprint: fingerprintOf(bars), stamps: ["simulated"], simulation: null } });
  });
  const stays = members.map(({ symbol, from, to, delistingReturn }) => ({ symbol, stays: [{ from, to, delistingReturn }] }));
  return { universe: { name: "bench", stamps: [], members: stays }, data };
}

export const universeBuild: Workload = {
  name: "universe",
  title: `One matrix of ${MEMBERS} simulated stocks over 15 years of days`,
  async run(): Promise<readonly Figure[]> {
    const drawn = await cpuTime(drawUniverse);
    const { universe, data } = drawn.result;
    const entries = [...USUAL_INDICATORS, { name: "market_breadth", window: 50 }];
    const spec = matrixSpecOf(usualConfig("daily"), entries, "BENCH", data.flatMap(dataSources), universe);
    const built = await cpuTime(() => {
      const parts = prepareUniverse(spec, data);
      return { parts, matrix: universeMatrixOf(spec, parts) };
    });
    const tested = await cpuTime(async () => {
      for (const { spec: part, source } of built.result.parts) requireNoLeakage(await checkLeakage(part, source.data, source.table));
    });
    const { rows, info } = built.result.matrix;
    return [
      { label: "draw the market and its stocks", value: drawn.milliseconds, unit: "ms", note: "CPU time" },
      {
        label: `build ${rows.toLocaleString("en-US")} rows x ${info.features.length} features`,
        value: built.milliseconds,
        unit: "ms",
        note: "CPU time",
      },
      { label: "leak test of every member", value: tested.milliseconds, unit: "ms", note: "CPU time" },
      { label: "leak test / build", value: tested.milliseconds / built.milliseconds, unit: "x" },
    ];
  },
};
