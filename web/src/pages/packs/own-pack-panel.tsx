import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { asking, useAct, useRows } from "../../data/ask.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { say } from "../../ui/toast.tsx";
import { PAGE, PLACE_OF } from "../../words/places.ts";
import { CheckRequest } from "./check-request.tsx";
import { CheckResult } from "./check-result.tsx";
import styles from "./own-pack.module.css";
import type { OwnPack, PackDetail } from "./pack-standing.ts";
import { SubmitDialog } from "./submit-dialog.tsx";

/** Reads that say where a pack stands. */
export const STANDING_READS = [
  "GET /packs",
  "GET /packs/{pack_id}",
  "GET /packs/{pack_id}/check",
  "GET /packs/{pack_id}/documents",
] as const;

export interface OwnPackPanelProps {
  readonly detail: PackDetail;
  readonly own: OwnPack;
  readonly etag: string;
}

/** Where a pack of one's own stands, and the way on: check, use, review, removal. */
export function OwnPackPanel({ detail, own, etag }: OwnPackPanelProps) {
  const { pack_id } = detail;
  const { active, candidate, submission } = own;
  const drafts = useRows("GET /pack_drafts", { query: { limit: 200 } });
  const [submitting, setSubmitting] = useState(false);
  const canSubmit = active !== null && !(submission?.pack_sha === active.pack_sha && submission.state !== "rejected");
  return (
    <div className={styles.box}>
      <Panel
        title="Where it stands"
        actions={
          <>
            {drafts.data?.some((draft) => draft.pack_id === pack_id) === true && (
              <PlaceLink to={PAGE.newPack} search={{ draft: pack_id }} className={buttonClass("plain", true)}>
                Open in the builder
              </PlaceLink>
            )}
            <PlaceLink to={PLACE_OF.pack(pack_id)} search={{ tab: "documents" }} className={buttonClass("plain", true)}>
              Edit documents
            </PlaceLink>
            {canSubmit && (
              <Button small onClick={() => setSubmitting(true)}>
                Submit for review
              </Button>
            )}
            <RemovePack detail={detail} etag={etag} />
          </>
        }
      >
        <dl className={styles.facts}>
          <div>
            <dt>In use</dt>
            <dd>
              {active === null ? (
                "nothing yet: no version has passed its check"
              ) : (
                <>
                  version {active.version}, written <Moment at={active.written_at} />
                </>
              )}
            </dd>
          </div>
          {candidate !== null && (
            <div>
              <dt>Waits</dt>
              <dd>
                version {candidate.version}, written <Moment at={candidate.written_at} />; models use it once it passed its check and was
                activated
              </dd>
            </div>
          )}
          {submission !== null && (
            <div>
              <dt>Review</dt>
              <dd>
                <Review submission={submission} />
              </dd>
            </div>
          )}
        </dl>
        {candidate !== null && <Candidate detail={detail} candidate={candidate} etag={etag} />}
      </Panel>
      <SubmitDialog packId={pack_id} etag={etag} open={submitting} onOpenChange={setSubmitting} />
    </div>
  );
}

function Review({ submission }: { readonly submission: NonNullable<OwnPack["submission"]> }) {
  const { state, version, submitted_at, reviewed_at, reason, note } = submission;
  return (
    <>
      version {version} handed in <Moment at={submitted_at} />
      {note !== null && `, with the note "${note}"`}
      {state === "submitted" && "; no decision yet"}
      {state !== "submitted" && (
        <>
          ; {state === "approved" ? "approved" : "refused"} <Moment at={reviewed_at} />
          {reason !== null && reason !== "" && `: "${reason}"`}
        </>
      )}
    </>
  );
}

interface CandidateProps {
  readonly detail: PackDetail;
  readonly candidate: NonNullable<OwnPack["candidate"]>;
  readonly etag: string;
}

/** The check of the version that waits, and its activation. */
function Candidate({ detail, candidate, etag }: CandidateProps) {
  const { pack_id, pack, templates } = detail;
  const query = useQuery({
    ...asking("GET /packs/{pack_id}/check", { params: { pack_id } }),
    enabled: candidate.check !== null,
    refetchInterval: ({ state }) => (state.data?.status === "running" ? 2_500 : false),
  });
  const check = useAct("POST /packs/{pack_id}/check", STANDING_READS);
  const activate = useAct("POST /packs/{pack_id}/activate", STANDING_READS);
  const found = candidate.check === null ? undefined : query.data;
  const running = found?.status === "running";
  return (
    <section className={styles.check}>
      <h3>One-year check of version {candidate.version}</h3>
      {found !== undefined && <CheckResult check={found} />}
      {query.error !== null && candidate.check !== null && <ErrorState error={query.error} title="The check could not be read" />}
      {found?.status === "passed" && (
        <div className={styles.row}>
          <Button
            kind="primary"
            busy={activate.isPending}
            onClick={() =>
              activate.mutate(
                { params: { pack_id }, ifMatch: etag },
                { onSuccess: () => say(`Version ${candidate.version} is in use`, "Models can be made of it.") },
              )
            }
          >
            Use this version
          </Button>
        </div>
      )}
      {activate.error !== null && <ErrorState error={activate.error} title="The version was not activated" />}
      <CheckRequest
        cadences={pack.cadences}
        templates={templates}
        verb={found === undefined ? "Run the check" : "Run it again"}
        busy={check.isPending}
        refusal={running ? "It runs already." : undefined}
        onRun={(body) => check.mutate({ params: { pack_id }, body })}
      />
      {check.error !== null && <ErrorState error={check.error} title="The check was not started" />}
    </section>
  );
}

function RemovePack({ detail, etag }: { readonly detail: PackDetail; readonly etag: string }) {
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  const remove = useAct("DELETE /packs/{pack_id}", ["GET /packs"]);
  const removeNow = (): void =>
    remove.mutate(
      { params: { pack_id: detail.pack_id }, ifMatch: etag },
      {
        onSuccess: () => {
          say(`${detail.name} is deleted`);
          void navigate({ to: PAGE.packs });
        },
      },
    );
  return (
    <>
      <Button small kind="danger" icon={Trash2} onClick={() => setOpen(true)}>
        Delete
      </Button>
      <Confirm
        open={open}
        onOpenChange={(next) => {
          setOpen(next);
          remove.reset();
        }}
        title={`Delete ${detail.name} with all its versions?`}
        verb="Delete the pack"
        busy={remove.isPending}
        onConfirm={removeNow}
      >
        <p>This cannot be undone. It is refused while the pack has models, or while runs work on it. Its draft in the builder stays.</p>
        {remove.error !== null && <ErrorState error={remove.error} title="The pack was not deleted" />}
      </Confirm>
    </>
  );
}
