/**
 * Gives the memory of a large array back at once, not when the collector gets round to it: work that makes megabytes again
 * and again would otherwise hold many times what it uses. The array is empty afterwards, so only its last reader may call
 * this. A view of a part of a buffer is left alone.
 */
export function freeMemory(array: Uint8Array | Float64Array): void {
  const { buffer } = array;
  if (buffer instanceof ArrayBuffer && array.byteLength > 0 && array.byteLength === buffer.byteLength) buffer.transfer(0);
}
