import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { RunRecord } from "#lib/runs/run-record.schema.ts";
import { listRuns } from "#lib/runs/run-store.ts";
import { type Answer, json } from "../http/answer.ts";
import type { Call } from "../route.ts";
import { type RunCall, secondsToWait, waitForEnd } from "./accept-run.ts";
import { liveStatus } from "./run-view.ts";

/** Machines that make a model's matrix. */
const MAKERS = ["build", "pipeline"] as const;

/**
 * Does work that needs a model's matrix. When there is none yet and a run is making it, the work waits for that run as long
 * as the caller waits for an answer, and is tried again. A caller who does not wait is told which run it is.
 *
 * @throws UNPROCESSABLE when there is no matrix and no run makes one; with `waiting_for` when one does and the caller does not wait
 */
export async function withMatrix(
  call: RunCall & Pick<Call<unknown, unknown, unknown>, "body">,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SigmaError) || error.code !== "UNPROCESSABLE") throw error;
    const making = await runningMaker(call);
    if (making === undefined) throw error;
    const seconds = secondsToWait(call);
    if (seconds <= 0) {
      const detail = `${error.message} Run "${making.run_id}" is making one: ask again when it has ended, or send Prefer: wait.`;
      throw new SigmaError("UNPROCESSABLE", detail, { ...error.facts, waiting_for: making.run_id }, { cause: error });
    }
    const run = await waitForEnd(call, making.run_id, seconds);
    if (run.status === "running" && (await liveStatus(call.ports, run)) === "running") return stillWaiting(run);
    return work();
  }
}

/** Nothing was started: the same request is made again after a while. */
function stillWaiting({ run_id }: RunRecord): Answer {
  const status_url = `/v1/runs/${run_id}`;
  return json({ run_id, status: "running", status_url, is_new: false, step: "waiting_for", waiting_for: run_id }, 202, {
    location: status_url,
    "retry-after": "2",
  });
}

async function runningMaker({
  ports,
  owner,
  body,
}: RunCall & Pick<Call<unknown, unknown, unknown>, "body">): Promise<RunRecord | undefined> {
  const { pack_id: packId, model_id: modelId } = body as { readonly pack_id: string; readonly model_id: string };
  for (const machine of MAKERS) {
    const { rows } = await listRuns(ports.metadata, owner, { machine, packId, modelId, status: "running" }, { limit: 200 });
    for (const run of rows) if ((await liveStatus(ports, run)) === "running") return run;
  }
  return undefined;
}
