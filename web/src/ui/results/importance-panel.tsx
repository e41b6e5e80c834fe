import type { ReactNode } from "react";
import { ImportanceBars } from "../../charts/importance-bars.tsx";
import type { AnswerOf } from "../../data/ask.ts";
import { formatNumber } from "../../words/format.ts";
import { termOf } from "../../words/glossary.ts";
import { MARGIN_UNITS } from "../../words/signals.ts";
import { Panel } from "../panel.tsx";
import { Pick } from "../pick.tsx";
import styles from "./results.module.css";

type Card = AnswerOf<"GET /model_card">;
type By = "shap" | "gain";

export interface ImportancePanelProps {
  readonly card: Card;
  readonly by: By | undefined;
  readonly onBy: (by: By | undefined) => void;
  /** Whose importance it is; the trained model's own page needs no word of it. */
  readonly of?: ReactNode;
}

/** What the judged model listens to. */
export function ImportancePanel({ card, by, onBy, of }: ImportancePanelProps) {
  const { importance, attribution } = card;
  const canShap = attribution !== null;
  const shown: By = canShap && by !== "gain" ? "shap" : "gain";
  const heightOf = (row: Card["importance"][number]): number | null => (shown === "shap" ? row.mean_abs_shap : row.gain_share);
  const items = importance
    .flatMap((row) => {
      const value = heightOf(row);
      return value === null ? [] : [{ name: row.feature, value }];
    })
    .sort((a, b) => b.value - a.value);
  const term = termOf(shown === "shap" ? "mean_abs_shap" : "gain_share");
  return (
    <Panel
      title="Importance"
      note={of ?? "Judged model"}
      actions={
        canShap && (
          <Pick
            label="Importance by"
            any="By contribution"
            value={shown === "gain" ? "gain" : undefined}
            options={[{ value: "gain", label: "By gain" }]}
            onPick={onBy}
          />
        )
      }
    >
      {items.length === 0 ? (
        <p className={styles.soft}>This learner does not say what it listens to.</p>
      ) : (
        <>
          <ImportanceBars
            label={`Importance of features by ${term.name.toLowerCase()}`}
            unit={shown === "shap" && attribution !== null ? MARGIN_UNITS[attribution.margin_of] : "share"}
            items={items}
          />
          <p className={styles.soft}>
            {term.definition}
            {shown === "shap" &&
              attribution !== null &&
              ` Over ${formatNumber(attribution.rows, "count")} of ${formatNumber(attribution.of_rows, "count")} training rows.`}{" "}
            Importance is no proof: noise has importance, too.
          </p>
        </>
      )}
    </Panel>
  );
}
