import { Plus, X } from "lucide-react";
import { useFieldArray, useFormContext } from "react-hook-form";
import { useAsk } from "../../../data/ask.ts";
import { Button, IconButton } from "../../../ui/button.tsx";
import { SelectField } from "../../../ui/form/choice-field.tsx";
import { TextField } from "../../../ui/form/text-field.tsx";
import { WordsField } from "../../../ui/form/words-field.tsx";
import type { DataNeeds } from "../../../ui/model/data-fit.ts";
import { DataSourceFields, providerOptions } from "../../../ui/model/data-source-fields.tsx";
import type { ModelDetail } from "../model-query.ts";
import styles from "../models.module.css";
import { at } from "./definition.ts";
import type { DesignDraft } from "./design.ts";

const upper = (text: string): string => text.toUpperCase();

/** Where the bars and all else that the model reads come from, and the words it is found by. */
export function DataFields({ draft, detail }: { readonly draft: DesignDraft; readonly detail: ModelDetail }) {
  const form = useFormContext<DesignDraft>();
  const { control, formState } = form;
  const offers = useAsk("GET /data").data?.rows ?? [];
  const { fields, append, remove } = useFieldArray({ control, name: "others" as never });
  const cadence = detail.config.cadence;
  // What the model reads is judged when it is saved; here only its bars are known.
  const needs: DataNeeds = { data: [], others: [], cadence, universe: false, history_sessions: 0 } as never;
  const error =
    (formState.errors.root as Record<string, { message?: string }> | undefined)?.["others"]?.message ??
    (formState.errors.others as { message?: string } | undefined)?.message;
  return (
    <>
      <div className={styles.row}>
        <DataSourceFields form={form} provider={draft.data.provider} offers={offers} cadence={cadence} needs={needs} />
        <SelectField
          control={control}
          name={at("data.risk_free.kind")}
          label="Risk-free rate"
          none="None: nothing is taken off"
          options={[
            { value: "yield_pct", label: "A yield in percent a year" },
            { value: "price", label: "A fund that reinvests it" },
          ]}
          hint="Sharpe, Sortino and residual returns are in excess of it."
        />
        {draft.data.risk_free?.kind !== undefined && (
          <TextField
            control={control}
            name={at("data.risk_free.symbol")}
            label="Its symbol"
            placeholder="DGS3MO"
            hint="A daily series; a further symbol below may say who has it."
            transform={upper}
          />
        )}
        <TextField
          control={control}
          name={at("data.universe")}
          label="Universe"
          optional
          hint="An imported one: the matrix has rows of every member."
          transform={(text) => text.toLowerCase()}
        />
        <WordsField control={control} name={at("tags")} label="Tags" optional placeholder="mine, long_only" hint="Words to find it by." />
      </div>
      <section className={styles.group} aria-label="Further symbols">
        <h3>Further symbols, empty = as the model's own data</h3>
        {error !== undefined && (
          <p className={styles.warning} role="alert">
            {error}
          </p>
        )}
        {fields.map(({ id }, index) => (
          <div key={id} className={styles.other}>
            <div className={styles.row}>
              <TextField
                control={control}
                name={at(`others.${index}.name`)}
                label="Name"
                placeholder="VIX"
                hint="As indicators name it."
                transform={upper}
              />
              <SelectField
                control={control}
                name={at(`others.${index}.provider`)}
                label="Data"
                options={providerOptions(offers, undefined)}
              />
              <TextField
                control={control}
                name={at(`others.${index}.symbol`)}
                label="Symbol"
                hint="As the provider writes it; the name when empty."
                optional
                transform={upper}
              />
            </div>
            <IconButton label={`Remove ${draft.others[index]?.name ?? "the symbol"}`} icon={X} onClick={() => remove(index)} />
          </div>
        ))}
        <div>
          <Button small icon={Plus} onClick={() => append({ provider: draft.data.provider } as never)}>
            Add symbol
          </Button>
        </div>
      </section>
    </>
  );
}
