import { useRef } from "react";
import { LEARNERS } from "#lib/learners/learner.schema.ts";
import { HORIZONS, MODEL_CADENCES } from "#lib/models/model-config.schema.ts";
import { useAsk } from "../../data/ask.ts";
import { Button } from "../../ui/button.tsx";
import { type Option, SelectField } from "../../ui/form/choice-field.tsx";
import { TextField } from "../../ui/form/text-field.tsx";
import { WordsField } from "../../ui/form/words-field.tsx";
import { ContractFields } from "../../ui/model/contract-fields.tsx";
import { othersFor } from "../../ui/model/data-fit.ts";
import { DataSourceFields, hasCadence, PROVIDER_NAMES } from "../../ui/model/data-source-fields.tsx";
import { Panel } from "../../ui/panel.tsx";
import { algorithmName } from "../../words/learners.ts";
import styles from "./create.module.css";
import { nextVariant } from "./draft.ts";
import type { StepProps } from "./step-props.ts";

const HORIZON_NAMES: Readonly<Record<string, string>> = {
  "0dte": "Same day (0DTE)",
  intraday: "Intraday: ends by the close",
  overnight: "Overnight: close to open",
  swing: "Swing: up to 20 sessions",
  long: "Long: 63 to 252 sessions",
};

const CADENCE_NAMES: Readonly<Record<string, string>> = { "5m": "5 minutes", "15m": "15 minutes", hourly: "Hourly", daily: "Daily" };

/** Pack, data, what is traded, how long, on which bars, by which learner; the name follows. */
export function StepBasics({ form, values, template, offers, judged: { verdict } }: StepProps) {
  const { control, setValue } = form;
  const pack = useAsk("GET /packs/{pack_id}", { params: { pack_id: values.pack_id } }).data?.pack;
  const packs = useAsk("GET /packs", { query: { limit: 200 } }).data?.rows ?? [];
  const before = useRef(values.data.symbol);
  const algoBefore = useRef(values.algo);
  // Parameters never carry over from one algorithm to another.
  if (values.algo !== algoBefore.current) {
    algoBefore.current = values.algo;
    queueMicrotask(() => setValue("learner.params", undefined, { shouldDirty: true }));
  }

  const refusalOf = (word: string, allowed: readonly string[] | undefined, what: string): string | undefined =>
    allowed === undefined || allowed.includes(word) ? undefined : `${pack?.name ?? values.pack_id} has no ${what} of this kind`;
  const assets: readonly Option[] = [
    { value: "eq", label: "Stocks, funds, indices", refusal: refusalOf("stocks", pack?.supported_instruments, "models") },
    { value: "opt", label: "Options", refusal: refusalOf("options", pack?.supported_instruments, "models") },
  ];
  const offer = offers.find(({ provider }) => provider === values.data.provider);
  const needs = verdict?.needs ?? template?.needs ?? null;

  // What is traded has the symbol's name until somebody says otherwise, and further symbols come from where they are.
  const symbol = values.data.symbol;
  if (symbol !== before.current) {
    if (symbol !== undefined && (values.ticker === undefined || values.ticker === before.current))
      queueMicrotask(() => setValue("ticker", symbol, { shouldDirty: true, shouldValidate: true }));
    before.current = symbol;
  }
  const chooseProvider = (provider: string | undefined): void => {
    if (provider === undefined || needs === null) return;
    setValue("data.others", othersFor(needs, provider, offers).others);
  };

  return (
    <>
      <Panel title="Pack and data">
        <div className={styles.fields}>
          <SelectField
            control={control}
            name="pack_id"
            label="Pack"
            hint={
              template === undefined
                ? "Its menu of indicators, gates and policies hold for the model."
                : "The template's pack. Another pack begins with another template."
            }
            disabled={template !== undefined}
            options={
              packs.length === 0
                ? [{ value: values.pack_id, label: pack?.name ?? values.pack_id }]
                : packs.map(({ pack_id, name, is_draft }) => ({
                    value: pack_id,
                    label: name,
                    refusal: is_draft ? "a draft: check and activate it first" : undefined,
                  }))
            }
          />
          <DataSourceFields
            form={form}
            provider={values.data.provider}
            offers={offers}
            cadence={values.cadence}
            needs={needs}
            onProvider={chooseProvider}
          />
          <TextField
            control={control}
            name="ticker"
            label="Ticker"
            placeholder="SPX"
            hint="What is traded, in capitals. It begins the model's name."
            transform={(text) => text.toUpperCase()}
          />
        </div>
        {values.data.provider === "simulated" && (
          <p className={styles.note}>
            Simulated data prove nothing about a market. Outside the SIMULATED workspace no result on them can pass the gate.
          </p>
        )}
      </Panel>
      <Panel title="What it forecasts, and on which bars">
        <div className={styles.fields}>
          <SelectField control={control} name="asset_type" label="Asset" options={assets} />
          <SelectField
            control={control}
            name="horizon"
            label="Horizon"
            hint="How long a trade is meant to last."
            options={HORIZONS.map((word) => ({
              value: word,
              label: HORIZON_NAMES[word] ?? word,
              refusal: refusalOf(word, pack?.horizons, "horizon"),
            }))}
          />
          <SelectField
            control={control}
            name="cadence"
            label="Bars"
            options={MODEL_CADENCES.map((word) => ({
              value: word,
              label: CADENCE_NAMES[word] ?? word,
              refusal:
                refusalOf(word, pack?.cadences, "bars") ??
                (offer !== undefined && !hasCadence(offer, word)
                  ? `${PROVIDER_NAMES[offer.provider] ?? offer.provider} has none`
                  : undefined),
            }))}
          />
          <SelectField
            control={control}
            name="algo"
            label="Learner"
            none={
              template === undefined
                ? "Gradient-boosted trees (usual)"
                : `As the template: ${algorithmName(String(template.model.learner.algo))}`
            }
            options={LEARNERS.map((word) => ({ value: word, label: algorithmName(word) }))}
          />
          {values.asset_type === "opt" && <ContractFields control={control} />}
        </div>
      </Panel>
      <Panel title="Name">
        <div className={styles.fields}>
          <TextField
            control={control}
            name="variant"
            label="Variant"
            optional
            placeholder="v2"
            hint="Ends the name, to tell models of the same kind apart."
            transform={(text) => text.toLowerCase()}
          />
          <TextField
            control={control}
            name="model_id"
            label="Model id"
            optional
            {...(verdict?.model_id == null ? {} : { placeholder: verdict.model_id })}
            hint="Made of ticker, asset, horizon, bars, learner and variant unless you write one."
            transform={(text) => text.toLowerCase()}
          />
          <WordsField control={control} name="tags" label="Tags" optional placeholder="mine, long_only" hint="Words to find it by." />
        </div>
        {verdict !== undefined && !verdict.is_free && values.model_id === undefined && (
          <div className={styles.taken}>
            <span>"{verdict.model_id}" is taken.</span>
            <Button small onClick={() => setValue("variant", nextVariant(values.variant), { shouldDirty: true })}>
              Use the variant "{nextVariant(values.variant)}"
            </Button>
          </div>
        )}
      </Panel>
    </>
  );
}
