import type { Cadence } from "../../core/bars.ts";
import { canonicalJson } from "../../core/canonical-json.ts";
import { type Sha256, sha256, sha256OfJson } from "../../core/digest.ts";
import { formatDate } from "../../core/time.ts";
import { writeTable } from "../../core/write-parquet-table.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { ArtifactStore } from "../../ports/artifact-store.ts";
import type { ImportOutcome } from "../import-series.ts";
import { type DataPart, fingerprintOfColumns } from "./data-part.ts";
import { partsManifestKey, partsPrefix } from "./parts-keys.ts";
import type { PartedKind, PartsManifest } from "./parts-manifest.schema.ts";
import { readPart, readPartsManifest } from "./read-parts.ts";

export interface PartsImport {
  readonly owner: string;
  readonly kind: PartedKind;
  readonly symbol: string;
  readonly cadence: Cadence | null;
  /** Ascending in time. */
  readonly parts: readonly DataPart[];
  readonly stamps: readonly string[];
  readonly notes: readonly string[];
  readonly source: { readonly name: string; readonly sha256: Sha256; readonly files: number };
}

/**
 * Stores data that a user brought under its owner: the parts as Parquet first, under their fingerprints, then the manifest that
 * points to them. A stop in between leaves the earlier data in place; importing the same data again changes nothing.
 *
 * @throws CONFLICT when another import of the same data finished in the meantime
 * @throws INVALID_PARAM when owner or symbol cannot be part of a key
 * @throws STORE_UNAVAILABLE | STORE_READ_ONLY | STORE_FULL
 */
export async function importParts(
  store: ArtifactStore,
  request: PartsImport,
): Promise<{ readonly manifest: PartsManifest; readonly outcome: ImportOutcome }> {
  const { owner, kind, symbol, cadence, parts, stamps, notes, source } = request;
  const key = partsManifestKey(owner, symbol, kind, cadence);
  const fingerprints = parts.map(({ rows, columns }) => fingerprintOfColumns(kind, rows, columns));
  const fingerprint = sha256OfJson({ version: 1, kind, cadence, parts: fingerprints });
  const present = await readStored(store, key);
  const before = present?.manifest;
  if (
    before?.fingerprint === fingerprint &&
    canonicalJson(before.stamps) === canonicalJson([...stamps]) &&
    (await isIntact(store, before))
  ) {
    return { manifest: before, outcome: "unchanged" };
  }

  const stored: PartsManifest["parts"] = [];
  for (const [at, { first, last, rows, columns }] of parts.entries()) {
    const bytes = writeTable({ rows, columns, metadata: { form: `sigma-${kind}/1`, symbol } });
    const fileKey = `${partsPrefix(owner, symbol, kind, cadence)}${fingerprints[at]}.parquet`;
    // The name says the content; what a damaged or older write left under it is replaced.
    await store.put(fileKey, bytes, "any");
    const file = { key: fileKey, sha256: sha256(bytes), bytes: bytes.length };
    stored.push({ first_session: formatDate(first), last_session: formatDate(last), rows, fingerprint: fingerprints[at]!, file });
  }
  const manifest: PartsManifest = {
    schema_version: 1,
    kind,
    symbol,
    cadence,
    rows: parts.reduce((sum, { rows }) => sum + rows, 0),
    first_session: formatDate(parts[0]!.first),
    last_session: formatDate(parts.at(-1)!.last),
    fingerprint,
    parts: stored,
    source: { ...source, name: source.name.slice(-200) },
    stamps: [...stamps],
    notes: [...notes],
  };
  const text = new TextEncoder().encode(canonicalJson(manifest));
  if (present) {
    await store.put(key, text, { etag: present.etag });
    return { manifest, outcome: "replaced" };
  }
  const { created } = await store.put(key, text, "absent");
  // Somebody else was first: judge anew against what is there now.
  return created ? { manifest, outcome: "created" } : importParts(store, request);
}

/** As readPartsManifest, but a damaged manifest counts as present: importing again is how a user repairs it. */
async function readStored(
  store: ArtifactStore,
  key: string,
): Promise<{ readonly manifest: PartsManifest | undefined; readonly etag: string } | undefined> {
  try {
    return await readPartsManifest(store, key);
  } catch (error) {
    if (!(error instanceof SigmaError) || error.code !== "ARTIFACT_CORRUPT") throw error;
    const { etag } = await store.get(key);
    return { manifest: undefined, etag };
  }
}

/** Whether every part can be read as it was written. */
async function isIntact(store: ArtifactStore, manifest: PartsManifest): Promise<boolean> {
  try {
    for (const part of manifest.parts) await readPart(store, manifest, part);
    return true;
  } catch (error) {
    if (error instanceof SigmaError && (error.code === "ARTIFACT_CORRUPT" || error.code === "ARTIFACT_NOT_FOUND")) return false;
    throw error;
  }
}
