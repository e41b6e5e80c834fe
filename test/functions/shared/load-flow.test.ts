import { expect, it } from "vitest";
import { loadFlow } from "#functions/shared/load-flow.ts";
import { createMarketData } from "#lib/market-data/market-data-door.ts";
import { FACTS, randomSeries } from "../../lib/matrix/fixtures.ts";
import { cellsOf } from "../../lib/options/flow/cells.ts";

it("lets no strike that traded during a session stand for what was listed in its morning", async () => {
  const series = randomSeries({ bars: 14, cadence: "hourly" });
  const [first, last] = [series.bars.start[0]!, series.bars.start[6]!];
  const cells = cellsOf(
    [
      { start: first, strike: 100, calls: 9, callSold: 9 },
      { start: last, strike: 103, calls: 4, callSold: 4 },
    ],
    true,
  );
  const marketData = { ...createMarketData([]), flowCells: async () => ({ cells, facts: FACTS }) };
  const wanted = { sessions: [20180102, 20180103], window: { start: null, end: null }, signed: true };
  const flow = await loadFlow(marketData, { owner: "local", provider: "files", symbol: "TEST" }, series, wanted);
  expect(flow).toEqual({ cells, facts: FACTS, listed: null });
});
