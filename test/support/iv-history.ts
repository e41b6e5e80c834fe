import type { IvHistory, OptionChain } from "#lib/core/option-data.ts";
import { tenorKey } from "#lib/indicators/chain-params.ts";
import type { Tenor } from "#lib/options/chain/iv-measures.ts";
import { sessionIvs } from "#lib/options/chain/session-iv.ts";

/** What chains say of every session, as the store would have recorded it, by tenor. */
export function ivHistoriesOf(chains: readonly OptionChain[], tenors: readonly Tenor[]): Map<string, IvHistory> {
  const sessions = [...new Set(chains.map(({ sessionDate }) => sessionDate))].sort((a, b) => a - b);
  return new Map(
    tenors.map((tenor) => {
      const known = sessionIvs(chains, sessions, tenor)
        .filter(({ value }) => value > 0)
        .sort((a, b) => a.chain.knownAt - b.chain.knownAt);
      return [
        tenorKey(tenor),
        {
          length: known.length,
          session: Float64Array.from(known, ({ session }) => session),
          knownAt: Float64Array.from(known, ({ chain }) => chain.knownAt),
          value: Float64Array.from(known, ({ value }) => value),
        },
      ];
    }),
  );
}
