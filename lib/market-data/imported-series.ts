import { CADENCES, type Cadence, type PriceSeries } from "../core/bars.ts";
import { parseOr } from "../errors/parse.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import { checkBars } from "./bar-checks.ts";
import { decodeBars } from "./decode-bars.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { manifestKey, ownerPrefix } from "./series-keys.ts";
import { type SeriesManifest, SeriesManifestSchema } from "./series-manifest.schema.ts";

/**
 * Reads a series that its owner imported, and verifies it: the file's digest before it is parsed, the rules of bars and
 * the fingerprint after.
 *
 * @returns undefined when the owner has no such series
 * @throws ARTIFACT_CORRUPT when manifest, file and fingerprint do not agree
 */
export async function readImportedSeries(
  store: ArtifactStore,
  owner: string,
  symbol: string,
  cadence: Cadence,
): Promise<PriceSeries | undefined> {
  const found = await readManifest(store, manifestKey(owner, symbol, cadence));
  if (found === undefined) return undefined;
  const { manifest } = found;
  if (manifest.symbol !== symbol || manifest.cadence !== cadence) {
    throw corrupt(`its manifest is of "${manifest.symbol} ${manifest.cadence}"`, symbol, cadence);
  }
  const { bytes } = await store.get(manifest.file.key, manifest.file.sha256);
  const bars = await decodeBars(bytes);
  if (bars.symbol !== symbol || bars.cadence !== cadence || bars.length !== manifest.rows) {
    throw corrupt(`its file holds "${bars.length}" rows of "${bars.symbol} ${bars.cadence}"`, symbol, cadence);
  }
  checkBars(bars);
  const fingerprint = fingerprintOf(bars);
  if (fingerprint !== manifest.fingerprint) throw corrupt("its numbers do not have the fingerprint of the manifest", symbol, cadence);
  return { bars, facts: { provider: "files", fingerprint, stamps: manifest.stamps.toSorted(), simulation: null } };
}

/** All series that an owner imported, by symbol and cadence in key order. */
export async function listImportedSeries(store: ArtifactStore, owner: string): Promise<SeriesManifest[]> {
  const manifests: SeriesManifest[] = [];
  for await (const key of manifestKeys(store, owner)) {
    if (!isSeriesManifest(key)) continue;
    const found = await readManifest(store, key);
    if (found) manifests.push(found.manifest);
  }
  return manifests;
}

/** Whether a key is of a series' manifest; the others are of data in parts. */
export const isSeriesManifest = (key: string): boolean => CADENCES.some((cadence) => key.endsWith(`/${cadence}/manifest.json`));

/** Keys of the manifests of all that an owner imported, in key order. */
export async function* manifestKeys(store: ArtifactStore, owner: string): AsyncGenerator<string> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<ArtifactStore["list"]>> = await store.list(ownerPrefix(owner), {
      limit: 1000,
      ...(cursor === null ? {} : { cursor }),
    });
    yield* page.keys.filter((candidate) => candidate.endsWith("/manifest.json"));
    cursor = page.nextCursor;
  } while (cursor !== null);
}

/**
 * @returns the manifest and its etag, or undefined when there is none
 * @throws ARTIFACT_CORRUPT when it is no manifest of this version
 */
export async function readManifest(
  store: ArtifactStore,
  key: string,
): Promise<{ readonly manifest: SeriesManifest; readonly etag: string } | undefined> {
  const found = await readJsonArtifact(store, key);
  if (found === undefined) return undefined;
  return { manifest: parseOr("ARTIFACT_CORRUPT", SeriesManifestSchema, found.document, `The manifest "${key}"`), etag: found.etag };
}

/**
 * @returns undefined when nothing has this key
 * @throws ARTIFACT_CORRUPT when it is not JSON
 */
export async function readJsonArtifact(
  store: ArtifactStore,
  key: string,
): Promise<{ readonly document: unknown; readonly etag: string } | undefined> {
  if ((await store.head(key)) === undefined) return undefined;
  const { bytes, etag } = await store.get(key);
  try {
    return { document: JSON.parse(new TextDecoder().decode(bytes)), etag };
  } catch (cause) {
    throw new SigmaError("ARTIFACT_CORRUPT", `The document "${key}" is not JSON. Import the data again.`, { key }, { cause });
  }
}

function corrupt(issue: string, symbol: string, cadence: Cadence): SigmaError {
  return new SigmaError("ARTIFACT_CORRUPT", `The stored series ${symbol} ${cadence} is damaged: ${issue}. Import it again.`, {
    symbol,
    cadence,
  });
}
