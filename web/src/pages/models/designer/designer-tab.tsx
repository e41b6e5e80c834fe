import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { type FieldPath, FormProvider, type Resolver, useForm, useWatch } from "react-hook-form";
import { ProblemError } from "#client/problem.ts";
import { useAsk, useRows } from "../../../data/ask.ts";
import { Button, buttonClass } from "../../../ui/button.tsx";
import { LabelFields } from "../../../ui/model/label-fields.tsx";
import { Grid, Panel } from "../../../ui/panel.tsx";
import { PlaceLink } from "../../../ui/place-link.tsx";
import { ErrorState } from "../../../ui/states.tsx";
import { say } from "../../../ui/toast.tsx";
import { labelInWords } from "../../../words/label.ts";
import { PAGE, PLACE_OF } from "../../../words/places.ts";
import { changeModel, type TaggedModel, useModelRefresh } from "../model-query.ts";
import styles from "../models.module.css";
import { DataFields } from "./data-fields.tsx";
import { definitionsOf } from "./definition.ts";
import { changeOf, type DesignDraft, designDraftOf, fieldAt, issuesOf, makesStale, partsOf } from "./design.ts";
import { FeatureFields } from "./feature-fields.tsx";
import { IndicatorFields } from "./indicator-fields.tsx";
import { KeepSet } from "./keep-set.tsx";
import { LearnerFields } from "./learner-fields.tsx";
import { PolicyPanel } from "./policy-panel.tsx";
import { TradingFields } from "./trading-fields.tsx";

/** The structure of the model: what it sees, forecasts, learns with and may risk. Changes are kept only where they hold together. */
export function DesignerTab({ tagged }: { readonly tagged: TaggedModel }) {
  const [base, setBase] = useState(tagged);
  const [failure, setFailure] = useState<Error>();
  const [rest, setRest] = useState<readonly string[]>([]);
  const queries = useQueryClient();
  const refresh = useModelRefresh();
  const { detail } = base;
  const { pack_id } = detail;
  const before = designDraftOf(detail);
  const isOwn = detail.origin === "own";
  const pack = useAsk("GET /packs/{pack_id}", { params: { pack_id } });
  const sets = useRows("GET /packs/{pack_id}/indicator_sets", { params: { pack_id }, query: { limit: 200 } });
  const profiles = useRows("GET /packs/{pack_id}/risk_profiles", { params: { pack_id }, query: { limit: 50 } });
  const catalogue = useAsk("GET /indicators");

  const resolver: Resolver<DesignDraft> = (values) => {
    const issues = issuesOf(changeOf(before, values));
    if (issues.length === 0) return { values, errors: {} };
    return { values: {}, errors: nested(issues) };
  };
  const form = useForm<DesignDraft>({ resolver, defaultValues: before as never, mode: "onBlur" });
  const draft = useWatch({ control: form.control }) as DesignDraft;
  const change = changeOf(before, draft);
  const isChanged = Object.keys(change).length > 0;
  const isOutdated = tagged.etag !== base.etag;

  const take = (next: TaggedModel): void => {
    setBase(next);
    setFailure(undefined);
    setRest([]);
    form.reset(designDraftOf(next.detail) as never);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what somebody else saved is taken only where nothing here would be lost
  useEffect(() => {
    if (isOutdated && !isChanged) take(tagged);
  }, [isOutdated]);

  const save = form.handleSubmit(async (values) => {
    setFailure(undefined);
    setRest([]);
    try {
      const wanted = changeOf(before, values);
      const changed = await changeModel(queries, base, wanted as Parameters<typeof changeModel>[2]);
      take(changed);
      const stale = changed.detail.matrix.status === "stale";
      say("Saved", stale ? "The matrix is stale now: build it again before anything is evaluated." : `Changed: ${partsOf(wanted)}.`);
    } catch (error) {
      setFailure(error as Error);
      setRest(placed(form.setError, error as Error));
    }
  });

  return (
    <FormProvider {...form}>
      <form noValidate onSubmit={(event) => void save(event)}>
        {!isOwn && (
          <p className={styles.banner} role="note">
            It comes with its pack and stays as it is.{" "}
            <PlaceLink to={PAGE.createModel} search={{ pack: pack_id }}>
              Create one of your own
            </PlaceLink>{" "}
            to change it.
          </p>
        )}
        <fieldset className={styles.plain} disabled={!isOwn}>
          <Grid>
            <Panel
              title="Indicators"
              span={7}
              note={`${detail.columns.length} feature columns`}
              actions={isOwn && <KeepSet packId={pack_id} entries={draft.entries} />}
            >
              <IndicatorFields
                sets={sets.data ?? []}
                pack={pack.data}
                catalogue={catalogue.data && definitionsOf(catalogue.data)}
                isOwn={isOwn}
                modelId={detail.model_id}
              />
            </Panel>
            <Column>
              <Panel title="Label" note="what is forecast">
                <p className={styles.says}>{labelInWords(draft.label)}</p>
                <LabelFields form={form} label={draft.label} cadence={detail.config.cadence} />
              </Panel>
              <Panel title="Features" note="beside the indicators">
                <FeatureFields draft={draft} isOptions={detail.config.asset_type === "opt"} />
              </Panel>
              <Panel title="Learner">
                <LearnerFields learner={draft.learner} />
              </Panel>
            </Column>
            <Panel title="Trading and gate" span={6} note="limits may only be tightened">
              <TradingFields detail={detail} draft={draft} strategies={pack.data?.strategies ?? []} profiles={profiles.data ?? []} />
            </Panel>
            <Panel title="Policy" span={6} note="how forecasts become trades">
              <PolicyPanel draft={draft} detail={detail} />
            </Panel>
            <Panel title="Data and tags" note="another source is another matrix">
              <DataFields draft={draft} detail={detail} />
            </Panel>
          </Grid>
        </fieldset>
        {isOwn && (
          <div className={styles.savebar} data-changed={isChanged ? "" : undefined}>
            {failure !== undefined && (
              <ErrorState
                error={failure}
                title={
                  failure instanceof ProblemError && failure.code === "CONFLICT"
                    ? "Not saved: the model changed, or a run works on it"
                    : "Not saved"
                }
              />
            )}
            {rest.length > 0 && failure instanceof ProblemError && <span className={styles.hidden}>{rest.join(" ")}</span>}
            {isOutdated && isChanged && (
              <p className={styles.warning} role="alert">
                Somebody changed the model since you began.{" "}
                <Button small onClick={() => void refresh().then(() => take(tagged))}>
                  Take theirs, drop mine
                </Button>
              </p>
            )}
            <div className={styles.submit}>
              <span className={styles.says} role="status">
                {isChanged
                  ? `Changed: ${partsOf(change)}.${makesStale(change) ? " Saving makes the matrix stale." : " The matrix stays as it is."}`
                  : "No change."}
              </span>
              <Button disabled={!isChanged} onClick={() => take(base)}>
                Discard
              </Button>
              <Button kind="primary" type="submit" disabled={!isChanged} busy={form.formState.isSubmitting}>
                Save changes
              </Button>
              {detail.matrix.status !== "current" && !isChanged && (
                <PlaceLink
                  to={PLACE_OF.model(pack_id, detail.model_id)}
                  search={{ tab: "composer", job: "build" }}
                  className={buttonClass("plain")}
                >
                  Build the matrix
                </PlaceLink>
              )}
            </div>
          </div>
        )}
      </form>
    </FormProvider>
  );
}

const Column = ({ children }: { readonly children: ReactNode }) => <div className={styles.column}>{children}</div>;

/** Messages by field, in the nesting that the form has. */
function nested(issues: readonly { readonly path: string; readonly message: string }[]): Record<string, never> {
  const errors: Record<string, unknown> = {};
  for (const { path, message } of issues.toReversed()) {
    const parts = path.split(".");
    let at = errors;
    for (const part of parts.slice(0, -1)) {
      at[part] ??= {};
      at = at[part] as Record<string, unknown>;
    }
    const last = parts.at(-1)!;
    // A list shows its message at its root.
    at[last] =
      last === "entries" || last === "others"
        ? { root: { type: "schema", message }, message, type: "schema" }
        : { type: "schema", message };
  }
  return errors as Record<string, never>;
}

/** Puts what the linter objects to next to its field, in its own words. */
function placed(
  setError: (name: FieldPath<DesignDraft> | `root.${string}`, error: { type: string; message: string }) => void,
  error: Error,
): readonly string[] {
  if (!(error instanceof ProblemError)) return [];
  return (error.problem.field_errors ?? []).map(({ path, issue }) => {
    const name = fieldAt(path);
    setError(name === "entries" || name === "others" ? `root.${name}` : (name as FieldPath<DesignDraft>), {
      type: "server",
      message: issue,
    });
    return issue;
  });
}
