import { useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { CalibrateBracketsSchema, CalibrateThresholdsSchema } from "#lib/sweeps/calibrate.schema.ts";
import { useAct } from "../../../data/ask.ts";
import { Button } from "../../../ui/button.tsx";
import { SelectField, SwitchField } from "../../../ui/form/choice-field.tsx";
import { objectionsTo } from "../../../ui/form/objections.ts";
import { placeIssues, showServerIssues } from "../../../ui/form/server-issues.ts";
import { NumberField } from "../../../ui/form/text-field.tsx";
import { WordsField } from "../../../ui/form/words-field.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { ErrorState } from "../../../ui/states.tsx";
import type { ModelDetail } from "../model-query.ts";
import styles from "../models.module.css";
import { CALIBRATE_FIELDS, type CalibrateDraft, calibrationOf } from "./calibrate.ts";

export interface CalibratePanelProps {
  readonly detail: ModelDetail;
  readonly onStarted: (runId: string) => void;
}

/** Chooses a threshold or brackets before anything is tested, on inner folds of rows that no test reads. */
export function CalibratePanel({ detail: { pack_id, model_id, config, matrix }, onStarted }: CalibratePanelProps) {
  const isIntraday = config.cadence !== "daily";
  const form = useForm<CalibrateDraft>({
    defaultValues: {
      kind: "thresholds",
      thresholds: [],
      stop_loss: [],
      take_profit: [],
      time_stop: [],
      per_hour: isIntraday ? true : undefined,
    },
  });
  const { control } = form;
  const { kind } = useWatch({ control }) as CalibrateDraft;
  const [failure, setFailure] = useState<Error>();
  const acts = {
    thresholds: useAct("POST /calibrate_thresholds", ["GET /runs"]),
    brackets: useAct("POST /calibrate_brackets", ["GET /runs"]),
  };
  const act = acts[kind];
  const start = async (): Promise<void> => {
    setFailure(undefined);
    form.clearErrors();
    const body = calibrationOf(form.getValues(), { pack_id, model_id });
    const schema = kind === "thresholds" ? CalibrateThresholdsSchema : CalibrateBracketsSchema;
    const { placed } = placeIssues(objectionsTo(schema, body), CALIBRATE_FIELDS);
    for (const { path, issue } of placed) form.setError(path as keyof CalibrateDraft, { type: "schema", message: issue });
    if (placed.length > 0) return;
    try {
      const { run_id } = (await act.mutateAsync({ body } as never)) as { run_id: string };
      onStarted(run_id);
    } catch (error) {
      setFailure(error as Error);
      showServerIssues(form, error as Error, CALIBRATE_FIELDS);
    }
  };
  return (
    <Panel title="Calibrate" note="chooses a threshold or brackets before anything is tested; all that it tries counts as trials">
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <div className={styles.row}>
          <SelectField
            control={control}
            name="kind"
            label="What is chosen"
            options={[
              { value: "thresholds", label: "A threshold" },
              { value: "brackets", label: "Stop, target and time stop" },
            ]}
          />
          <SelectField
            control={control}
            name="threshold_mode"
            label="A forecast passes by"
            none={`As usual at this cadence (${isIntraday ? "probability" : "edge"})`}
            options={[
              { value: "edge", label: "Edge over the base rate" },
              { value: "probability", label: "Probability" },
            ]}
          />
          <NumberField
            control={control}
            name="min_trades"
            label="Least trades"
            optional
            min={1}
            step={1}
            hint="Of a candidate; 20 when empty."
          />
        </div>
        <div className={styles.row}>
          {kind === "thresholds" ? (
            <>
              <WordsField
                control={control}
                name="thresholds"
                label="Candidates"
                numbers
                optional
                hint="Separated by commas; those of the usual grid in finer steps when empty."
              />
              {isIntraday && (
                <>
                  <SwitchField control={control} name="per_hour" label="One for each hour, too" />
                  <NumberField
                    control={control}
                    name="shrinkage"
                    label="Shrinkage"
                    unit="trades"
                    optional
                    min={0}
                    hint="An hour with so many trades moves half of the way to its own; 50 when empty."
                  />
                </>
              )}
            </>
          ) : (
            <>
              <NumberField control={control} name="threshold" label="Threshold meanwhile" optional hint="The neutral one when empty." />
              <WordsField
                control={control}
                name="stop_loss"
                label="Stops"
                numbers
                optional
                placeholder="0.02, 0.05, 0.1"
                hint="Fractions of the price."
              />
              <WordsField
                control={control}
                name="take_profit"
                label="Targets"
                numbers
                optional
                placeholder="1.5, 2, 3"
                hint="Multiples of the stop."
              />
              <WordsField control={control} name="time_stop" label="Time stops" numbers optional hint="Bars; none when empty." />
            </>
          )}
        </div>
        {failure !== undefined && <ErrorState error={failure} title="It was not started" />}
        <div className={styles.submit}>
          <Button type="submit" busy={act.isPending} disabled={matrix.status !== "current"}>
            Start calibration
          </Button>
          {matrix.status !== "current" && <span className={styles.says}>It reads the matrix: build it first.</span>}
        </div>
      </form>
    </Panel>
  );
}
