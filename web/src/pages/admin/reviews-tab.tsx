import { useState } from "react";
import { useForm } from "react-hook-form";
import type * as z from "zod";
import { PackDecisionSchema } from "#lib/packs/pack-review.schema.ts";
import { type AnswerOf, type RowOf, useAct, useAsk, type useRows } from "../../data/ask.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { CodeView } from "../../ui/code-view.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Drawer } from "../../ui/dialog.tsx";
import { Facts } from "../../ui/facts.tsx";
import { schemaResolver } from "../../ui/form/schema-resolver.ts";
import { showServerIssues } from "../../ui/form/server-issues.ts";
import { TextField } from "../../ui/form/text-field.tsx";
import { Identifier } from "../../ui/identifier.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Pick } from "../../ui/pick.tsx";
import { EmptyState, ErrorState, Loaded } from "../../ui/states.tsx";
import type { Column } from "../../ui/table-model.ts";
import { say } from "../../ui/toast.tsx";
import { stepInWords } from "../../words/runs.ts";
import styles from "./admin.module.css";

type Waiting = RowOf<"GET /admin/reviews">;
type ToReview = AnswerOf<"GET /admin/packs/{pack_id}/review">;

const COLUMNS: readonly Column<Waiting>[] = [
  { id: "pack_id", header: "Pack", value: ({ pack_id }) => pack_id, width: 200 },
  { id: "version", header: "Version", value: ({ submission }) => submission.version, width: 96, phone: "beside" },
  { id: "owner", header: "Owner", value: ({ owner }) => owner, width: 220 },
  {
    id: "submitted_at",
    header: "Handed in",
    value: ({ submission }) => submission.submitted_at,
    cell: ({ submission }) => <Moment at={submission.submitted_at} />,
    width: 152,
  },
  { id: "note", header: "Note", value: ({ submission }) => submission.note ?? "", width: 320 },
];

export interface ReviewsTabProps {
  readonly queue: ReturnType<typeof useRows<"GET /admin/reviews">>;
  /** Whose pack is open, and which. */
  readonly owner: string | undefined;
  readonly packId: string | undefined;
  readonly onOpen: (pack: { readonly owner: string; readonly pack: string } | undefined) => void;
}

/** Packs that their owners handed in: read what was handed in, then approve or refuse it. */
export function ReviewsTab({ queue, owner, packId, onOpen }: ReviewsTabProps) {
  return (
    <>
      <Loaded query={queue} title="The queue could not be read">
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title="No pack waits for a review">
              A pack appears here when its owner hands the version in use in. Its decision and your reason are shown with the pack.
            </EmptyState>
          ) : (
            <div className={styles.stack}>
              <DataTable
                caption="packs that wait for a review"
                columns={COLUMNS}
                rows={rows}
                rowKey={({ owner: whose, pack_id }) => `${whose}/${pack_id}`}
                sort="submitted_at"
                currentKey={owner === undefined || packId === undefined ? undefined : `${owner}/${packId}`}
                onOpen={(row) => onOpen({ owner: row.owner, pack: row.pack_id })}
              />
              {queue.hasNextPage && (
                <div>
                  <Button busy={queue.isFetchingNextPage} onClick={() => void queue.fetchNextPage()}>
                    Read more
                  </Button>
                </div>
              )}
            </div>
          )
        }
      </Loaded>
      {owner !== undefined && packId !== undefined && (
        <ReviewDrawer key={`${owner}/${packId}`} owner={owner} packId={packId} onClose={() => onOpen(undefined)} />
      )}
    </>
  );
}

function ReviewDrawer({ owner, packId, onClose }: { readonly owner: string; readonly packId: string; readonly onClose: () => void }) {
  const query = useAsk("GET /admin/packs/{pack_id}/review", { params: { pack_id: packId }, query: { owner } });
  const [asked, setAsked] = useState<"approve" | "reject">();
  const waits = query.data?.submission.state === "submitted";
  return (
    <>
      <Drawer
        open
        onOpenChange={(open) => !open && onClose()}
        title={packId}
        description={`Handed in by ${owner}`}
        wide
        footer={
          waits && (
            <>
              <Button kind="danger" onClick={() => setAsked("reject")}>
                Refuse
              </Button>
              <Button kind="primary" disabled={query.data?.documents === null} onClick={() => setAsked("approve")}>
                Approve
              </Button>
            </>
          )
        }
      >
        <Loaded query={query} title="The pack could not be read">
          {(found) => <Submission found={found} />}
        </Loaded>
      </Drawer>
      {asked !== undefined && query.data !== undefined && (
        <Decide decision={asked} found={query.data} onClose={() => setAsked(undefined)} onDone={onClose} />
      )}
    </>
  );
}

function Submission({ found: { submission, reviewed_by, documents } }: { readonly found: ToReview }) {
  const { state, version, pack_sha, submitted_at, note, reason, reviewed_at } = submission;
  const files = Object.keys(documents ?? {}).sort(
    (a, b) => Number(b.endsWith("pack.yaml")) - Number(a.endsWith("pack.yaml")) || a.localeCompare(b),
  );
  const [chosen, setChosen] = useState<string>();
  const file = chosen ?? files[0];
  return (
    <div className={styles.stack}>
      <Facts
        facts={[
          { name: "State", value: <Chip>{stepInWords(state)}</Chip> },
          { name: "Version", value: version },
          { name: "Handed in", value: <Moment at={submitted_at} /> },
          { name: "Note", value: note ?? "none" },
          ...(reviewed_at === null
            ? []
            : [
                { name: "Decided", value: <Moment at={reviewed_at} /> },
                { name: "By", value: reviewed_by ?? "–" },
                { name: "Reason", value: reason ?? "none" },
              ]),
          { name: "Content", value: <Identifier id={pack_sha} most={20} /> },
        ]}
      />
      {documents === null || file === undefined ? (
        <p className={styles.soft}>
          Another version is in use now, so the one that was handed in cannot be read any more. It can only be refused.
        </p>
      ) : (
        <>
          <div>
            <Pick
              label="Document"
              any={files[0]!}
              value={chosen}
              options={files.slice(1).map((path) => ({ value: path, label: path }))}
              onPick={setChosen}
            />
          </div>
          <CodeView label={file} text={documents[file] ?? ""} />
        </>
      )}
    </div>
  );
}

interface DecideProps {
  readonly decision: "approve" | "reject";
  readonly found: ToReview;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function Decide({ decision, found, onClose, onDone }: DecideProps) {
  const { owner, pack_id, submission } = found;
  const form = useForm<z.input<typeof PackDecisionSchema>>({
    resolver: schemaResolver(PackDecisionSchema),
    defaultValues: { owner, pack_sha: submission.pack_sha, decision },
  });
  const act = useAct("POST /admin/packs/{pack_id}/review", [
    "GET /admin/reviews",
    "GET /admin/packs/{pack_id}/review",
    "GET /packs/{pack_id}",
  ]);
  const [failure, setFailure] = useState<Error>();
  const approves = decision === "approve";
  const submit = form.handleSubmit(async (body) => {
    setFailure(undefined);
    try {
      await act.mutateAsync({ params: { pack_id }, body: body as never });
      say(approves ? "Approved" : "Refused", `${pack_id} of ${owner}`);
      onDone();
    } catch (error) {
      showServerIssues(form, error as Error, ["reason"]);
      setFailure(error as Error);
    }
  });
  return (
    <Confirm
      open
      onOpenChange={(open) => !open && onClose()}
      title={approves ? `Approve version ${submission.version} of ${pack_id}?` : `Refuse version ${submission.version} of ${pack_id}?`}
      verb={approves ? "Approve" : "Refuse"}
      keep="Decide later"
      danger={!approves}
      busy={act.isPending}
      onConfirm={() => void submit()}
    >
      <div className={styles.stack}>
        <p>
          {owner} sees the decision and the reason with the pack, but not who decided. Models and versions stay as they are
          {approves ? "." : "; the owner can hand another version in."}
        </p>
        <TextField control={form.control} name="reason" label="Reason" optional={approves} lines={3} hint="The owner reads it." />
        {failure !== undefined && <ErrorState error={failure} title="The decision was not written" />}
      </div>
    </Confirm>
  );
}
