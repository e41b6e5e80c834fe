import { useEffect, useMemo } from "react";
import { useForm, useWatch } from "react-hook-form";
import { ComboboxField, type OptionGroup } from "../../../ui/form/combobox-field.tsx";
import { stepInWords } from "../../../words/runs.ts";
import type { Definition } from "./definition.ts";

export interface AddIndicatorProps {
  /** What the pack lists; undefined while it is not known. */
  readonly allowed: readonly string[] | undefined;
  readonly definitions: readonly Definition[];
  readonly onAdd: (name: string) => void;
}

/** Finds an indicator of the pack by its name, its category or what it measures. */
export function AddIndicator({ allowed, definitions, onAdd }: AddIndicatorProps) {
  const { control, reset } = useForm<{ name?: string | undefined }>();
  const name = useWatch({ control, name: "name" });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was picked is added once
  useEffect(() => {
    if (name === undefined) return;
    onAdd(name);
    reset({ name: undefined });
  }, [name]);
  const groups = useMemo((): readonly OptionGroup[] => {
    const listed = allowed === undefined ? undefined : new Set(allowed);
    const shown = definitions.filter((each) => listed?.has(each.name) ?? true);
    return [...Map.groupBy(shown, ({ category }) => category)].map(([category, members]) => ({
      heading: stepInWords(category),
      options: members.map((each) => ({ value: each.name, label: each.name, hint: each.doc })),
    }));
  }, [allowed, definitions]);
  return (
    <ComboboxField
      control={control}
      name="name"
      label="Add an indicator"
      hint="Only what the pack lists is offered."
      placeholder="Find by name or by what it measures"
      groups={groups}
    />
  );
}
