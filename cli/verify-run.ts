import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadPlan, reportPath } from "#functions/shared/evaluation-plan.ts";
import { loadModel } from "#functions/shared/load-model.ts";
import { readMatrixPointer } from "#functions/shared/matrix-pointer.ts";
import { requestModelRun } from "#functions/shared/request-run.ts";
import { awaitRun } from "#infra/local/await-run.ts";
import { createLocalSystem, type LocalSystem } from "#infra/local/local-system.ts";
import type { Json } from "#lib/core/canonical-json.ts";
import { sha256 } from "#lib/core/digest.ts";
import { realWorkspaceOf } from "#lib/core/workspace.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { forgetIvAfter } from "#lib/market-data/iv-store/iv-store.ts";
import { dataPrefix } from "#lib/market-data/series-keys.ts";
import { loadManifest } from "#lib/matrix/stored-manifest.ts";
import { createModelStore } from "#lib/models/model-store.ts";
import { listOwnPacks, ownPackKey, packVersionsPrefix } from "#lib/packs/own-pack-reader.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import { workspacePrefix } from "#lib/packs/workspace.ts";
import { readTrainedModel } from "#lib/publishing/trained-model-store.ts";
import type { RunEvent, RunRecord } from "#lib/runs/run-record.schema.ts";
import { listRuns, readRun } from "#lib/runs/run-store.ts";
import { readSweep } from "#lib/sweeps/sweep-store.ts";
import { changesBetween, type InputChange, inputsOf } from "./verify-inputs.ts";

/** One digest of the run and of its repetition. */
export interface Comparison {
  readonly what: string;
  readonly recorded: string | null;
  readonly repeated: string | null;
  readonly equal: boolean;
}

export interface Verification {
  readonly run_id: string;
  readonly machine: string;
  readonly verdict: "identical" | "different";
  /** Digests of what went in; one that differs explains why the results do. */
  readonly lineage: readonly Comparison[];
  readonly results: readonly Comparison[];
  /** The inputs behind the digests that differ, named: whose data, which field of which section. */
  readonly changed: readonly InputChange[];
  /** Why there is no repeated result, when what goes in now does not give one. */
  readonly failure: { readonly code: string; readonly detail: string } | null;
  /** Runs that were done again first, because the result counts their trials. */
  readonly repeated_before: readonly string[];
}

/** Told of every step of every repeated run, with what is repeated. */
export type OnStep = (label: string, event: RunEvent) => void;

type Machine = "build" | "backtest" | "sweep" | "train" | "pipeline";
const REPEATABLE: readonly string[] = ["build", "backtest", "sweep", "train", "pipeline"] satisfies Machine[];

/**
 * Does a finished run again in a temporary home that holds the model's definitions and imported data but no artifact, and
 * compares content digests. Significance counts every trial that was made before, so earlier evaluations of the model
 * are done again first, in their order. Inputs that have changed since are named.
 *
 * @param say - hears of each step
 * @throws NOT_FOUND when there is no such run, UNPROCESSABLE when it has no result or is of a kind that computes none
 */
export async function verifyRun(system: LocalSystem, owner: string, runId: string, onStep: OnStep): Promise<Verification> {
  const { run } = await readRun(system.ports.metadata, owner, runId);
  requireRepeatable(run);
  const home = await mkdtemp(join(tmpdir(), "sigma-verify-"));
  const fresh = await createLocalSystem({ home, alerts: { deliver: async () => {} } });
  try {
    await copyInputs(system, fresh, owner, run);
    const before = run.machine === "build" ? [] : await evaluationsBefore(system, owner, run);
    const changed = new Map<string, InputChange>();
    let repeated: RunRecord | undefined;
    let failure: Verification["failure"] = null;
    try {
      for (const each of [...before, run]) {
        const label = each === run ? `again ${run.run_id}` : `first ${each.run_id}`;
        repeated = await repeat(system, fresh, each, (event) => onStep(label, event));
        const found = changesBetween(await inputsOf(system, each), await inputsOf(fresh, repeated));
        for (const change of found) changed.set(change.what, change);
      }
    } catch (error) {
      // With other inputs there may be nothing to repeat: a row that was trained does not come about again.
      if (!(error instanceof SigmaError) || changed.size === 0) throw error;
      failure = { code: error.code, detail: error.message };
    }
    const lineage = compare(basisOf(run), repeated === undefined ? {} : basisOf(repeated));
    if (repeated !== undefined && lineage.some(({ what, equal }) => what === "matrix_sha" && !equal))
      lineage.push(...compare(await dataOf(system, run), await dataOf(fresh, repeated)));
    const again = failure === null && repeated !== undefined ? await digestsOf(fresh, repeated) : {};
    const results = compare(await digestsOf(system, run), again);
    return {
      run_id: runId,
      machine: run.machine,
      verdict: results.every(({ equal }) => equal) ? "identical" : "different",
      lineage,
      results,
      changed: [...changed.values()],
      failure,
      repeated_before: before.map(({ run_id }) => run_id),
    };
  } finally {
    await fresh.close();
    await rm(home, { recursive: true, force: true });
  }
}

function requireRepeatable(run: RunRecord): void {
  if (!REPEATABLE.includes(run.machine))
    throw new SigmaError(
      "UNPROCESSABLE",
      `Run "${run.run_id}" is a ${run.machine}: it changes or reads records at a moment, and there is nothing to compute again. Runs of ${REPEATABLE.join(", ")} can be verified.`,
      { run_id: run.run_id, machine: run.machine },
    );
  if (run.status !== "succeeded")
    throw new SigmaError("UNPROCESSABLE", `Run "${run.run_id}" is ${run.status}; only a run that succeeded has a result to compare.`, {
      run_id: run.run_id,
      status: run.status,
    });
}

/**
 * The owner's packs, the data and models that the owner imported, what vendors gave and what was recorded, and the model itself.
 * What was recorded of implied volatility after the run began is left out: the run did not know it.
 */
async function copyInputs(from: LocalSystem, to: LocalSystem, owner: string, run: RunRecord): Promise<void> {
  // The simulated workspace reads the markets that were registered in the real one.
  const simulations = dataPrefix(realWorkspaceOf(owner), "simulations");
  const prefixes = [workspacePrefix(owner), packVersionsPrefix(owner), `owners/${owner}/data`, `owners/${owner}/imports`];
  for (const prefix of [...prefixes.map((folder) => `${folder}/`), simulations]) {
    let cursor: string | undefined;
    do {
      const page = await from.ports.artifacts.list(prefix, { limit: 1000, ...(cursor === undefined ? {} : { cursor }) });
      for (const key of page.keys) await to.ports.artifacts.put(key, (await from.ports.artifacts.get(key)).bytes, "any");
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }
  await forgetIvAfter(to.ports.artifacts, owner, Date.parse(run.created_at));
  for (const { record_version: _, ...body } of await listOwnPacks(from.ports, owner))
    await to.ports.metadata.put("state", { ...ownPackKey(owner, body.pack_id), body }, "absent");
  const packs = createPackLibrary({ builtIn: from.ports.builtinPacks, artifacts: from.ports.artifacts, metadata: from.ports.metadata });
  const { resolved: pack } = await packs.get(owner, run.pack_id!);
  if (pack.modelIds.includes(run.model_id!)) return;
  const record = await createModelStore(from.ports).get(owner, run.model_id!);
  const texts: Record<string, string> = {};
  for (const key of record.paths)
    texts[key.slice(workspacePrefix(owner).length + 1)] = new TextDecoder().decode((await from.ports.artifacts.get(key)).bytes);
  const resolved = await loadModel(from.ports, owner, run.pack_id!, run.model_id!);
  await createModelStore(to.ports).create(owner, { packId: record.pack_id, modelId: record.model_id, texts, resolved });
}

/** Finished backtests, sweeps and pipelines of the model that ended before a run did, oldest first. */
async function evaluationsBefore(system: LocalSystem, owner: string, run: RunRecord): Promise<RunRecord[]> {
  const found: RunRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await listRuns(
      system.ports.metadata,
      owner,
      { modelId: run.model_id!, packId: run.pack_id!, status: "succeeded" },
      { limit: 200, ...(cursor === undefined ? {} : { cursor }) },
    );
    found.push(...page.rows);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found
    .filter(({ machine, run_id }) => run_id !== run.run_id && ["backtest", "sweep", "pipeline"].includes(machine))
    .filter(({ ended_at }) => ended_at! <= run.ended_at!)
    .sort((a, b) => (a.ended_at! < b.ended_at! ? -1 : 1));
}

/** Does one run in the fresh system, on a matrix of the window that it worked on. */
async function repeat(system: LocalSystem, fresh: LocalSystem, run: RunRecord, onEvent: (event: RunEvent) => void): Promise<RunRecord> {
  const ports = { ...fresh.ports, workflow: fresh.workflow };
  const request = run.input["request"] as { readonly [key: string]: Json };
  const order = async (machine: Machine, asked: { readonly [key: string]: Json }): Promise<RunRecord> => {
    const started = await requestModelRun(ports, {
      owner: run.owner,
      machine,
      packId: run.pack_id!,
      modelId: run.model_id!,
      tag: run.tag,
      request: asked,
    });
    return awaitRun(fresh, run.owner, started.run.run_id, onEvent);
  };
  if (run.machine !== "build" && run.machine !== "pipeline") await order("build", await windowOf(system, run));
  return order(run.machine as Machine, request);
}

/** The window of the matrix that a run worked on, as a build request asks for it. */
async function windowOf(system: LocalSystem, run: RunRecord): Promise<{ readonly [key: string]: Json }> {
  const pointer = await readMatrixPointer(system.ports, run.owner, run.pack_id!, run.model_id!);
  const sha = (run.input["basis"] as { readonly matrix_sha: string }).matrix_sha;
  const { inputs } = await loadManifest(system.ports.artifacts, pointer.prefix, sha);
  const { start, end } = inputs["window"] as { readonly start: string | null; readonly end: string | null };
  return { ...(start === null ? {} : { start }), ...(end === null ? {} : { end }) };
}

/** Fingerprints of the data that a run's matrix was made of, by what they are of. */
async function dataOf({ ports }: LocalSystem, run: RunRecord): Promise<Digests> {
  const { prefix } = await readMatrixPointer(ports, run.owner, run.pack_id!, run.model_id!);
  const { inputs } = await loadManifest(ports.artifacts, prefix, basisOf(run)["matrix_sha"]!);
  const data = inputs["data"] as readonly { role: string; symbol: string; cadence: string | null; fingerprint: string }[];
  return Object.fromEntries(
    data.map(({ role, symbol, cadence, fingerprint }) => [[role, symbol, cadence].filter((part) => part !== null).join(" "), fingerprint]),
  );
}

type Digests = Readonly<Record<string, string>>;

const basisOf = (run: RunRecord): Digests => (run.input["basis"] ?? {}) as Digests;

function compare(recorded: Digests, repeated: Digests): Comparison[] {
  const names = [...new Set([...Object.keys(recorded), ...Object.keys(repeated)])];
  return names.map((what) => {
    const pair = { recorded: recorded[what] ?? null, repeated: repeated[what] ?? null };
    return { what, ...pair, equal: pair.recorded === pair.repeated };
  });
}

/** What a run found, as digests of content: no time, no run id, no compressed byte is in them. */
async function digestsOf({ ports }: LocalSystem, run: RunRecord): Promise<Digests> {
  const outputs = run.outputs as { readonly [key: string]: Json };
  const digests: Record<string, string> = {};
  const matrix = outputs["matrix"] as { readonly content_digest: string } | undefined;
  if (matrix) digests["matrix content"] = matrix.content_digest;

  const backtest = (outputs["backtest"] ?? outputs["result"]) as { readonly report_key?: string } | undefined;
  if (typeof backtest?.report_key === "string") digests["backtest report"] = sha256((await ports.artifacts.get(backtest.report_key)).bytes);

  const sweep = (outputs["sweep"] ?? outputs["result"]) as { readonly sweep_id?: string } | undefined;
  if (typeof sweep?.sweep_id === "string") {
    const { plan_key } = await readSweep(ports.metadata, run.owner, sweep.sweep_id);
    const plan = await loadPlan(ports.artifacts, run.owner, plan_key);
    digests["sweep report"] = sha256((await ports.artifacts.get(reportPath(plan, plan_key, "sweep.json"))).bytes);
  }

  const trained = (outputs["trained"] ?? []) as readonly { readonly trained_model_id: string }[];
  for (const { trained_model_id } of trained) {
    const { model } = await readTrainedModel(ports.metadata, run.owner, trained_model_id);
    digests[`${trained_model_id} judged`] = model.judged.sha256;
    digests[`${trained_model_id} refit`] = model.refit.sha256;
  }
  return digests;
}
