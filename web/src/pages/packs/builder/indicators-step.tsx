import { useMemo } from "react";
import { useForm, useWatch } from "react-hook-form";
import { client } from "../../../data/client.ts";
import { type Option, SelectField } from "../../../ui/form/choice-field.tsx";
import { MultiSelectField } from "../../../ui/form/combobox-field.tsx";
import { schemaResolver } from "../../../ui/form/schema-resolver.ts";
import { Grid, Panel } from "../../../ui/panel.tsx";
import { plural } from "../../../words/format.ts";
import { titled } from "../../../words/packs.ts";
import { plainText } from "../indicator-rows.ts";
import styles from "./builder.module.css";
import { EntriesField } from "./entries-field.tsx";
import { type InstrumentsForm, InstrumentsStepSchema, instrumentsStart } from "./instruments-form.ts";
import { LabelFields } from "./label-fields.tsx";
import { StepFoot } from "./step-foot.tsx";
import type { Draft } from "./steps.ts";
import { useCatalogue } from "./use-catalogue.ts";
import { useSaveStep } from "./use-save-step.ts";

const FIELDS = [
  "supported_instruments",
  "default_instrument",
  "horizons",
  "cadences",
  "signal_interval",
  "indicators",
  "sets.default",
  "label.horizon",
  "label.entry",
] as const;

const optionsOf = (values: readonly string[]): Option[] => values.map((value) => ({ value, label: titled(value) }));

export interface StepProps {
  readonly draft: Draft;
  readonly onSaved: (draft: Draft) => void;
  readonly onReload: () => void;
}

/** Step 2: what the pack trades, on which bars, what it looks at, and what its models predict; only what fits the vibe is offered. */
export function IndicatorsStep({ draft, onSaved, onReload }: StepProps) {
  const fits = draft.compatible.instruments;
  const catalogue = useCatalogue();
  const form = useForm<InstrumentsForm>({
    resolver: schemaResolver(InstrumentsStepSchema) as never,
    defaultValues: instrumentsStart(draft),
  });
  const { control } = form;
  const { busy, trouble, submit } = useSaveStep<InstrumentsForm>({
    form,
    fields: FIELDS as never,
    draft,
    write: (body, ifMatch) =>
      client.call("PUT /pack_drafts/{pack_id}/instruments", {
        params: { pack_id: draft.pack_id },
        body: body as never,
        ...(ifMatch === undefined ? {} : { ifMatch }),
      }),
    onSaved,
  });
  const [menu, supported, computed] = useWatch({ control, name: ["indicators", "supported_instruments", "sets.default"] });
  const groups = useMemo(
    () =>
      [...new Set(fits.indicators.map(({ category }) => category))].map((category) => ({
        heading: titled(category),
        options: fits.indicators
          .filter((indicator) => indicator.category === category)
          .map(({ name, doc }) => ({ value: name, label: name, hint: plainText(doc) })),
      })),
    [fits],
  );
  const addToMenu = (name: string): void => {
    const names = form.getValues("indicators");
    if (!names.includes(name)) form.setValue("indicators", [...names, name] as never, { shouldDirty: true });
  };

  return (
    <form onSubmit={submit} noValidate>
      <Grid>
        <Panel title="What it trades" note={`offers what fits decisions over ${draft.identity.vibe.time_horizon}`}>
          <div className={styles.fields}>
            <MultiSelectField
              control={control}
              name="supported_instruments"
              label="Instruments"
              groups={[{ options: optionsOf(fits.supported_instruments) }]}
            />
            <SelectField control={control} name="default_instrument" label="Trades first" options={optionsOf(supported)} />
            <MultiSelectField
              control={control}
              name="horizons"
              label="Horizons"
              hint="The first one is what the test backtest runs on."
              groups={[{ options: optionsOf(fits.horizons) }]}
            />
            <MultiSelectField
              control={control}
              name="cadences"
              label="Bars"
              hint="The first one is what the test backtest runs on."
              groups={[{ options: optionsOf(fits.cadences) }]}
            />
            <SelectField
              control={control}
              name="signal_interval"
              label="Live models look"
              hint="When no bar has closed since, nothing is written."
              options={optionsOf(fits.signal_intervals)}
            />
          </div>
        </Panel>
        <Panel
          title="Indicators"
          note={`${plural(fits.indicators.length, "indicator")} of ${catalogue.size === 0 ? "the catalogue" : catalogue.size} fit this vibe`}
        >
          <MultiSelectField
            control={control}
            name="indicators"
            label="Menu"
            hint="What sets, strategies and models of the pack may use."
            placeholder="Choose indicators"
            groups={groups}
          />
          <EntriesField
            control={control}
            name="sets.default"
            label={`Default set: ${plural(computed.length, "indicator")}`}
            hint="What a model computes unless it says otherwise: 3 to 15 indicators. Empty parameters have their standard values."
            offered={[...menu, ...fits.indicators.map(({ name }) => name).filter((name) => !menu.includes(name))]}
            catalogue={catalogue}
            onAdd={addToMenu}
          />
          {Object.keys(form.getValues("sets")).length > 1 && (
            <p className={styles.soft}>
              Further sets stay as they are:{" "}
              {Object.keys(form.getValues("sets"))
                .filter((name) => name !== "default")
                .join(", ")}
              .
            </p>
          )}
        </Panel>
        <Panel title="Label" note="what models predict">
          <LabelFields form={form} />
        </Panel>
      </Grid>
      <StepFoot busy={busy} trouble={trouble} onReload={onReload} />
    </form>
  );
}
