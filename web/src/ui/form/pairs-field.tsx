import type { FieldValues } from "react-hook-form";
import type { FieldProps } from "./field.tsx";
import { type Pairs, readPairs, writePairs } from "./pairs.ts";
import { TypedField } from "./typed-field.tsx";

export interface PairsFieldProps<T extends FieldValues> extends FieldProps<T> {
  readonly placeholder?: string;
}

/** Numbers by name, such as `-1: 2, 1: 1`, or one word for all. */
export function PairsField<T extends FieldValues>(props: PairsFieldProps<T>) {
  return <TypedField {...props} read={readPairs} write={(value) => writePairs(value as Pairs | undefined)} />;
}
