import type { GateReason, GateStatus } from "#lib/leaderboard/gate.schema.ts";
import { type LimitCheck, reasonInWords, VERDICTS } from "../words/gate.ts";
import { classes } from "./classes.ts";
import styles from "./gate-chip.module.css";
import { Popover } from "./popover.tsx";

const LOOKS: Readonly<Record<GateStatus, string | undefined>> = {
  PASS: styles.pass,
  MARGINAL: styles.marginal,
  MARGINAL_SIG: styles.notSignificant,
  FAIL: styles.fail,
  ungated: styles.ungated,
};

export interface GateChipProps {
  readonly status: GateStatus;
  readonly reasons: readonly Readonly<{
    code: string;
    metric: string;
    value: number | readonly number[] | null;
    limit: number | readonly number[] | null;
  }>[];
  /** Every limit of the risk profile with what was found, from `limitChecks`, where the profile is known. */
  readonly limits?: readonly LimitCheck[];
}

/**
 * The gate's verdict: filled = pass, half = marginal, dotted = not significant, empty = fail. Opens to the reasons, with the distance
 * to each limit.
 */
export function GateChip({ status, reasons, limits = [] }: GateChipProps) {
  const verdict = VERDICTS[status];
  return (
    <Popover
      className={classes(styles.chip, LOOKS[status])}
      title={verdict.name}
      content={() => (
        <>
          <p className={styles.means}>{verdict.means}</p>
          <GateReasons reasons={reasons} />
          {limits.length > 0 && <LimitTable limits={limits} />}
        </>
      )}
    >
      <span className={styles.mark} aria-hidden="true" />
      {verdict.name}
    </Popover>
  );
}

/** Why the gate decided as it did: each reason with what was found, what is asked and what is missing. */
export function GateReasons({ reasons }: Pick<GateChipProps, "reasons">) {
  return (
    <ul>
      {reasons.map((reason) => {
        const { title, says, found, asked, distance } = reasonInWords(reason as GateReason);
        return (
          <li key={`${reason.code} ${reason.metric}`} className={styles.reason}>
            <div className={styles.reasonTitle}>{title}</div>
            {(found !== "" || asked !== "") && (
              <div className={styles.numbers}>
                {found !== "" && `found ${found}`}
                {found !== "" && asked !== "" && ", "}
                {asked !== "" && `asked ${asked}`}
                {distance !== "" && <span className={styles.distance}> ({distance})</span>}
              </div>
            )}
            {says !== "" && <div className={styles.says}>{says}</div>}
          </li>
        );
      })}
    </ul>
  );
}

/** Every limit of a risk profile beside the result. */
export function LimitTable({ limits }: { readonly limits: readonly LimitCheck[] }) {
  return (
    <table className={styles.limits}>
      <thead>
        <tr>
          <th scope="col">Limit</th>
          <th scope="col">Found</th>
          <th scope="col">Asked</th>
          <th scope="col">Holds</th>
        </tr>
      </thead>
      <tbody>
        {limits.map(({ key, name, found, asked, holds, distance }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            <td>{found}</td>
            <td>{asked}</td>
            <td className={holds === true ? undefined : styles.distance}>
              {holds === true ? "yes" : holds === null ? "unknown" : `no, ${distance.split(",")[0]}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
