import type { CheckLine, ValidationReport } from "./report.schema.ts";

/** Colours a status word; the word itself always says it too. */
type Paint = (status: string) => string;

const uncoloured: Paint = (status) => status;

/** The report for a terminal: a line a check, the remedy below what is wrong, then the verdict. */
export function reportText({ pack_id, status, checks, recommendation }: ValidationReport, paint: Paint = uncoloured): string {
  const title = `Pack Validation Report: ${pack_id}`;
  const wide = Math.max(...checks.map((line) => line.title.length));
  const lines = checks.flatMap((line) => [
    `${paint(line.status)}  ${line.title.padEnd(wide)}  ${line.reason}${codeOf(line)}`,
    ...(line.remedy === null ? [] : [`${" ".repeat(wide + 8)}${line.remedy}`]),
  ]);
  return [
    title,
    "=".repeat(title.length),
    ...lines,
    "",
    `Status: ${paint(status)}`,
    ...(recommendation === null ? [] : [`Recommendation: ${recommendation}`]),
  ].join("\n");
}

const codeOf = ({ code }: CheckLine): string => (code === null ? "" : ` [${code}]`);

/** The report as Markdown, for a review or a pull request. */
export function reportMarkdown({ pack_id, status, checks, recommendation }: ValidationReport): string {
  const rows = checks.map(({ title, status: found, code, reason, remedy }) => [
    found,
    title,
    code === null ? "" : `\`${code}\``,
    cell(reason),
    cell(remedy ?? ""),
  ]);
  return [
    `# Pack validation report: ${pack_id}`,
    "",
    ...[["", "Check", "Rule", "Reason", "Remedy"], ["---", "---", "---", "---", "---"], ...rows].map((row) => `| ${row.join(" | ")} |`),
    "",
    `**Status: ${status}**`,
    ...(recommendation === null ? [] : ["", `Recommendation: ${recommendation}`]),
    "",
  ].join("\n");
}

/** A text that cannot end its cell or its row. */
const cell = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll("|", "\\|").replaceAll(/\s+/g, " ");
