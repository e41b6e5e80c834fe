import { Circle, CircleCheck } from "lucide-react";
import { buttonClass } from "../../ui/button.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import type { Step } from "./attention.ts";
import styles from "./dashboard.module.css";

/** The way to a first signal, with the next step to take. */
export function FirstSteps({ steps }: { readonly steps: readonly Step[] }) {
  const next = steps.findIndex(({ done }) => !done);
  return (
    <ol className={styles.steps}>
      {steps.map(({ title, says, done, to, verb }, place) => (
        <li key={title} className={styles.step} data-done={done ? "" : undefined} data-next={place === next ? "" : undefined}>
          <h3>
            {done ? <CircleCheck size={16} aria-label="done" /> : <Circle size={16} aria-label="to do" />}
            {title}
          </h3>
          <p>{says}</p>
          {place === next && (
            <PlaceLink to={to} className={buttonClass("primary", true)}>
              {verb}
            </PlaceLink>
          )}
        </li>
      ))}
    </ol>
  );
}
