import type { Context } from "hono";
import type { Workflow } from "#lib/ports/workflow.ts";
import type { TierQuotas } from "#lib/quotas/quotas.ts";
import type { AdmitRun } from "#lib/runs/start-run.ts";
import type { StepPorts } from "../shared/ports.ts";

/** `admit` rations the runs that callers begin; the app adds it. */
export type ApiPorts = StepPorts & { readonly workflow: Workflow; readonly admit?: AdmitRun };

/** What the app is made of. Both hosts, Lambda and the local server, bring their own. */
export interface ApiDeps {
  readonly ports: ApiPorts;
  readonly mode: "local" | "cloud";
  /** Who asks. Never read from anything that the caller can write freely: see `owner.ts`. */
  readonly owner: (context: Context) => string;
  /** Throws FORBIDDEN unless who asks administers the place; asked for the routes that say so. */
  readonly requireAdmin: (context: Context) => void;
  /** What an owner of each tier may ask for. */
  readonly quotas: TierQuotas;
  readonly version: string;
  readonly requestId: () => string;
  /** UTC milliseconds. */
  readonly now: () => number;
  /** How fast the machine is that runs the steps, measured when first asked; absent = not known, as in the cloud. */
  readonly machine?: () => Promise<{
    /** How many times longer than on the reference machine work takes. */
    readonly factor: number;
    readonly parallelCalls: number;
  }>;
  /** Hears of every error that is not in the catalogue, before the caller gets a bare 500. */
  readonly onUnexpected?: (error: unknown, requestId: string) => void;
}
