import { expect, it } from "vitest";
import { watchVolatilityOf } from "#functions/api/runs/watch-volatility.ts";
import { listWatchedIvSeries } from "#lib/market-data/iv-store/iv-watch.ts";
import type { CreateModelRequest } from "#lib/models/create-model.schema.ts";
import { createPackLab, OWNER } from "../pack-lab.ts";

type Indicators = Exclude<CreateModelRequest["indicator_set"], string | undefined>["indicators"];

it("puts what a new model will read of past volatility on the list, by tenor, and nothing of a model that reads none", async () => {
  const lab = await createPackLab();
  const modelWith = (model_id: string, indicators: Indicators) =>
    lab.create({
      asset_type: "eq",
      horizon: "swing",
      cadence: "daily",
      label: { kind: "forward_return", horizon: 3 },
      model_id,
      ticker: "SPY",
      data: { provider: "simulated", symbol: "SIM:LAB", seed: 7 },
      indicator_set: { indicators },
    });
  const listed = async () =>
    (await listWatchedIvSeries(lab.ports.metadata, { after: null, limit: 10, now: lab.ports.clock.now() })).series.map(({ id }) => id);

  await watchVolatilityOf(lab.ports, OWNER, await modelWith("plain", [{ name: "ret" }, { name: "rsi" }, { name: "atm_iv" }]));
  expect(await listed()).toEqual([]);

  const reading: Indicators = [{ name: "iv_rank_52w" }, { name: "iv_percentile_52w" }, { name: "atm_iv_zscore", days: 60 }];
  await watchVolatilityOf(lab.ports, OWNER, await modelWith("reading", reading));
  const source = { owner: OWNER, provider: "simulated", symbol: "SIM:LAB", seed: 7 };
  expect(await listed()).toEqual([
    { ...source, tenor: { days: 30, source: "auto" } },
    { ...source, tenor: { days: 60, source: "auto" } },
  ]);
});
