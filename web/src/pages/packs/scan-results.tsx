import { useMemo, useState } from "react";
import type { AnswerOf } from "../../data/ask.ts";
import { DataMarks } from "../../ui/data-mark.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { EmptyState } from "../../ui/states.tsx";
import type { Column } from "../../ui/table-model.ts";
import { plural } from "../../words/format.ts";
import { conditionInWords, spoken, titled } from "../../words/packs.ts";
import styles from "./report.module.css";
import { ScannedMember } from "./scanned-member.tsx";

type Scan = AnswerOf<"POST /scan">;
type Row = Scan["rows"][number];

const score = new Intl.NumberFormat("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const value = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 4 });

function columnsOf(scan: Scan): readonly Column<Row>[] {
  return [
    { id: "rank", header: "Rank", align: "right", width: 70, value: ({ rank }) => rank, phone: "none" },
    { id: "symbol", header: "Symbol", width: 110, value: ({ symbol }) => symbol, phone: "head" },
    {
      id: "score",
      header: "Score (0 to 100)",
      align: "right",
      width: 130,
      value: (row) => row.score,
      cell: (row) => score.format(row.score),
      phone: "beside",
    },
    {
      id: "fulfilled",
      header: "Fulfils all",
      width: 110,
      value: ({ fulfilled }) => (fulfilled ? "yes" : "no"),
      phone: "line",
    },
    {
      id: "missing",
      header: "Conditions that do not hold",
      width: 280,
      sortable: false,
      value: ({ conditions }) =>
        conditions
          .filter(({ holds }) => !holds)
          .map(
            (condition) => `${conditionInWords(condition)} (found ${condition.found === null ? "unknown" : value.format(condition.found)})`,
          )
          .join("; "),
      phone: "line",
    },
    ...scan.rank.map(
      ({ column, best, weight }): Column<Row> => ({
        id: column,
        header: `${column} (${best === "high" ? "highest" : "lowest"} first, weight ${weight})`,
        align: "right",
        width: 190,
        value: ({ values }) => values[column],
        cell: ({ values }) => (values[column] === null || values[column] === undefined ? "–" : value.format(values[column])),
        phone: "none",
      }),
    ),
  ];
}

/** Who is where on the scanner's list, and why the others are not on it. */
export function ScanResults({ scan }: { readonly scan: Scan }) {
  const columns = useMemo(() => columnsOf(scan), [scan]);
  const [open, setOpen] = useState<Row>();
  return (
    <>
      <Panel
        title={`${titled(scan.set)} on ${scan.universe}`}
        note={
          <>
            {plural(scan.ranked, "member")} of {scan.members} ranked, {scan.fulfilled} fulfil every condition
            {scan.as_of !== null && (
              <>
                {"; bars that end "}
                <Moment at={scan.as_of} />
              </>
            )}
            {scan.age_sessions !== null && scan.age_sessions > 0 && `, ${plural(scan.age_sessions, "session")} old`}
          </>
        }
        actions={<DataMarks stamps={scan.stamps} />}
      >
        <p className={styles.ran}>
          The score is the weighted mean of a member's percentiles in the ranking columns among all that are ranked; 100 = best. The first
          of a long list is partly luck.
        </p>
        <DataTable
          caption="ranked members"
          columns={columns}
          rows={scan.rows}
          rowKey={({ symbol }) => symbol}
          csvName={`${scan.set}-${scan.universe}`}
          currentKey={open?.symbol}
          onOpen={setOpen}
          empty={<EmptyState title="No member could be ranked">The reasons stand below.</EmptyState>}
        />
      </Panel>
      <ScannedMember scan={scan} member={open} onClose={() => setOpen(undefined)} />
      {scan.left_out.length > 0 && (
        <Panel title="Left out" note={plural(scan.left_out.length, "member")}>
          <DataTable caption="members that were left out" columns={LEFT_OUT} rows={scan.left_out} rowKey={({ symbol }) => symbol} />
        </Panel>
      )}
    </>
  );
}

const LEFT_OUT: readonly Column<Scan["left_out"][number]>[] = [
  { id: "symbol", header: "Symbol", width: 120, value: ({ symbol }) => symbol, phone: "head" },
  { id: "reason", header: "Reason", width: 170, value: ({ reason }) => spoken(reason), phone: "beside" },
  { id: "detail", header: "In detail", value: ({ detail }) => detail, sortable: false, phone: "line" },
];
