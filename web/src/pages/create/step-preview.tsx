import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AnswerOf } from "../../data/ask.ts";
import { client } from "../../data/client.ts";
import { Button } from "../../ui/button.tsx";
import { Chip, Chips } from "../../ui/chip.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import type { Column } from "../../ui/table-model.ts";
import { formatNumber, plural, UNKNOWN } from "../../words/format.ts";
import { stepInWords } from "../../words/runs.ts";
import styles from "./create.module.css";
import type { StepProps } from "./step-props.ts";

type Preview = AnswerOf<"POST /preview_matrix">;
type Verdict = Preview["verdicts"][number];

const SESSIONS = [2, 5, 10, 20] as const;

const TONES = { ok: "plain", warn: "warn", fail: "danger" } as const;
const STATUS_NAMES = { ok: "OK", warn: "Warn", fail: "Fail" } as const;

/** The last sessions of the matrix as the draft would make it: real columns of real data, with every verdict on them. */
export function StepPreview({ values, request, judged: { verdict, isComplete, error } }: StepProps) {
  const [sessions, setSessions] = useState<(typeof SESSIONS)[number]>(10);
  const isValid = isComplete && (verdict?.findings.every(({ severity, path }) => severity !== "error" || path === "model_id") ?? false);
  const query = useQuery({
    queryKey: ["POST /preview_matrix", request, sessions],
    queryFn: ({ signal }) =>
      client.call("POST /preview_matrix", { body: { pack_id: values.pack_id, draft: request as never, sessions }, signal }),
    enabled: isValid,
    staleTime: 60_000,
    retry: false,
  });
  // Nothing is said of a model before it has been judged.
  if (isComplete && verdict === undefined && error === null)
    return (
      <Panel title="Preview" note="the model is being judged first">
        <Skeleton lines={8} />
      </Panel>
    );
  if (!isValid)
    return (
      <Panel title="Preview">
        <EmptyState title="Not yet">
          The model is not coherent. What has to change stands beside, with the step where you can change it.
        </EmptyState>
      </Panel>
    );
  return (
    <Loaded query={query} title="The preview could not be made" skeleton={<Building />}>
      {(preview) => (
        <PreviewView
          preview={preview}
          sessions={sessions}
          onSessions={setSessions}
          isBusy={query.isFetching}
          onRepeat={() => void query.refetch()}
        />
      )}
    </Loaded>
  );
}

function Building() {
  return (
    <Panel title="Building the last sessions" note="seconds, nothing is stored">
      <Skeleton lines={8} />
    </Panel>
  );
}

interface PreviewViewProps {
  readonly preview: Preview;
  readonly sessions: number;
  readonly onSessions: (sessions: (typeof SESSIONS)[number]) => void;
  readonly isBusy: boolean;
  readonly onRepeat: () => void;
}

function PreviewView({ preview, sessions, onSessions, isBusy, onRepeat }: PreviewViewProps) {
  const { status, columns, rows, verdicts, leakage, label_balance, nan_share, warmup_bars } = preview;
  const worst = verdicts.filter((each) => each.status !== "ok");
  const fine = verdicts.filter((each) => each.status === "ok");
  return (
    <>
      <Panel
        title="Verdicts"
        note={`on ${plural(preview.sessions.length, "session")}, ${preview.sessions.at(0) ?? UNKNOWN} to ${preview.sessions.at(-1) ?? UNKNOWN}`}
        actions={
          <>
            <label className={styles.inline}>
              Sessions
              <select value={sessions} onChange={(event) => onSessions(Number(event.target.value) as (typeof SESSIONS)[number])}>
                {SESSIONS.map((each) => (
                  <option key={each} value={each}>
                    {each}
                  </option>
                ))}
              </select>
            </label>
            <Button small busy={isBusy} onClick={onRepeat}>
              Build again
            </Button>
          </>
        }
      >
        <Chips>
          <Chip tone={TONES[status]}>Quality {STATUS_NAMES[status]}</Chip>
          <Chip tone={TONES[leakage.status]}>Leak check {STATUS_NAMES[leakage.status]}</Chip>
          <Chip>{plural(columns.length, "column")}</Chip>
          <Chip>{plural(rows.length, "row")}</Chip>
          <Chip>{plural(warmup_bars, "bar")} of warm-up</Chip>
        </Chips>
        <p className={styles.soft}>
          {status === "fail"
            ? "A build of these data stops here. What has to change is named below."
            : status === "warn"
              ? "It can be built. Look at what is marked: a few sessions say less than the whole history, which the build checks again."
              : "Nothing is wrong with these sessions. The build checks the whole history again."}
        </p>
        <ul className={styles.verdicts}>
          {worst.map((verdict) => (
            <VerdictRow key={verdict.check} verdict={verdict} />
          ))}
        </ul>
        <details>
          <summary>{plural(fine.length, "check")} without objection</summary>
          <ul className={styles.verdicts}>
            {fine.map((verdict) => (
              <VerdictRow key={verdict.check} verdict={verdict} />
            ))}
          </ul>
        </details>
      </Panel>
      <Panel title="Leak check" note="does any column know the future?">
        <LeakCheck leakage={leakage} />
      </Panel>
      <Panel title="Label" note="share of each class in these sessions">
        <dl className={styles.balance}>
          {label_balance.map(({ value, rows: amount, share }) => (
            <div key={value}>
              <dt>{LABEL_NAMES[String(value)] ?? String(value)}</dt>
              <dd>
                {formatNumber(share, "share")} <span className={styles.note}>{plural(amount, "row")}</span>
              </dd>
            </div>
          ))}
        </dl>
      </Panel>
      <Panel title="Columns" note="what the learner will see, with the share that is unknown">
        <DataTable
          caption="columns of the preview"
          columns={COLUMNS}
          rows={columns.map((column) => ({ ...column, nan: nan_share.columns[column.name] ?? null, last: lastOf(rows, column.name) }))}
          rowKey={({ name }) => name}
          sort="-nan"
          csvName="preview-columns"
        />
      </Panel>
    </>
  );
}

const LABEL_NAMES: Readonly<Record<string, string>> = { "-1": "Down", "0": "Flat", "1": "Up" };

function VerdictRow({ verdict: { check, status, summary, items } }: { readonly verdict: Verdict }) {
  return (
    <li>
      <Chip tone={TONES[status]}>{STATUS_NAMES[status]}</Chip>
      <div>
        <strong>{stepInWords(check)}</strong>
        <div className={styles.soft}>{summary}</div>
        {status !== "ok" && items.some((item) => !summary.includes(item)) && (
          <div className={styles.note}>{items.slice(0, 8).join(", ")}</div>
        )}
      </div>
    </li>
  );
}

function LeakCheck({ leakage }: Pick<Preview, "leakage">) {
  return (
    <p className={styles.soft}>
      {leakage.status === "ok"
        ? "Every column was computed again from data cut off at several moments, and none of the values known before changed."
        : "A column's past values changed when the future was taken away: it knows what it could not have known."}{" "}
      {formatNumber(leakage.values_compared, "count")} values were compared.
    </p>
  );
}

interface ColumnRow {
  readonly name: string;
  readonly indicator: string;
  readonly unit: string;
  readonly nan: number | null;
  readonly last: number | null;
}

const lastOf = (rows: Preview["rows"], name: string): number | null => {
  const value = rows.at(-1)?.[name];
  return typeof value === "number" ? value : null;
};

const COLUMNS: readonly Column<ColumnRow>[] = [
  { id: "name", header: "Column", width: 190, phone: "head", value: ({ name }) => name, cell: ({ name }) => <code>{name}</code> },
  { id: "indicator", header: "Indicator", width: 150, phone: "line", value: ({ indicator }) => indicator },
  { id: "unit", header: "Unit", width: 96, phone: "none", value: ({ unit }) => unit },
  {
    id: "nan",
    header: "Unknown",
    width: 88,
    align: "right",
    phone: "beside",
    value: ({ nan }) => nan,
    cell: ({ nan }) => formatNumber(nan, "share"),
  },
  {
    id: "last",
    header: "Last value",
    width: 100,
    align: "right",
    phone: "line",
    value: ({ last }) => last,
    cell: ({ last }) => formatNumber(last, "score4"),
  },
];
