import { describe, expect, it } from "vitest";
import { createCollectSweep } from "#functions/collect-sweep/collect-sweep.ts";
import { createEvaluateVariants } from "#functions/evaluate-variants/evaluate-variants.ts";
import { foldPath, keep, loadPlan, loadPlanMatrix, partPath } from "#functions/shared/evaluation-plan.ts";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { readRow } from "#lib/leaderboard/leaderboard-store.ts";
import { eventsAfter } from "#lib/runs/progress.ts";
import { readSweep } from "#lib/sweeps/sweep-store.ts";
import { decodeVariantPart, encodeVariantPart } from "#lib/sweeps/variant-part.ts";
import { createLab } from "../lab.ts";

describe("createEvaluateVariants", () => {
  it("sweeps the whole grid, tells trade lists apart, and does nothing twice", async () => {
    const lab = await createLab();
    await lab.build();
    const { plan, result } = await lab.sweep({ mode: "simple" });
    expect(plan).toMatchObject({ variants: 27, folds: [0, 1, 2, 3, 4] });
    expect(result).toMatchObject({ variants: 27, failed_variants: 0 });
    expect(result.distinct).toBeGreaterThan(3);
    expect(result.distinct_trade_lists).toBeGreaterThanOrEqual(result.distinct);
    expect(result.pass + result.marginal + result.marginal_sig + result.fail).toBe(27);

    const events = (await eventsAfter(lab.ports.metadata, "sweep_1", 0)).map(({ done, expected }) => [done, expected]);
    expect(events).toHaveLength(1 + 5 + 27 + 1);
    expect(events.at(-1)).toEqual([34, 34]);

    const stored = await readSweep(lab.ports.metadata, lab.owner, result.sweep_id);
    await expect(readSweep(lab.ports.metadata, "somebody", result.sweep_id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const best = await readRow(lab.ports.metadata, lab.owner, result.best_rows[0]!);
    const again = await createCollectSweep(lab.ports)({ ...lab.base("sweep_1"), plan_key: plan.plan_key });
    expect(again).toEqual(result);
    expect(await readSweep(lab.ports.metadata, lab.owner, result.sweep_id)).toEqual(stored);
    expect(await readRow(lab.ports.metadata, lab.owner, best.row_id)).toEqual(best);
    const evaluate = createEvaluateVariants(lab.ports);
    expect(await evaluate({ ...lab.base("sweep_1"), plan_key: plan.plan_key, batch: plan.batches[0] })).toMatchObject({ reused: true });
    await expect(evaluate({ ...lab.base("sweep_1"), plan_key: plan.plan_key, batch: "0".repeat(16) })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });

    const loaded = await loadPlan(lab.ports.artifacts, lab.owner, plan.plan_key);
    const part = decodeVariantPart((await lab.ports.artifacts.get(partPath(loaded, plan.plan_key, plan.batches[0]!))).bytes);
    expect(decodeVariantPart(encodeVariantPart(part))).toEqual(part);

    // A batch whose bytes were changed, or that is gone, is evaluated again where it is needed, with the same result.
    const path = partPath(loaded, plan.plan_key, plan.batches[0]!);
    const { bytes } = await lab.ports.artifacts.get(path);
    const changed = Uint8Array.from(bytes);
    changed[bytes.length >> 1]! ^= 1;
    await lab.ports.artifacts.put(path, changed, "any");
    await lab.ports.artifacts.remove(partPath(loaded, plan.plan_key, plan.batches[1]!));
    expect(await createCollectSweep(lab.ports)({ ...lab.base("sweep_1"), plan_key: plan.plan_key })).toEqual(result);
    expect((await lab.ports.artifacts.get(path)).bytes).toEqual(bytes);
  });

  it("sweeps over combinatorial paths: each variant is one trial, and none passes", async () => {
    const lab = await createLab();
    await lab.build();
    const { plan, result } = await lab.sweep({ mode: "simple", splits: { kind: "cpcv", n_groups: 4, k_test: 2 } });
    expect(plan).toMatchObject({ variants: 27, folds: [0, 1, 2, 3, 4, 5], warnings: ["trains_on_later_rows"] });
    expect(result).toMatchObject({ variants: 27, failed_variants: 0, pass: 0, trials: result.distinct });
    const best = await readRow(lab.ports.metadata, lab.owner, result.best_rows[0]!);
    expect(best.paths).toMatchObject({ paths: 3, residual_sharpe: { median: best.metrics.residual.sharpe, known: 3 } });
    const loaded = await loadPlan(lab.ports.artifacts, lab.owner, plan.plan_key);
    const part = decodeVariantPart((await lab.ports.artifacts.get(partPath(loaded, plan.plan_key, plan.batches[0]!))).bytes);
    expect(decodeVariantPart(encodeVariantPart(part))).toEqual(part);
    expect(part.outcomes[0]).toMatchObject({ status: "done", paths: { paths: 3 } });
  });

  it("keeps the data of two systems in one process apart", async () => {
    const [a, b] = [await createLab(), await createLab()];
    for (const lab of [a, b]) await lab.build();
    const plan = await a.planSweep({ mode: "simple" });
    expect((await b.planSweep({ mode: "simple" })).plan_key).toBe(plan.plan_key);
    await a.fitFolds("sweep_1", plan);
    const evaluate = (lab: typeof a) =>
      createEvaluateVariants(lab.ports)({ ...lab.base("sweep_1"), plan_key: plan.plan_key, batch: plan.batches[0] });
    await evaluate(a);
    // The other system has fitted nothing: what the first one holds is not its own.
    await expect(evaluate(b)).rejects.toMatchObject({ code: "ARTIFACT_NOT_FOUND" });
    const loaded = await loadPlan(b.ports.artifacts, b.owner, plan.plan_key);
    expect(await b.ports.artifacts.head(foldPath(loaded, 0))).toBeUndefined();
    expect(await loadPlanMatrix(a.ports.artifacts, loaded)).not.toBe(await loadPlanMatrix(b.ports.artifacts, loaded));
    expect(await loadPlanMatrix(a.ports.artifacts, loaded)).toBe(await loadPlanMatrix(a.ports.artifacts, loaded));
  });
});

describe("keep", () => {
  it("makes a value once, keeps the last few, and forgets what failed", async () => {
    const artifacts = createMemoryArtifactStore();
    const made: string[] = [];
    const ask = (key: string) => keep(artifacts, key, async () => made.push(key));
    for (const key of ["a", "b", "a", "c", "d", "e", "f", "g", "h", "a", "i", "b"]) await ask(key);
    expect(made).toEqual(["a", "b", "c", "d", "e", "f", "g", "h", "i", "b"]);
    await expect(keep(artifacts, "x", async () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await keep(artifacts, "x", async () => 1)).toBe(1);
  });
});
