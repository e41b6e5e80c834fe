import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { Label } from "#lib/matrix/label.schema.ts";
import type { ModelConfig } from "#lib/models/model-config.schema.ts";

/** Why trades cannot follow some labels: the simulator decides on every bar and holds for a number of bars. */
const UNTRADABLE: Partial<Record<Label["kind"], string>> = {
  close_to_open: "its trade runs from the session's close to the next open, and the simulator holds whole bars",
  headfake_reversal: "it asks once a session, and the simulator decides on every bar",
  pin_drift: "it asks once a session, and the simulator decides on every bar",
};

/** Why a model's predictions cannot be traded by the simulator, and what to do; null = they can. */
export function untradable({ label }: Pick<ModelConfig, "label">): string | null {
  const reason = UNTRADABLE[label.kind];
  if (reason === undefined) return null;
  return `its label is "${label.kind}": ${reason}. Use a next_bar_direction, forward_return or triple_barrier label.`;
}

/**
 * A matrix of any model can be built and exported; trades are simulated for labels that every bar can decide.
 *
 * @throws UNPROCESSABLE saying what was found and what to do
 */
export function requireTradable(config: Pick<ModelConfig, "model_id" | "label">): void {
  const reason = untradable(config);
  if (reason === null) return;
  const { model_id, label } = config;
  throw new SigmaError(
    "UNPROCESSABLE",
    `The model "${model_id}" can be built but neither backtested, swept nor trained: ${reason} Its matrix can be exported: sigma export ${model_id} --out DIR.`,
    { model_id, label: label.kind },
  );
}
