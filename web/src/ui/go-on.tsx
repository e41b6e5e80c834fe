import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { GoingOn } from "../data/going-on.ts";
import { Button } from "./button.tsx";
import styles from "./go-on.module.css";

/** What is waited for. */
export const STILL_ENDING = "Steps that had begun are still ending, and what they find is kept. It goes on by itself as soon as they have.";

export interface GoOnProps {
  readonly state: GoingOn["state"];
  readonly onGoOn: () => void;
  readonly onLeave: () => void;
  readonly small?: boolean;
  readonly icon?: LucideIcon;
  /** The verb. */
  readonly children: ReactNode;
}

/** The button that goes on with a run; while steps of it are still ending it says so, and lets one leave it. */
export function GoOn({ state, onGoOn, onLeave, small = false, icon, children }: GoOnProps) {
  const isWaiting = state === "waiting";
  return (
    <>
      <Button
        small={small}
        kind={small ? "plain" : "primary"}
        {...(icon === undefined ? {} : { icon })}
        busy={state !== "idle"}
        onClick={onGoOn}
      >
        {isWaiting ? "Waits to go on" : children}
      </Button>
      {isWaiting && (
        <>
          <Button small={small} onClick={onLeave}>
            Leave it
          </Button>
          {!small && (
            <p className={styles.waiting} role="status">
              {STILL_ENDING}
            </p>
          )}
        </>
      )}
    </>
  );
}
