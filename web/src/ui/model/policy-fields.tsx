import type { Control, FieldPath, FieldValues } from "react-hook-form";
import type { PolicyFacts, PolicySetting } from "../../words/policy.ts";
import { SelectField, SwitchField } from "../form/choice-field.tsx";
import { ComboboxField } from "../form/combobox-field.tsx";
import { NumberField, TextField } from "../form/text-field.tsx";

/** A column that the model computes. */
export interface PolicyColumn {
  readonly name: string;
  readonly unit: string;
}

export interface PolicyFieldsProps<T extends FieldValues> {
  /** A form with the policy's sections under `policy`. */
  readonly control: Control<T>;
  readonly settings: readonly PolicySetting[];
  readonly facts: PolicyFacts;
  /** What holds, said in the form or not. */
  readonly held: (path: string) => unknown;
  /** Where the form says only what differs: what holds without it, in words. */
  readonly inForce?: (path: string) => string | undefined;
  readonly columns: readonly PolicyColumn[];
}

/** Settings of a policy, those that say something given the others. */
export function PolicyFields<T extends FieldValues>({ settings, facts, held, ...rest }: PolicyFieldsProps<T>) {
  return settings
    .filter(({ when }) => when === undefined || when(held, facts))
    .map((setting) => <PolicyField key={`${setting.path} ${setting.name}`} setting={setting} held={held} {...rest} />);
}

function PolicyField<T extends FieldValues>({
  control,
  setting: { path, name: label, kind, unit, hint, min, max, options = [] },
  held,
  inForce,
  columns,
}: Omit<PolicyFieldsProps<T>, "settings" | "facts"> & { readonly setting: PolicySetting }) {
  const known = inForce?.(path);
  const isShown = kind === "switch" || kind === "choice";
  const words = [hint, known === undefined || isShown ? undefined : `In force: ${known}.`].filter((each) => each !== undefined).join(" ");
  const shared = { control, name: `policy.${path}` as FieldPath<T>, label, ...(words === "" ? {} : { hint: words }) };
  const optional = inForce !== undefined;
  switch (kind) {
    case "switch":
      return <SwitchField {...shared} inForce={held(path) === true} />;
    case "choice":
      return <SelectField {...shared} options={options} {...(optional ? { none: `As the template: ${known ?? "usual"}` } : {})} />;
    case "text":
      return <TextField {...shared} optional />;
    case "column":
      return <ComboboxField {...shared} optional={optional} placeholder={known ?? "Choose a column"} groups={columnGroups(columns)} />;
    default:
      return (
        <NumberField
          {...shared}
          optional={optional}
          step={kind === "whole" ? 1 : "any"}
          {...(unit === undefined ? {} : { unit })}
          {...(min === undefined ? {} : { min })}
          {...(max === undefined ? {} : { max })}
        />
      );
  }
}

/** Those that speak of momentum stand first. */
function columnGroups(columns: readonly PolicyColumn[]) {
  const isMomentum = ({ name }: PolicyColumn): boolean => /momentum|mom_|ret_|rsi|roc/.test(name);
  const optionsOf = (some: readonly PolicyColumn[]) => some.map(({ name, unit }) => ({ value: name, label: name, hint: unit }));
  return [
    { heading: "Momentum", options: optionsOf(columns.filter(isMomentum)) },
    { heading: "Others", options: optionsOf(columns.filter((each) => !isMomentum(each))) },
  ].filter(({ options }) => options.length > 0);
}
