import type { Control, FieldPath, FieldValues } from "react-hook-form";
import { NumberField, TextField } from "../form/text-field.tsx";

/** The contract that a model of options buys, where its policy says nothing else. */
export function ContractFields<T extends FieldValues>({ control }: { readonly control: Control<T> }) {
  return (
    <>
      <NumberField
        control={control}
        name={"default_dte" as FieldPath<T>}
        label="Days to expiry"
        unit="days"
        optional
        min={0}
        max={1000}
        step={1}
        hint="Of the contract that is bought."
      />
      <TextField
        control={control}
        name={"default_strike" as FieldPath<T>}
        label="Strike"
        optional
        placeholder="ATM"
        hint='"ATM", or such as "5%_OTM".'
      />
    </>
  );
}
