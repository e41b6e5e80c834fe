import type { AnswerOf } from "../../data/ask.ts";
import { Chip, type ChipTone } from "../../ui/chip.tsx";
import styles from "./report.module.css";

export type Report = AnswerOf<"POST /packs/validate">;

const VERDICTS: Readonly<Record<Report["status"], { readonly name: string; readonly tone: ChipTone }>> = {
  APPROVED: { name: "Approved", tone: "gain" },
  "APPROVED WITH WARNINGS": { name: "Approved with warnings", tone: "warn" },
  REJECTED: { name: "Rejected", tone: "danger" },
};
const LINES: Readonly<
  Record<Report["checks"][number]["status"], { readonly name: string; readonly tone: ChipTone; readonly place: number }>
> = {
  FAIL: { name: "Fail", tone: "danger", place: 0 },
  WARN: { name: "Warn", tone: "warn", place: 1 },
  PASS: { name: "Pass", tone: "plain", place: 2 },
};

/** The validation report: what is wrong first, each line with its reason and what to do. */
export function ReportView({ report, objectionsOnly = false }: { readonly report: Report; readonly objectionsOnly?: boolean }) {
  const verdict = VERDICTS[report.status];
  const shown = objectionsOnly ? report.checks.filter(({ status }) => status !== "PASS") : report.checks;
  const lines = shown.toSorted((a, b) => LINES[a.status].place - LINES[b.status].place);
  return (
    <div className={styles.report}>
      <p className={styles.verdict}>
        <Chip tone={verdict.tone}>{verdict.name}</Chip>
        {report.recommendation ?? "Every check passed: there is nothing to mend."}
      </p>
      <ul className={styles.lines}>
        {lines.map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place
          <li key={place}>
            <span className={styles.status}>
              <Chip tone={LINES[line.status].tone}>{LINES[line.status].name}</Chip>
            </span>
            <div className={styles.says}>
              <strong>{line.title}</strong>
              <p className={styles.line}>{line.reason}</p>
              {line.remedy !== null && <p>{line.remedy}</p>}
              {line.code !== null && (
                <p className={styles.where}>
                  {line.code}
                  {line.path !== null && ` at ${line.path}`}
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
