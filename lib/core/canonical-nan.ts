/** Whether the machine stores the low word of a double first. Every processor that Node runs on does, but for a few. */
const LOW_WORD_FIRST = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/**
 * A copy whose NaNs all have the bit pattern 0x7FF8000000000000. Processors differ in the NaN that 0/0 gives, so
 * stored and digested columns use one. Every other value keeps its bits, the sign of zero included.
 */
export function canonicalNaN(values: Float64Array): Float64Array {
  const copy = Float64Array.from(values);
  const words = new Uint32Array(copy.buffer);
  const high = LOW_WORD_FIRST ? 1 : 0;
  for (let i = 0; i < copy.length; i++) {
    if (!Number.isNaN(values[i]!)) continue;
    words[2 * i + high] = 0x7ff80000;
    words[2 * i + 1 - high] = 0;
  }
  return copy;
}

/** The column's bytes, little-endian, NaNs made equal: what a digest reads. */
export function canonicalBytes(values: Float64Array): Uint8Array {
  const copy = canonicalNaN(values);
  const bytes = new Uint8Array(copy.buffer);
  if (!LOW_WORD_FIRST) for (let i = 0; i < bytes.length; i += 8) bytes.subarray(i, i + 8).reverse();
  return bytes;
}
