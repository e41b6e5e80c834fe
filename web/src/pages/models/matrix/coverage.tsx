import { useMemo } from "react";
import type { AnswerOf } from "../../../data/ask.ts";
import { DataTable } from "../../../ui/data-table.tsx";
import type { Column } from "../../../ui/table-model.ts";
import { formatNumber } from "../../../words/format.ts";
import styles from "../models.module.css";

type Hours = AnswerOf<"GET /matrices/{matrix_sha}">["quality"]["coverage_by_hour"];
type Hour = Hours[number];

const columnsUpTo = (most: number): readonly Column<Hour>[] => [
  { id: "hour", header: "Hour (ET)", value: ({ hour }) => `${String(hour).padStart(2, "0")}:00`, width: 92 },
  { id: "rows", header: "Rows", value: ({ rows }) => rows, cell: ({ rows }) => formatNumber(rows, "count"), align: "right", width: 72 },
  {
    id: "labelled",
    header: "Labelled",
    value: ({ labelled }) => labelled,
    cell: ({ labelled }) => formatNumber(labelled, "count"),
    align: "right",
    width: 84,
    phone: "beside",
  },
  {
    id: "labelled_share",
    header: "Share",
    value: ({ rows, labelled }) => (rows === 0 ? null : labelled / rows),
    cell: ({ rows, labelled }) => (
      <span className={styles.bar} style={{ width: `${(100 * rows) / most}%` }}>
        <span style={{ width: `${rows === 0 ? 0 : (100 * labelled) / rows}%` }} />
      </span>
    ),
    width: 120,
    phone: "none",
  },
];

/** Rows and labelled rows by the hour of the bar's start: an hour with few labels is an hour that is hardly learned. */
export function Coverage({ hours }: { readonly hours: Hours }) {
  const most = Math.max(1, ...hours.map(({ rows }) => rows));
  const columns = useMemo(() => columnsUpTo(most), [most]);
  return <DataTable caption="coverage by hour" columns={columns} rows={hours} rowKey={({ hour }) => `${hour}`} sort="hour" />;
}
