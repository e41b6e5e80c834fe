import { Command } from "cmdk";
import { Check, ChevronsUpDown, X } from "lucide-react";
import { Popover } from "radix-ui";
import { type ReactNode, useState } from "react";
import type { FieldValues } from "react-hook-form";
import { classes } from "../classes.ts";
import type { Option } from "./choice-field.tsx";
import styles from "./field.module.css";
import { FieldFrame, type FieldProps, useField } from "./field.tsx";

/** Options under headings; without a heading they stand first. */
export interface OptionGroup {
  readonly heading?: string;
  readonly options: readonly Option[];
}

interface PickerProps {
  readonly attributes: object;
  readonly groups: readonly OptionGroup[];
  readonly chosen: ReadonlySet<string>;
  readonly words: ReactNode;
  readonly isPlaceholder: boolean;
  readonly staysOpen: boolean;
  readonly onPick: (value: string) => void;
  readonly onClose: () => void;
}

/** A button that opens a list with a search above it. */
function Picker({ attributes, groups, chosen, words, isPlaceholder, staysOpen, onPick, onClose }: PickerProps) {
  const [open, setOpen] = useState(false);
  const change = (next: boolean): void => {
    setOpen(next);
    if (!next) onClose();
  };
  return (
    <Popover.Root open={open} onOpenChange={change}>
      <Popover.Trigger {...attributes} className={classes(styles.input, styles.pick)}>
        <span className={classes(styles.picked, isPlaceholder && styles.placeholder)}>{words}</span>
        <ChevronsUpDown size={14} aria-hidden="true" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={styles.list} sideOffset={4} align="start" collisionPadding={12}>
          <Command label="Options" loop>
            <Command.Input className={styles.find} placeholder="Search" />
            <Command.List className={styles.options}>
              <Command.Empty className={styles.none}>Nothing has this name.</Command.Empty>
              {groups.map(({ heading, options }) => (
                <Command.Group key={heading ?? ""} heading={heading}>
                  {options.map(({ value, label, hint, refusal }) => (
                    <Command.Item
                      key={value}
                      className={styles.option}
                      value={`${label} ${value} ${hint ?? ""}`}
                      disabled={refusal !== undefined}
                      onSelect={() => {
                        onPick(value);
                        if (!staysOpen) change(false);
                      }}
                    >
                      <span className={styles.tick}>{chosen.has(value) && <Check size={14} aria-label="chosen" />}</span>
                      <span className={styles.optionText}>
                        {label}
                        {(refusal ?? hint) !== undefined && <div className={styles.optionHint}>{refusal ?? hint}</div>}
                      </span>
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

const labelOf = (groups: readonly OptionGroup[], value: string): string =>
  groups.flatMap(({ options }) => options).find((option) => option.value === value)?.label ?? value;

export interface ComboboxFieldProps<T extends FieldValues> extends FieldProps<T> {
  readonly groups: readonly OptionGroup[];
  readonly placeholder?: string;
}

/** One of many, found by typing. */
export function ComboboxField<T extends FieldValues>({ groups, placeholder = "Choose", ...props }: ComboboxFieldProps<T>) {
  const { id, field, error, attributes } = useField(props);
  const value = field.value as string | undefined;
  return (
    <FieldFrame {...props} id={id} error={error}>
      <Picker
        attributes={{ ...attributes, ref: field.ref }}
        groups={groups}
        chosen={new Set(value === undefined ? [] : [value])}
        words={value === undefined ? placeholder : labelOf(groups, value)}
        isPlaceholder={value === undefined}
        staysOpen={false}
        onPick={(next) => field.onChange(next === value && props.optional === true ? undefined : next)}
        onClose={field.onBlur}
      />
    </FieldFrame>
  );
}

/** Some of many, found by typing; each can be taken out again below. */
export function MultiSelectField<T extends FieldValues>({ groups, placeholder = "Add", ...props }: ComboboxFieldProps<T>) {
  const { id, field, error, attributes } = useField(props);
  const values = (field.value ?? []) as readonly string[];
  const toggle = (value: string): void =>
    field.onChange(values.includes(value) ? values.filter((each) => each !== value) : [...values, value]);
  return (
    <FieldFrame {...props} id={id} error={error}>
      <Picker
        attributes={{ ...attributes, ref: field.ref }}
        groups={groups}
        chosen={new Set(values)}
        words={values.length === 0 ? placeholder : `${values.length} chosen`}
        isPlaceholder={values.length === 0}
        staysOpen
        onPick={toggle}
        onClose={field.onBlur}
      />
      {values.length > 0 && (
        <div className={styles.chosen}>
          {values.map((value) => (
            <button
              key={value}
              type="button"
              className={styles.remove}
              disabled={props.disabled}
              onClick={() => toggle(value)}
              aria-label={`Remove ${labelOf(groups, value)}`}
            >
              {labelOf(groups, value)}
              <X size={12} aria-hidden="true" />
            </button>
          ))}
        </div>
      )}
    </FieldFrame>
  );
}
