import type { MetadataStore } from "../ports/metadata-store.ts";
import type { TrialLedger } from "./ledger.schema.ts";
import { TrialSchema } from "./ledger.schema.ts";
import { emptyLedger, mergeTrials } from "./ledger.ts";

const partition = (owner: string, key: string): string => `owner#${owner}#ledger#${key}`;
const TRIALS_PER_WRITE = 50;

/** Every trial of a lineage that this owner ever evaluated. */
export async function readLedger(metadata: MetadataStore, owner: string, key: string): Promise<TrialLedger> {
  let ledger = emptyLedger(key);
  let cursor: string | undefined;
  do {
    const page = await metadata.query({
      table: "state",
      pk: partition(owner, key),
      limit: 1000,
      ...(cursor === undefined ? {} : { cursor }),
    });
    ledger = mergeTrials(
      ledger,
      page.records.map((record) => TrialSchema.parse(record.body)),
    );
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return ledger;
}

/** Adds the trials that `before` does not have. One record a trial, so that two sweeps that end at once lose nothing. */
export async function writeTrials(metadata: MetadataStore, owner: string, before: TrialLedger, after: TrialLedger): Promise<void> {
  const known = new Set(before.trials.map(({ digest }) => digest));
  const added = after.trials.filter(({ digest }) => !known.has(digest));
  for (let from = 0; from < added.length; from += TRIALS_PER_WRITE) {
    await metadata.transact(
      added.slice(from, from + TRIALS_PER_WRITE).map((trial) => ({
        kind: "put",
        table: "state",
        record: { pk: partition(owner, after.lineage_key), sk: `trial#${trial.digest}`, body: { ...trial } },
        condition: "any",
      })),
    );
  }
}
