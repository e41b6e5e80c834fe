import { SigmaError } from "#lib/errors/sigma-error.ts";
import { loadModel } from "../../shared/load-model.ts";
import type { ApiPorts } from "../api-deps.ts";

/** Strikes on each side where a model reads no option flow, so that the classic request fits it too. */
const DEFAULT_DISTANCE = 7;

interface Claim {
  readonly pack_id: string;
  readonly model_id: string;
  readonly ticker?: string | undefined;
  readonly distance_max?: number | undefined;
}

/**
 * Holds what a request says of a model against the model, so that nobody builds another matrix than they think.
 *
 * @throws INVALID_PARAM naming what differs; NOT_FOUND, MODEL_INVALID as loading the model does
 */
export async function requireModelFacts(ports: ApiPorts, owner: string, claim: Claim): Promise<void> {
  const { pack_id, model_id, ticker, distance_max } = claim;
  if (ticker === undefined && distance_max === undefined) return;
  const { config } = await loadModel(ports, owner, pack_id, model_id);
  const own = { ticker: config.ticker, distance_max: config.features.flow?.distance_max ?? DEFAULT_DISTANCE };
  const wrong = (["ticker", "distance_max"] as const).filter((field) => claim[field] !== undefined && claim[field] !== own[field]);
  if (wrong.length === 0) return;
  throw new SigmaError(
    "INVALID_PARAM",
    `${wrong.map((field) => `${field} is "${claim[field]}", but the model's is "${own[field]}"`).join("; ")}. Leave it out, or make another model: POST /models.`,
    { model_id },
    { fieldErrors: wrong.map((path) => ({ path, issue: `must be ${JSON.stringify(own[path])}, as the model says` })) },
  );
}
