import { createHash } from "node:crypto";
import { canonicalJson } from "../core/canonical-json.ts";
import { SigmaError } from "../errors/sigma-error.ts";

/** Layout of a model file; docs/model-file.md describes it for other readers. */
const MAGIC = "SIGMAMDL";
const CONTAINER_VERSION = 1;
const DIGEST_AT = 24;
const HEADER_AT = 56;

const ARRAY_TYPES = { u8: Uint8Array, u32: Uint32Array, i32: Int32Array, f64: Float64Array } as const;
type ArrayType = keyof typeof ARRAY_TYPES;
export type ModelArray = Uint8Array | Uint32Array | Int32Array | Float64Array;

export interface ModelFile {
  /** JSON values, `arrays` (the table of what follows the header) left out. */
  readonly header: Readonly<Record<string, unknown>>;
  readonly arrays: Readonly<Record<string, ModelArray>>;
}

/**
 * Writes a model file: fixed lead, canonical JSON header, little-endian arrays, SHA-256 over all of it.
 * Equal contents give equal bytes; arrays follow in the order of their names.
 */
export function writeModelFile({ header, arrays }: ModelFile): Uint8Array {
  const names = Object.keys(arrays).sort();
  const table = names.map((name) => ({ name, type: typeOf(arrays[name]!), length: arrays[name]!.length }));
  const text = new TextEncoder().encode(canonicalJson({ ...header, arrays: table }));
  let size = align(HEADER_AT + text.length);
  for (const name of names) size = align(size + arrays[name]!.byteLength);

  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC), 0);
  view.setUint32(8, CONTAINER_VERSION, true);
  view.setUint32(12, text.length, true);
  view.setBigUint64(16, BigInt(size), true);
  bytes.set(text, HEADER_AT);
  let at = align(HEADER_AT + text.length);
  for (const name of names) {
    writeArray(view, at, arrays[name]!);
    at = align(at + arrays[name]!.byteLength);
  }
  bytes.set(digestOf(bytes), DIGEST_AT);
  return bytes;
}

/**
 * Reads a model file and refuses one that is not exactly as it was written.
 *
 * @throws ARTIFACT_CORRUPT when magic, version, lengths, digest or header are not as they must be
 */
export function readModelFile(bytes: Uint8Array): ModelFile {
  if (bytes.length < HEADER_AT) throw corrupt(`at least "${HEADER_AT}" bytes`, `"${bytes.length}"`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = String.fromCharCode(...bytes.subarray(0, 8));
  if (magic !== MAGIC) throw corrupt(`"${MAGIC}" at its beginning`, JSON.stringify(magic));
  const version = view.getUint32(8, true);
  if (version !== CONTAINER_VERSION) throw corrupt(`container version "${CONTAINER_VERSION}"`, `"${version}"`);
  const size = view.getBigUint64(16, true);
  if (size !== BigInt(bytes.length)) throw corrupt(`"${size}" bytes, as its lead says`, `"${bytes.length}"`);
  const headerLength = view.getUint32(12, true);
  if (align(HEADER_AT + headerLength) > bytes.length) throw corrupt("a header within the file", `"${headerLength}" bytes of header`);
  const digest = digestOf(bytes);
  if (digest.some((byte, i) => byte !== bytes[DIGEST_AT + i])) throw corrupt("the SHA-256 it carries", "another digest");

  const { arrays: table, ...header } = parseHeader(bytes.subarray(HEADER_AT, HEADER_AT + headerLength));
  const arrays: Record<string, ModelArray> = {};
  let at = align(HEADER_AT + headerLength);
  for (const { name, type, length } of readTable(table)) {
    const byteLength = length * ARRAY_TYPES[type].BYTES_PER_ELEMENT;
    if (at + byteLength > bytes.length) throw corrupt(`"${byteLength}" bytes of array "${name}"`, `"${bytes.length - at}"`);
    arrays[name] = readArray(view, at, type, length);
    at = align(at + byteLength);
  }
  if (at !== bytes.length) throw corrupt(`"${at}" bytes, as its arrays say`, `"${bytes.length}"`);
  return { header, arrays };
}

/** The error of a model file that cannot be read. */
export function corrupt(expected: string, found: string): SigmaError {
  return new SigmaError(
    "ARTIFACT_CORRUPT",
    `A model file must have ${expected}, found ${found}. The file is damaged or of another version: restore it or train again.`,
  );
}

const align = (position: number): number => (position + 7) & ~7;

function digestOf(bytes: Uint8Array): Uint8Array {
  return createHash("sha256").update(bytes.subarray(0, DIGEST_AT)).update(bytes.subarray(HEADER_AT)).digest();
}

function typeOf(array: ModelArray): ArrayType {
  if (array instanceof Float64Array) return "f64";
  if (array instanceof Int32Array) return "i32";
  return array instanceof Uint32Array ? "u32" : "u8";
}

function writeArray(view: DataView, at: number, array: ModelArray): void {
  const type = typeOf(array);
  for (let i = 0; i < array.length; i++) {
    if (type === "f64") view.setFloat64(at + 8 * i, array[i]!, true);
    else if (type === "i32") view.setInt32(at + 4 * i, array[i]!, true);
    else if (type === "u32") view.setUint32(at + 4 * i, array[i]!, true);
    else view.setUint8(at + i, array[i]!);
  }
}

function readArray(view: DataView, at: number, type: ArrayType, length: number): ModelArray {
  const array = new ARRAY_TYPES[type](length);
  for (let i = 0; i < length; i++) {
    if (type === "f64") array[i] = view.getFloat64(at + 8 * i, true);
    else if (type === "i32") array[i] = view.getInt32(at + 4 * i, true);
    else if (type === "u32") array[i] = view.getUint32(at + 4 * i, true);
    else array[i] = view.getUint8(at + i);
  }
  return array;
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof header === "object" && header !== null && !Array.isArray(header)) return header as Record<string, unknown>;
  } catch (cause) {
    if (!(cause instanceof SyntaxError || cause instanceof TypeError)) throw cause;
  }
  throw corrupt("a JSON object as its header", "something else");
}

function readTable(table: unknown): { name: string; type: ArrayType; length: number }[] {
  if (!Array.isArray(table)) throw corrupt("a table of its arrays", "none");
  return table.map((entry: { name?: unknown; type?: unknown; length?: unknown }) => {
    const { name, type, length } = entry;
    if (typeof name !== "string" || typeof type !== "string" || !Object.hasOwn(ARRAY_TYPES, type) || !Number.isSafeInteger(length))
      throw corrupt("name, type and length of each array", JSON.stringify(entry));
    if ((length as number) < 0) throw corrupt("lengths of at least 0", `"${length}"`);
    return { name, type: type as ArrayType, length: length as number };
  });
}
