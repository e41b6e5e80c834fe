import { readTier } from "#lib/accounts/account-store.ts";
import { findManifest } from "#lib/matrix/stored-manifest.ts";
import { loadModelContext, writeMatrixPointer } from "../../shared/model-context.ts";
import { requestModelRun, windowOf } from "../../shared/request-run.ts";
import type { Answer } from "../http/answer.ts";
import { acceptRun } from "./accept-run.ts";
import type { BuildRequest } from "./build-request.schema.ts";
import { requireModelFacts } from "./model-facts.ts";
import { payloadOf } from "./request-payload.ts";

/** Starts the build of a model's matrix, or answers with the one that was done before. */
export async function startBuild(
  call: Parameters<typeof acceptRun>[0],
  { pack_id, model_id, tag, force, start, end, ticker, distance_max }: BuildRequest,
): Promise<Answer> {
  const { ports, owner, deps } = call;
  const tier = await readTier(ports.metadata, owner, deps.mode);
  await requireModelFacts(ports, owner, { pack_id, model_id, ticker, distance_max });
  const window = { ...(start == null ? {} : { start }), ...(end == null ? {} : { end }) };
  const ask = (again: boolean) =>
    requestModelRun(ports, {
      owner,
      tier,
      machine: "build",
      packId: pack_id,
      modelId: model_id,
      tag,
      // A forced build is done however often it is asked, so its id carries the time.
      request: payloadOf({ ...window, ...(force || again ? { force, asked_at: new Date(deps.now()).toISOString() } : {}) }),
    });
  const found = await ask(false);
  if (found.isNew || found.run.status !== "succeeded") return acceptRun(call, found);

  // The same build was done before: the model points to it again, unless its matrix is gone.
  const context = await loadModelContext(ports, owner, pack_id, model_id, { window: windowOf(payloadOf(window)) });
  if ((await findManifest(ports.artifacts, context.prefix, context.matrixSha)) === undefined) return acceptRun(call, await ask(true));
  await writeMatrixPointer(ports, context);
  return acceptRun(call, found);
}
