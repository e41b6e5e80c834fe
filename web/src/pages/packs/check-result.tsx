import type { AnswerOf } from "../../data/ask.ts";
import { Chip } from "../../ui/chip.tsx";
import { Figure, Figures } from "../../ui/figure.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { RunProgress } from "../../ui/run-progress.tsx";
import { PLACE_OF } from "../../words/places.ts";
import styles from "./report.module.css";

export type CheckView = AnswerOf<"GET /packs/{pack_id}/check">;

const VERDICTS = {
  running: { name: "Running", tone: "accent", says: "The backtest goes on. You can leave and come back." },
  passed: { name: "Passed", tone: "gain", says: "The version can be used." },
  refused: { name: "Refused", tone: "danger", says: "The version cannot be used as it is: see what the check objects to." },
} as const;

/** What the one-year backtest of a version found: its numbers, and the codes of what it objects to. */
export function CheckResult({ check }: { readonly check: CheckView }) {
  const verdict = VERDICTS[check.status];
  return (
    <div className={styles.report}>
      <p className={styles.verdict}>
        <Chip tone={verdict.tone}>{verdict.name}</Chip>
        {verdict.says}
      </p>
      {check.status === "running" ? (
        <RunProgress runId={check.run_id} />
      ) : (
        <Figures>
          <Figure of="sharpe" value={check.sharpe} why="The backtest gave none" note="must be above −0.50" />
          <Figure of="trades" value={check.trades} why="The backtest gave none" note="at least 10" />
        </Figures>
      )}
      <p className={styles.ran}>
        {check.symbol} of {check.provider}, {check.start} to {check.end} (exclusive) ·{" "}
        <PlaceLink to={PLACE_OF.run(check.run_id)}>the run</PlaceLink>
      </p>
      {check.findings.length > 0 && (
        <ul className={styles.lines}>
          {check.findings.map(({ code, severity, reason, remedy }) => (
            <li key={code}>
              <span className={styles.status}>
                <Chip tone={severity === "error" ? "danger" : "warn"}>{severity === "error" ? "Fail" : "Warn"}</Chip>
              </span>
              <div className={styles.says}>
                <p>{reason}</p>
                <p className={styles.line}>{remedy}</p>
                <p className={styles.where}>{code}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
