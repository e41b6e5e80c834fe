import { describe, expect, it } from "vitest";
import { requireTradable } from "#functions/shared/require-tradable.ts";
import { LabelSchema } from "#lib/matrix/label.schema.ts";
import { thrownBy } from "../../lib/packs/support.ts";

const model = (label: object) => ({ model_id: "m", label: LabelSchema.parse(label) });

describe("requireTradable", () => {
  it.each([
    { kind: "next_bar_direction" },
    { kind: "forward_return", horizon: 5 },
    { kind: "forward_return", horizon: 5, unit: "sessions" },
    { kind: "forward_return", horizon: 5, task: "regress" },
    { kind: "triple_barrier", horizon: 5, up: 1, down: 1 },
  ])("lets %j pass", (label) => {
    expect(() => requireTradable(model(label))).not.toThrow();
  });

  it.each([
    [{ kind: "close_to_open" }, "from the session's close to the next open"],
    [{ kind: "headfake_reversal" }, "it asks once a session"],
    [{ kind: "pin_drift" }, "it asks once a session"],
  ])("refuses %j, saying why and what to do", (label, words) => {
    expect(thrownBy(() => requireTradable(model(label)))).toMatchObject({
      code: "UNPROCESSABLE",
      message: expect.stringContaining(words),
      facts: { model_id: "m", label: label.kind },
    });
  });
});
