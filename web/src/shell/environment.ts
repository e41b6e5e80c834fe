import { useSyncExternalStore } from "react";
import { currentWorkspace, onWorkspace, type Workspace } from "../data/workspace.ts";
import type { Session } from "../session/session.ts";

/** What is at stake: simulated money, this machine, or paper accounts of the cloud. */
export interface EnvironmentMark {
  readonly name: "LOCAL" | "SIMULATED" | "PAPER";
  readonly says: string;
}

export function environmentOf(workspace: Workspace, mode: Session["mode"]): EnvironmentMark {
  if (workspace === "simulated")
    return {
      name: "SIMULATED",
      says: "The workspace of simulated models: nothing here says anything about a market, and nothing can go live.",
    };
  if (mode === "local")
    return { name: "LOCAL", says: "Your models and results on this machine. Signals are for paper trading; no order is sent." };
  return { name: "PAPER", says: "Published models give signals for paper trading. No order is sent to a broker." };
}

export const useWorkspace = (): Workspace => useSyncExternalStore(onWorkspace, currentWorkspace);
