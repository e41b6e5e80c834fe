import { beforeEach, describe, expect, it } from "vitest";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import type { SweepRecord } from "#lib/sweeps/sweep-record.schema.ts";
import { listSweeps, sweepIdOf, writeSweep } from "#lib/sweeps/sweep-store.ts";

const unknown = { dsr_best: null, pbo: null, p_oos_loss: null, luck_sharpe: null, log_loss: null, prior_log_loss: null };
const counts = { variants: 6, failed_variants: 0, distinct: 6, distinct_trade_lists: 6, trials: 6, pass: 0, marginal: 0, marginal_sig: 0 };
const sha = "ab".repeat(32);

function sweepOf(n: number, changes: Partial<SweepRecord>): SweepRecord {
  const plan_key = n.toString(16).padStart(64, "0");
  return {
    schema_version: 1,
    sweep_id: sweepIdOf(plan_key.split("").reverse().join("")),
    owner: "local",
    run_id: `sweep_${n}`,
    pack_id: "zerosigma",
    model_id: "spy_opt_0dte_hourly",
    risk_profile: "balanced",
    tag: "sweep",
    created_at: new Date(Date.UTC(2024, 6, 1) + n * 1000).toISOString(),
    plan_key,
    ...counts,
    fail: 6,
    below_min_trades: 6,
    below_min_sharpe: 6,
    ...unknown,
    compositions: [],
    best_rows: [],
    selection: "none",
    warnings: [],
    remedy: "",
    stamps: [],
    lineage: { matrix_sha: sha, config_sha: sha, policy_sha: sha, risk_sha: sha, pack_sha: sha, indicator_set_sha: sha, code_version: "1" },
    ...changes,
  };
}

let metadata: MetadataStore;
beforeEach(async () => {
  metadata = createMemoryMetadataStore({ clock: { now: () => 0 } });
  const others = [{ model_id: "qqq_opt_0dte_hourly" }, { pack_id: "swingsigma" }, { tag: "other" }, { owner: "somebody" }];
  // One of the wanted ones after every four others.
  for (let n = 1; n <= 50; n++) await writeSweep(metadata, sweepOf(n, n % 5 === 0 ? {} : others[(n % 5) - 1]!));
});

describe("listSweeps", () => {
  const wanted = { packId: "zerosigma", modelId: "spy_opt_0dte_hourly", tag: "sweep" };

  it("gives those of a pack, a model and a tag, newest first, page after page", async () => {
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listSweeps>> = await listSweeps(metadata, "local", wanted, {
        limit: 3,
        ...(cursor === null ? {} : { cursor }),
      });
      found.push(...page.rows.map(({ run_id }) => run_id));
      expect(page.rows.length > 0 || page.nextCursor === null).toBe(true);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(found).toEqual([50, 45, 40, 35, 30, 25, 20, 15, 10, 5].map((n) => `sweep_${n}`));
  });

  it("gives all of an owner without a filter, and none of another's", async () => {
    const { rows } = await listSweeps(metadata, "local", {}, { limit: 200 });
    expect(rows).toHaveLength(40);
    expect(new Set(rows.map(({ owner }) => owner))).toEqual(new Set(["local"]));
  });
});
