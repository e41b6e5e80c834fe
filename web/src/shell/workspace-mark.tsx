import { useNavigate } from "@tanstack/react-router";
import { useSession } from "../session/session-context.ts";
import { Button } from "../ui/button.tsx";
import { Popover } from "../ui/popover.tsx";
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
    <Popover
      className={styles.mark}
      data-mark={name}
      aria-label={`Workspace: ${name}`}
      align="start"
      title={name}
      content={(close) => (
        <>
          <p className={styles.soft}>{says}</p>
          {person?.email !== undefined && <p className={styles.soft}>Signed in as {person.email}</p>}
          <div className={styles.choices}>
            {signOut === undefined ? (
              <Button
                onClick={() => {
                  close();
                  change();
                }}
              >
                {workspace === undefined ? "Go to the simulated workspace" : "Go to the real workspace"}
              </Button>
            ) : (
              <Button onClick={() => void signOut()}>Sign out</Button>
            )}
          </div>
        </>
      )}
    >
      {name}
    </Popover>
  );
}
