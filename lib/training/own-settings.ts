import { SigmaError } from "../errors/sigma-error.ts";
import type { TrainRequest } from "./train-request.schema.ts";

/**
 * A row is trained as it was judged.
 *
 * @throws INVALID_PARAM when rows come with settings that would make another model of them
 */
export function requireOwnSettings(request: Pick<TrainRequest, "rows" | "allowed_hours" | "calibration">): void {
  const besides = (["allowed_hours", "calibration"] as const).filter((field) => request[field] !== undefined);
  if (request.rows === undefined || besides.length === 0) return;
  throw new SigmaError(
    "INVALID_PARAM",
    `A row is trained as it was judged, so ${besides.join(" and ")} cannot differ from the row's. Leave ${besides.length === 1 ? "it" : "them"} out, or backtest the model with other settings and train that row.`,
    { field: besides[0]! },
    { fieldErrors: besides.map((path) => ({ path, issue: "comes with the row" })) },
  );
}
