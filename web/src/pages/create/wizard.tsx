import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { ArrowLeft, ArrowRight } from "lucide-react";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { type FieldPath, type Resolver, useForm, useWatch } from "react-hook-form";
import { useAsk, useRows } from "../../data/ask.ts";
import { given } from "../../data/search.ts";
import { Button } from "../../ui/button.tsx";
import { schemaResolver } from "../../ui/form/schema-resolver.ts";
import type { Offer } from "../../ui/model/data-fit.ts";
import { fitsOf } from "../../ui/model/data-fit.ts";
import { PageHeader, Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { PAGE } from "../../words/places.ts";
import styles from "./create.module.css";
import {
  type Draft,
  type DraftValues,
  draftFrom,
  draftSchema,
  FIELDS_OF,
  requestOf,
  STEP_NAMES,
  STEPS,
  type Step,
  stepOfPath,
  stepsOf,
  type Template,
} from "./draft.ts";
import { dropDraft, keepDraft, keptDraft } from "./kept-draft.ts";
import { ModelSide } from "./model-side.tsx";
import { StepBasics } from "./step-basics.tsx";
import { StepFlow } from "./step-flow.tsx";
import { StepIndicators } from "./step-indicators.tsx";
import { StepPreview } from "./step-preview.tsx";
import type { StepProps } from "./step-props.ts";
import { StepRun } from "./step-run.tsx";
import { StepSettings } from "./step-settings.tsx";
import { Stepper } from "./stepper.tsx";
import { useServerErrors } from "./use-server-errors.ts";
import { useVerdict } from "./use-verdict.ts";

const route = getRouteApi("/create");

/** The six steps. The draft lives in the tab's session and the step in the address, so reload, back and forward keep both. */
export function Wizard({ step }: { readonly step: Step }) {
  const { pack, template: named, run } = route.useSearch();
  const templates = useRows("GET /model_templates", { query: { limit: 200 } });
  const data = useAsk("GET /data");
  const [draft, setDraft] = useState(keptDraft);
  const rows = templates.data;
  const offers = data.data?.rows;
  const linked =
    named === undefined ? undefined : rows?.find(({ pack_id, name }) => name === named && (pack === undefined || pack_id === pack));
  const begun = draft ?? (linked === undefined || offers === undefined ? undefined : draftFrom(linked, fitsOf(linked.needs, offers)[0]));
  useEffect(() => {
    if (draft === undefined && begun !== undefined) {
      keepDraft(begun);
      setDraft(begun);
    }
  }, [draft, begun]);

  if (run !== undefined) return <StepRun runId={run} />;
  return (
    <Loaded query={templates} title="The templates could not be read" skeleton={<Skeleton lines={8} />}>
      {(all) => (
        <Loaded query={data} title="The data providers could not be read" skeleton={<Skeleton lines={8} />}>
          {({ rows: offered }) =>
            begun === undefined ? (
              <NothingBegun />
            ) : (
              <Steps
                step={step}
                draft={begun}
                template={all.find(({ pack_id, name }) => pack_id === begun.values.pack_id && name === begun.values.template_id)}
                offers={offered}
              />
            )
          }
        </Loaded>
      )}
    </Loaded>
  );
}

function NothingBegun() {
  return (
    <>
      <PageHeader title="Create a model" />
      <Panel>
        <EmptyState title="No model is being made in this tab" action={<PlaceLink to={PAGE.createModel}>Choose a template</PlaceLink>}>
          Drafts live in the tab in which they were begun. Begin with a template.
        </EmptyState>
      </Panel>
    </>
  );
}

interface StepsProps {
  readonly step: Step;
  readonly draft: Draft;
  readonly template: Template | undefined;
  readonly offers: readonly Offer[];
}

function Steps({ step, draft, template, offers }: StepsProps) {
  const navigate = useNavigate({ from: "/create" });
  const latest = useRef(template);
  latest.current = template;
  const resolver = useMemo(() => schemaResolver(draftSchema(() => latest.current) as never) as unknown as Resolver<DraftValues>, []);
  const form = useForm<DraftValues>({ defaultValues: draft.values, resolver, mode: "onTouched" });
  const [plan, setPlan] = useState(draft.plan);
  const values = useWatch({ control: form.control }) as DraftValues;
  const request = useMemo(() => requestOf(values, template), [values, template]);
  const judged = useVerdict(request);
  const [tried, setTried] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => keepDraft({ values, plan }), [values, plan]);

  const steps = stepsOf(values);
  const place = Math.max(0, steps.indexOf(step));
  const current = steps[place]!;
  const errors = (judged.verdict?.findings ?? []).filter(({ severity }) => severity === "error");
  const blocking = errors.filter(({ path }) => steps.indexOf(stepOfPath(path)) <= place);
  useServerErrors(form, errors);

  const open = (next: Step): void => {
    setTried(false);
    void navigate({ search: (before) => given({ ...before, pack: undefined, template: undefined, step: next }) });
  };
  // Whoever does not see the page hears where the wizard stands.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the step is what this waits for
  useEffect(() => heading.current?.focus({ preventScroll: true }), [current]);

  const forward = async (): Promise<void> => {
    const fields = FIELDS_OF[current] as readonly FieldPath<DraftValues>[];
    const isFilled = fields.length === 0 || (await form.trigger([...fields], { shouldFocus: true }));
    setTried(true);
    setLeaving(isFilled);
  };
  // What was just typed is judged before the step is left.
  const next = steps[place + 1];
  useEffect(() => {
    if (!leaving || judged.isBehind) return;
    setLeaving(false);
    if (blocking.length === 0 && judged.isComplete && judged.verdict !== undefined && next !== undefined) open(next);
  });

  const props: StepProps = { form, values, template, offers, judged, request, plan, onPlan: setPlan };
  const isLast = current === "run";
  return (
    <>
      <PageHeader
        title="Create a model"
        trail={<PlaceLink to={PAGE.createModel}>Templates</PlaceLink>}
        lead={
          template === undefined
            ? `From scratch, in pack ${values.pack_id}.`
            : `From the template "${template.title}" of ${values.pack_id}. Every field already has the template's value.`
        }
      />
      <Stepper steps={steps} current={current} errors={errors} onOpen={open} />
      <form
        className={styles.wizard}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isLast) void forward();
        }}
      >
        <div className={styles.main}>
          <h2 ref={heading} tabIndex={-1} className={styles.stepTitle}>
            {STEPS.indexOf(current) + 1}. {STEP_NAMES[current]}
          </h2>
          {contentOf(current, props, () => open(steps[place - 1] ?? current))}
          {tried && blocking.length > 0 && (
            <Blocked count={blocking.length} reasons={blocking.map(({ reason, remedy }) => `${reason} ${remedy}`)} />
          )}
          {judged.error !== null && judged.verdict === undefined && (
            <div className={styles.blocked} role="alert">
              The draft could not be judged.{" "}
              <Button small onClick={judged.retry}>
                Try again
              </Button>
            </div>
          )}
          {!isLast && (
            <div className={styles.steps}>
              {place > 0 ? (
                <Button icon={ArrowLeft} onClick={() => open(steps[place - 1]!)}>
                  Back
                </Button>
              ) : (
                <PlaceLink to={PAGE.createModel}>All templates</PlaceLink>
              )}
              <span className={styles.forward}>
                {current === "basics" && template !== undefined && (
                  <Button
                    kind="quiet"
                    disabled={errors.length > 0 || judged.isBehind || judged.verdict === undefined}
                    onClick={() => open("preview")}
                  >
                    Keep the rest, go to the preview
                  </Button>
                )}
                <Button kind="primary" type="submit" icon={ArrowRight} busy={leaving}>
                  {`Next: ${STEP_NAMES[next ?? current]}`}
                </Button>
              </span>
            </div>
          )}
        </div>
        <ModelSide values={values} template={template} offers={offers} judged={judged} current={current} onOpen={open} />
      </form>
    </>
  );
}

function contentOf(step: Step, props: StepProps, onBack: () => void): ReactNode {
  if (step === "basics") return <StepBasics {...props} />;
  if (step === "flow") return <StepFlow {...props} />;
  if (step === "indicators") return <StepIndicators {...props} />;
  if (step === "settings") return <StepSettings {...props} />;
  if (step === "preview") return <StepPreview {...props} />;
  return <SaveStep {...props} onBack={onBack} />;
}

function SaveStep({ onBack, ...props }: StepProps & { readonly onBack: () => void }) {
  const navigate = useNavigate({ from: "/create" });
  return (
    <StepRun
      {...props}
      onBack={onBack}
      onStarted={(run) => {
        dropDraft();
        void navigate({ search: (before) => given({ ...before, step: "run" as const, run }), replace: true });
      }}
    />
  );
}

function Blocked({ count, reasons }: { readonly count: number; readonly reasons: readonly string[] }) {
  return (
    <div className={styles.blocked} role="alert">
      <strong>{count === 1 ? "One thing has to change first." : `${count} things have to change first.`}</strong>
      <ul>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </div>
  );
}
