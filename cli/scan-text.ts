import type { Scan } from "#lib/scan/scan.schema.ts";
import { count, decimal, minute } from "./format.ts";
import type { Paint } from "./paint.ts";
import { marksLine } from "./stamps.ts";
import { type Column, renderFacts, renderTable } from "./table.ts";

type Row = Scan["rows"][number];

/** A scan as text: what it stands on, who is where by which values, and who is left out and why. */
export function scanText(found: Scan, paint: Paint, width: number): string {
  const facts = renderFacts([
    ["Scanner", `${found.pack_id}/${found.set}, version ${found.set_version}`],
    ["Universe", `${found.universe}, ${count(found.members)} members on ${found.members_on}`],
    ["Bars", `${found.cadence} from ${found.provider}, the newest closed ${minute(found.as_of)} UTC`],
    ["Age (sessions)", found.age_sessions === null ? "n/a" : count(found.age_sessions)],
    ["Ranked", `${count(found.ranked)}, ${count(found.fulfilled)} of them fulfil every condition`],
    ["Ranked by", found.rank.map(({ column, best, weight }) => `${best} ${column}${weight === 1 ? "" : ` x ${weight}`}`).join(", ")],
  ]);
  const ranked: Column<Row>[] = [
    { header: "#", value: ({ rank }) => count(rank), align: "right" },
    { header: "Symbol", value: ({ symbol }) => symbol },
    { header: "Score", value: ({ score }) => decimal(score, 1), align: "right" },
    { header: "Holds", value: holdsText },
    ...columnsOf(found).map(
      (column, i): Column<Row> => ({
        header: column,
        value: ({ values }) => decimal(values[column], 3),
        align: "right",
        optional: i + 1,
      }),
    ),
  ];
  const missed = found.rows.flatMap(({ symbol, conditions }) => {
    const not = conditions.filter(({ holds }) => !holds);
    return not.length === 0 || not.length === conditions.length
      ? []
      : [`  ${symbol}: ${not.map(({ column, op, value }) => `${column} ${op} ${value}`).join(", ")}`];
  });
  return [
    ...marksLine(found.stamps, paint),
    facts,
    "",
    found.rows.length === 0 ? "No member could be ranked." : renderTable(ranked, found.rows, width),
    ...(found.rows.length < found.ranked ? [`(${count(found.ranked - found.rows.length)} more; --limit shows them.)`] : []),
    ...(missed.length === 0 ? [] : ["", "What others of them miss:", ...missed]),
    ...(found.left_out.length === 0
      ? []
      : [
          "",
          "Left out:",
          renderTable(
            [
              { header: "Symbol", value: ({ symbol }) => symbol },
              { header: "Reason", value: ({ reason }) => reason },
              { header: "Detail", value: ({ detail }) => detail, shrinkTo: 20 },
            ],
            found.left_out,
            width,
          ),
        ]),
  ].join("\n");
}

/** Columns that rank, then those of the conditions, each once. */
const columnsOf = ({ rank, rows }: Scan): string[] => [
  ...new Set([...rank.map(({ column }) => column), ...(rows[0]?.conditions ?? []).map(({ column }) => column)]),
];

/** `2/3`: so many of the conditions hold. */
function holdsText({ conditions }: Row): string {
  return conditions.length === 0 ? "-" : `${conditions.filter(({ holds }) => holds).length}/${conditions.length}`;
}
