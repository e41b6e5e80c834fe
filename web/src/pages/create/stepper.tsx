import { Check } from "lucide-react";
import { classes } from "../../ui/classes.ts";
import styles from "./create.module.css";
import { STEP_NAMES, STEPS, type Step, stepOfPath } from "./draft.ts";
import type { Finding } from "./use-verdict.ts";

export interface StepperProps {
  /** Those of this model; the others are shown as left out. */
  readonly steps: readonly Step[];
  readonly current: Step;
  readonly errors: readonly Finding[];
  readonly onOpen: (step: Step) => void;
}

/** The steps with where one stands. A step opens once nothing is wrong in those before it. */
export function Stepper({ steps, current, errors, onOpen }: StepperProps) {
  const place = STEPS.indexOf(current);
  const wrong = errors.map(({ path }) => STEPS.indexOf(stepOfPath(path)));
  return (
    <nav aria-label="Steps" className={styles.stepper}>
      <ol>
        {STEPS.map((step, index) => {
          const isLeftOut = !steps.includes(step);
          const isWrong = wrong.includes(index);
          const isOpen = index <= place || !wrong.some((at) => at < index);
          return (
            <li key={step}>
              <button
                type="button"
                className={classes(
                  styles.step,
                  index === place && styles.here,
                  index < place && !isWrong && !isLeftOut && styles.passed,
                  isWrong && styles.wrong,
                )}
                aria-current={index === place ? "step" : undefined}
                disabled={!isOpen || isLeftOut}
                onClick={() => onOpen(step)}
              >
                <span className={styles.stepMark}>
                  {index < place && !isWrong && !isLeftOut ? <Check size={12} aria-label="done" /> : index + 1}
                </span>
                <span className={styles.stepName}>
                  {STEP_NAMES[step]}
                  {isLeftOut && <span className={styles.skipped}> options only</span>}
                  {isWrong && <span className={styles.hidden}> has something to change</span>}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
