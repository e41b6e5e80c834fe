import { useNavigate } from "@tanstack/react-router";
import { useId, useState } from "react";
import { useAct } from "../../../data/ask.ts";
import { Button } from "../../../ui/button.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { SkeletonBlock } from "../../../ui/skeleton.tsx";
import { EmptyState, ErrorState, Loaded } from "../../../ui/states.tsx";
import { say } from "../../../ui/toast.tsx";
import { PLACE_OF } from "../../../words/places.ts";
import styles from "./builder.module.css";
import type { ReviewStepProps } from "./review-step.tsx";
import { useReview } from "./use-review.ts";

/** Step 6: makes the pack one that models use, and on request hands it in for review. */
export function SaveStep({ draft, onGo }: ReviewStepProps) {
  const query = useReview(draft.pack_id);
  const save = useAct("POST /pack_drafts/{pack_id}/save", [
    "GET /packs",
    "GET /packs/{pack_id}",
    "GET /pack_drafts/{pack_id}",
    "GET /model_templates",
  ]);
  const navigate = useNavigate();
  const [submit, setSubmit] = useState(false);
  const id = useId();
  const saveNow = (): void =>
    save.mutate(
      { params: { pack_id: draft.pack_id }, body: { submit } },
      {
        onSuccess: () => {
          say(`${draft.identity.name} is in use`, submit ? "It was handed in for review, too." : "Models can be made of it.");
          void navigate({ to: PLACE_OF.pack(draft.pack_id), search: { tab: "templates" } as never });
        },
      },
    );
  return (
    <Loaded query={query} title="The draft could not be read" skeleton={<SkeletonBlock />}>
      {({ can_save, report }) =>
        can_save ? (
          <Panel title={`Save ${draft.identity.name}`} note={draft.pack?.candidate ? `version ${draft.pack.candidate.version}` : undefined}>
            <p className={styles.text}>
              The pack passed its test{report.status === "APPROVED" ? " and every check" : ", with warnings in the validation report"}.
              Saved, it stands beside the built-in ones, and models can be made of it. The draft stays for the next version.
            </p>
            <label className={styles.row} htmlFor={id}>
              <input id={id} type="checkbox" checked={submit} onChange={(event) => setSubmit(event.target.checked)} />
              Hand it in for review, too
            </label>
            <p className={styles.soft}>
              A reviewer approves or refuses this very version and says why; you see the decision with the pack.
            </p>
            {save.error !== null && <ErrorState error={save.error} title="The pack was not saved" />}
            <div className={styles.row}>
              <Button kind="primary" busy={save.isPending} onClick={saveNow}>
                Save the pack
              </Button>
              <Button onClick={() => onGo("review")}>Back to the review</Button>
            </div>
          </Panel>
        ) : (
          <EmptyState title="It cannot be saved yet" action={<Button onClick={() => onGo("strategy")}>Go to the test</Button>}>
            {draft.pack?.state === "active" && draft.pack.candidate === null
              ? "What the draft says is in use already. Change the draft to make another version of it."
              : "The draft must have passed its test as it is now. Run the test in step 4."}
          </EmptyState>
        )
      }
    </Loaded>
  );
}
