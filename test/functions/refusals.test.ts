import { beforeAll, describe, expect, it } from "vitest";
import type { CreateModelRequest } from "#lib/models/create-model.schema.ts";
import { createPackLab } from "./pack-lab.ts";

let lab: Awaited<ReturnType<typeof createPackLab>>;
beforeAll(async () => {
  lab = await createPackLab();
});

const daily = { ticker: "SIM:LAB", asset_type: "eq", horizon: "swing", cadence: "daily" } as const;
const data = { provider: "simulated", symbol: "SIM:LAB" } as const;
const forward = { kind: "forward_return", horizon: 3 } as const;

describe("what a provider does not have", () => {
  const sample = { ...daily, ticker: "SPX", data: { provider: "sample", symbol: "SPX" } as const, label: forward };

  it.each<[string, Partial<CreateModelRequest>, string]>([
    ["flow", { features: { flow: {} } }, "option minute bars"],
    ["signed_flow", { features: { flow: { signed: true } } }, "option trades and quotes"],
    ["dealer", { features: { dealer: {} } }, "option minute bars"],
    ["oi", { features: { oi: { include: true } } }, "option chains"],
    ["iv", { indicator_set: { indicators: [{ name: "atm_iv" }, { name: "rsi" }, { name: "ret" }] } }, "option chains"],
    ["ticks", { indicator_set: { indicators: [{ name: "microprice" }, { name: "rsi" }, { name: "ret" }] } }, "trades and quotes"],
  ])("%s is refused, naming one that has it", async (model_id, model, what) => {
    await lab.create({ model_id: `lacks_${model_id}`, ...sample, ...model });
    await expect(lab.build(`lacks_${model_id}`, { start: "2012-01-03", end: "2012-06-01" })).rejects.toMatchObject({
      code: "DATA_UNAVAILABLE",
      message: expect.stringMatching(`The provider "sample" has no ${what} of "SPX"\\. Providers that have ${what}: "simulated"`),
    });
  });

  it("names a universe that was never brought", async () => {
    await lab.create({ model_id: "nobody", ...daily, data: { ...data, universe: "nobody" }, label: forward });
    await expect(lab.build("nobody")).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: expect.stringContaining("sigma data universe import"),
    });
  });
});

describe("what makes no model", () => {
  it.each(["headfake_reversal", "pin_drift"] as const)("refuses %s on daily bars, with a remedy", async (kind) => {
    await expect(lab.create({ model_id: kind, ...daily, data, label: { kind } })).rejects.toMatchObject({
      code: "MODEL_INVALID",
      facts: { findings: ["label_needs_intraday"] },
      fieldErrors: [{ path: "label.kind", issue: expect.stringContaining("Choose hourly, 15m or 5m bars") }],
    });
  });

  it("warns that an overnight label on daily bars is for research only", async () => {
    const { warnings, policy } = await lab.create({
      model_id: "research",
      ...daily,
      horizon: "overnight",
      data,
      label: { kind: "close_to_open" },
    });
    expect(warnings).toMatchObject([{ code: "label_research_only", severity: "warning", path: "label.kind" }]);
    expect(policy.execution.brackets.entry_mode).toBe("decision_close");
  });

  it("does not warn on bars that close before the decision", async () => {
    const { warnings } = await lab.create({
      model_id: "fifteen",
      ...daily,
      horizon: "overnight",
      cadence: "15m",
      data,
      label: { kind: "close_to_open" },
    });
    expect(warnings).toEqual([]);
  });
});
