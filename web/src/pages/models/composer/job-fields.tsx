import type { Control } from "react-hook-form";
import type { AnswerOf } from "../../../data/ask.ts";
import { SelectField, SwitchField } from "../../../ui/form/choice-field.tsx";
import { MultiSelectField } from "../../../ui/form/combobox-field.tsx";
import { DateField } from "../../../ui/form/date-field.tsx";
import { NumberField, TextField } from "../../../ui/form/text-field.tsx";
import { formatNumber } from "../../../words/format.ts";
import { VERDICTS } from "../../../words/gate.ts";
import { variantInWords } from "../../../words/variant.ts";
import type { ModelDetail } from "../model-query.ts";
import styles from "../models.module.css";
import type { ComposeDraft } from "./compose.ts";

export interface JobFieldsProps {
  readonly control: Control<ComposeDraft>;
  readonly draft: ComposeDraft;
  readonly config: ModelDetail["config"];
}

/** Hours in which bars start, New York. */
const HOURS = [9, 10, 11, 12, 13, 14, 15].map((hour) => ({ value: String(hour), label: `${String(hour).padStart(2, "0")}:00` }));

const CALIBRATIONS = [
  { value: "none", label: "None" },
  { value: "sigmoid", label: "Sigmoid (Platt)" },
  { value: "isotonic", label: "Isotonic" },
];

/** The window of the matrix, and how a pipeline goes on from there. */
export function BuildFields({ control, isPipeline }: JobFieldsProps & { readonly isPipeline: boolean }) {
  return (
    <>
      <div className={styles.row}>
        <DateField control={control} name="start" label="First session" optional hint="As the model says when empty." />
        <DateField control={control} name="end" label="Up to, not including" optional hint="The newest session when empty." />
      </div>
      {isPipeline && (
        <div className={styles.row}>
          <SelectField
            control={control}
            name="evaluate"
            label="Then"
            options={[
              { value: "sweep", label: "Sweep" },
              { value: "backtest", label: "Backtest" },
            ]}
          />
          <SwitchField control={control} name="train_when_passed" label="Train the best result if it passes the gate" />
        </div>
      )}
      <SwitchField
        control={control}
        name="force"
        label="Build anew and accept failed checks"
        hint="It is recorded on the matrix, and everybody who reads it sees it."
      />
    </>
  );
}

function Hours({
  control,
  config,
  label,
  hint,
}: Pick<JobFieldsProps, "control" | "config"> & { readonly label: string; readonly hint: string }) {
  if (config.cadence === "daily") return null;
  return (
    <MultiSelectField
      control={control}
      name="allowed_hours"
      label={label}
      hint={hint}
      groups={[{ options: HOURS }]}
      placeholder="All hours"
      optional
    />
  );
}

const defaultMode = ({ cadence }: ModelDetail["config"]): string => (cadence === "daily" ? "edge" : "probability");

function ThresholdMode({ control, config }: Pick<JobFieldsProps, "control" | "config">) {
  return (
    <SelectField
      control={control}
      name="threshold_mode"
      label="A forecast passes by"
      none={`As usual at this cadence (${defaultMode(config)})`}
      options={[
        { value: "edge", label: "Edge over the base rate" },
        { value: "probability", label: "Probability" },
      ]}
      hint="Edge takes the market's own drift out, so that a rising market does not make every model long."
    />
  );
}

/** What a backtest trades on. */
export function EvaluateFields({ control, config }: JobFieldsProps) {
  const isEdge = defaultMode(config) === "edge";
  return (
    <>
      <div className={styles.row}>
        <ThresholdMode control={control} config={config} />
        <TextField
          control={control}
          name="thresholds"
          label="Thresholds"
          optional
          placeholder={isEdge ? "0, 0.05, 0.1" : "0.55, 0.60"}
          hint="Separated by commas; each is a trial. The neutral one when empty."
        />
        <NumberField
          control={control}
          name="top_pct"
          label="Most confident share"
          optional
          min={0}
          max={1}
          step={0.05}
          hint="0.10 trades the most confident 10 % only; with a threshold both must hold."
        />
      </div>
      <div className={styles.row}>
        <SelectField
          control={control}
          name="calibration"
          label="Calibration"
          none={`As the model says (${config.learner.calibration})`}
          options={CALIBRATIONS}
        />
        <SelectField
          control={control}
          name="robustness"
          label="Robustness tests"
          options={[
            { value: "none", label: "None" },
            { value: "quick", label: "Quick: costs, delay, capacity, random entries" },
            { value: "full", label: "Full: also other seeds and permuted labels" },
          ]}
        />
        <Hours control={control} config={config} label="Hours of entry" hint="New York; all when empty." />
      </div>
    </>
  );
}

/** Which variants a sweep tries. */
export function SweepFields({ control, draft, config }: JobFieldsProps) {
  return (
    <>
      <div className={styles.row}>
        <SelectField
          control={control}
          name="grid"
          label="Variants"
          options={[
            { value: "simple", label: `The usual grid at ${config.cadence} cadence` },
            { value: "lists", label: "Lists of my own" },
          ]}
          hint="Stops, holding periods, filters and compositions are under Sweeps."
        />
        {draft.grid === "simple" ? (
          <SelectField
            control={control}
            name="preset"
            label="Part of it"
            none="The whole grid"
            options={[
              { value: "conservative", label: "Conservative: the selective part" },
              { value: "balanced", label: "Balanced: the whole grid" },
              { value: "aggressive", label: "Aggressive: the open part" },
            ]}
          />
        ) : (
          <TextField
            control={control}
            name="thresholds_variants"
            label="Thresholds"
            placeholder="0; 0.1; 0.25"
            hint="One value or CSV group for each semicolon."
          />
        )}
        <ThresholdMode control={control} config={config} />
      </div>
      {draft.grid === "lists" && (
        <div className={styles.row}>
          <TextField control={control} name="top_pct_variants" label="Most confident shares" optional placeholder="0.05; 0.15; 1" />
          {config.cadence !== "daily" && (
            <TextField control={control} name="allowed_hours_variants" label="Sets of hours" optional placeholder="9,10; 13,14,15; all" />
          )}
        </div>
      )}
    </>
  );
}

/** Which results are trained, and on whose decision. */
export function TrainFields({
  control,
  draft,
  config,
  performance,
}: JobFieldsProps & { readonly performance: AnswerOf<"GET /models/{model_id}/performance"> | undefined }) {
  const rows = performance?.best ?? [];
  const chosen = rows.filter(({ row }) => draft.rows.includes(row.row_id));
  const needsReason = chosen.some(({ row }) => row.gate.status === "MARGINAL" || row.gate.status === "MARGINAL_SIG");
  const fails = chosen.some(({ row }) => row.gate.status === "FAIL");
  return (
    <>
      <MultiSelectField
        control={control}
        name="rows"
        label="Results to train"
        optional
        placeholder={rows.length === 0 ? "No result yet: a baseline is trained" : "None: a baseline is trained"}
        hint="The model's five best; others are chosen on the leaderboard. Without any a baseline is trained, which no gate has judged."
        groups={[
          {
            options: rows.map(({ row, is_current }) => ({
              value: row.row_id,
              label: `${variantInWords(row.params)} (${VERDICTS[row.gate.status].name})`,
              hint: `residual Sharpe ${formatNumber(row.metrics.residual.sharpe, "ratio")}, DSR ${formatNumber(row.significance.dsr, "probability")}${is_current ? "" : ", of an earlier definition"}`,
            })),
          },
        ]}
      />
      {draft.rows.length === 0 && (
        <div className={styles.row}>
          <SelectField
            control={control}
            name="calibration"
            label="Calibration"
            none={`As the model says (${config.learner.calibration})`}
            options={CALIBRATIONS}
          />
          <Hours control={control} config={config} label="Hours of trading" hint="New York; as the model says when empty." />
        </div>
      )}
      {(needsReason || draft.override_reason !== undefined) && (
        <TextField
          control={control}
          name="override_reason"
          label="Why against the gate"
          lines={2}
          hint="Marginal results are trained only on a recorded decision of yours."
        />
      )}
      <SwitchField
        control={control}
        name="research"
        label="For research, whatever the gate says"
        hint={
          fails
            ? "A chosen result fails the gate: it can be trained for research only, and is unproven for good."
            : "The model is then unproven for good: it may go to paper, never live."
        }
      />
    </>
  );
}
