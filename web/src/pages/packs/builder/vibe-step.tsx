import { useForm } from "react-hook-form";
import * as z from "zod";
import { IdSchema } from "#lib/core/ids.ts";
import { FIRST_CHOICES, IdentityStepSchema } from "#lib/packs/builder/pack-draft.schema.ts";
import { PACK_TAGS } from "#lib/packs/tags.schema.ts";
import { client } from "../../../data/client.ts";
import { type Option, SelectField } from "../../../ui/form/choice-field.tsx";
import { schemaResolver } from "../../../ui/form/schema-resolver.ts";
import { NumberField, TextField } from "../../../ui/form/text-field.tsx";
import { Grid, Panel } from "../../../ui/panel.tsx";
import { TAG_CATEGORIES, titled } from "../../../words/packs.ts";
import styles from "./builder.module.css";
import { StepFoot } from "./step-foot.tsx";
import type { Draft } from "./steps.ts";
import { useSaveStep } from "./use-save-step.ts";

const VibeFormSchema = z.strictObject({ pack_id: IdSchema, ...IdentityStepSchema.shape });
type VibeForm = z.input<typeof VibeFormSchema>;

const vibe = IdentityStepSchema.shape.vibe.shape;
const optionsOf = (values: readonly string[], hints: Readonly<Record<string, string>> = {}): Option[] =>
  values.map((value) => ({ value, label: hints[value] === undefined ? titled(value) : `${titled(value)}: ${hints[value]}` }));

const TAG_NAMES = Object.keys(PACK_TAGS) as (keyof typeof PACK_TAGS)[];

/** Names of the fields, for what the server says of them. */
const FIELDS = [
  "pack_id",
  "name",
  "description",
  "vibe.time_horizon",
  "vibe.risk_appetite.max_drawdown",
  "vibe.risk_appetite.leverage",
  "vibe.risk_appetite.concentration",
  "vibe.risk_appetite.stop_tightness",
  "vibe.decision_style.kind",
  "vibe.decision_style.patience",
  "vibe.market_preference.regime",
  "vibe.market_preference.bias",
  "vibe.market_preference.liquidity",
  "vibe.execution_character.orders",
  "vibe.execution_character.entry",
  "vibe.execution_character.exit",
  "tags.risk",
  "tags.direction",
  "tags.timeframe",
  "tags.market",
  "tags.asset",
  "tags.style",
  "tags.experience",
] as const;

export interface VibeStepProps {
  /** Undefined for a new pack. */
  readonly draft: Draft | undefined;
  readonly onSaved: (draft: Draft) => void;
  readonly onReload: () => void;
}

/** Step 1: who the pack is. Everything after it offers only what fits. */
export function VibeStep({ draft, onSaved, onReload }: VibeStepProps) {
  const form = useForm<VibeForm>({
    resolver: schemaResolver(VibeFormSchema) as never,
    defaultValues: draft === undefined ? FIRST_CHOICES : ({ pack_id: draft.pack_id, ...structuredClone(draft.identity) } as VibeForm),
  });
  const { control } = form;
  const { busy, trouble, submit } = useSaveStep<VibeForm>({
    form,
    fields: FIELDS,
    draft,
    write: ({ pack_id, ...identity }, ifMatch) =>
      draft === undefined
        ? client.call("POST /pack_drafts", { body: { pack_id, ...identity }, idempotencyKey: crypto.randomUUID() })
        : client.call("PUT /pack_drafts/{pack_id}/identity", {
            params: { pack_id },
            body: identity,
            ...(ifMatch === undefined ? {} : { ifMatch }),
          }),
    onSaved,
  });
  const lost = draft !== undefined && draft.instruments !== null;

  return (
    <form onSubmit={submit} noValidate>
      <Grid>
        <Panel title="Name" span={12}>
          <div className={styles.fields}>
            <TextField control={control} name="name" label="Name" hint="Up to 20 letters, digits and spaces." placeholder="Patient Swing" />
            <TextField
              control={control}
              name="pack_id"
              label="Id"
              disabled={draft !== undefined}
              hint={draft === undefined ? "Small letters, digits and _. It names the pack for good." : "It cannot change any more."}
              placeholder="patient_swing"
              transform={(text) => text.toLowerCase().replaceAll(/[\s-]+/g, "_")}
            />
          </div>
          <TextField
            control={control}
            name="description"
            label="Description"
            lines={3}
            hint="50 to 500 characters: the idea, what it holds and how long, and when it stays out."
            placeholder="Follows trends of liquid stocks over days and takes few, considered positions."
          />
        </Panel>
        <Panel title="Vibe" note="how it thinks, what it bears and how it trades" span={12}>
          <div className={styles.fields}>
            <SelectField
              control={control}
              name="vibe.time_horizon"
              label="Thinks in"
              hint="Decides which bars and indicators fit."
              options={optionsOf(vibe.time_horizon.options)}
            />
            <SelectField
              control={control}
              name="vibe.decision_style.kind"
              label="Decides by"
              options={optionsOf(vibe.decision_style.shape.kind.options, {
                technical: "the course of prices",
                event: "what happens",
                flow: "what others buy and sell",
              })}
            />
            <SelectField
              control={control}
              name="vibe.decision_style.patience"
              label="Patience"
              options={optionsOf(vibe.decision_style.shape.patience.options, {
                hair_trigger: "acts at once",
                patient: "waits for confirmation",
              })}
            />
            <SelectField
              control={control}
              name="vibe.market_preference.regime"
              label="Likes markets that are"
              hint="Decides which ways to trade fit."
              options={optionsOf(vibe.market_preference.shape.regime.options)}
            />
            <SelectField
              control={control}
              name="vibe.market_preference.bias"
              label="Bias"
              options={optionsOf(vibe.market_preference.shape.bias.options)}
            />
            <SelectField
              control={control}
              name="vibe.market_preference.liquidity"
              label="Liquidity"
              options={optionsOf(vibe.market_preference.shape.liquidity.options)}
            />
            <NumberField
              control={control}
              name="vibe.risk_appetite.max_drawdown"
              label="Drawdown it bears"
              unit="share of the peak, 0 to 1"
              hint="0.2 = it may fall 20% from its highest point."
              min={0}
              max={1}
              step={0.01}
            />
            <NumberField
              control={control}
              name="vibe.risk_appetite.leverage"
              label="Leverage"
              unit="× capital"
              hint="Largest gross exposure, long and short together."
              min={1}
              max={20}
              step={0.5}
            />
            <SelectField
              control={control}
              name="vibe.risk_appetite.concentration"
              label="Concentration"
              options={optionsOf(vibe.risk_appetite.shape.concentration.options)}
            />
            <SelectField
              control={control}
              name="vibe.risk_appetite.stop_tightness"
              label="Stops"
              options={optionsOf(vibe.risk_appetite.shape.stop_tightness.options)}
            />
            <SelectField
              control={control}
              name="vibe.execution_character.orders"
              label="Orders"
              options={optionsOf(vibe.execution_character.shape.orders.options)}
            />
            <SelectField
              control={control}
              name="vibe.execution_character.entry"
              label="Enters"
              options={optionsOf(vibe.execution_character.shape.entry.options)}
            />
            <SelectField
              control={control}
              name="vibe.execution_character.exit"
              label="Leaves"
              options={optionsOf(vibe.execution_character.shape.exit.options, { binary: "all at once" })}
            />
          </div>
        </Panel>
        <Panel title="Tags" note="by which it is found; checks hold it to them" span={12}>
          <div className={styles.fields}>
            {TAG_NAMES.map((category) => (
              <SelectField
                key={category}
                control={control}
                name={`tags.${category}`}
                label={TAG_CATEGORIES[category]!.name}
                hint={TAG_CATEGORIES[category]!.says}
                options={optionsOf(PACK_TAGS[category])}
              />
            ))}
          </div>
        </Panel>
      </Grid>
      {lost && (
        <p className={styles.note}>Indicators, gates and strategies that do not fit a changed vibe any more are dropped and chosen anew.</p>
      )}
      <StepFoot
        busy={busy}
        trouble={trouble}
        onReload={onReload}
        verb={draft === undefined ? "Create the draft and go on" : "Save and go on"}
      />
    </form>
  );
}
