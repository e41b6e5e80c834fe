import type { Preview } from "#lib/matrix/preview.schema.ts";
import { count, percent } from "./format.ts";
import { type Paint, paintStatus } from "./paint.ts";
import { renderFacts, renderTable } from "./table.ts";

/** Checks whose finding is said at the top, even when there is nothing wrong. */
const ALWAYS_SAID = [
  ["Implied volatility", "iv_populated"],
  ["Option flow", "flow_present"],
] as const;

/** A preview as text: what was built, what is unknown, the last row, the verdicts and in full what is wrong. */
export function previewText(found: Preview, paint: Paint, width: number): string {
  const symbols = [...new Set(found.rows.flatMap((row) => (typeof row["symbol"] === "string" ? [row["symbol"]] : [])))];
  const said = ALWAYS_SAID.map(
    ([label, check]) => [label, found.verdicts.find((verdict) => verdict.check === check)?.summary ?? "n/a"] as const,
  );
  const facts = renderFacts([
    ...(symbols.length === 0 ? [] : [["Symbols", symbols.join(", ")] as const]),
    ["Sessions", found.sessions.join(", ")],
    ["Rows", count(found.rows.length)],
    ["Features", count(found.columns.length)],
    ["Warm-up (bars)", count(found.warmup_bars)],
    ["Label", labelText(found)],
    ["Rows by hour", hoursText(found)],
    ...said,
    ["Leak test", `${paintStatus(paint, found.leakage.status)}, ${count(found.leakage.values_compared)} values compared`],
    ["Verdict", paintStatus(paint, found.status)],
  ]);
  // One line a column reads on any width; a matrix has more columns than a terminal.
  const values = renderTable(
    [
      { header: "Column", value: ([name]) => name },
      { header: "Last row", align: "right", value: ([, value]) => cell(value) },
    ],
    Object.entries(found.rows.at(-1) ?? {}),
    width,
  );
  const verdicts = renderTable(
    [
      { header: "Check", value: ({ check }) => check },
      { header: "Status", value: ({ status }) => paintStatus(paint, status) },
      { header: "What was found", value: ({ summary }) => summary, shrinkTo: 30 },
    ],
    found.verdicts,
    width,
  );
  const wrong = found.verdicts.filter(({ status }) => status !== "ok").map(({ check, summary }) => `  - ${check}: ${summary}`);
  return [facts, unknownText(found, width), values, [verdicts, ...wrong].join("\n")].join("\n\n");
}

/** The indicators that are unknown somewhere, the worst first. */
function unknownText({ nan_share: { indicators } }: Preview, width: number): string {
  const partly = Object.entries(indicators)
    .filter(([, share]) => share > 0)
    .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
  const rest = Object.keys(indicators).length - partly.length;
  const all = `Known in every row: ${count(rest)} of ${count(rest + partly.length)} indicators.`;
  if (partly.length === 0) return all;
  const table = renderTable(
    [
      { header: "Indicator", value: ([name]) => name },
      { header: "Unknown (%)", align: "right", value: ([, share]) => percent(share) },
    ],
    partly,
    width,
  );
  return `${table}\n${all}`;
}

function labelText({ label_balance: classes, rows }: Preview): string {
  const labelled = rows.filter((row) => row["y"] !== null).length;
  const known = `${count(labelled)} of ${count(rows.length)} rows labelled`;
  const shares = classes.map(({ value, rows: of, share }) => `${value}: ${count(of)} rows (${percent(share)} %)`);
  return [known, ...shares].join(", ");
}

const hoursText = ({ coverage_by_hour: hours }: Preview): string =>
  hours
    .map(({ hour, rows, labelled }) => {
      const clock = `${String(hour).padStart(2, "0")}h`;
      return labelled === rows ? `${clock} ${count(rows)}` : `${clock} ${count(rows)} (${count(labelled)} labelled)`;
    })
    .join(", ");

function cell(value: string | number | null): string {
  if (value === null) return "n/a";
  if (typeof value === "string" || Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 1e-4 && Math.abs(value) < 1e7 ? value.toFixed(4) : value.toExponential(3);
}
