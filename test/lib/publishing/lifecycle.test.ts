import { describe, expect, it } from "vitest";
import { ACTIONS, applyTransition, type LifecycleAction } from "#lib/publishing/lifecycle.ts";
import { LIFECYCLE_STATUSES, type LifecycleStatus } from "#lib/publishing/trained-model.schema.ts";
import { holdoutWith, modelWith } from "./model.fixture.ts";

const request = (action: LifecycleAction, at = "2026-01-05T10:00:00.000Z") => ({ action, by: "ann", reason: "because", at });

/** What each action makes of each status; "-" is refused, "=" changes nothing. */
const TABLE: Record<LifecycleAction, Record<LifecycleStatus, LifecycleStatus | "-" | "=">> = {
  publish: { trained: "published", published: "=", paused: "-", retired: "-", discarded: "-" },
  pause: { trained: "-", published: "paused", paused: "=", retired: "-", discarded: "-" },
  resume: { trained: "-", published: "=", paused: "published", retired: "-", discarded: "-" },
  retire: { trained: "-", published: "retired", paused: "retired", retired: "=", discarded: "-" },
  discard: { trained: "discarded", published: "-", paused: "-", retired: "-", discarded: "=" },
};

describe("applyTransition", () => {
  for (const action of ACTIONS) {
    it.each(LIFECYCLE_STATUSES)(`does what the table says when asked to ${action} a model that is %s`, (status) => {
      const model = modelWith({ status });
      const expected = TABLE[action][status];
      if (expected === "-")
        expect(() => applyTransition(model, request(action))).toThrow(
          expect.objectContaining({ code: "CONFLICT", facts: { trained_model_id: "tm_1", status, action } }) as Error,
        );
      else if (expected === "=") expect(applyTransition(model, request(action))).toBe(model);
      else
        expect(applyTransition(model, request(action))).toMatchObject({
          status: expected,
          stage: expected === "published" || expected === "paused" ? "paper" : null,
          transitions: [{ from: status, to: expected, at: "2026-01-05T10:00:00.000Z", by: "ann", reason: "because" }],
        });
    });
  }

  it("keeps every change in order, and leaves the model it was given alone", () => {
    const model = modelWith();
    const steps: LifecycleAction[] = ["publish", "pause", "resume", "pause", "retire"];
    const last = steps.reduce((each, action, i) => applyTransition(each, request(action, `2026-01-0${i + 1}T00:00:00.000Z`)), model);
    expect(last.transitions.map(({ from, to, at }) => `${at.slice(8, 10)} ${from} ${to}`)).toEqual([
      "01 trained published",
      "02 published paused",
      "03 paused published",
      "04 published paused",
      "05 paused retired",
    ]);
    expect(model.transitions).toEqual([]);
  });

  it("refuses to publish what the holdout vetoed, unless it is research", () => {
    const vetoed = { holdout: holdoutWith(true), gate_status: "FAIL" as const, proven: false };
    expect(() => applyTransition(modelWith(vetoed), request("publish"))).toThrow(
      expect.objectContaining({ code: "GATE_FAILED", message: expect.stringContaining("0.020") as unknown }) as Error,
    );
    expect(applyTransition(modelWith({ ...vetoed, research: true }), request("publish")).stage).toBe("paper");
    expect(applyTransition(modelWith({ holdout: holdoutWith(false) }), request("publish")).stage).toBe("paper");
    expect(applyTransition(modelWith(vetoed), request("discard")).status).toBe("discarded");
  });

  it.each(["MARGINAL_SIG", "FAIL", "ungated"] as const)(
    "publishes a model judged %s to paper only and leaves it UNPROVEN",
    (gate_status) => {
      const model = modelWith({ gate_status, proven: false, research: true, stamps: ["UNPROVEN"] });
      expect(applyTransition(model, request("publish"))).toMatchObject({ stage: "paper", proven: false, stamps: ["UNPROVEN"] });
    },
  );
});
