import { tenorKey } from "#lib/indicators/chain-params.ts";
import { fingerprintOfIvHistories, ivHistoryOf } from "#lib/market-data/iv-store/iv-history.ts";
import { watchIvSeries } from "#lib/market-data/iv-store/iv-watch.ts";
import type { MatrixData } from "#lib/matrix/matrix-data.ts";
import type { DataRequest } from "#lib/ports/market-data.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import { type ChainsInHand, type IvEntriesWanted, ivEntries } from "./iv-entries.ts";

/**
 * The at-the-money volatilities that a matrix's rows compare theirs with, from the store and from chains (`ivEntries`). The series
 * are put on the list of those that grow every day.
 *
 * @returns entries of the sessions before the last row's: a session is never its own past
 */
export async function loadIvHistory(
  ports: Parameters<typeof ivEntries>[0] & { readonly metadata: MetadataStore },
  request: DataRequest,
  wanted: IvEntriesWanted & { readonly inHand: ChainsInHand },
): Promise<NonNullable<MatrixData["ivHistory"]>> {
  for (const { tenor } of wanted.needs) await watchIvSeries(ports.metadata, { ...request, tenor }, wanted.now);
  const found = await ivEntries(ports, request, wanted);
  const used = found.map(({ tenor, entries }) => [tenorKey(tenor), entries.filter(({ session }) => session < wanted.last)] as const);
  const byTenor = new Map(used.map(([tenor, entries]) => [tenor, ivHistoryOf(entries)]));
  const { provider, simulation } = wanted.inHand.series.facts;
  const stamps = [...new Set(used.flatMap(([, entries]) => entries.flatMap((entry) => entry.stamps)))].sort();
  return { byTenor, facts: { provider, fingerprint: fingerprintOfIvHistories(byTenor), stamps, simulation } };
}
