import { useNavigate } from "@tanstack/react-router";
import { Popover } from "radix-ui";
import { Button } from "../ui/button.tsx";
import { PAGE } from "../words/places.ts";
import { environmentOf, useWorkspace } from "./environment.ts";
import styles from "./frame.module.css";

/** What is at stake here, and the way into the other workspace. */
export function WorkspaceMark() {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const { name, says } = environmentOf(workspace, window.location.hostname);
  const change = (): void => {
    void navigate({ to: PAGE.dashboard, search: { workspace: workspace === undefined ? "simulated" : undefined } });
  };
  return (
    <Popover.Root>
      <Popover.Trigger className={styles.mark} data-mark={name} aria-label={`Workspace: ${name}`}>
        {name}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={styles.popover} sideOffset={6} align="start" collisionPadding={12}>
          <h2>{name}</h2>
          <p className={styles.soft}>{says}</p>
          <div className={styles.choices}>
            <Popover.Close asChild>
              <Button onClick={change}>{workspace === undefined ? "Go to the simulated workspace" : "Go to the real workspace"}</Button>
            </Popover.Close>
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
