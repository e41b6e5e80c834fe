import { formatNumber, plural } from "../words/format.ts";
import type { CalibrationOutcome } from "../words/outcome.ts";
import { DataTable } from "./data-table.tsx";
import { Figure, Figures } from "./figure.tsx";
import styles from "./run-result.module.css";
import type { Column } from "./table-model.ts";

type Hour = CalibrationOutcome["hours"][number];

const HOURS: readonly Column<Hour>[] = [
  { id: "hour", header: "Hour (ET)", value: ({ hour }) => `${String(hour).padStart(2, "0")}:00`, width: 96 },
  { id: "threshold", header: "Threshold", value: ({ threshold }) => threshold, align: "right", width: 104, phone: "beside" },
  { id: "own", header: "Best by itself", value: ({ own }) => own, align: "right", width: 120 },
  {
    id: "weight",
    header: "Its weight",
    value: ({ weight }) => weight,
    cell: ({ weight }) => formatNumber(weight, "share"),
    align: "right",
    width: 104,
  },
  { id: "trades", header: "Trades", value: ({ trades }) => trades, align: "right", width: 84 },
];

/** What a calibration recommends, how much it looked at, and how to use it. */
export function CalibrationPart({ calibration }: { readonly calibration: CalibrationOutcome }) {
  const { kind, threshold, threshold_mode, hours, brackets, rows, inner_folds, candidates, trials, added_trials, notes } = calibration;
  return (
    <div className={styles.part}>
      <div className={styles.head}>
        <h3>{kind === "thresholds" ? "Threshold" : "Brackets"}</h3>
      </div>
      <p>
        {kind === "thresholds"
          ? threshold === null
            ? "No candidate had enough trades, so no threshold is recommended."
            : `Recommended: ${threshold_mode} of at least ${threshold}${hours.length > 0 ? " where the hours below say nothing else" : ""}.`
          : bracketsInWords(brackets)}
      </p>
      <p className={styles.says}>
        {plural(candidates, "candidate")} on {plural(inner_folds, "inner fold")} of {rows.first} to {rows.last}, the rows before the first
        test block: no result that is judged later has seen the choice.{" "}
        {kind === "thresholds" ? "Type it into a backtest or a sweep to use it." : "Set it among the brackets of the Designer to use it."}
      </p>
      <Figures>
        <Figure of="trials" value={trials} note={`${formatNumber(added_trials, "count")} of them by this`} />
      </Figures>
      {hours.length > 0 && (
        <DataTable caption="thresholds by hour" columns={HOURS} rows={hours} rowKey={({ hour }) => `${hour}`} sort="hour" />
      )}
      {notes.length > 0 && (
        <ul className={styles.warnings}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function bracketsInWords(brackets: CalibrationOutcome["brackets"]): string {
  if (brackets === null) return "No candidate had enough trades, so no brackets are recommended.";
  const { stop_loss, take_profit, time_stop_bars } = brackets;
  const said = [
    stop_loss === null ? undefined : `a stop of ${formatNumber(stop_loss, "share")} of the price`,
    take_profit === null ? undefined : `a target of ${take_profit} times the stop`,
    time_stop_bars === null ? undefined : `a time stop of ${plural(time_stop_bars, "bar")}`,
  ].filter((each) => each !== undefined);
  return said.length === 0 ? "Without brackets it did best: none are recommended." : `Recommended: ${said.join(", ")}.`;
}
