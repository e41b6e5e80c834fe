import type { Cadence } from "../core/bars.ts";
import { canonicalJson } from "../core/canonical-json.ts";
import { type Sha256, sha256 } from "../core/digest.ts";
import { formatDate, sessionDateOf } from "../core/time.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import type { ParsedBars } from "./bar-source.ts";
import { encodeBars } from "./encode-bars.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { readImportedSeries, readManifest } from "./imported-series.ts";
import { manifestKey, seriesPrefix } from "./series-keys.ts";
import type { SeriesManifest } from "./series-manifest.schema.ts";

export interface ImportRequest {
  readonly owner: string;
  readonly symbol: string;
  readonly cadence: Cadence;
  readonly parsed: ParsedBars;
  /** The file that the user brought: its name, and the SHA-256 of its bytes as they came. */
  readonly source: { readonly name: string; readonly sha256: Sha256 };
  /** Of an index: the rule by which its rows became available. */
  readonly availableAt?: string;
}

/** `unchanged`: the owner had exactly this. `replaced`: something else stood under this name. */
export type ImportOutcome = "created" | "replaced" | "unchanged";

interface ImportResult {
  readonly manifest: SeriesManifest;
  readonly outcome: ImportOutcome;
}

/**
 * Stores a user's series under its owner: the bars as Parquet first, under their fingerprint, then the manifest that
 * points to them. A stop in between leaves the earlier series in place; importing the same bars again changes nothing.
 *
 * @throws CONFLICT when another import of the same series finished in the meantime
 * @throws INVALID_PARAM when owner, symbol or cadence cannot name a series
 * @throws STORE_UNAVAILABLE | STORE_READ_ONLY | STORE_FULL
 */
export async function importSeries(store: ArtifactStore, request: ImportRequest): Promise<ImportResult> {
  const { owner, symbol, cadence, parsed, source, availableAt = null } = request;
  if (parsed.bars.symbol !== symbol || parsed.bars.cadence !== cadence) {
    throw new TypeError(`The bars are ${parsed.bars.symbol} ${parsed.bars.cadence}, the request says ${symbol} ${cadence}.`);
  }
  const key = manifestKey(owner, symbol, cadence);
  const fingerprint = fingerprintOf(parsed.bars);
  const present = await readStored(store, key);
  const before = present?.manifest;
  const isSame = before?.fingerprint === fingerprint && canonicalJson(before.stamps) === canonicalJson([...parsed.stamps]);
  if (isSame && (await isIntact(store, request))) return { manifest: before, outcome: "unchanged" };

  const bytes = encodeBars(parsed.bars);
  const fileKey = `${seriesPrefix(owner, symbol, cadence)}${fingerprint}.parquet`;
  // The name says the content; what a damaged or older write left under it is replaced.
  await store.put(fileKey, bytes, "any");

  const manifest: SeriesManifest = {
    schema_version: 1,
    kind: parsed.bars.availableAt === undefined ? "bars" : "index",
    symbol,
    cadence,
    rows: parsed.bars.length,
    first_session: formatDate(sessionDateOf(parsed.bars.start[0]!)),
    last_session: formatDate(sessionDateOf(parsed.bars.start[parsed.bars.length - 1]!)),
    fingerprint,
    file: { key: fileKey, sha256: sha256(bytes), bytes: bytes.length },
    source: { name: source.name.slice(-200), sha256: source.sha256 },
    available_at: availableAt,
    stamps: [...parsed.stamps],
    notes: [...parsed.notes],
  };
  const text = new TextEncoder().encode(canonicalJson(manifest));
  if (present) {
    await store.put(key, text, { etag: present.etag });
    return { manifest, outcome: "replaced" };
  }
  const { created } = await store.put(key, text, "absent");
  // Somebody else was first: judge anew against what is there now.
  return created ? { manifest, outcome: "created" } : importSeries(store, request);
}

/** As readManifest, but a damaged manifest counts as present: importing again is how a user repairs it. */
async function readStored(
  store: ArtifactStore,
  key: string,
): Promise<{ readonly manifest: SeriesManifest | undefined; readonly etag: string } | undefined> {
  try {
    return await readManifest(store, key);
  } catch (error) {
    if (!(error instanceof SigmaError) || error.code !== "ARTIFACT_CORRUPT") throw error;
    const { etag } = await store.get(key);
    return { manifest: undefined, etag };
  }
}

/** Whether what is stored can be read as it was written. */
async function isIntact(store: ArtifactStore, { owner, symbol, cadence }: ImportRequest): Promise<boolean> {
  try {
    return (await readImportedSeries(store, owner, symbol, cadence)) !== undefined;
  } catch (error) {
    if (error instanceof SigmaError && (error.code === "ARTIFACT_CORRUPT" || error.code === "ARTIFACT_NOT_FOUND")) return false;
    throw error;
  }
}
