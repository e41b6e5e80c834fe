import type { Cadence } from "../../core/bars.ts";
import { readTable, type Table } from "../../core/parquet-table.ts";
import { parseOr } from "../../errors/parse.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { ArtifactStore } from "../../ports/artifact-store.ts";
import { isSeriesManifest, manifestKeys, readJsonArtifact } from "../imported-series.ts";
import { fingerprintOfColumns } from "./data-part.ts";
import { partsManifestKey } from "./parts-keys.ts";
import { type PartedKind, type PartsManifest, PartsManifestSchema } from "./parts-manifest.schema.ts";

/**
 * The manifest of data that an owner brought in parts.
 *
 * @returns undefined when the owner has none of this kind
 * @throws ARTIFACT_CORRUPT when it is of another symbol, kind or version
 */
export async function findParts(
  store: ArtifactStore,
  owner: string,
  wanted: { readonly symbol: string; readonly kind: PartedKind; readonly cadence: Cadence | null },
): Promise<PartsManifest | undefined> {
  const { symbol, kind, cadence } = wanted;
  const found = await readPartsManifest(store, partsManifestKey(owner, symbol, kind, cadence));
  if (found === undefined) return undefined;
  const { manifest } = found;
  if (manifest.symbol !== symbol || manifest.kind !== kind || manifest.cadence !== cadence)
    throw damaged(manifest, `its manifest is of "${manifest.symbol} ${manifest.kind}"`);
  return manifest;
}

/**
 * @returns the manifest and its etag, or undefined when there is none
 * @throws ARTIFACT_CORRUPT when it is no manifest of this version
 */
export async function readPartsManifest(
  store: ArtifactStore,
  key: string,
): Promise<{ readonly manifest: PartsManifest; readonly etag: string } | undefined> {
  const found = await readJsonArtifact(store, key);
  if (found === undefined) return undefined;
  return { manifest: parseOr("ARTIFACT_CORRUPT", PartsManifestSchema, found.document, `The manifest "${key}"`), etag: found.etag };
}

/**
 * The rows of one part, verified: the file's digest before it is parsed, the fingerprint after.
 *
 * @throws ARTIFACT_CORRUPT | ARTIFACT_NOT_FOUND when manifest, file and fingerprint do not agree
 */
export async function readPart(store: ArtifactStore, manifest: PartsManifest, part: PartsManifest["parts"][number]): Promise<Table> {
  const { bytes } = await store.get(part.file.key, part.file.sha256);
  const table = await readTable(bytes);
  if (fingerprintOfColumns(manifest.kind, table.rows, table.columns) !== part.fingerprint)
    throw damaged(manifest, "the numbers of a part do not have the fingerprint of the manifest");
  return table;
}

function damaged({ symbol, kind }: PartsManifest, issue: string): SigmaError {
  return new SigmaError(
    "ARTIFACT_CORRUPT",
    `The stored ${kind.replaceAll("_", " ")} of ${symbol} are damaged: ${issue}. Import them again.`,
    { symbol, kind },
  );
}

/** A column of a part. @throws TypeError when the part's form has no such column */
export function columnOf(table: Table, name: string): Float64Array {
  const found = table.columns.find((column) => column.name === name);
  if (found === undefined) throw new TypeError(`The part has no column "${name}".`);
  return found.values;
}

/** The manifests of all data that an owner brought in parts, in key order. */
export async function listParts(store: ArtifactStore, owner: string): Promise<PartsManifest[]> {
  const manifests: PartsManifest[] = [];
  for await (const key of manifestKeys(store, owner)) {
    if (isSeriesManifest(key)) continue;
    const found = await readPartsManifest(store, key);
    if (found) manifests.push(found.manifest);
  }
  return manifests;
}
