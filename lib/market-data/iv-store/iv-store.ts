import { sha256OfJson } from "../../core/digest.ts";
import { mapConcurrently } from "../../core/map-concurrently.ts";
import type { DateNumber } from "../../core/time.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { ArtifactStore } from "../../ports/artifact-store.ts";
import { type Found, readVault, writeVault } from "../cache/vault.ts";
import { dataPrefix } from "../series-keys.ts";
import { type IvEntry, IvYearSchema } from "./iv-entry.schema.ts";
import { IV_FOLDER, type IvSeriesId, ivYearKey } from "./iv-keys.ts";

/** Years that are read at the same time. */
const WIDTH = 8;

/** Writers of one year that may come in between before this one gives up. */
const MOST_TRIES = 50;

const yearOf = (session: DateNumber): number => Math.floor(session / 10_000);

/**
 * What the store knows of a series from one session to another, both included, ascending.
 *
 * @throws ARTIFACT_CORRUPT when a year is damaged: numbers that no chain can give again are not passed over in silence
 */
export async function readIvEntries(artifacts: ArtifactStore, id: IvSeriesId, first: DateNumber, last: DateNumber): Promise<IvEntry[]> {
  const years = Array.from({ length: Math.max(0, yearOf(last) - yearOf(first) + 1) }, (_, k) => yearOf(first) + k);
  const found = await mapConcurrently(years, WIDTH, async (year) => (await readYear(artifacts, ivYearKey(id, year))).entries);
  return found.flat().filter(({ session }) => session >= first && session <= last);
}

/**
 * Adds sessions to a series. What stands there of the same edition of the data stays: a number that was recorded does not change.
 * Writers that come at the same time lose nothing, and a stop in between leaves whole years as they were before or after.
 *
 * @returns what the store has of these sessions now, ascending
 * @throws ARTIFACT_CORRUPT as `readIvEntries` | STORE_UNAVAILABLE when too many others write at the same time
 */
export async function recordIvEntries(artifacts: ArtifactStore, id: IvSeriesId, entries: readonly IvEntry[]): Promise<IvEntry[]> {
  const recorded: IvEntry[] = [];
  const years = [...Map.groupBy(entries, ({ session }) => yearOf(session))].sort(([a], [b]) => a - b);
  for (const [year, added] of years) recorded.push(...(await recordYear(artifacts, ivYearKey(id, year), added)));
  return recorded;
}

async function recordYear(artifacts: ArtifactStore, key: string, added: readonly IvEntry[]): Promise<IvEntry[]> {
  const sessions = new Set(added.map(({ session }) => session));
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const { entries, found } = await readYear(artifacts, key);
    const merged = merge(entries, added);
    const asked = merged.filter(({ session }) => sessions.has(session));
    if (added.every(({ session, edition }) => entries.some((one) => one.session === session && one.edition === edition))) return asked;
    try {
      await writeVault(artifacts, key, { header: { entries: merged, sha256: sha256OfJson(merged) }, files: new Map() }, found);
      return asked;
    } catch (error) {
      if (!(error instanceof SigmaError) || error.code !== "CONFLICT") throw error;
    }
  }
  throw new SigmaError("STORE_UNAVAILABLE", `"${key}" was written by others ${MOST_TRIES} times in a row. Try again.`, { key });
}

function merge(entries: readonly IvEntry[], added: readonly IvEntry[]): IvEntry[] {
  const bySession = new Map(entries.map((entry) => [entry.session, entry]));
  for (const entry of added) if (bySession.get(entry.session)?.edition !== entry.edition) bySession.set(entry.session, entry);
  return [...bySession.values()].sort((a, b) => a.session - b.session);
}

async function readYear(
  artifacts: ArtifactStore,
  key: string,
): Promise<{ readonly entries: readonly IvEntry[]; readonly found: Found<unknown> | undefined }> {
  const found = await readVault(artifacts, key, IvYearSchema);
  if (found === undefined) return { entries: [], found };
  if (!("damaged" in found) && sha256OfJson(found.header.entries) === found.header.sha256) return { entries: found.header.entries, found };
  throw new SigmaError(
    "ARTIFACT_CORRUPT",
    `The recorded implied volatilities "${key}" are damaged. Put back an earlier version of the file, or remove it: what chains can still give is then recorded anew, the rest is lost.`,
    { key },
  );
}

/**
 * Takes back what was recorded after a moment in all series of an owner, so that a run of that time can be repeated.
 *
 * @param moment - UTC milliseconds
 */
export async function forgetIvAfter(artifacts: ArtifactStore, owner: string, moment: number): Promise<void> {
  const prefix = dataPrefix(owner, IV_FOLDER);
  let cursor: string | undefined;
  do {
    const page = await artifacts.list(prefix, { limit: 1000, ...(cursor === undefined ? {} : { cursor }) });
    for (const key of page.keys) {
      const { entries, found } = await readYear(artifacts, key);
      const kept = entries.filter(({ recorded_at }) => recorded_at <= moment);
      if (kept.length < entries.length)
        await writeVault(artifacts, key, { header: { entries: kept, sha256: sha256OfJson(kept) }, files: new Map() }, found);
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
