import { currentWorkspace } from "../../data/workspace.ts";
import { type Draft, readDraft } from "./draft.ts";

/** Each workspace has a draft of its own, as their models are apart. */
const key = (): string => `sigma.create${currentWorkspace() === undefined ? "" : `.${currentWorkspace()}`}`;

/** The draft that this tab was at; it survives a reload and ends with the tab. */
export const keptDraft = (): Draft | undefined => readDraft(sessionStorage.getItem(key()));

export function keepDraft(draft: Draft): void {
  try {
    sessionStorage.setItem(key(), JSON.stringify(draft));
  } catch {
    // Without room or permission to keep it, the draft lives as long as the page.
  }
}

export const dropDraft = (): void => sessionStorage.removeItem(key());
