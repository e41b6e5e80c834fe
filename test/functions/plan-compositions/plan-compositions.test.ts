import { describe, expect, it } from "vitest";
import { foldPath, ledgerRange, loadDevelopment, loadPlan } from "#functions/shared/evaluation-plan.ts";
import { sweepParts } from "#functions/shared/sweep-parts.ts";
import { readRow } from "#lib/leaderboard/leaderboard-store.ts";
import { eventsAfter } from "#lib/runs/progress.ts";
import { lineageKey } from "#lib/sweeps/ledger.ts";
import { readLedger } from "#lib/sweeps/ledger-store.ts";
import { readSweep } from "#lib/sweeps/sweep-store.ts";
import { createLab } from "../lab.ts";
import { createPackLab, OWNER as PACK_OWNER } from "../pack-lab.ts";

const REQUEST = {
  mode: "composition",
  axes: {
    indicator_sets: ["eq_default", "eq_meanrevert"],
    risk_profiles: ["conservative", "balanced"],
    thresholds: [0, 0.1],
    hold_bars: [3, 5, 10],
  },
} as const;

type Lab = Awaited<ReturnType<typeof createLab>>;
const built = async (): Promise<Lab> => {
  const lab = await createLab({ model: { indicators: [] } });
  await lab.build();
  return lab;
};
const partsOf = async (lab: Lab, key: string) => Array.fromAsync(sweepParts(lab.ports.artifacts, lab.owner, key));

describe("a sweep over compositions", () => {
  it("fits each distinct prediction once, and judges all variants together", async () => {
    const lab = await built();
    const { compositions, built: matrices, plan, result } = await lab.composedSweep(REQUEST);
    expect(compositions).toHaveLength(4);
    // Two indicator sets make two matrices, of which the model's own stands already; profiles change none.
    expect(new Set(matrices.map(({ matrix_sha }) => matrix_sha)).size).toBe(2);
    expect(matrices.map(({ reused }) => reused)).toEqual([true, true, false, true]);
    expect(plan).toMatchObject({ variants: 24, folds: Array.from({ length: 10 }, (_, i) => i) });
    expect(result).toMatchObject({ variants: 24, failed_variants: 0, risk_profile: "conservative, balanced" });

    const parts = await partsOf(lab, plan.plan_key);
    expect(new Set(parts.map((part) => part.plan.prediction_sha)).size).toBe(2);
    expect(parts.map((part) => part.plan.limits.min_bets)).toEqual([50, 30, 50, 30]);
    expect(result.compositions.map(({ label, variants }) => [label, variants])).toEqual([
      ["set eq_default, conservative", 6],
      ["set eq_default, balanced", 6],
      ["set eq_meanrevert, conservative", 6],
      ["set eq_meanrevert, balanced", 6],
    ]);

    // Equal predictions trade alike under both profiles: one trial each, in one ledger of the model.
    expect(result.distinct).toBeLessThanOrEqual(12);
    expect(result.trials).toBe(result.distinct);
    const { plan: first } = parts[0]!;
    const range = ledgerRange(await loadDevelopment(lab.ports.artifacts, first), first.splits);
    const key = lineageKey({ modelId: first.model_id, symbol: "SIMEDGE", cadence: "daily", ...range });
    expect((await readLedger(lab.ports.metadata, lab.owner, key)).trials).toHaveLength(result.trials);

    const best = await readRow(lab.ports.metadata, lab.owner, result.best_rows[0]!);
    const own = parts.find((part) => part.planKey === best.plan_key)!;
    expect(best.composition).toEqual(own.composition);
    expect(best.params.composition).toBe(own.composition!.id);
    expect(best.risk_profile).toBe(own.plan.risk_profile.name);
    expect(best.significance.trials).toBe(result.trials);

    const events = await eventsAfter(lab.ports.metadata, "sweep_1", 0);
    expect(events).toHaveLength(1 + 4 + 1 + 10 + 24 + 1);
    expect(events.at(-1)).toMatchObject({ done: 41, expected: 41, share: 1 });
    const shares = events.map(({ share }) => share);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });

  it("does nothing twice, and heals what was damaged", async () => {
    const lab = await built();
    const { plan, result } = await lab.composedSweep(REQUEST);
    const stored = await readSweep(lab.ports.metadata, lab.owner, result.sweep_id);
    const [first] = await partsOf(lab, plan.plan_key);
    await lab.ports.artifacts.remove(foldPath(first!.plan, 0));
    const again = await lab.composedSweep(REQUEST);
    expect(again.built.every(({ reused }) => reused)).toBe(true);
    expect(again.plan).toEqual(plan);
    expect(again.result).toEqual(result);
    expect(await readSweep(lab.ports.metadata, lab.owner, result.sweep_id)).toEqual(stored);
    expect(await lab.ports.artifacts.head(foldPath(first!.plan, 0))).toBeDefined();
  });

  it("trains the composition that was chosen", async () => {
    const lab = await built();
    const { result } = await lab.composedSweep({
      mode: "composition",
      axes: { ml_params: [{ params: { trees: 5 } }, { name: "deeper", params: { max_depth: 3 } }], thresholds: [0] },
    });
    const { rows, trained } = await lab.train({ rows: result.compositions.map(({ best_row }) => best_row), research: true });
    expect(rows).toHaveLength(2);
    expect(trained).toHaveLength(2);
    const row = await readRow(lab.ports.metadata, lab.owner, result.compositions[1]!.best_row!);
    expect(row.composition).toMatchObject({ label: "deeper", change: { ml_params: { params: { max_depth: 3 } } } });
    expect((await loadPlan(lab.ports.artifacts, lab.owner, row.plan_key)).config.learner.params).toMatchObject({ trees: 15, max_depth: 3 });
    // Learner parameters change predictions, not the matrix.
    expect(new Set(result.compositions.map(({ matrix_sha }) => matrix_sha)).size).toBe(1);
    expect(new Set(result.compositions.map(({ prediction_sha }) => prediction_sha)).size).toBe(2);
  });

  it.each<[string, object, string, string]>([
    ["an indicator set that is not there", { indicator_sets: ["nothing"] }, "MODEL_INVALID", "nothing"],
    ["a strategy that is not there", { strategy_variants: ["nothing"] }, "MODEL_INVALID", "nothing"],
    ["a feature switch that is none", { feature_sets: [{ name: "odd", features: { weekday: true } }] }, "MODEL_INVALID", "weekday"],
    ["a learner parameter that is none", { ml_params: [{ params: { treees: 5 } }] }, "MODEL_INVALID", "treees"],
    ["too many compositions", { ml_params: Array.from({ length: 21 }, (_, i) => ({ params: { trees: i + 1 } })) }, "UNPROCESSABLE", "20"],
    [
      "too many variants in all",
      { risk_profiles: ["balanced", "aggressive"], momentum_min: Array.from({ length: 1600 }, (_, i) => i) },
      "UNPROCESSABLE",
      "1500",
    ],
  ])("refuses %s", async (_, axes, code, text) => {
    const lab = await built();
    await expect(lab.composedSweep({ mode: "composition", axes: JSON.parse(JSON.stringify(axes)) })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(text),
    });
  });

  it("refits for each set of hours where training follows them", async () => {
    const lab = await createPackLab();
    const model = await lab.create({
      ticker: "LAB",
      asset_type: "eq",
      horizon: "intraday",
      cadence: "hourly",
      data: { provider: "simulated", symbol: "SIM:LAB" },
      indicators: [],
      label: { kind: "next_bar_direction" },
    });
    const { model_id } = model.config;
    await lab.build(model_id);
    const plan = await lab.planComposedSweep(model_id, { hours_scope: "train", splits: 3 });
    expect(plan).toMatchObject({ variants: 45, folds: Array.from({ length: 9 }, (_, i) => i) });
    const parts = await Array.fromAsync(sweepParts(lab.ports.artifacts, PACK_OWNER, plan.plan_key));
    expect(parts.map((part) => part.plan.config.train.allowed_hours)).toEqual([[9, 10], [13, 14, 15], null]);
    expect(parts.map((part) => [...new Set(part.plan.variants.map(({ params }) => String(params.hours)))])).toEqual([
      ["9,10"],
      ["13,14,15"],
      ["null"],
    ]);
    for (const { plan: part } of parts)
      expect((await lab.matrix(part.matrix.prefix, part.matrix.sha)).matrix.info.trainHours).toEqual(part.config.train.allowed_hours);
  });
});
