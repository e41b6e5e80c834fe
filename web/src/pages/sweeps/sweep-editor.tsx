import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import type { RiskBudget } from "#lib/policies/risk-budget.schema.ts";
import { type AnswerOf, useAct, useAsk } from "../../data/ask.ts";
import { SelectField } from "../../ui/form/choice-field.tsx";
import { showServerIssues } from "../../ui/form/server-issues.ts";
import { SplitFields } from "../../ui/form/split-fields.tsx";
import { NumberField, TextField } from "../../ui/form/text-field.tsx";
import { Panel } from "../../ui/panel.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { say } from "../../ui/toast.tsx";
import { plural } from "../../words/format.ts";
import { PLACE_OF } from "../../words/places.ts";
import { AxesEditor } from "./axes-editor.tsx";
import { CompositionEditor } from "./composition-editor.tsx";
import { Envelope } from "./envelope.tsx";
import { EstimatePanel } from "./estimate-panel.tsx";
import type { FeatureFacts } from "./feature-sets.ts";
import { Segments } from "./segments.tsx";
import type { AxisFacts } from "./sweep-axes.ts";
import { checkForm, fieldNames, formPath, hourSetsOf, PROFILES, type Profile, type SweepForm, simpleGrid } from "./sweep-form.ts";
import styles from "./sweeps.module.css";

type Model = AnswerOf<"GET /models/{model_id}">;

const PRESET_HINTS: Readonly<Record<"all" | Profile, string>> = {
  all: "Every variant of the grid.",
  conservative: "The selective part: few, most confident trades.",
  balanced: "The whole grid, as the balanced profile uses it.",
  aggressive: "The open part: more trades, less certain ones.",
};

/** The sweep of one model: under which limits, over which settings, and what it will take. */
export function SweepEditor({ model }: { readonly model: Model }) {
  const { pack_id, model_id, config } = model;
  const navigate = useNavigate();
  const profiles = useAsk("GET /packs/{pack_id}/risk_profiles", { params: { pack_id } });
  const own = config.risk_profile as Profile;
  const form = useForm<SweepForm>({
    mode: "onChange",
    defaultValues: {
      mode: "simple",
      profile: own,
      axes: {},
      indicator_sets: [],
      strategy_variants: [],
      risk_profiles: [],
      feature_sets: [],
      learners: [],
      hours_scope: "trade",
      gates: {},
      min_trades: 20,
      min_sharpe: 0.5,
      split_kind: "walk_forward",
      splits: 5,
      n_groups: 6,
      k_test: 2,
      tag: "sweep",
    },
    resolver: (values) => {
      const checked = checkForm(values, factsOf(values.profile));
      return "errors" in checked ? { values: {}, errors: checked.errors } : { values, errors: {} };
    },
  });
  const { control, setValue } = form;
  const values = useWatch({ control }) as SweepForm;
  const ownLimits = model.limits as RiskBudget;
  const limitsOf = (profile: Profile): RiskBudget =>
    profile === own ? ownLimits : ((profiles.data?.rows.find(({ name }) => name === profile)?.limits ?? {}) as RiskBudget);
  const factsOf = (profile: Profile) => ({ pack_id, model_id, profile: own, limits: limitsOf(profile), features: config as FeatureFacts });
  const checked = checkForm(values, factsOf(values.profile));
  const usualMode = config.cadence === "daily" ? "edge" : "probability";
  const axisFacts: AxisFacts = {
    cadence: config.cadence,
    trades: config.instrument === "options" ? "options" : "stocks",
    thresholdMode: values.threshold_mode ?? usualMode,
  };
  const start = useAct("POST /sweeps", ["GET /runs", "GET /sweeps"]);
  const [rest, setRest] = useState<readonly string[]>([]);
  const begin = async (): Promise<void> => {
    setRest([]);
    if ("errors" in checked) {
      await form.trigger();
      return;
    }
    try {
      const started = await start.mutateAsync({ body: checked.body as never });
      const isOld = "is_new" in started && !started.is_new;
      say(isOld ? "This very sweep was run before" : "The sweep has started", "It goes on when this page is closed.");
      await navigate({ to: PLACE_OF.sweep(started.run_id) });
    } catch (error) {
      const named = renamed(error as Error);
      setRest(showServerIssues(form, named, fieldNames(values) as never));
    }
  };
  const profileWords = profiles.data?.rows.find(({ name }) => name === values.profile)?.description;

  return (
    <form
      className={styles.editor}
      onSubmit={(event) => {
        event.preventDefault();
        void begin();
      }}
    >
      <div className={styles.settings}>
        <Panel title="Risk profile" note="whose limits and sizing hold; it never changes the matrix">
          <Segments
            label="Risk profile"
            value={values.profile}
            options={PROFILES.map((profile) => ({ value: profile, label: profile === own ? `${profile} (the model's)` : profile }))}
            onChange={(profile) => {
              setValue("gates", {});
              setValue("profile", profile, { shouldValidate: true });
            }}
          />
          {profileWords !== undefined && <p className={styles.soft}>{profileWords}</p>}
          <Envelope control={control} limits={limitsOf(values.profile)} trades={axisFacts.trades} intraday={config.cadence !== "daily"} />
        </Panel>
        <Panel title="What is varied">
          <Segments
            label="Kind of sweep"
            value={values.mode}
            options={[
              { value: "simple", label: "Simple" },
              { value: "custom", label: "Custom" },
              { value: "composition", label: "Composition" },
            ]}
            onChange={(mode) => setValue("mode", mode, { shouldValidate: true })}
          />
          {values.mode === "composition" && <CompositionEditor control={control} packId={pack_id} features={config as FeatureFacts} />}
          {values.mode === "simple" || (values.mode === "composition" && Object.keys(values.axes).length === 0) ? (
            <>
              <Segments
                label="Preset"
                value={values.preset ?? "all"}
                options={[{ value: "all", label: "Whole grid" }, ...PROFILES.map((preset) => ({ value: preset, label: preset }))]}
                onChange={(preset) =>
                  setValue(
                    "preset",
                    PROFILES.find((each) => each === preset),
                    { shouldValidate: true },
                  )
                }
              />
              <p className={styles.soft}>
                {PRESET_HINTS[values.preset ?? "all"]} {simpleGrid(config.cadence, axisFacts.thresholdMode, values.preset)}
              </p>
            </>
          ) : null}
          {values.mode !== "simple" && (
            <AxesEditor
              control={control}
              facts={axisFacts}
              axes={values.axes}
              onChange={(axes) => setValue("axes", axes, { shouldValidate: true })}
            />
          )}
          <div className={styles.fields}>
            <SelectField
              control={control}
              name="threshold_mode"
              label="A forecast passes by"
              none={`As usual at this cadence (${usualMode})`}
              options={[
                { value: "edge", label: "Edge over the base rate" },
                { value: "probability", label: "Probability" },
              ]}
              hint="Edge takes the market's own drift out. It costs nothing: the fits stay."
            />
            {config.cadence !== "daily" && (
              <SelectField
                control={control}
                name="hours_scope"
                label="What hours do"
                options={[
                  { value: "trade", label: "Filter trades" },
                  { value: "train", label: "Decide what is trained on, too" },
                ]}
                hint={
                  values.hours_scope === "train"
                    ? `Each set of hours is fitted on its own rows: ${plural(hourSetsOf(values), "set")}, so as many times the fits. At most 20 compositions.`
                    : "All variants share one fit of each test block."
                }
              />
            )}
          </div>
        </Panel>
        <Panel title="How it is tested" note="purged, with an embargo">
          <div className={styles.fields}>
            <SplitFields control={control} kind={values.split_kind} />
          </div>
        </Panel>
        <Panel title="How it is ranked">
          <div className={styles.fields}>
            <NumberField control={control} name="min_trades" label="Least trades" hint="Fewer are kept but not ranked" min={0} step={1} />
            <NumberField control={control} name="min_sharpe" label="Least Sharpe ratio" hint="Lower ones are kept but not ranked" />
            <TextField control={control} name="tag" label="Tag" hint="To find it again" />
          </div>
        </Panel>
      </div>
      <div className={styles.aside}>
        <Panel title="Before anything runs">
          <EstimatePanel
            body={"errors" in checked ? undefined : checked.body}
            objections={"errors" in checked ? checked.rest : []}
            model={model}
            starting={start.isPending}
          />
          {start.error && <ErrorState error={start.error} title="The sweep was not started" />}
          {rest.map((issue) => (
            <p key={issue} className={styles.failure}>
              {issue}
            </p>
          ))}
        </Panel>
      </div>
    </form>
  );
}

/** The same error with the paths of the form's own fields. */
function renamed(error: Error): Error {
  const problem = (error as { problem?: { field_errors?: { path: string; issue: string }[] } }).problem;
  if (problem?.field_errors === undefined) return error;
  for (const each of problem.field_errors) (each as { path: string }).path = formPath(each.path);
  return error;
}
