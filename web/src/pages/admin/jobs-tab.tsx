import { useState } from "react";
import { type RowOf, useAct, useRows } from "../../data/ask.ts";
import { useGoingOn } from "../../data/going-on.ts";
import { Button } from "../../ui/button.tsx";
import { StatusChip } from "../../ui/chip.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { STILL_ENDING } from "../../ui/go-on.tsx";
import { Identifier } from "../../ui/identifier.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Pick } from "../../ui/pick.tsx";
import { EmptyState, ErrorState, Loaded } from "../../ui/states.tsx";
import type { Column } from "../../ui/table-model.ts";
import { say } from "../../ui/toast.tsx";
import { MACHINE_NAMES, RUN_STATUS_NAMES } from "../../words/runs.ts";
import styles from "./admin.module.css";

type Job = RowOf<"GET /admin/jobs">;

const RESUMABLE: readonly string[] = ["failed", "canceled", "interrupted"];

const columnsWith = (onAct: (job: Job) => void): readonly Column<Job>[] => [
  { id: "run_id", header: "Run", value: ({ run_id }) => run_id, cell: ({ run_id }) => <Identifier id={run_id} most={24} />, width: 224 },
  { id: "machine", header: "What", value: ({ machine }) => MACHINE_NAMES[machine] ?? machine, width: 128 },
  {
    id: "status",
    header: "Status",
    value: ({ status }) => status,
    cell: ({ status }) => <StatusChip status={status} name={RUN_STATUS_NAMES[status] ?? status} />,
    width: 104,
    phone: "beside",
  },
  { id: "model_id", header: "Model", value: ({ model_id }) => model_id, width: 180 },
  { id: "since", header: "Since", value: ({ since }) => since, cell: ({ since }) => <Moment at={since} />, width: 172 },
  { id: "attempt", header: "Attempt", align: "right", value: ({ attempt }) => attempt, width: 76, phone: "none" },
  {
    id: "error",
    header: "Error",
    value: ({ error }) => error?.code,
    cell: ({ error }) => <span title={error?.detail}>{error?.code ?? "none"}</span>,
    width: 120,
  },
  {
    id: "action",
    header: "Do",
    value: () => undefined,
    cell: (job) =>
      job.status === "running" || RESUMABLE.includes(job.status) ? (
        <Button small aria-label={`${job.status === "running" ? "Cancel" : "Retry"} ${job.run_id}`} onClick={() => onAct(job)}>
          {job.status === "running" ? "Cancel" : "Retry"}
        </Button>
      ) : null,
    width: 92,
    sortable: false,
  },
];

export interface JobsTabProps {
  readonly owner: string;
  readonly status: Job["status"] | undefined;
  readonly machine: Job["machine"] | undefined;
  readonly onChange: (change: { readonly status?: string | undefined; readonly machine?: string | undefined }) => void;
}

const optionsOf = <V extends string>(names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, label]) => ({ value: value as V, label }));

/** Runs of an owner, to go on with or to stop. */
export function JobsTab({ owner, status, machine, onChange }: JobsTabProps) {
  const query = useRows(
    "GET /admin/jobs",
    { query: { owner, limit: 100, ...(status === undefined ? {} : { status }), ...(machine === undefined ? {} : { machine }) } },
    { everyMs: 15_000 },
  );
  const [asked, setAsked] = useState<Job>();
  const [columns] = useState(() => columnsWith(setAsked));
  return (
    <>
      <Loaded query={query} title="The jobs could not be read">
        {(rows) => (
          <div className={styles.stack}>
            <DataTable
              caption={`jobs of ${owner}`}
              columns={columns}
              rows={rows}
              rowKey={({ run_id }) => run_id}
              csvName={`jobs-${owner}`}
              tools={
                <>
                  <Pick
                    label="Status"
                    any="Any status"
                    value={status}
                    options={optionsOf<Job["status"]>(RUN_STATUS_NAMES)}
                    onPick={(value) => onChange({ status: value })}
                  />
                  <Pick
                    label="What"
                    any="Any work"
                    value={machine}
                    options={optionsOf<Job["machine"]>(MACHINE_NAMES)}
                    onPick={(value) => onChange({ machine: value })}
                  />
                </>
              }
              empty={
                <EmptyState title={status === undefined && machine === undefined ? "No run" : "No run fits these filters"}>
                  {status === undefined && machine === undefined
                    ? `"${owner}" has not started any work.`
                    : "Take a filter away to see the others."}
                </EmptyState>
              }
            />
            {query.hasNextPage && (
              <div>
                <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  Read older runs
                </Button>
              </div>
            )}
          </div>
        )}
      </Loaded>
      {asked !== undefined && <Ask key={asked.run_id} job={asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}

function Ask({ job, onClose }: { readonly job: Job; readonly onClose: () => void }) {
  const cancel = useAct("DELETE /admin/jobs/{run_id}", ["GET /admin/jobs", "GET /runs"]);
  const retry = useAct("POST /admin/jobs/{run_id}/retry", ["GET /admin/jobs", "GET /runs"]);
  const [failure, setFailure] = useState<Error>();
  const stops = job.status === "running";
  const params = { run_id: job.run_id };
  const done = (): void => {
    say(stops ? "Canceled" : "Goes on", job.run_id);
    onClose();
  };
  const going = useGoingOn(() => retry.mutateAsync({ params }), done, setFailure);
  const act = (): void => {
    setFailure(undefined);
    if (stops) cancel.mutate({ params }, { onSuccess: done, onError: setFailure });
    else going.goOn();
  };
  return (
    <Confirm
      open
      onOpenChange={(open) => !open && onClose()}
      title={stops ? "Cancel this run?" : "Go on with this run?"}
      verb={stops ? "Cancel run" : "Retry"}
      keep={stops ? "Let it run" : "Leave it"}
      danger={stops}
      busy={cancel.isPending || going.state !== "idle"}
      onConfirm={act}
    >
      <div className={styles.stack}>
        <p>
          {MACHINE_NAMES[job.machine] ?? job.machine} of {job.owner}
          {job.model_id === null ? "" : `, ${job.model_id}`}: {job.run_id}.
        </p>
        <p>
          {stops
            ? "Nothing of it starts afterwards; what is done stays, and it can be gone on with later."
            : "It goes on from its finished steps, within its owner's quotas."}
        </p>
        {going.state === "waiting" && <p role="status">{STILL_ENDING}</p>}
        {failure !== undefined && <ErrorState error={failure} title={stops ? "It was not canceled" : "It does not go on"} />}
      </div>
    </Confirm>
  );
}
