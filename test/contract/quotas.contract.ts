import { expect, it } from "vitest";
import type { createReplayClock } from "#lib/adapters/memory/replay-clock.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import { quotasOf, readQuotas } from "#lib/quotas/quotas.ts";
import { takeFromWindow } from "#lib/quotas/rate-window.ts";
import { createAdmission } from "#lib/quotas/run-admission.ts";
import { startRun } from "#lib/runs/start-run.ts";
import { createFakeWorkflow } from "../support/fake-workflow.ts";

/** 2026-11-20T23:00:00Z. */
export const QUOTA_START = Date.UTC(2026, 10, 20, 23);

/** What quotas promise over a store; `reopen` gives another connection to the same records. */
export function quotasContract(
  create: () => Promise<{
    readonly store: MetadataStore;
    readonly clock: ReturnType<typeof createReplayClock>;
    readonly reopen: () => MetadataStore;
  }>,
): void {
  const requests = Array.from({ length: 64 }, (_, i) => i);
  const codeOf = async (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => "ok",
      (error: unknown) => (error instanceof SigmaError ? error.code : String(error)),
    );
  const counted = (codes: readonly string[]) =>
    Object.fromEntries([...new Set(codes)].sort().map((code) => [code, codes.filter((one) => one === code).length]));

  async function world(env: Readonly<Record<string, string>> = {}) {
    const { store, clock, reopen } = await create();
    const workflow = createFakeWorkflow();
    const portsOver = (metadata: MetadataStore) => ({
      metadata,
      clock,
      workflow,
      admit: createAdmission({ metadata, clock, workflow }, (owner) => quotasOf(metadata, readQuotas("cloud", env), "cloud", owner)),
    });
    const begin = (n: number, machine: "sweep" | "train" | "pipeline" = "sweep", ports = portsOver(store), request: object = {}) =>
      startRun(ports, {
        owner: "alice",
        machine,
        packId: null,
        modelId: null,
        tag: null,
        codeVersion: "1",
        input: { request: { n, ...request } },
      });
    return { begin, clock, portsOver, reopen, store, workflow };
  }

  it("lets exactly the minute's reads through of 64 at once, over two connections", async () => {
    const { store, reopen, clock } = await world();
    const other = reopen();
    const take = (i: number, limit: number) => takeFromWindow(i % 2 === 0 ? store : other, "rate#owner#alice", limit, clock.now());
    const windows = await Promise.all(requests.map((i) => take(i, 60)));
    expect(windows.filter(({ allowed }) => allowed)).toHaveLength(60);
    expect(
      windows
        .filter(({ allowed }) => allowed)
        .map(({ remaining }) => remaining)
        .sort((a, b) => a - b),
    ).toEqual(requests.slice(0, 60));
    expect(windows.every(({ limit, resetSeconds }) => limit === 60 && resetSeconds === 60)).toBe(true);
    clock.advanceTo(QUOTA_START + 59_000);
    expect(await take(0, 60)).toMatchObject({ allowed: false, remaining: 0, resetSeconds: 1 });
    clock.advanceTo(QUOTA_START + 60_000);
    expect(await take(0, 60)).toMatchObject({ allowed: true, remaining: 59, resetSeconds: 60 });
  });

  it("admits exactly two running sweeps of 64 at once, over two connections", async () => {
    const { begin, portsOver, reopen, workflow } = await world();
    const other = portsOver(reopen());
    const codes = await Promise.all(requests.map((n) => codeOf(n % 2 === 0 ? begin(n) : begin(n, "sweep", other))));
    expect(counted(codes)).toEqual({ QUOTA_EXCEEDED: 62, ok: 2 });
    expect(workflow.started).toHaveLength(2);
  });

  it("admits exactly the day's sweeps of 64 at once, and the next ones on the next day", async () => {
    const { begin, clock, reopen, portsOver } = await world({ SIGMA_QUOTA_RUNNING_SWEEPS: "none" });
    expect(counted(await Promise.all(requests.map((n) => codeOf(begin(n)))))).toEqual({ QUOTA_EXCEEDED: 54, ok: 10 });
    // Another process, as after a restart, knows it too.
    await expect(begin(100, "sweep", portsOver(reopen()))).rejects.toMatchObject({
      code: "QUOTA_EXCEEDED",
      facts: { quota: "sweeps_per_day", limit: 10, used: 10, resets_at: "2026-11-21T00:00:00.000Z" },
    });
    // Trainings have a budget of their own.
    expect(await codeOf(begin(100, "train"))).toBe("ok");
    clock.advanceTo(Date.UTC(2026, 10, 21));
    expect(await codeOf(begin(101))).toBe("ok");
  });

  it("counts 64 equal requests as the one run that they are", async () => {
    const { begin, workflow } = await world({ SIGMA_QUOTA_SWEEPS_PER_DAY: "1", SIGMA_QUOTA_RUNNING_SWEEPS: "1" });
    const begun = await Promise.all(requests.map(() => begin(7)));
    expect(new Set(begun.map(({ run }) => run.run_id)).size).toBe(1);
    expect(begun.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(workflow.started.length).toBeGreaterThan(0);
    expect(await codeOf(begin(7))).toBe("ok");
    expect(await codeOf(begin(8))).toBe("QUOTA_EXCEEDED");
  });

  it("has a place again however a run ended, without anybody giving it back", async () => {
    const { begin, workflow, clock } = await world({ SIGMA_QUOTA_SWEEPS_PER_DAY: "none" });
    for (const [i, end] of (["succeeded", "failed", "canceled", "interrupted"] as const).entries()) {
      const { run } = await begin(2 * i);
      await begin(2 * i + 1).then(({ run: second }) => workflow.set(second.run_id, "running"));
      expect(await codeOf(begin(99)), end).toBe("QUOTA_EXCEEDED");
      workflow.set(run.run_id, end);
      const freed = await begin(50 + i);
      workflow.set(freed.run.run_id, "failed");
      for (const { runId } of workflow.started) workflow.set(runId, "failed");
    }
    // A process that died between its place and its run leaves nothing: a minute later the place is free.
    const [first, second] = [await begin(200), await begin(201)];
    workflow.lose(first.run.run_id);
    workflow.lose(second.run.run_id);
    expect(await codeOf(begin(202))).toBe("QUOTA_EXCEEDED");
    clock.advanceTo(clock.now() + 61_000);
    expect(await codeOf(begin(202))).toBe("ok");
  });

  it("asks for a place, not for a day's share, when a run goes on", async () => {
    const { begin, workflow } = await world({ SIGMA_QUOTA_SWEEPS_PER_DAY: "3", SIGMA_QUOTA_RUNNING_SWEEPS: "2" });
    const { run } = await begin(1);
    workflow.set(run.run_id, "failed");
    await begin(2);
    await begin(3);
    expect(await codeOf(begin(1))).toBe("QUOTA_EXCEEDED");
    workflow.set((await begin(2)).run.run_id, "failed");
    expect(await codeOf(begin(1))).toBe("ok");
    expect(workflow.resumed).toEqual([run.run_id]);
  });

  it("counts a pipeline as what it will do, all of it or nothing", async () => {
    const env = { SIGMA_QUOTA_SWEEPS_PER_DAY: "5", SIGMA_QUOTA_RUNNING_SWEEPS: "5", SIGMA_QUOTA_TRAININGS_PER_DAY: "1" };
    const { begin, portsOver, store } = await world(env);
    const ports = portsOver(store);
    expect(await codeOf(begin(1, "pipeline", ports, { evaluate: "sweep", train_when_passed: true }))).toBe("ok");
    expect(await codeOf(begin(2, "pipeline", ports, { evaluate: "sweep", train_when_passed: true }))).toBe("QUOTA_EXCEEDED");
    // The refused one has taken no sweep: four are left, and backtests are not rationed.
    for (const n of [3, 4, 5, 6]) expect(await codeOf(begin(n, "pipeline", ports, { evaluate: "sweep" }))).toBe("ok");
    expect(await codeOf(begin(7, "pipeline", ports, { evaluate: "sweep" }))).toBe("QUOTA_EXCEEDED");
    for (const n of [8, 9, 10]) expect(await codeOf(begin(n, "pipeline", ports, { evaluate: "backtest" }))).toBe("ok");
  });
}
