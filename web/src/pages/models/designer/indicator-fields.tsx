import { Trash2 } from "lucide-react";
import { useMemo } from "react";
import { useFieldArray, useFormContext, useWatch } from "react-hook-form";
import type { AnswerOf, RowOf } from "../../../data/ask.ts";
import { IconButton } from "../../../ui/button.tsx";
import { SelectField, SwitchField } from "../../../ui/form/choice-field.tsx";
import { MultiSelectField } from "../../../ui/form/combobox-field.tsx";
import { NumberField, TextField } from "../../../ui/form/text-field.tsx";
import { Choice } from "../../../ui/model/choice.tsx";
import { Skeleton } from "../../../ui/skeleton.tsx";
import { stepInWords } from "../../../words/runs.ts";
import styles from "../models.module.css";
import { AddIndicator } from "./add-indicator.tsx";
import type { Definition } from "./definition.ts";
import { type DesignDraft, entryDraftOf, OWN_SET } from "./design.ts";

type IndicatorSet = RowOf<"GET /packs/{pack_id}/indicator_sets">;

export interface IndicatorFieldsProps {
  readonly sets: readonly IndicatorSet[];
  readonly pack: AnswerOf<"GET /packs/{pack_id}"> | undefined;
  readonly catalogue: readonly Definition[] | undefined;
  readonly isOwn: boolean;
  readonly modelId: string;
}

/** The indicators with their parameters: a set of the pack, or a list of the model's own. */
export function IndicatorFields({ sets, pack, catalogue, isOwn, modelId }: IndicatorFieldsProps) {
  const { control, setValue, formState } = useFormContext<DesignDraft>();
  const set = useWatch({ control, name: "indicator_set" });
  const { fields, append, remove, replace } = useFieldArray({ control, name: "entries" as never });
  const definitions = useMemo(() => new Map((catalogue ?? []).map((each) => [each.name, each])), [catalogue]);
  const entries = fields as unknown as readonly (DesignDraft["entries"][number] & { readonly id: string })[];
  const own = (): void => {
    if (set !== OWN_SET) setValue("indicator_set", OWN_SET, { shouldDirty: true });
  };
  const named = sets.find(({ name }) => name === set);
  const error =
    (formState.errors.root as Record<string, { message?: string }> | undefined)?.["entries"]?.message ??
    formState.errors.entries?.root?.message;
  return (
    <>
      <Choice
        label="Indicator set"
        value={set}
        disabled={!isOwn}
        onChange={(name) => {
          setValue("indicator_set", name, { shouldDirty: true });
          setValue("only", [], { shouldDirty: true });
          const chosen = sets.find((each) => each.name === name);
          if (chosen !== undefined) replace(chosen.indicators.map((entry) => entryDraftOf(entry)) as never);
        }}
      >
        <option value={OWN_SET}>Own list of {modelId}</option>
        {sets.map(({ name, version }) => (
          <option key={name} value={name}>
            {name}, version {version}
          </option>
        ))}
      </Choice>
      <p className={styles.says}>
        {set === OWN_SET ? "The model's own list." : "A change below makes it the model's own list."} 3 to 15 indicators; an empty parameter
        takes its default.
      </p>
      {named !== undefined && (
        <MultiSelectField
          control={control}
          name="only"
          label="Only these of the set"
          placeholder="All of them"
          optional
          disabled={!isOwn}
          groups={[{ options: [...new Set(named.indicators.map(({ name }) => name))].map((name) => ({ value: name, label: name })) }]}
        />
      )}
      {error !== undefined && (
        <p className={styles.warning} role="alert">
          {error}
        </p>
      )}
      <ul className={styles.entries} onChange={own}>
        {entries.map((entry, index) => {
          const definition = definitions.get(entry.name);
          return (
            <li key={entry.id}>
              <div className={styles.entryName}>
                <strong title={definition?.doc}>{entry.name}</strong>
                <span>{definition === undefined ? "" : stepInWords(definition.category)}</span>
              </div>
              <div className={styles.params}>
                {catalogue === undefined && <Skeleton lines={1} />}
                {Object.entries(definition?.params ?? {}).map(([name, param]) => (
                  <Parameter key={name} index={index} name={name} param={param as ParamSchema} />
                ))}
                {Object.entries(entry.rest).map(([name, value]) => (
                  <code key={name}>
                    {name}: {String(value)}
                  </code>
                ))}
              </div>
              {isOwn && (
                <IconButton
                  label={`Remove ${entry.name}`}
                  icon={Trash2}
                  small
                  onClick={() => {
                    remove(index);
                    own();
                  }}
                />
              )}
            </li>
          );
        })}
      </ul>
      {isOwn && (
        <AddIndicator
          allowed={pack?.pack.indicators.map(({ name }) => name)}
          definitions={catalogue ?? []}
          onAdd={(name) => {
            append({ name, params: {}, rest: {} } as never);
            own();
          }}
        />
      )}
    </>
  );
}

interface ParamSchema {
  readonly default?: unknown;
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** One parameter, as its own schema describes it. */
function Parameter({ index, name, param }: { readonly index: number; readonly name: string; readonly param: ParamSchema }) {
  const { control } = useFormContext<DesignDraft>();
  const field = `entries.${index}.params.${name}` as never;
  const shared = { control, name: field, label: <span title={param.description}>{name}</span> };
  const standard = param.default === undefined || param.default === null ? undefined : String(param.default);
  const hint = standard === undefined ? {} : { hint: `default ${standard}` };
  if (param.enum !== undefined)
    return (
      <SelectField
        {...shared}
        none={standard === undefined ? "as usual" : `${standard} (default)`}
        options={param.enum.map((value) => ({ value: String(value), label: String(value) }))}
      />
    );
  if (param.type === "boolean") return <SwitchField {...shared} {...hint} />;
  if (param.type === "integer" || param.type === "number") {
    const bounds = {
      ...(param.minimum === undefined ? {} : { min: param.minimum }),
      ...(param.maximum === undefined ? {} : { max: param.maximum }),
    };
    return <NumberField {...shared} {...hint} {...bounds} step={param.type === "integer" ? 1 : "any"} />;
  }
  return <TextField {...shared} {...hint} />;
}
