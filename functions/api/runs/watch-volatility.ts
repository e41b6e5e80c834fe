import { watchIvSeries } from "#lib/market-data/iv-store/iv-watch.ts";
import { matrixNeeds } from "#lib/matrix/matrix-spec.ts";
import type { ResolvedModel } from "#lib/models/resolved-model.ts";
import type { ApiPorts } from "../api-deps.ts";

/**
 * Has the series of implied volatility that a new model will read grow from today on, before anything is built of it. Those of a
 * universe's members begin with its first build, which knows them.
 */
export async function watchVolatilityOf(
  { metadata, clock }: Pick<ApiPorts, "metadata" | "clock">,
  owner: string,
  { config, indicatorEntries }: ResolvedModel,
): Promise<void> {
  const { provider, symbol, seed, universe } = config.data;
  if (universe !== undefined) return;
  const source = { owner, provider, symbol, ...(seed === undefined ? {} : { seed }) };
  for (const { tenor } of matrixNeeds(config, indicatorEntries, symbol).ivHistory)
    await watchIvSeries(metadata, { ...source, tenor }, clock.now());
}
