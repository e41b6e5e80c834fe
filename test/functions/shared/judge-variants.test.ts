import { describe, expect, it } from "vitest";
import { isDirectional } from "#functions/shared/evaluation-input.ts";
import { loadPlan } from "#functions/shared/evaluation-plan.ts";
import { judgeVariants } from "#functions/shared/judge-variants.ts";
import { createRng } from "#lib/core/rng.ts";
import { lineageKey } from "#lib/sweeps/ledger.ts";
import { readLedger } from "#lib/sweeps/ledger-store.ts";
import { metricsWith } from "../../lib/leaderboard/metrics.fixture.ts";
import { createLab } from "../lab.ts";

const SESSIONS = 300;
const noise = (seed: string) => {
  const rng = createRng(seed);
  return new Float64Array(SESSIONS).map(() => 0.01 * rng.normal());
};
const scoreSet = (logLoss: number) => ({ logLoss, brier: 0.2, ece: 0.01, auc: 0.6 });

async function judged(series: readonly string[]) {
  const lab = await createLab();
  await lab.build();
  const { plan_key } = await lab.planSweep({ mode: "simple" });
  const plan = await loadPlan(lab.ports.artifacts, lab.owner, plan_key);
  const inputs = series.map((seed, i) => ({
    variant: plan.variants[i]!,
    daily: noise(seed),
    paths: null,
    repriced: false,
    metrics: { ...metricsWith(), residual: { ...metricsWith().residual, psr: { a: 0.99, b: 0.9, c: 0.6 }[seed]! } },
  }));
  const facts = {
    plan,
    planKey: plan_key,
    runId: "sweep_1",
    createdAt: "2026-01-02T21:00:00.000Z",
    range: { start: "2011-01-03", end: "2012-03-12" },
    instrumentReturns: noise("instrument"),
    riskFree: null,
    scores: { model: scoreSet(0.6), prior: scoreSet(0.7) } as unknown as Parameters<typeof judgeVariants>[2]["scores"],
    plotsKey: null,
    dataKey: null,
  };
  const ledger = () =>
    readLedger(lab.ports.metadata, lab.owner, lineageKey({ modelId: plan.model_id, symbol: "SIMEDGE", cadence: "daily", ...facts.range }));
  return { judge: () => judgeVariants(lab.ports.metadata, inputs, facts), ledger };
}

describe("judgeVariants", () => {
  it("adjusts p-values over distinct results only, and gives a twin what its first one has", async () => {
    const { rows, significance } = await (await judged(["a", "a", "b", "a", "c"])).judge();
    expect(significance.distinct).toBe(3);
    expect(rows.map(({ duplicate_of }) => duplicate_of !== null)).toEqual([false, true, false, true, false]);
    // Benjamini-Hochberg over 0.01, 0.1 and 0.4: 0.01 x 3, 0.1 x 3 / 2, 0.4.
    expect(rows.map(({ q_value }) => Math.round(q_value! * 1e6) / 1e6)).toEqual([0.03, 0.03, 0.15, 0.03, 0.4]);
    expect(rows[1]!.plateau).toEqual(rows[0]!.plateau);
  });

  it("writes each distinct result to the ledger once, however often it judges", async () => {
    const { judge, ledger } = await judged(["a", "a", "b"]);
    const first = await judge();
    const second = await judge();
    expect((await ledger()).trials).toHaveLength(2);
    expect(second.rows).toEqual(first.rows);
    expect(first.rows[0]!.significance.trials).toBe(2);
  });
});

describe("isDirectional", () => {
  it.each(["long_only", "short_only", "long_short"] as const)("takes the instrument's share out of %s results", (direction) => {
    expect(isDirectional({ direction })).toBe(true);
  });
});
