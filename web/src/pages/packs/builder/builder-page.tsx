import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { keyOf, useAct, useAsk, useRows } from "../../../data/ask.ts";
import { given } from "../../../data/search.ts";
import { Button, buttonClass } from "../../../ui/button.tsx";
import { Confirm } from "../../../ui/confirm.tsx";
import { Moment } from "../../../ui/moment.tsx";
import { PageHeader, Panel } from "../../../ui/panel.tsx";
import { PlaceLink } from "../../../ui/place-link.tsx";
import { SkeletonBlock } from "../../../ui/skeleton.tsx";
import { Loaded } from "../../../ui/states.tsx";
import { say, sayFailure } from "../../../ui/toast.tsx";
import { PAGE } from "../../../words/places.ts";
import styles from "./builder.module.css";
import { GatesStep } from "./gates-step.tsx";
import { IndicatorsStep } from "./indicators-step.tsx";
import { ReviewStep } from "./review-step.tsx";
import { SaveStep } from "./save-step.tsx";
import { type Draft, isOpen, nextStep, STEP_NAMES, STEPS, type Step } from "./steps.ts";
import { StrategyStep } from "./strategy-step.tsx";
import { VibeStep } from "./vibe-step.tsx";

const route = getRouteApi("/packs/new");

/** The pack builder: six steps from a personality to a pack that models use. The server keeps the draft. */
export function BuilderPage() {
  const { draft: packId } = route.useSearch();
  const query = useAsk("GET /pack_drafts/{pack_id}", { params: { pack_id: packId ?? "" } }, { enabled: packId !== undefined });
  const head = (name: string, actions?: React.ReactNode) => (
    <PageHeader
      title={name}
      trail={<PlaceLink to={PAGE.packs}>Packs</PlaceLink>}
      lead="Six steps from a trading personality to a pack that models use. Each step offers what fits the ones before; the server keeps what you saved, so you can leave and come back."
      actions={actions}
    />
  );
  if (packId === undefined)
    return (
      <>
        {head("Build a pack")}
        <StepLine draft={undefined} step="vibe" />
        <OtherDrafts />
        <Steps draft={undefined} step="vibe" />
      </>
    );
  return (
    <Loaded
      query={query}
      title={`The draft "${packId}" could not be read`}
      skeleton={
        <>
          {head("Build a pack")}
          <SkeletonBlock />
        </>
      }
    >
      {(draft) => (
        <>
          {head(draft.identity.name, <ThrowAway draft={draft} />)}
          <OpenDraft draft={draft} />
        </>
      )}
    </Loaded>
  );
}

function OpenDraft({ draft }: { readonly draft: Draft }) {
  const { step: asked } = route.useSearch();
  const step = asked !== undefined && isOpen(asked, draft) ? asked : nextStep(draft);
  return (
    <>
      <StepLine draft={draft} step={step} />
      <Steps key={`${draft.pack_id} ${step}`} draft={draft} step={step} />
    </>
  );
}

function StepLine({ draft, step }: { readonly draft: Draft | undefined; readonly step: Step }) {
  const navigate = useNavigate({ from: "/packs/new" });
  return (
    <nav aria-label="Steps of the builder">
      <ol className={styles.steps}>
        {STEPS.map((each, place) => (
          <li key={each} ref={each === step ? (item) => void item?.scrollIntoView({ block: "nearest", inline: "nearest" }) : undefined}>
            <button
              type="button"
              className={styles.step}
              disabled={!isOpen(each, draft)}
              data-done={STEPS.indexOf(nextStep(draft)) > place || undefined}
              aria-current={each === step ? "step" : undefined}
              onClick={() => void navigate({ search: given({ draft: draft?.pack_id, step: each }) })}
            >
              <span className={styles.count} aria-hidden="true">
                {place + 1}
              </span>
              {STEP_NAMES[each]}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Steps({ draft, step }: { readonly draft: Draft | undefined; readonly step: Step }) {
  const navigate = useNavigate({ from: "/packs/new" });
  const queries = useQueryClient();
  const [read, setRead] = useState(0);
  const goTo = (next: Step) => (saved: Draft) => {
    window.scrollTo({ top: 0 });
    void navigate({ search: { draft: saved.pack_id, step: next } });
  };
  // The step is made anew from what the server has now.
  const reload = async (): Promise<void> => {
    await queries.refetchQueries({ queryKey: keyOf("GET /pack_drafts/{pack_id}") });
    setRead(read + 1);
  };
  const onReload = (): void => void reload();
  if (draft === undefined || step === "vibe") return <VibeStep key={read} draft={draft} onSaved={goTo("indicators")} onReload={onReload} />;
  if (step === "indicators") return <IndicatorsStep key={read} draft={draft} onSaved={goTo("gates")} onReload={onReload} />;
  if (step === "gates") return <GatesStep key={read} draft={draft} onSaved={goTo("strategy")} onReload={onReload} />;
  if (step === "strategy") return <StrategyStep key={read} draft={draft} onReviewed={() => goTo("review")(draft)} onReload={onReload} />;
  if (step === "review") return <ReviewStep draft={draft} onGo={(next) => goTo(next)(draft)} />;
  return <SaveStep draft={draft} onGo={(next) => goTo(next)(draft)} />;
}

/** Drafts that were left, above a new one. */
function OtherDrafts() {
  const drafts = useRows("GET /pack_drafts", { query: { limit: 200 } });
  if (drafts.data === undefined || drafts.data.length === 0) return null;
  return (
    <div className={styles.others}>
      <Panel title="Go on with a draft" note="or begin a new pack below">
        <ul className={styles.row}>
          {drafts.data.map(({ pack_id, name, updated_at }) => (
            <li key={pack_id}>
              <PlaceLink to={PAGE.newPack} search={{ draft: pack_id }} className={buttonClass("plain", true)}>
                {name}
              </PlaceLink>{" "}
              <span className={styles.soft}>
                <Moment at={updated_at} ago />
              </span>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}

function ThrowAway({ draft }: { readonly draft: Draft }) {
  const [open, setOpen] = useState(false);
  const navigate = useNavigate({ from: "/packs/new" });
  const remove = useAct("DELETE /pack_drafts/{pack_id}", ["GET /pack_drafts"], ({ params }) => ({
    key: keyOf("GET /pack_drafts"),
    goes: (row) => (row as Draft).pack_id === params.pack_id,
  }));
  const throwAway = (): void => {
    remove
      .mutateAsync({ params: { pack_id: draft.pack_id } })
      .then(() => say(`The draft of ${draft.identity.name} is gone`))
      .catch((error: Error) => sayFailure("The draft was not thrown away", error));
    void navigate({ to: PAGE.packs });
  };
  return (
    <>
      <Button icon={Trash2} onClick={() => setOpen(true)}>
        Throw the draft away
      </Button>
      <Confirm
        open={open}
        onOpenChange={setOpen}
        title={`Throw the draft of ${draft.identity.name} away?`}
        verb="Throw away"
        busy={remove.isPending}
        onConfirm={throwAway}
      >
        What you chose in the builder is lost. A pack that was saved of it stays.
      </Confirm>
    </>
  );
}
