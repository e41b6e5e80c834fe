import { useId } from "react";
import { Panel } from "../../ui/panel.tsx";
import styles from "./create.module.css";
import type { RunPlan } from "./draft.ts";
import { foldsObjection } from "./plan.ts";

interface PlanPanelProps {
  readonly plan: RunPlan;
  readonly onPlan: (plan: RunPlan) => void;
}

/** How the pipeline evaluates the model once it is made. */
export function PlanPanel({ plan, onPlan }: PlanPanelProps) {
  const id = useId();
  const objection = foldsObjection(plan);
  return (
    <Panel title="Backtest" note="what the pipeline does after the matrix is built">
      <div className={styles.fields}>
        <label className={styles.plain}>
          <span>Evaluate by</span>
          <select value={plan.evaluate} onChange={(event) => onPlan({ ...plan, evaluate: event.target.value as RunPlan["evaluate"] })}>
            <option value="sweep">Simple sweep: the usual grid of thresholds</option>
            <option value="backtest">One backtest at the usual threshold</option>
          </select>
          <small>A sweep tries more and is judged more strictly for it: every variant counts as a trial.</small>
        </label>
        {plan.evaluate === "sweep" && (
          <label className={styles.plain}>
            <span>Preset</span>
            <select
              value={plan.preset ?? ""}
              onChange={(event) =>
                onPlan({ ...plan, preset: event.target.value === "" ? undefined : (event.target.value as NonNullable<RunPlan["preset"]>) })
              }
            >
              <option value="">The whole grid</option>
              <option value="conservative">Conservative: high thresholds, few trades</option>
              <option value="balanced">Balanced</option>
              <option value="aggressive">Aggressive: low thresholds, many trades</option>
            </select>
            <small>A preset is a part of the grid, with fewer trials.</small>
          </label>
        )}
        <label className={styles.plain}>
          <span>Walk-forward folds</span>
          <input
            type="number"
            inputMode="numeric"
            aria-invalid={objection === undefined ? undefined : "true"}
            aria-describedby={objection === undefined ? undefined : id}
            value={plan.splits ?? ""}
            onChange={(event) => onPlan({ ...plan, splits: event.target.value === "" ? undefined : event.target.valueAsNumber })}
          />
          {objection !== undefined && (
            <small className={styles.objection} id={id} role="alert">
              {objection}
            </small>
          )}
          <small>Each fold trains on the past and trades what comes after, with purging and embargo between.</small>
        </label>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={plan.train_when_passed}
            onChange={(event) => onPlan({ ...plan, train_when_passed: event.target.checked })}
          />
          <span>
            Train the recommended variant when it passes the gate
            <small>It looks at the holdout once. Nothing is trained when nothing passes.</small>
          </span>
        </label>
      </div>
    </Panel>
  );
}
