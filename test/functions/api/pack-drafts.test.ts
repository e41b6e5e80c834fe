import { describe, expect, it } from "vitest";
import { ROUTES } from "#functions/api/routes.ts";
import { writeAccount } from "#lib/accounts/account-store.ts";
import { endCheck, packDocuments } from "./pack-support.ts";
import { apiHarness, type Harness } from "./support.ts";

const example = (path: string) =>
  ROUTES.find((route) => route.path === path && route.bodyExample !== undefined)!.bodyExample as Record<string, never>;
const IDENTITY = example("/pack_drafts");
const INSTRUMENTS = example("/pack_drafts/{pack_id}/instruments");
const STRATEGIES = example("/pack_drafts/{pack_id}/strategies");

type Body = Record<string, never> & {
  code: string;
  detail: string;
  run_id: string;
  next: string;
  compatible: {
    instruments: { horizons: string[]; cadences: string[]; supported_instruments: string[]; indicators: { name: string }[] };
    strategies: { columns: { name: string }[]; approaches: string[]; sides: string[]; suggested_gates: object } | null;
    templates: string[] | null;
  };
};
async function ask({ call }: Pick<Harness, "call">, method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  const response = await call(method, `/v1${path}`, { ...(body === undefined ? {} : { body }), headers });
  return { status: response.status, etag: response.headers.get("etag"), body: (await response.json()) as Body };
}

async function drafted(harness: Harness): Promise<void> {
  for (const [method, path, body] of [
    ["POST", "/pack_drafts", IDENTITY],
    ["PUT", "/pack_drafts/my_pack/instruments", INSTRUMENTS],
    ["PUT", "/pack_drafts/my_pack/strategies", STRATEGIES],
  ] as const) {
    const { status, body: answered } = await ask(harness, method, path, body);
    if (status >= 300) throw new Error(answered.detail);
  }
}

describe("the pack builder", () => {
  it("leads through its six steps, and says at each what is compatible next", async () => {
    const harness = apiHarness();
    const first = await ask(harness, "POST", "/pack_drafts", IDENTITY);
    expect(first).toMatchObject({
      status: 201,
      body: { next: "instruments", compatible: { strategies: null, templates: null }, pack: null },
    });
    expect(first.body.compatible.instruments).toMatchObject({
      horizons: ["overnight", "swing"],
      cadences: ["hourly", "daily"],
      supported_instruments: ["stocks"],
    });
    const offered = first.body.compatible.instruments.indicators.map(({ name }) => name);
    expect(offered).toContain("rsi");
    for (const name of ["microprice", "iv_skew_25d"]) expect(offered).not.toContain(name);

    const second = await ask(harness, "PUT", "/pack_drafts/my_pack/instruments", INSTRUMENTS);
    expect(second).toMatchObject({ status: 200, body: { next: "strategies", compatible: { templates: null } } });
    expect(second.body.compatible.strategies).toMatchObject({
      approaches: ["momentum", "breakout"],
      sides: ["both", "long", "short"],
      suggested_gates: { min_bets: 30, max_drawdown_pct: 20, min_sharpe: 0.5 },
    });
    expect(second.body.compatible.strategies!.columns.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["adx_14", "rsi_14", "close"]),
    );

    const third = await ask(harness, "PUT", "/pack_drafts/my_pack/strategies", STRATEGIES);
    expect(third).toMatchObject({ status: 200, body: { next: "validate", compatible: { templates: ["eq_swing_daily"] } } });

    expect(await ask(harness, "GET", "/pack_drafts/my_pack/review")).toMatchObject({
      body: { report: { pack_id: "my_pack" }, check: null, is_validated: false, can_save: false },
    });
    expect(await ask(harness, "POST", "/pack_drafts/my_pack/save", {})).toMatchObject({ status: 409, body: { code: "CONFLICT" } });

    const fourth = await ask(harness, "POST", "/pack_drafts/my_pack/validate", { ticker: "SPX" });
    expect(fourth.status, fourth.body.detail).toBe(202);
    expect(harness.workflow.started.at(-1)).toMatchObject({ machine: "pipeline", input: { pack_id: "my_pack", model_id: "pack_check" } });
    expect((await ask(harness, "GET", "/pack_drafts/my_pack")).body).toMatchObject({ next: "review", pack: { state: "draft" } });
    expect(await ask(harness, "POST", "/pack_drafts/my_pack/save", {})).toMatchObject({ status: 409, body: { code: "CONFLICT" } });
    await endCheck(harness, fourth.body.run_id, 0.4, 30);

    const fifth = await ask(harness, "GET", "/pack_drafts/my_pack/review");
    expect(fifth).toMatchObject({ body: { check: { status: "passed", trades: 30 }, is_validated: true, can_save: true } });
    expect(fifth.body["report"]).not.toMatchObject({ status: "REJECTED" });

    const saved = await ask(harness, "POST", "/pack_drafts/my_pack/save", { submit: true });
    expect(saved).toMatchObject({
      status: 200,
      body: { state: "active", active: { version: "0.1.0" }, submission: { state: "submitted" } },
    });
    const model = { pack_id: "my_pack", ticker: "SPX", template_id: "eq_swing_daily", model_id: "mine" };
    expect((await ask(harness, "POST", "/models", model)).status).toBe(201);
    expect((await ask(harness, "GET", "/packs/my_pack/documents")).body["documents"]).toEqual(fifth.body["documents"]);
  });

  it("saves nothing that did not pass, and nothing that changed since", async () => {
    const harness = apiHarness();
    await drafted(harness);
    const check = await ask(harness, "POST", "/pack_drafts/my_pack/validate", { ticker: "SPX" });
    await endCheck(harness, check.body.run_id, -0.5, 30);
    expect(await ask(harness, "POST", "/pack_drafts/my_pack/save", {})).toMatchObject({
      status: 422,
      body: { code: "PACK_INVALID", facts: { findings: ["performance_sharpe_too_low"] } },
    });
    expect((await ask(harness, "GET", "/packs/my_pack")).body).toMatchObject({ is_draft: true });

    const again = await ask(harness, "POST", "/pack_drafts/my_pack/validate", { ticker: "SPX", template_id: "eq_swing_daily" });
    await endCheck(harness, again.body.run_id, 0.4, 30);
    const changed = { ...STRATEGIES, gates: { min_bets: 25, max_drawdown_pct: 25, min_sharpe: 0.3 } };
    expect((await ask(harness, "PUT", "/pack_drafts/my_pack/strategies", changed)).body.next).toBe("validate");
    expect(await ask(harness, "POST", "/pack_drafts/my_pack/save", {})).toMatchObject({ status: 409, body: { code: "CONFLICT" } });
  });

  it("goes on with a saved pack as its next version", async () => {
    const harness = apiHarness();
    await drafted(harness);
    const save = async (sharpe: number) => {
      const check = await ask(harness, "POST", "/pack_drafts/my_pack/validate", { ticker: "SPX" });
      await endCheck(harness, check.body.run_id, sharpe, 30);
      return ask(harness, "POST", "/pack_drafts/my_pack/save", {});
    };
    expect((await save(0.4)).body).toMatchObject({ active: { version: "0.1.0" } });
    await ask(harness, "PUT", "/pack_drafts/my_pack/strategies", {
      ...STRATEGIES,
      gates: { min_bets: 25, max_drawdown_pct: 25, min_sharpe: 0.3 },
    });
    expect((await save(0.3)).body).toMatchObject({ active: { version: "0.2.0" }, candidate: null });
  });

  it("refuses what does not fit the identity, and drops what no longer does", async () => {
    const harness = apiHarness();
    await drafted(harness);
    const refused = [
      [
        "PUT",
        "/pack_drafts/my_pack/instruments",
        { ...INSTRUMENTS, supported_instruments: ["options"], default_instrument: "options" },
        422,
        "PACK_INVALID",
      ],
      ["PUT", "/pack_drafts/my_pack/instruments", { ...INSTRUMENTS, horizons: ["long"] }, 422, "PACK_INVALID"],
      ["PUT", "/pack_drafts/my_pack/instruments", { ...INSTRUMENTS, indicators: ["rsi", "microprice"] }, 422, "PACK_INVALID"],
      ["PUT", "/pack_drafts/my_pack/instruments", { ...INSTRUMENTS, sets: { default: [{ name: "rsi" }] } }, 422, "MODEL_INVALID"],
      ["PUT", "/pack_drafts/my_pack/instruments", { ...INSTRUMENTS, sets: { other: [{ name: "rsi" }] } }, 400, "INVALID_PARAM"],
      ["PUT", "/pack_drafts/my_pack/strategies", { ...STRATEGIES, strategies: [] }, 400, "INVALID_PARAM"],
      ["PUT", "/pack_drafts/my_pack/identity", { ...IDENTITY, pack_id: "x" }, 400, "INVALID_PARAM"],
      [
        "POST",
        "/pack_drafts",
        { ...IDENTITY, pack_id: "coins", tags: { ...(IDENTITY["tags"] as unknown as object), asset: "crypto" } },
        424,
        "DATA_UNAVAILABLE",
      ],
      ["POST", "/pack_drafts", { ...IDENTITY, pack_id: "swingsigma" }, 409, "CONFLICT"],
      ["POST", "/pack_drafts", IDENTITY, 409, "CONFLICT"],
      ["POST", "/pack_drafts/none/validate", { ticker: "SPX" }, 404, "NOT_FOUND"],
    ] as const;
    for (const [method, path, body, status, code] of refused)
      expect(await ask(harness, method, path, body), JSON.stringify(body).slice(0, 200)).toMatchObject({ status, body: { code } });
    const { pack_id: _, ...identity } = IDENTITY as Record<string, unknown>;
    const renamed = await ask(harness, "PUT", "/pack_drafts/my_pack/identity", { ...identity, name: "Another Name" });
    expect(renamed.body).toMatchObject({ next: "validate", identity: { name: "Another Name" } });
    const slower = {
      ...identity,
      vibe: { ...(identity["vibe"] as object), time_horizon: "months" },
      tags: { ...(identity["tags"] as object), timeframe: "investment" },
    };
    expect((await ask(harness, "PUT", "/pack_drafts/my_pack/identity", slower)).body).toMatchObject({
      next: "instruments",
      instruments: null,
      strategies: null,
    });
    expect(await ask(harness, "POST", "/pack_drafts/my_pack/validate", { ticker: "SPX" })).toMatchObject({
      status: 409,
      body: { code: "CONFLICT" },
    });
  });

  it("belongs to its owner, is conditional, and lets one of several writers win", async () => {
    const harness = apiHarness();
    await drafted(harness);
    const other = { "x-sigma-workspace": "simulated" };
    const { pack_id: _, ...identity } = IDENTITY as Record<string, unknown>;
    for (const [method, path, body] of [
      ["GET", "/pack_drafts/my_pack", undefined],
      ["GET", "/pack_drafts/my_pack/review", undefined],
      ["PUT", "/pack_drafts/my_pack/identity", identity],
      ["PUT", "/pack_drafts/my_pack/instruments", INSTRUMENTS],
      ["PUT", "/pack_drafts/my_pack/strategies", STRATEGIES],
      ["POST", "/pack_drafts/my_pack/validate", { ticker: "SPX" }],
      ["POST", "/pack_drafts/my_pack/save", {}],
      ["DELETE", "/pack_drafts/my_pack", undefined],
    ] as const)
      expect((await ask(harness, method, path, body, other)).status, `${method} ${path}`).toBe(404);
    expect((await ask(harness, "GET", "/pack_drafts", undefined, other)).body).toMatchObject({ rows: [] });
    expect((await ask(harness, "GET", "/pack_drafts")).body).toMatchObject({ rows: [{ pack_id: "my_pack", name: "My Pack" }] });
    const { etag } = await ask(harness, "PUT", "/pack_drafts/my_pack/strategies", STRATEGIES);
    expect((await ask(harness, "GET", "/pack_drafts/my_pack")).body).toMatchObject({ etag });
    const written = await Promise.all(
      [21, 22, 23].map((min_bets) =>
        ask(
          harness,
          "PUT",
          "/pack_drafts/my_pack/strategies",
          { ...STRATEGIES, gates: { min_bets, max_drawdown_pct: 25, min_sharpe: 0.3 } },
          { "if-match": etag! },
        ),
      ),
    );
    expect(written.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await ask(harness, "DELETE", "/pack_drafts/my_pack", undefined, { "if-match": etag! })).status).toBe(409);
    expect((await ask(harness, "DELETE", "/pack_drafts/my_pack")).status).toBe(200);
    expect((await ask(harness, "GET", "/pack_drafts/my_pack")).status).toBe(404);
  });

  it("is premium's, with five packs, and without submission", async () => {
    const harness = apiHarness();
    const setTier = (tier: "free" | "premium") =>
      writeAccount(harness.ports.metadata, {
        schema_version: 1,
        owner: "local",
        tier,
        changed_at: "2026-01-01T00:00:00Z",
        reason: "a test",
      });
    for (let i = 0; i < 5; i++) await ask(harness, "POST", "/packs", { documents: packDocuments(`pack_${i}`) });
    await setTier("free");
    expect(await ask(harness, "POST", "/pack_drafts", IDENTITY)).toMatchObject({
      status: 403,
      body: { code: "TIER_LIMIT", facts: { needed: "premium" } },
    });
    await setTier("premium");
    await drafted(harness);
    expect(await ask(harness, "POST", "/pack_drafts/my_pack/validate", { ticker: "SPX" })).toMatchObject({
      status: 403,
      body: { code: "TIER_LIMIT", facts: { limit: 5, found: 5, needed: "pro" } },
    });
    expect((await ask(harness, "DELETE", "/packs/pack_0")).status).toBe(200);
    expect((await ask(harness, "POST", "/pack_drafts/my_pack/validate", { ticker: "SPX" })).status).toBe(202);
    expect(await ask(harness, "POST", "/pack_drafts/my_pack/save", { submit: true })).toMatchObject({
      status: 403,
      body: { code: "TIER_LIMIT" },
    });
  });
});
