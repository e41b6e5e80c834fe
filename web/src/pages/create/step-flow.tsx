import { SelectField, SwitchField } from "../../ui/form/choice-field.tsx";
import { NumberField } from "../../ui/form/text-field.tsx";
import { Panel } from "../../ui/panel.tsx";
import styles from "./create.module.css";
import type { StepProps } from "./step-props.ts";

type Flags = Readonly<Record<string, unknown>> | null | undefined;

/** Which columns of same-day option flow, dealers and open interest are features; absent is what template and pack say. */
export function StepFlow({ form, values, judged: { verdict }, offers }: StepProps) {
  const { control, setValue } = form;
  const inForce = verdict?.model?.config.features as { flow?: Flags; dealer?: Flags; oi?: Flags } | undefined;
  const hasTape = hasKind(offers, values, "option_tape");
  const hasFlow = hasTape || hasKind(offers, values, "option_bars") || hasKind(offers, values, "flow_cells");
  const own = values.features;

  /** What is in force, or what a family begins with when it is switched on. */
  const begin = (family: "flow" | "dealer" | "oi", on: boolean): void =>
    setValue(
      `features.${family}`,
      on ? { ...(inForce?.[family] ?? {}), ...(own[family] == null && isOn(family) ? {} : USUAL[family]) } : null,
      { shouldDirty: true },
    );
  const isOn = (family: "flow" | "dealer" | "oi"): boolean => {
    const chosen = own[family] === undefined ? inForce?.[family] : own[family];
    return chosen !== null && chosen !== undefined && (family !== "oi" || chosen["include"] === true);
  };

  return (
    <>
      <Panel
        title="Flow by distance"
        note="contracts and premium traded today, by strike around yesterday's close"
        actions={<Family label="Flow" on={isOn("flow")} disabled={!hasFlow} onChange={(on) => begin("flow", on)} />}
      >
        {!hasFlow && <p className={styles.warn}>These data have no option flow. Choose other data in Basics to use it.</p>}
        {isOn("flow") && own.flow === undefined && <Inherited onOwn={() => begin("flow", true)} what={inForce?.flow} />}
        {own.flow !== undefined && own.flow !== null && (
          <div className={styles.fields}>
            <SwitchField control={control} name="features.flow.per_distance" label="A column for each distance" />
            <SwitchField control={control} name="features.flow.totals" label="Totals of calls and puts" />
            <SwitchField control={control} name="features.flow.ratios" label="Put/call ratio and imbalance" />
            <SwitchField control={control} name="features.flow.atm" label="At the money" />
            <SwitchField
              control={control}
              name="features.flow.signed"
              label="By who started the trade"
              disabled={!hasTape}
              hint={hasTape ? "Further columns, on a grid around the price." : "These data have no trades and quotes."}
            />
            <NumberField
              control={control}
              name="features.flow.distance_max"
              label="Furthest distance"
              unit="strikes"
              min={0}
              max={50}
              step={1}
              hint="Strikes further from the anchor are left out."
            />
            <SelectField
              control={control}
              name="features.flow.flow_side"
              label="Counts"
              hint="Seller-started volume needs trades and quotes."
              options={[
                { value: "volume", label: "All contracts traded" },
                {
                  value: "inferred",
                  label: "Only what sellers started",
                  refusal: hasTape ? undefined : "these data have no trades and quotes",
                },
              ]}
            />
          </div>
        )}
      </Panel>
      <Panel
        title="Dealers"
        note="which side dealers are left with, and whether the price goes against it"
        actions={<Family label="Dealers" on={isOn("dealer")} disabled={!hasFlow} onChange={(on) => begin("dealer", on)} />}
      >
        {isOn("dealer") && own.dealer === undefined && <Inherited onOwn={() => begin("dealer", true)} what={inForce?.dealer} />}
        {own.dealer !== undefined && own.dealer !== null && (
          <div className={styles.fields}>
            <SwitchField control={control} name="features.dealer.mm_profit_dir_simple" label="Side that flow leaves dealers with" />
            <SwitchField control={control} name="features.dealer.divergence_score" label="Divergence from the hour before" />
          </div>
        )}
      </Panel>
      <Panel
        title="Open interest"
        note="of the morning, never of the same day's end"
        actions={<Family label="Open interest" on={isOn("oi")} disabled={false} onChange={(on) => begin("oi", on)} />}
      >
        {isOn("oi") && own.oi === undefined && <Inherited onOwn={() => begin("oi", true)} what={inForce?.oi} />}
        {own.oi?.["include"] === true && <p className={styles.note}>Distance to max pain, and how concentrated open interest is.</p>}
      </Panel>
    </>
  );
}

const USUAL = {
  flow: { flow_side: "volume", per_distance: true, totals: true, ratios: true, atm: false, distance_max: 7 },
  dealer: { mm_profit_dir_simple: true, divergence_score: true },
  oi: { include: true },
} as const;

function hasKind(offers: StepProps["offers"], { data }: StepProps["values"], kind: string): boolean {
  const offer = offers.find(({ provider }) => provider === data.provider);
  const kinds = offer?.symbols?.find(({ symbol }) => symbol === data.symbol)?.kinds ?? offer?.kinds ?? [];
  return kinds.some((each) => each === kind);
}

interface FamilyProps {
  readonly label: string;
  readonly on: boolean;
  readonly disabled: boolean;
  readonly onChange: (on: boolean) => void;
}

function Family({ label, on, disabled, onChange }: FamilyProps) {
  return (
    <label className={styles.family}>
      <input type="checkbox" checked={on} disabled={disabled && !on} onChange={(event) => onChange(event.target.checked)} />
      Use {label.toLowerCase()}
    </label>
  );
}

function Inherited({ what, onOwn }: { readonly what: Flags; readonly onOwn: () => void }) {
  const said = Object.entries(what ?? {}).filter(([, value]) => value !== false);
  return (
    <p className={styles.note}>
      As template and pack say:{" "}
      {said.map(([key, value]) => (value === true ? key.replaceAll("_", " ") : `${key.replaceAll("_", " ")} ${String(value)}`)).join(", ")}.{" "}
      <button type="button" className={styles.link} onClick={onOwn}>
        Change it
      </button>
    </p>
  );
}
