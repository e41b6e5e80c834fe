/** The workspace of simulated models stands beside the real one; undefined is the real one. */
export type Workspace = "simulated" | undefined;

let open: Workspace;
const listeners = new Set<() => void>();

export const currentWorkspace = (): Workspace => open;

/** Opens a workspace; whoever holds what was read from the other one hears of it. */
export function openWorkspace(workspace: Workspace): void {
  if (workspace === open) return;
  open = workspace;
  for (const listener of listeners) listener();
}

/** @returns ends the listening */
export function onWorkspace(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
