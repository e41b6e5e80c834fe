import type { AnswerOf } from "../../../data/ask.ts";
import { formatNumber } from "../../../words/format.ts";
import styles from "../models.module.css";

type Hours = AnswerOf<"GET /matrices/{matrix_sha}">["quality"]["coverage_by_hour"];

/** Rows and labelled rows by the hour of the bar's start: an hour with few labels is an hour that is hardly learned. */
export function Coverage({ hours }: { readonly hours: Hours }) {
  const most = Math.max(1, ...hours.map(({ rows }) => rows));
  return (
    <table className={styles.coverage}>
      <thead>
        <tr>
          <th scope="col">Hour (ET)</th>
          <th scope="col">Rows</th>
          <th scope="col">Labelled</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {hours.map(({ hour, rows, labelled }) => (
          <tr key={hour}>
            <th scope="row">{`${String(hour).padStart(2, "0")}:00`}</th>
            <td>{formatNumber(rows, "count")}</td>
            <td>{formatNumber(labelled, "count")}</td>
            <td aria-hidden="true">
              <span className={styles.bar} style={{ width: `${(100 * rows) / most}%` }}>
                <span style={{ width: `${rows === 0 ? 0 : (100 * labelled) / rows}%` }} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
