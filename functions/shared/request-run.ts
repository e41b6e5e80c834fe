import type { Tier } from "#lib/accounts/account.schema.ts";
import { type HistorySpan, requireHistory } from "#lib/accounts/tier-limits.ts";
import type { Json } from "#lib/core/canonical-json.ts";
import { formatDate, sessionDateOf } from "#lib/core/time.ts";
import type { MachineName, Workflow } from "#lib/ports/workflow.ts";
import type { RunRecord } from "#lib/runs/run-record.schema.ts";
import { startRun } from "#lib/runs/start-run.ts";
import { riskFreeFingerprint } from "./load-risk-free.ts";
import { loadBuiltContext, loadModelContext, type ModelContext } from "./model-context.ts";
import type { StepPorts } from "./ports.ts";

export interface ModelRunRequest {
  readonly owner: string;
  readonly machine: Extract<MachineName, "build" | "backtest" | "sweep" | "calibrate" | "train" | "pipeline">;
  readonly packId: string;
  readonly modelId: string;
  readonly tag: string | null;
  /** The step's own parameters, JSON. */
  readonly request: { readonly [key: string]: Json };
  /** Of the owner who asks: its bar sizes and its length of history hold. Absent = nobody asks, as for a schedule. */
  readonly tier?: Tier;
  /** What the result depends on beside the model's own definitions: those of its compositions. */
  readonly basis?: readonly Json[];
}

/**
 * Starts (or finds) a run on a model. Its id covers the request and the digests of everything the result depends on:
 * definitions, data and code. The same question therefore has one answer, and a changed model asks a new one.
 *
 * @throws NOT_FOUND, MODEL_INVALID, POLICY_INVALID, DATA_UNAVAILABLE, UNPROCESSABLE, TIER_LIMIT before anything starts
 */
export async function requestModelRun(
  ports: StepPorts & { readonly workflow: Workflow },
  { owner, machine, packId, modelId, tag, request, tier, basis }: ModelRunRequest,
): Promise<{ readonly run: RunRecord; readonly isNew: boolean }> {
  const builds = machine === "build" || machine === "pipeline";
  const window = builds ? windowOf(request) : undefined;
  const context = builds
    ? await loadModelContext(ports, owner, packId, modelId, { window })
    : await loadBuiltContext(ports, owner, packId, modelId);
  if (tier !== undefined) requireHistory(tier, spanOf(context));
  const riskFree =
    machine === "build" ? null : await riskFreeFingerprint(ports, owner, { ...context.model.config, window: context.spec.window });
  return startRun(ports, {
    owner,
    machine,
    packId,
    modelId,
    tag,
    codeVersion: ports.codeVersion,
    input: {
      pack_id: packId,
      model_id: modelId,
      request,
      basis: {
        ...context.lineage,
        ...(riskFree === null ? {} : { risk_free: riskFree }),
        ...(basis === undefined ? {} : { compositions: [...basis] }),
      },
    },
  });
}

/** From the first session that becomes a row of any symbol to the last one. */
function spanOf({ model, data, spec }: ModelContext): HistorySpan {
  const ends = data.flatMap(({ series: { bars } }) => (bars.length === 0 ? [] : [[bars.end[0]!, bars.end[bars.length - 1]!] as const]));
  const { cadence } = model.config;
  if (ends.length === 0) return { cadence, first: null, last: null };
  const dateOf = (utcMs: number): string => formatDate(sessionDateOf(utcMs));
  const first = dateOf(Math.min(...ends.map(([earliest]) => earliest)));
  const last = dateOf(Math.max(...ends.map(([, latest]) => latest)));
  const { start } = spec.window;
  return { cadence, first: start !== null && start > first ? start : first, last };
}

/** The window of a build request; undefined leaves the configuration's own. */
export function windowOf(request: { readonly [key: string]: Json }): { start: string | null; end: string | null } | undefined {
  const start = typeof request["start"] === "string" ? request["start"] : null;
  const end = typeof request["end"] === "string" ? request["end"] : null;
  return start === null && end === null ? undefined : { start, end };
}
