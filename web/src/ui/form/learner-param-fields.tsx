import type { Control, FieldPath, FieldValues } from "react-hook-form";
import { learnerParams } from "../../words/learners.ts";
import { PairsField } from "./pairs-field.tsx";
import { NumberField } from "./text-field.tsx";

export interface LearnerParamFieldsProps<T extends FieldValues> {
  readonly control: Control<T>;
  /** Where the parameters stand in the form, such as `learner.params`. */
  readonly at: string;
  readonly algo: string;
}

/** Every parameter of an algorithm; an empty one is the default of the model's cadence. */
export function LearnerParamFields<T extends FieldValues>({ control, at, algo }: LearnerParamFieldsProps<T>) {
  return learnerParams(algo).map(({ name, label, kind, hint, placeholder }) => {
    const shared = { control, name: `${at}.${name}` as FieldPath<T>, label, optional: true, ...(hint === undefined ? {} : { hint }) };
    return kind === "pairs" ? (
      <PairsField key={name} {...shared} {...(placeholder === undefined ? {} : { placeholder })} />
    ) : (
      <NumberField key={name} {...shared} step={kind === "whole" ? 1 : "any"} />
    );
  });
}
