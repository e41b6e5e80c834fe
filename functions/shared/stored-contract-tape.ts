import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import { type ContractTape, contractTapeUntil } from "#lib/backtest/options/contract-tape.ts";
import { decodeContractTape, encodeContractTape } from "#lib/backtest/options/contract-tape-codec.ts";
import { sha256 } from "#lib/core/digest.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import { keep } from "./evaluation-plan.ts";

const tapeKey = (prefix: string, sha: string): string => `${prefix}contract-tapes/${sha}.bin`;

/** Stores a tape under the digest of its bytes. Storing it again changes nothing. */
export async function storeContractTape(artifacts: ArtifactStore, prefix: string, tape: ContractTape): Promise<string> {
  const bytes = encodeContractTape(tape);
  const sha = sha256(bytes);
  await artifacts.put(tapeKey(prefix, sha), bytes, "absent");
  return sha;
}

/** A plan's whole contract tape, holdout included; null for stocks. */
export function loadContractTape(artifacts: ArtifactStore, { matrix, contract_tape }: EvaluationPlan): Promise<ContractTape | null> {
  if (contract_tape === null) return Promise.resolve(null);
  const key = tapeKey(matrix.prefix, contract_tape.sha);
  return keep(artifacts, `contracts:${key}`, async () => decodeContractTape((await artifacts.get(key, contract_tape.sha)).bytes));
}

/** The part that choices may read: it ends where the development view of the matrix ends. */
export async function loadDevelopmentContracts(artifacts: ArtifactStore, plan: EvaluationPlan, view: Matrix): Promise<ContractTape | null> {
  const tape = await loadContractTape(artifacts, plan);
  return tape && contractTapeUntil(tape, view.rows, view.rows === 0 ? Number.NEGATIVE_INFINITY : view.ts[view.rows - 1]!);
}
