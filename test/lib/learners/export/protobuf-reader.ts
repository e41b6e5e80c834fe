/**
 * A reader of the protobuf wire format, written from its specification: it knows no message, only fields by number.
 *
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export type Fields = ReadonlyMap<number, readonly (bigint | Uint8Array)[]>;

export function readFields(bytes: Uint8Array): Fields {
  const fields = new Map<number, (bigint | Uint8Array)[]>();
  let at = 0;
  while (at < bytes.length) {
    const [tag, afterTag] = varint(bytes, at);
    const field = Number(tag >> 3n);
    const kind = Number(tag & 7n);
    let value: bigint | Uint8Array;
    if (kind === 0) [value, at] = varint(bytes, afterTag);
    else if (kind === 2) {
      const [length, start] = varint(bytes, afterTag);
      at = start + Number(length);
      if (at > bytes.length) throw new Error(`field ${field} runs over the end`);
      value = bytes.subarray(start, at);
    } else throw new Error(`wire type ${kind} of field ${field} is not used by these models`);
    fields.set(field, [...(fields.get(field) ?? []), value]);
  }
  return fields;
}

function varint(bytes: Uint8Array, start: number): [bigint, number] {
  let value = 0n;
  for (let at = start, shift = 0n; at < bytes.length; at++, shift += 7n) {
    value |= BigInt(bytes[at]! & 0x7f) << shift;
    if (bytes[at]! < 0x80) return [value, at + 1];
  }
  throw new Error("a number runs over the end");
}

const all = (fields: Fields, id: number): readonly (bigint | Uint8Array)[] => fields.get(id) ?? [];

export const messages = (fields: Fields, id: number): Fields[] => all(fields, id).map((value) => readFields(value as Uint8Array));
export const texts = (fields: Fields, id: number): string[] =>
  all(fields, id).map((value) => new TextDecoder().decode(value as Uint8Array));
export const text = (fields: Fields, id: number): string => texts(fields, id).at(-1) ?? "";
export const bytesOf = (fields: Fields, id: number): Uint8Array => (all(fields, id).at(-1) as Uint8Array | undefined) ?? new Uint8Array(0);

/** Signed 64-bit numbers of a repeated field, packed or not. */
export function integers(fields: Fields, id: number): number[] {
  return all(fields, id).flatMap((value) => {
    if (typeof value === "bigint") return [Number(BigInt.asIntN(64, value))];
    const list: number[] = [];
    for (let at = 0; at < value.length; ) {
      const [number, next] = varint(value, at);
      list.push(Number(BigInt.asIntN(64, number)));
      at = next;
    }
    return list;
  });
}

export const integer = (fields: Fields, id: number): number => integers(fields, id).at(-1) ?? 0;
