import { beforeAll, describe, expect, it } from "vitest";
import { createPlanTraining } from "#functions/plan-training/plan-training.ts";
import { loadPlan } from "#functions/shared/evaluation-plan.ts";
import { loadOrder } from "#functions/shared/training-order.ts";
import type { GateStatus } from "#lib/leaderboard/gate.schema.ts";
import { addRows, readRow } from "#lib/leaderboard/leaderboard-store.ts";
import { createLab } from "../lab.ts";

let lab: Awaited<ReturnType<typeof createLab>>;
let best: string;
beforeAll(async () => {
  lab = await createLab();
  await lab.build();
  best = (await lab.sweep({ mode: "simple" })).result.best_rows[0]!;
});

/** The best row under another judgement, stored under its own id. */
async function judgedAs(status: GateStatus): Promise<string> {
  const row = await readRow(lab.ports.metadata, lab.owner, best);
  const id = `as-${status.toLowerCase()}`;
  await addRows(lab.ports.metadata, lab.owner, [{ ...row, row_id: id, gate: { status, reasons: [] } }]);
  return id;
}
const plan = (request: Parameters<typeof lab.ask>[1]) => createPlanTraining(lab.ports)(lab.ask("train_1", request));

describe("createPlanTraining", () => {
  it("writes an order whose digest the steps hand over; the same request gives the same one", async () => {
    const first = await plan({ rows: [await judgedAs("PASS")] });
    expect(await plan({ rows: ["as-pass"] })).toEqual(first);
    const order = await loadOrder(lab.ports.artifacts, lab.owner, first.training_key);
    expect(order).toMatchObject({ research: false, override: null, items: [{ row_id: "as-pass", gate: { status: "PASS" } }] });
  });

  it("takes what a pipeline hands over: rows and nothing else", async () => {
    expect((await plan({ rows: [await judgedAs("PASS")] })).rows).toHaveLength(1);
  });

  it("trains a baseline as it is asked for, and a row as it was judged", async () => {
    const { training_key } = await plan({ calibration: "isotonic", target: "y_syn" });
    const [item] = (await loadOrder(lab.ports.artifacts, lab.owner, training_key)).items;
    expect(item).toMatchObject({ row_id: null });
    expect((await loadPlan(lab.ports.artifacts, lab.owner, item!.plan_key)).config.learner.calibration).toBe("isotonic");
    const usual = (await loadOrder(lab.ports.artifacts, lab.owner, (await plan({})).training_key)).items[0]!;
    expect((await loadPlan(lab.ports.artifacts, lab.owner, usual.plan_key)).config.learner.calibration).toBe("none");
    await expect(plan({ rows: [await judgedAs("PASS")], calibration: "none" })).rejects.toMatchObject({
      code: "INVALID_PARAM",
      fieldErrors: [{ path: "calibration", issue: "comes with the row" }],
    });
    await expect(plan({ target: "ret_fwd" })).rejects.toMatchObject({ code: "INVALID_PARAM" });
  });

  it("refuses a FAIL row before anything is fitted", async () => {
    await expect(plan({ rows: [await judgedAs("FAIL")] })).rejects.toMatchObject({ code: "GATE_FAILED" });
  });

  it("trains a row once that is named twice", async () => {
    expect((await plan({ rows: [await judgedAs("PASS"), "as-pass"] })).rows).toHaveLength(1);
  });

  it("refuses rows of another model, and does not find those of another owner", async () => {
    const row = await readRow(lab.ports.metadata, lab.owner, best);
    await addRows(lab.ports.metadata, lab.owner, [{ ...row, row_id: "foreign", model_id: "other" }]);
    await expect(plan({ rows: ["foreign"], research: true })).rejects.toMatchObject({
      code: "INVALID_PARAM",
      fieldErrors: [{ path: "rows", issue: `must be rows of "simedge_eq_swing_daily"` }],
    });
    await expect(
      createPlanTraining(lab.ports)({ ...lab.ask("train_1", { rows: [best], research: true }), owner: "somebody" }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it.each([{ rows: [] }, { rows: ["a", "b", "c", "d", "e", "f"] }, { rows: ["../x"] }, { reserch: true }])(
    "refuses %j",
    async (request) => {
      await expect(plan(request as never)).rejects.toMatchObject({ code: "INVALID_PARAM" });
    },
  );
});
