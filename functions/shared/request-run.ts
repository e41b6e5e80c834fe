import type { Json } from "#lib/core/canonical-json.ts";
import type { MachineName, Workflow } from "#lib/ports/workflow.ts";
import type { RunRecord } from "#lib/runs/run-record.schema.ts";
import { startRun } from "#lib/runs/start-run.ts";
import { riskFreeFingerprint } from "./load-risk-free.ts";
import { loadBuiltContext, loadModelContext } from "./model-context.ts";
import type { StepPorts } from "./ports.ts";

export interface ModelRunRequest {
  readonly owner: string;
  readonly machine: Extract<MachineName, "build" | "backtest" | "sweep" | "calibrate" | "train" | "pipeline">;
  readonly packId: string;
  readonly modelId: string;
  readonly tag: string | null;
  /** The step's own parameters, JSON. */
  readonly request: { readonly [key: string]: Json };
  /** What the result depends on beside the model's own definitions: those of its compositions. */
  readonly basis?: readonly Json[];
}

/**
 * Starts (or finds) a run on a model. Its id covers the request and the digests of everything the result depends on:
 * definitions, data and code. The same question therefore has one answer, and a changed model asks a new one.
 *
 * @throws NOT_FOUND, MODEL_INVALID, POLICY_INVALID, DATA_UNAVAILABLE, UNPROCESSABLE before anything starts
 */
export async function requestModelRun(
  ports: StepPorts & { readonly workflow: Workflow },
  { owner, machine, packId, modelId, tag, request, basis }: ModelRunRequest,
): Promise<{ readonly run: RunRecord; readonly isNew: boolean }> {
  const builds = machine === "build" || machine === "pipeline";
  const window = builds ? windowOf(request) : undefined;
  const context = builds
    ? await loadModelContext(ports, owner, packId, modelId, { window })
    : await loadBuiltContext(ports, owner, packId, modelId);
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

/** The window of a build request; undefined leaves the configuration's own. */
export function windowOf(request: { readonly [key: string]: Json }): { start: string | null; end: string | null } | undefined {
  const start = typeof request["start"] === "string" ? request["start"] : null;
  const end = typeof request["end"] === "string" ? request["end"] : null;
  return start === null && end === null ? undefined : { start, end };
}
