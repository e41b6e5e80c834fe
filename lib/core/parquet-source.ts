import type { AsyncBuffer } from "hyparquet";

/**
 * Bytes in memory as the Parquet reader wants them. A Buffer's own `slice` shares memory, and its `buffer` may be a pool
 * with other data in it: the plain view copies.
 */
export function parquetSource(bytes: Uint8Array): AsyncBuffer {
  const view = plainView(bytes);
  return { byteLength: view.byteLength, slice: (start, end) => view.slice(start, end).buffer };
}

/** The file's tail with its metadata: all that the footer's parser reads. */
export function parquetFooter(bytes: Uint8Array): ArrayBuffer {
  const view = plainView(bytes);
  if (view.byteLength < 12) throw new Error(`a Parquet file has at least 12 bytes, these are ${view.byteLength}`);
  const length = new DataView(view.buffer, view.byteOffset + view.byteLength - 8, 4).getUint32(0, true);
  return view.slice(Math.max(0, view.byteLength - 8 - length)).buffer;
}

function plainView(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
}
