import { createHash } from "node:crypto";
import { SigmaError } from "../errors/sigma-error.ts";
import { canonicalJson, type Json } from "./canonical-json.ts";

/** The parts of a sealed file: a JSON header, float64 arrays, and opaque bytes. */
export interface SealedParts {
  readonly header: { readonly [key: string]: Json | undefined };
  readonly arrays: readonly Float64Array[];
  readonly blob: Uint8Array;
}

const PREAMBLE_BYTES = 16;
const DIGEST_BYTES = 32;

/**
 * One byte form for every stored numeric result: four letters that name the kind, the length of the header, a canonical
 * JSON header (which holds the lengths of what follows) padded to 8 bytes, the arrays as little-endian float64, the blob, and
 * the SHA-256 of all that. Equal parts give equal bytes; no changed byte is ever read.
 *
 * @param kind - four ASCII letters
 */
export function sealFile(kind: string, { header, arrays, blob }: SealedParts): Uint8Array {
  const text = canonicalJson({ header, lengths: arrays.map((array) => array.length), blob_bytes: blob.length });
  const encoded = new TextEncoder().encode(text);
  const start = padded(PREAMBLE_BYTES + encoded.length);
  const values = arrays.reduce((sum, array) => sum + array.length, 0);
  const bytes = new Uint8Array(start + values * 8 + blob.length + DIGEST_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(kind), 0);
  view.setUint32(4, 1, true);
  view.setUint32(8, encoded.length, true);
  bytes.set(encoded, PREAMBLE_BYTES);
  let at = start;
  for (const array of arrays) {
    for (let i = 0; i < array.length; i++, at += 8) view.setFloat64(at, array[i]!, true);
  }
  bytes.set(blob, at);
  bytes.set(digestOf(bytes), at + blob.length);
  return bytes;
}

/**
 * @param bytes - are not changed afterwards: the arrays may be views of them
 * @param what - names the file in the message
 * @throws ARTIFACT_CORRUPT when a byte differs from what was written, or the file is of another kind
 */
export function openSealedFile(kind: string, bytes: Uint8Array, what: string): SealedParts {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const named =
    bytes.length >= PREAMBLE_BYTES + DIGEST_BYTES &&
    new TextDecoder().decode(bytes.subarray(0, 4)) === kind &&
    view.getUint32(4, true) === 1;
  if (!named || !digestOf(bytes).every((byte, i) => byte === bytes[bytes.length - DIGEST_BYTES + i])) {
    throw new SigmaError("ARTIFACT_CORRUPT", `${what} was changed or cut off since it was written. Run the step that made it again.`, {
      kind,
    });
  }
  const headerLength = view.getUint32(8, true);
  const text = new TextDecoder().decode(bytes.subarray(PREAMBLE_BYTES, PREAMBLE_BYTES + headerLength));
  const { header, lengths, blob_bytes } = JSON.parse(text) as { header: SealedParts["header"]; lengths: number[]; blob_bytes: number };
  let at = padded(PREAMBLE_BYTES + headerLength);
  const arrays = lengths.map((length) => {
    const array = floatsAt(bytes, at, length);
    at += 8 * length;
    return array;
  });
  return { header, arrays, blob: bytes.slice(at, at + blob_bytes) };
}

const LITTLE_ENDIAN_HOST = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** The little-endian numbers from a byte on: the bytes themselves where the machine can read them so, else a copy. */
function floatsAt(bytes: Uint8Array, at: number, length: number): Float64Array {
  const start = bytes.byteOffset + at;
  if (LITTLE_ENDIAN_HOST && start % 8 === 0 && bytes.buffer instanceof ArrayBuffer) return new Float64Array(bytes.buffer, start, length);
  const view = new DataView(bytes.buffer, start, 8 * length);
  return Float64Array.from({ length }, (_, i) => view.getFloat64(8 * i, true));
}

const padded = (length: number): number => Math.ceil(length / 8) * 8;

const digestOf = (bytes: Uint8Array): Uint8Array =>
  createHash("sha256")
    .update(bytes.subarray(0, bytes.length - DIGEST_BYTES))
    .digest();
