import type { GateStatus } from "#lib/leaderboard/gate.schema.ts";
import { formatNumber } from "../../words/format.ts";
import { VERDICTS } from "../../words/gate.ts";
import styles from "./sweeps.module.css";

export interface VerdictCountsProps {
  readonly counts: { readonly pass: number; readonly marginal: number; readonly marginal_sig: number; readonly fail: number };
}

const PARTS = [
  ["pass", "PASS"],
  ["marginal", "MARGINAL"],
  ["marginal_sig", "MARGINAL_SIG"],
  ["fail", "FAIL"],
] as const satisfies readonly (readonly [keyof VerdictCountsProps["counts"], GateStatus])[];

/** How many variants got each verdict; verdicts that none got are left out, but for the pass. */
export function VerdictCounts({ counts }: VerdictCountsProps) {
  const shown = PARTS.filter(([key]) => key === "pass" || counts[key] > 0);
  return (
    <span className={styles.verdicts}>
      {shown.map(([key, status]) => (
        <span key={key} className={key === "pass" && counts.pass > 0 ? styles.passed : undefined} title={VERDICTS[status].means}>
          {formatNumber(counts[key], "count")} {VERDICTS[status].name.toLowerCase()}
        </span>
      ))}
    </span>
  );
}
