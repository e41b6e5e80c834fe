import { describe, expect, it } from "vitest";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import { sha256 } from "#lib/core/digest.ts";
import { emptyLedger, mergeTrials } from "#lib/sweeps/ledger.ts";
import { readLedger, writeTrials } from "#lib/sweeps/ledger-store.ts";

const trial = (i: number) => ({ digest: sha256(String(i)).slice(0, 32), sharpe: i % 7 === 0 ? null : i / 100 });
const trials = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => trial(from + i));
const store = () => createMemoryMetadataStore({ clock: { now: () => 0 } });
const before = emptyLedger("key");

describe("writeTrials", () => {
  it("keeps what readLedger finds, ascending by digest, over more than one page", async () => {
    const metadata = store();
    await writeTrials(metadata, "ann", before, mergeTrials(before, trials(0, 1203)));
    expect(await readLedger(metadata, "ann", "key")).toEqual(mergeTrials(before, trials(0, 1203)));
  });

  it("adds nothing when it is done twice, or by two sweeps that end at once", async () => {
    const metadata = store();
    await writeTrials(metadata, "ann", before, mergeTrials(before, trials(0, 60)));
    await Promise.all([
      writeTrials(metadata, "ann", before, mergeTrials(before, trials(0, 60))),
      writeTrials(metadata, "ann", before, mergeTrials(before, trials(40, 130))),
      writeTrials(metadata, "ann", before, mergeTrials(before, trials(100, 140))),
    ]);
    expect((await readLedger(metadata, "ann", "key")).trials).toHaveLength(140);
  });

  it("keeps owners and lineages apart", async () => {
    const metadata = store();
    await writeTrials(metadata, "ann", before, mergeTrials(before, trials(0, 5)));
    expect((await readLedger(metadata, "bob", "key")).trials).toEqual([]);
    expect((await readLedger(metadata, "ann", "other")).trials).toEqual([]);
  });
});
