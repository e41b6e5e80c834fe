import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import type { Label } from "#lib/matrix/label.schema.ts";
import { SelectField } from "../form/choice-field.tsx";
import { NumberField, TextField } from "../form/text-field.tsx";
import { Choice } from "./choice.tsx";
import { labelOfKind } from "./label-kinds.ts";
import styles from "./model-fields.module.css";

const KINDS: readonly (readonly [Label["kind"], string])[] = [
  ["next_bar_direction", "Direction of the next bar"],
  ["forward_return", "Return some bars ahead"],
  ["close_to_open", "Overnight: close to open"],
  ["headfake_reversal", "Reversal of the opening move"],
  ["pin_drift", "Drift to a strike into the close"],
  ["triple_barrier", "Which barrier is touched first"],
];

const ENTRIES = [
  { value: "next_open", label: "The next bar's open" },
  { value: "decision_close", label: "The close that decides" },
];

export interface LabelFieldsProps<T extends FieldValues> {
  /** A form with the label under `label`. */
  readonly form: Pick<UseFormReturn<T>, "control" | "setValue">;
  readonly label: Label;
  /** Of the model's bars, as far as it is known. */
  readonly cadence: string | undefined;
}

/** What a row's label means; each kind has settings of its own. */
export function LabelFields<T extends FieldValues>({ form: { control, setValue }, label, cadence }: LabelFieldsProps<T>) {
  const at = (name: string): FieldPath<T> => name as FieldPath<T>;
  const number = (name: string, text: string, more: { min?: number; max?: number; step?: number | "any"; unit?: string } = {}) => (
    <NumberField control={control} name={at(`label.${name}`)} label={text} {...more} />
  );
  const clock = (name: string, text: string) => <TextField control={control} name={at(`label.${name}`)} label={text} placeholder="10:30" />;
  return (
    <>
      <div className={styles.row}>
        <Choice
          label="Kind"
          value={label.kind}
          onChange={(kind) => setValue(at("label"), labelOfKind(kind as Label["kind"], label) as never, { shouldDirty: true })}
        >
          {KINDS.map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </Choice>
        {label.kind !== "close_to_open" && <SelectField control={control} name={at("label.entry")} label="Entered at" options={ENTRIES} />}
        {(label.kind === "forward_return" || label.kind === "triple_barrier") &&
          number("horizon", "Bars ahead", { min: 1, max: 252, step: 1 })}
        {label.kind === "forward_return" && cadence !== "daily" && (
          <SelectField
            control={control}
            name={at("label.unit")}
            label="Counted in"
            options={[
              { value: "bars", label: "Bars" },
              { value: "sessions", label: "Sessions" },
            ]}
          />
        )}
        {label.kind === "forward_return" && (
          <SelectField
            control={control}
            name={at("label.task")}
            label="Forecast"
            options={[
              { value: "classify", label: "The direction" },
              { value: "regress", label: "The return itself" },
            ]}
          />
        )}
        {label.kind === "close_to_open" && clock("decision_time", "Decided at (ET)")}
        {label.kind === "headfake_reversal" && (
          <>
            {clock("window_end", "Window ends (ET)")}
            {number("move_atr", "Least move", { unit: "ATR" })}
            {number("reverse_atr", "Least move back", { unit: "ATR" })}
            {number("atr_window", "ATR over", { unit: "sessions", min: 2, max: 250, step: 1 })}
          </>
        )}
        {label.kind === "pin_drift" && (
          <>
            {clock("drift_start", "Drift begins (ET)")}
            {number("drift_atr", "Least drift", { unit: "ATR" })}
            {number("atr_window", "ATR over", { unit: "sessions", min: 2, max: 250, step: 1 })}
            <SelectField
              control={control}
              name={at("label.peak")}
              label="Towards the strike with the most"
              options={[
                { value: "oi", label: "Open interest" },
                { value: "gamma", label: "Gamma" },
              ]}
            />
          </>
        )}
        {label.kind === "triple_barrier" && (
          <>
            {number("up", "Upper barrier", { unit: "sigma" })}
            {number("down", "Lower barrier", { unit: "sigma" })}
            <Choice
              label="A sigma is"
              value={label.sigma.kind}
              onChange={(kind) =>
                setValue(at("label.sigma"), (kind === "fixed" ? { kind, fraction: 0.02 } : { kind: "trailing", window: 100 }) as never, {
                  shouldDirty: true,
                })
              }
            >
              <option value="trailing">The trailing volatility</option>
              <option value="fixed">A fixed share of the price</option>
            </Choice>
            {label.sigma.kind === "trailing"
              ? number("sigma.window", "Volatility over", { unit: "bars", min: 2, max: 2000, step: 1 })
              : number("sigma.fraction", "Share of the price", { min: 0, max: 1 })}
            <SelectField
              control={control}
              name={at("label.touch")}
              label="Touched by"
              options={[
                { value: "close", label: "A bar's close" },
                { value: "high_low", label: "Its high or low" },
              ]}
              hint="Within a bar the lower barrier counts first."
            />
            <SelectField
              control={control}
              name={at("label.vertical")}
              label="At the time limit"
              options={[
                { value: "sign", label: "The return's sign" },
                { value: "flat", label: "Flat" },
              ]}
            />
          </>
        )}
      </div>
      {"band" in label && <BandFields form={{ control, setValue }} band={label.band} />}
    </>
  );
}

type Band = Extract<Label, { readonly band: unknown }>["band"];

function BandFields<T extends FieldValues>({
  form: { control, setValue },
  band,
}: Pick<LabelFieldsProps<T>, "form"> & { readonly band: Band }) {
  const at = (name: string): FieldPath<T> => name as FieldPath<T>;
  const change = (kind: string): void => {
    const next = kind === "fixed_bps" ? { kind, bps: 10 } : kind === "trailing_sigma" ? { kind, k: 0.3, window: 140 } : { kind: "none" };
    setValue(at("label.band"), next as never, { shouldDirty: true });
  };
  return (
    <div className={styles.row}>
      <Choice label="Flat band" value={band.kind} onChange={change}>
        <option value="none">None: every move counts</option>
        <option value="fixed_bps">A fixed width</option>
        <option value="trailing_sigma">A share of the trailing volatility</option>
      </Choice>
      {band.kind === "fixed_bps" && <NumberField control={control} name={at("label.band.bps")} label="Width" unit="bps" />}
      {band.kind === "trailing_sigma" && (
        <>
          <NumberField control={control} name={at("label.band.k")} label="Width" unit="sigma" />
          <NumberField control={control} name={at("label.band.window")} label="Volatility over" unit="bars" step={1} />
        </>
      )}
    </div>
  );
}
