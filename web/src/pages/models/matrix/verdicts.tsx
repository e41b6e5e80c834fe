import type { AnswerOf } from "../../../data/ask.ts";
import { Chip } from "../../../ui/chip.tsx";
import { plural } from "../../../words/format.ts";
import { stepInWords } from "../../../words/runs.ts";
import styles from "../models.module.css";

type Verdict = AnswerOf<"GET /matrices/{matrix_sha}">["quality"]["verdicts"][number];

const TONES = { fail: "danger", warn: "warn", ok: "gain" } as const;
const NAMES = { fail: "Fail", warn: "Warning", ok: "OK" } as const;
const ORDER = { fail: 0, warn: 1, ok: 2 } as const;

/** What each check found, the worst first; those that found nothing are folded away. */
export function Verdicts({ verdicts, forced = [] }: { readonly verdicts: readonly Verdict[]; readonly forced?: readonly string[] }) {
  const sorted = verdicts.toSorted((a, b) => ORDER[a.status] - ORDER[b.status]);
  const found = sorted.filter(({ status }) => status !== "ok");
  const passed = sorted.filter(({ status }) => status === "ok");
  return (
    <>
      {forced.length > 0 && (
        <p className={styles.says}>
          <Chip tone="danger">Forced</Chip> The build went on although these failed: {forced.map(stepInWords).join(", ")}. It is recorded.
        </p>
      )}
      {found.length === 0 ? <p className={styles.says}>Every check passed.</p> : <List verdicts={found} />}
      {passed.length > 0 && (
        <details className={styles.fold}>
          <summary>{plural(passed.length, "check")} passed</summary>
          <List verdicts={passed} />
        </details>
      )}
    </>
  );
}

function List({ verdicts }: { readonly verdicts: readonly Verdict[] }) {
  return (
    <ul className={styles.verdicts}>
      {verdicts.map(({ check, status, summary, items }) => (
        <li key={check}>
          <Chip tone={TONES[status]}>{NAMES[status]}</Chip>
          <strong>{stepInWords(check)}</strong>
          <span>
            {summary}
            {items.length > 0 && status !== "ok" && <span className={styles.items}> {items.join(", ")}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
