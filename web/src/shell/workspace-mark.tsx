import { useNavigate } from "@tanstack/react-router";
import { Popover } from "radix-ui";
import { useSession } from "../session/session-context.ts";
import { Button } from "../ui/button.tsx";
import { PAGE } from "../words/places.ts";
import { environmentOf, useWorkspace } from "./environment.ts";
import styles from "./frame.module.css";

/** What is at stake here, and the way out: into the other workspace, which one machine has, or out of the session. */
export function WorkspaceMark() {
  const workspace = useWorkspace();
  const { mode, person, signOut } = useSession();
  const navigate = useNavigate();
  const { name, says } = environmentOf(workspace, mode);
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
          {person?.email !== undefined && <p className={styles.soft}>Signed in as {person.email}</p>}
          <div className={styles.choices}>
            {signOut === undefined ? (
              <Popover.Close asChild>
                <Button onClick={change}>{workspace === undefined ? "Go to the simulated workspace" : "Go to the real workspace"}</Button>
              </Popover.Close>
            ) : (
              <Button onClick={() => void signOut()}>Sign out</Button>
            )}
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
