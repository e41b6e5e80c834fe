import * as z from "zod";
import { canonicalJson, type Json } from "../../core/canonical-json.ts";
import { sha256 } from "../../core/digest.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { ArtifactStore } from "../../ports/artifact-store.ts";

const FileSchema = z.strictObject({
  name: z.string(),
  key: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().min(1),
});

/** One cached thing, as it was found. */
export interface Found<H> {
  readonly header: H;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly fileKeys: readonly string[];
  readonly etag: string;
}

/** Something stands at the key, but it cannot be used: what replaces it must replace this etag. */
export interface Damaged {
  readonly damaged: true;
  readonly etag: string;
}

/**
 * Reads a cached thing and verifies every byte of it before it is parsed. A manifest that cannot be read, and a file that is
 * not there or not what the manifest says, count as damage: the thing is fetched anew.
 */
export async function readVault<S extends z.ZodType>(
  artifacts: ArtifactStore,
  key: string,
  headerSchema: S,
): Promise<Found<z.output<S>> | Damaged | undefined> {
  // Its file may be removed between the two readings when another process extends it: then the manifest is another one.
  for (let tries = 0; ; tries++) {
    const manifest = await readObject(artifacts, key);
    if (manifest === undefined) return undefined;
    const found = await verified(artifacts, key, manifest, headerSchema);
    if (!("damaged" in found) || tries === 1) return found;
    if ((await artifacts.head(key))?.etag === found.etag) return found;
  }
}

async function verified<S extends z.ZodType>(
  artifacts: ArtifactStore,
  key: string,
  { bytes, etag }: { readonly bytes: Uint8Array; readonly etag: string },
  headerSchema: S,
): Promise<Found<z.output<S>> | Damaged> {
  const schema = z.strictObject({ schema_version: z.literal(1), header: headerSchema, files: z.array(FileSchema).max(8) });
  const manifest = schema.safeParse(jsonOf(bytes));
  if (!manifest.success) return { damaged: true, etag };
  const { header, files } = manifest.data as { header: z.output<S>; files: z.output<typeof FileSchema>[] };
  // A manifest that names another's files was not written here.
  if (!files.every((file) => file.key.startsWith(baseOf(key)))) return { damaged: true, etag };
  const read = await Promise.all(files.map(async (file) => [file.name, await readObject(artifacts, file.key, file.sha256)] as const));
  const whole = read.filter((entry): entry is readonly [string, { bytes: Uint8Array; etag: string }] => entry[1] !== undefined);
  if (whole.length < files.length) return { damaged: true, etag };
  return { header, files: new Map(whole.map(([name, object]) => [name, object.bytes])), fileKeys: files.map((file) => file.key), etag };
}

/**
 * Writes the files first, each under a name that its content decides, then the manifest that makes them exist. A stop in
 * between leaves what was there before.
 *
 * @param key - of the manifest; ends with `.json`
 * @param before - what the new content replaces; its files are removed at last
 * @returns what a reading would find now
 * @throws CONFLICT when the manifest is not what the condition says: somebody else wrote it in the meantime
 */
export async function writeVault(
  artifacts: ArtifactStore,
  key: string,
  content: { readonly header: Json; readonly files: ReadonlyMap<string, Uint8Array> },
  before: Found<unknown> | Damaged | undefined,
): Promise<Found<unknown>> {
  const files: { [name: string]: Json }[] = [];
  for (const [name, bytes] of content.files) {
    const digest = sha256(bytes);
    const fileKey = `${baseOf(key)}${name === "" ? "" : `${name}.`}${digest.slice(0, 16)}.parquet`;
    // Its name says what it holds; a damaged one under that name is replaced.
    await artifacts.put(fileKey, bytes, "any");
    files.push({ name, key: fileKey, sha256: digest, bytes: bytes.length });
  }
  const manifest = canonicalJson({ schema_version: 1, header: content.header, files });
  const { created, etag } = await artifacts.put(
    key,
    new TextEncoder().encode(manifest),
    before === undefined ? "absent" : { etag: before.etag },
  );
  if (!created) throw new SigmaError("CONFLICT", `The cached "${key}" was written by another process in the meantime.`, { key });
  const kept = new Set(files.map((file) => file["key"]));
  const old = before !== undefined && "fileKeys" in before ? before.fileKeys : [];
  for (const fileKey of old) if (!kept.has(fileKey)) await artifacts.remove(fileKey);
  return { header: content.header, files: content.files, fileKeys: files.map((file) => String(file["key"])), etag };
}

/** What the keys of a manifest's files begin with. */
const baseOf = (key: string): string => key.slice(0, -"json".length);

/** Bytes and etag, or undefined when there is no such object or its digest is another one. */
async function readObject(
  artifacts: ArtifactStore,
  key: string,
  digest?: string,
): Promise<{ readonly bytes: Uint8Array; readonly etag: string } | undefined> {
  try {
    return await artifacts.get(key, digest);
  } catch (error) {
    if (error instanceof SigmaError && (error.code === "ARTIFACT_NOT_FOUND" || error.code === "ARTIFACT_CORRUPT")) return undefined;
    throw error;
  }
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
