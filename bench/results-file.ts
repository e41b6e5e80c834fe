import { type Summary, tableCells } from "./summary.ts";

const HEADER = ["Figure", "Median", "Range", "Aim", "Note"];

export interface Measured {
  readonly name: string;
  readonly title: string;
  readonly summaries: readonly Summary[];
  readonly repetitions: number;
  readonly seconds: number;
  /** Load average of the machine when the workload began: above its cores, the figures measure the neighbours too. */
  readonly load: number;
}

/** What a figure depends on besides the code: another machine's figures are never mixed with these. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly packages: string;
}

const START = "## ";

/**
 * Text of `bench/results.md`. Sections of workloads that were not measured this time stay, as long as they come from
 * the same machine and versions.
 */
export function resultsText(machine: Machine, measured: readonly Measured[], date: string, previous: string): string {
  const head = [
    "# Bench results",
    "",
    "<!-- Written by `npm run bench`. Do not edit. -->",
    "",
    "Medians; the range is the lowest and the highest repetition. Each workload runs in a process of its own, workloads one after another.",
    "",
    `- CPU: ${machine.cpu}, ${machine.cores} cores; memory ${machine.memoryGb} GB; ${machine.system}`,
    `- Node ${machine.node}; ${machine.packages}`,
    "",
    "",
  ].join("\n");
  const sections = new Map(previous.startsWith(head) ? sectionsOf(previous.slice(head.length)) : []);
  for (const entry of measured) sections.set(entry.name, section(entry, date));
  return (
    head +
    [...sections]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, text]) => text)
      .join("\n")
  );
}

function sectionsOf(text: string): [string, string][] {
  return text
    .split(new RegExp(`^(?=${START})`, "m"))
    .filter((part) => part.startsWith(START))
    .map((part) => [part.slice(START.length, part.indexOf(":")), `${part.trimEnd()}\n`]);
}

function section({ name, title, summaries, repetitions, seconds, load }: Measured, date: string): string {
  const rows = [HEADER, HEADER.map(() => "---"), ...tableCells(summaries)];
  return [
    `${START}${name}: ${title}`,
    "",
    `${date}; \`npm run bench -- --only ${name} --repeat ${repetitions}\`, ${seconds.toFixed(0)} s in all; load average ${load.toFixed(1)} at the start.`,
    "",
    ...rows.map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`),
    "",
  ].join("\n");
}

/** The same rows for a terminal, columns aligned. */
export function terminalTable(summaries: readonly Summary[]): string {
  const rows = tableCells(summaries);
  const widths = HEADER.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  return rows
    .map((cells) =>
      `  ${cells.map((cell, column) => (column === 1 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!))).join("  ")}`.trimEnd(),
    )
    .join("\n");
}
