import { describe, expect, it } from "vitest";
import type { Tier } from "#lib/accounts/account.schema.ts";
import { writeAccount } from "#lib/accounts/account-store.ts";
import { createOwnPackStore } from "#lib/packs/own-pack-store.ts";
import { endCheck, packDocuments } from "./pack-support.ts";
import { apiHarness, type Harness } from "./support.ts";

const versioned = (id: string, version: string) => packDocuments(id, (text) => text.replace("version: 0.1.0", `version: ${version}`));

type Body = {
  code?: string;
  detail: string;
  state: string;
  run_id: string;
  active: { version: string } | null;
  candidate: { version: string; pack_sha: string; check: { run_id: string; start: string; end: string } | null } | null;
  submission: { state: string } | null;
  rows: { pack_id: string; is_draft: boolean }[];
  documents: Record<string, string>;
};
async function ask({ call }: Pick<Harness, "call">, method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  const response = await call(method, `/v1${path}`, { ...(body === undefined ? {} : { body }), headers });
  const text = await response.text();
  return { status: response.status, etag: response.headers.get("etag"), body: (text === "" ? {} : JSON.parse(text)) as Body };
}
const other = { "x-sigma-workspace": "simulated" };

async function activePack(harness: Harness, id = "my_pack"): Promise<void> {
  await ask(harness, "POST", "/packs", { documents: packDocuments(id) });
  const check = await ask(harness, "POST", `/packs/${id}/check`, { ticker: "SPX" });
  await endCheck(harness, check.body.run_id, 0.4, 30);
  const activated = await ask(harness, "POST", `/packs/${id}/activate`);
  if (activated.status !== 200) throw new Error(activated.body.detail);
}

const setTier = (harness: Harness, tier: Tier) =>
  writeAccount(harness.ports.metadata, { schema_version: 1, owner: "local", tier, changed_at: "2026-01-01T00:00:00Z", reason: "a test" });

describe("own packs", () => {
  it("go from documents over the check to use, and only then have models", async () => {
    const harness = apiHarness();
    const created = await ask(harness, "POST", "/packs", { documents: packDocuments("my_pack") });
    expect(created).toMatchObject({
      status: 201,
      body: { pack_id: "my_pack", state: "draft", active: null, candidate: { version: "0.1.0", check: null } },
    });
    const model = { pack_id: "my_pack", ticker: "SPX", template_id: "swing_eq_daily", model_id: "mine" };
    expect(await ask(harness, "POST", "/models", model)).toMatchObject({ status: 422, body: { code: "UNPROCESSABLE" } });
    expect(await ask(harness, "POST", "/packs/my_pack/activate")).toMatchObject({ status: 422, body: { code: "UNPROCESSABLE" } });
    expect((await ask(harness, "GET", "/packs/my_pack/check")).status).toBe(404);

    const check = await ask(harness, "POST", "/packs/my_pack/check", { ticker: "SPX" });
    expect(check.status).toBe(202);
    // It is a run of the pipeline like any other, over the last year of the data.
    expect(harness.workflow.started.at(-1)).toMatchObject({
      machine: "pipeline",
      input: {
        model_id: "pack_check",
        request: { evaluate: "backtest", start: "2018-08-03", end: "2020-04-18", train_when_passed: false },
      },
    });
    expect(await ask(harness, "GET", "/packs/my_pack/check")).toMatchObject({ body: { status: "running", findings: [] } });
    expect(await ask(harness, "POST", "/packs/my_pack/activate")).toMatchObject({ status: 409, body: { code: "CONFLICT" } });
    expect((await ask(harness, "PUT", "/packs/my_pack", { documents: versioned("my_pack", "0.2.0") })).status).toBe(409);
    await endCheck(harness, check.body.run_id, 0.7, 30);
    expect(await ask(harness, "GET", "/packs/my_pack/check")).toMatchObject({ body: { status: "passed", sharpe: 0.7, trades: 30 } });

    const activated = await ask(harness, "POST", "/packs/my_pack/activate");
    expect(activated).toMatchObject({ status: 200, body: { state: "active", active: { version: "0.1.0" }, candidate: null } });
    expect((await ask(harness, "POST", "/models", model)).status).toBe(201);
    const detail = await ask(harness, "GET", "/packs/my_pack");
    expect(detail).toMatchObject({ etag: activated.etag, body: { is_draft: false, own: { state: "active" }, pack: { id: "my_pack" } } });
    expect((await ask(harness, "GET", "/packs")).body.rows).toContainEqual(
      expect.objectContaining({
        pack_id: "my_pack",
        is_draft: false,
        own: expect.objectContaining({ state: "active" }),
        supported_instruments: expect.arrayContaining(["stocks"]),
      }),
    );
    expect(detail.body).toMatchObject({ readme: null, vibe: { time_horizon: "days" } });
    expect((await ask(harness, "GET", "/packs/swingsigma")).body).toMatchObject({
      readme: expect.stringMatching(/^# swingsigma: the patient hunter/),
      own: null,
    });
    for (const kind of ["templates", "indicator_sets", "strategies", "models", "risk_profiles"])
      expect((await ask(harness, "GET", `/packs/my_pack/${kind}`)).body.rows.length, kind).toBeGreaterThan(0);
  });

  it.each([
    [-0.5, 30, "performance_sharpe_too_low"],
    [0.9, 9, "performance_trades_too_few"],
  ])("are refused with a Sharpe ratio of %d and %d trades: %s", async (sharpe, trades, code) => {
    const harness = apiHarness();
    await ask(harness, "POST", "/packs", { documents: packDocuments("my_pack") });
    const check = await ask(harness, "POST", "/packs/my_pack/check", { ticker: "SPX" });
    await endCheck(harness, check.body.run_id, sharpe, trades);
    expect(await ask(harness, "GET", "/packs/my_pack/check")).toMatchObject({
      body: { status: "refused", findings: expect.arrayContaining([expect.objectContaining({ code, severity: "error" })]) },
    });
    const refused = await ask(harness, "POST", "/packs/my_pack/activate");
    expect(refused).toMatchObject({ status: 422, body: { code: "PACK_INVALID", facts: { findings: [code] } } });
    expect((await ask(harness, "GET", "/packs/my_pack")).body).toMatchObject({ is_draft: true });
  });

  it("are refused when the run of the check failed", async () => {
    const harness = apiHarness();
    await ask(harness, "POST", "/packs", { documents: packDocuments("my_pack") });
    const { body } = await ask(harness, "POST", "/packs/my_pack/check", { ticker: "SPX" });
    await ask(harness, "DELETE", `/runs/${body.run_id}`);
    expect(await ask(harness, "POST", "/packs/my_pack/activate")).toMatchObject({
      status: 422,
      body: { facts: { findings: ["performance_run_failed"] } },
    });
  });

  it("keep the version in use until the next one has passed, which must be a higher one", async () => {
    const harness = apiHarness();
    await activePack(harness);
    const { etag } = await ask(harness, "GET", "/packs/my_pack");
    const same = await ask(harness, "PUT", "/packs/my_pack", { documents: packDocuments("my_pack") }, { "if-match": etag! });
    expect(same).toMatchObject({ status: 200, etag, body: { candidate: null } });
    const edit = (text: string) => text.replace("max_drawdown_pct: 30", "max_drawdown_pct: 28");
    expect(await ask(harness, "PUT", "/packs/my_pack", { documents: packDocuments("my_pack", edit) })).toMatchObject({
      status: 422,
      body: { code: "PACK_INVALID", field_errors: [{ path: "version" }] },
    });
    const next = packDocuments("my_pack", (text) => edit(text).replace("version: 0.1.0", "version: 0.2.0"));
    const written = await ask(harness, "PUT", "/packs/my_pack", { documents: next }, { "if-match": etag! });
    expect(written).toMatchObject({ status: 200, body: { active: { version: "0.1.0" }, candidate: { version: "0.2.0", check: null } } });
    expect((await ask(harness, "GET", "/packs/my_pack")).body).toMatchObject({
      version: "0.1.0",
      pack: { gates: { max_drawdown_pct: 30 } },
    });
    expect((await ask(harness, "GET", "/packs/my_pack/documents")).body.documents).toEqual(next);
    const check = await ask(harness, "POST", "/packs/my_pack/check", { ticker: "SPX" });
    await endCheck(harness, check.body.run_id, 0.1, 12);
    expect((await ask(harness, "POST", "/packs/my_pack/activate")).status).toBe(200);
    expect((await ask(harness, "GET", "/packs/my_pack")).body).toMatchObject({
      version: "0.2.0",
      pack: { gates: { max_drawdown_pct: 28 } },
    });
  });

  it("are not changed under models that would not hold together any more, nor removed under any", async () => {
    const harness = apiHarness();
    await activePack(harness);
    const model = { pack_id: "my_pack", ticker: "SPX", template_id: "swing_eq_daily", model_id: "mine", strategy: "breakout_swing" };
    expect((await ask(harness, "POST", "/models", model)).status).toBe(201);
    const next = packDocuments("my_pack", (text) => text.replace("version: 0.1.0", "version: 0.2.0").replace(", breakout_swing]", "]"));
    delete next["my_pack/strategies/breakout_swing.yaml"];
    expect((await ask(harness, "PUT", "/packs/my_pack", { documents: next })).status).toBe(200);
    const check = await ask(harness, "POST", "/packs/my_pack/check", { ticker: "SPX" });
    await endCheck(harness, check.body.run_id, 0.1, 12);
    expect(await ask(harness, "POST", "/packs/my_pack/activate")).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining("mine") },
    });
    expect(await ask(harness, "DELETE", "/packs/my_pack")).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining("mine") },
    });
    await ask(harness, "DELETE", "/models/mine");
    expect((await ask(harness, "POST", "/packs/my_pack/activate")).status).toBe(200);
    expect((await ask(harness, "DELETE", "/packs/my_pack")).status).toBe(200);
    expect((await ask(harness, "GET", "/packs/my_pack")).status).toBe(404);
    expect((await harness.ports.artifacts.list("owners/local/pack_versions/")).keys).toEqual([]);
  });

  it("belong to their owner: another one's id answers 404, whatever is asked", async () => {
    const harness = apiHarness();
    await activePack(harness);
    const requests = [
      ["GET", "/packs/my_pack", undefined],
      ["GET", "/packs/my_pack/documents", undefined],
      ["GET", "/packs/my_pack/check", undefined],
      ["GET", "/packs/my_pack/templates", undefined],
      ["GET", "/packs/my_pack/models", undefined],
      ["GET", "/packs/my_pack/risk_profiles", undefined],
      ["PUT", "/packs/my_pack", { documents: packDocuments("my_pack") }],
      ["POST", "/packs/my_pack/check", { ticker: "SPX" }],
      ["POST", "/packs/my_pack/activate", {}],
      ["POST", "/packs/my_pack/submit", {}],
      ["POST", "/packs/validate", { pack_id: "my_pack" }],
      ["DELETE", "/packs/my_pack", undefined],
    ] as const;
    for (const [method, path, body] of requests)
      expect((await ask(harness, method, path, body, other)).status, `${method} ${path}`).toBe(404);
    expect((await ask(harness, "GET", "/packs", undefined, other)).body.rows.map(({ pack_id }) => pack_id)).not.toContain("my_pack");
    // The id is free for everybody else.
    expect((await ask(harness, "POST", "/packs", { documents: packDocuments("my_pack") }, other)).status).toBe(201);
  });

  it("hide nothing built in, and leave it alone", async () => {
    const harness = apiHarness();
    const documents = packDocuments("swingsigma", (text) => text.replace("name: swingsigma", "name: SwingSigma"));
    expect(await ask(harness, "POST", "/packs", { documents })).toMatchObject({ status: 409, body: { code: "CONFLICT" } });
    for (const [method, path, body] of [
      ["PUT", "/packs/swingsigma", { documents }],
      ["DELETE", "/packs/swingsigma", undefined],
      ["POST", "/packs/swingsigma/check", { ticker: "SPX" }],
      ["POST", "/packs/swingsigma/submit", {}],
    ] as const)
      expect(await ask(harness, method, path, body), path).toMatchObject({ status: 422, body: { code: "UNPROCESSABLE" } });
    expect(await ask(harness, "POST", "/packs", { documents: packDocuments("validate") })).toMatchObject({ status: 409 });
    expect((await ask(harness, "POST", "/packs", { documents: packDocuments("my_pack") })).status).toBe(201);
    expect((await ask(harness, "POST", "/packs", { documents: packDocuments("my_pack") })).status).toBe(409);
  });

  it("are bounded, coherent, and nothing but a pack", async () => {
    const harness = apiHarness();
    const good = packDocuments("my_pack");
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`my_pack/strategies/s_${i}.yaml`, "x"]));
    const refused = [
      [{ documents: {} }, 400, "INVALID_PARAM"],
      [{ documents: { "../my_pack/pack.yaml": "id: x" } }, 400, "INVALID_PARAM"],
      [{ documents: { ...good, "my_pack/big.yaml": "x".repeat(65_537) } }, 400, "INVALID_PARAM"],
      [{ documents: { ...good, ...many } }, 413, "PAYLOAD_TOO_LARGE"],
      [
        {
          documents: {
            ...good,
            "my_pack/indicator_sets/eq_default.yaml": `# ${"é".repeat(40_000)}\n${good["my_pack/indicator_sets/eq_default.yaml"]}`,
          },
        },
        422,
        "PACK_INVALID",
      ],
      [{ documents: { ...good, "other/pack.yaml": "id: other" } }, 400, "INVALID_PARAM"],
      [{ documents: { ...good, "other/strategies/x.yaml": "id: other" } }, 422, "PACK_INVALID"],
      [{ documents: { ...good, "my_pack/notes.yaml": "a: 1" } }, 422, "PACK_INVALID"],
      [{ documents: { ...good, "my_pack/model_configs/x.yaml": "a: 1" } }, 422, "PACK_INVALID"],
      [{ documents: { ...good, "my_pack/pack.yaml": "id: my_pack" } }, 422, "PACK_INVALID"],
      [
        { documents: packDocuments("my_pack", (text) => text.replace("max_drawdown_pct: 30", "max_drawdown_pct: 50")) },
        422,
        "PACK_INVALID",
      ],
      [{}, 400, "INVALID_PARAM"],
    ] as const;
    for (const [body, status, code] of refused)
      expect(await ask(harness, "POST", "/packs", body), JSON.stringify(body).slice(-120)).toMatchObject({ status, body: { code } });
    expect((await ask(harness, "GET", "/packs")).body.rows.map(({ pack_id }) => pack_id)).not.toContain("my_pack");
    expect((await harness.ports.artifacts.list("owners/")).keys).toEqual([]);
  });

  it("are written by one of several writers, whole; the others get CONFLICT", async () => {
    const harness = apiHarness();
    const created = await Promise.all(
      [1, 2, 3].map((n) =>
        ask(harness, "POST", "/packs", { documents: packDocuments("my_pack", (text) => text.replace("min_bets: 20", `min_bets: 2${n}`)) }),
      ),
    );
    expect(created.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const { etag } = await ask(harness, "GET", "/packs/my_pack");
    const headers = { "if-match": etag! };
    const written = await Promise.all(
      ["0.2.0", "0.3.0", "0.4.0"].map((version) =>
        ask(harness, "PUT", "/packs/my_pack", { documents: versioned("my_pack", version) }, headers),
      ),
    );
    expect(written.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const won = written.find(({ status }) => status === 200)!;
    expect((await ask(harness, "GET", "/packs/my_pack")).body).toMatchObject({
      version: won.body.candidate!.version,
      pack_sha: won.body.candidate!.pack_sha,
    });
    for (const [method, path, body] of [
      ["PUT", "/packs/my_pack", { documents: versioned("my_pack", "0.9.0") }],
      ["POST", "/packs/my_pack/activate", undefined],
      ["DELETE", "/packs/my_pack", undefined],
    ] as const)
      expect(await ask(harness, method, path, body, headers), path).toMatchObject({ status: 409, body: { code: "CONFLICT" } });
  });

  it("are handed in once they are in use, and once a version", async () => {
    const harness = apiHarness();
    await ask(harness, "POST", "/packs", { documents: packDocuments("my_pack") });
    expect(await ask(harness, "POST", "/packs/my_pack/submit", {})).toMatchObject({ status: 422, body: { code: "UNPROCESSABLE" } });
    const check = await ask(harness, "POST", "/packs/my_pack/check", { ticker: "SPX" });
    await endCheck(harness, check.body.run_id, 0.4, 30);
    await ask(harness, "POST", "/packs/my_pack/activate");
    const submitted = await ask(harness, "POST", "/packs/my_pack/submit", { note: "please" });
    expect(submitted).toMatchObject({
      status: 200,
      body: { submission: { state: "submitted", version: "0.1.0", note: "please", reason: null } },
    });
    expect(await ask(harness, "POST", "/packs/my_pack/submit", {})).toEqual(submitted);
  });
});

describe("tiers of packs", () => {
  it("are none for free, the builder's for premium, documents and submission for pro", async () => {
    const harness = apiHarness();
    await activePack(harness);
    const documents = packDocuments("second");
    for (const tier of ["free", "premium"] as const) {
      await setTier(harness, tier);
      for (const [method, path, body] of [
        ["POST", "/packs", { documents }],
        ["PUT", "/packs/my_pack", { documents: versioned("my_pack", "0.2.0") }],
        ["POST", "/packs/my_pack/submit", {}],
      ] as const)
        expect(await ask(harness, method, path, body), `${tier} ${path}`).toMatchObject({
          status: 403,
          body: { code: "TIER_LIMIT", facts: { tier, needed: "pro" } },
        });
    }
    // What was made under another tier stays.
    expect((await ask(harness, "GET", "/packs/my_pack")).status).toBe(200);
    await setTier(harness, "free");
    expect((await ask(harness, "POST", "/packs/my_pack/check", { ticker: "SPX" })).body).toMatchObject({
      code: "TIER_LIMIT",
      facts: { needed: "premium" },
    });
  });

  it("cannot be passed by writers at once: of ten, five get in", async () => {
    const { ports } = apiHarness();
    const store = createOwnPackStore(ports);
    const admit = (count: number) => {
      if (count >= 5) throw new Error("full");
    };
    const write = (i: number) =>
      store.write(
        "ann",
        undefined,
        { packId: `pack_${i}`, version: "0.1.0", packSha: "x", texts: { [`pack_${i}/pack.yaml`]: "x" } },
        admit,
      );
    const ended = await Promise.allSettled(Array.from({ length: 10 }, (_, i) => write(i)));
    expect(ended.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
    const first = ended.find((end) => end.status === "fulfilled")!.value;
    await store.remove("ann", first);
    await store.write(
      "ann",
      undefined,
      { packId: "one_more", version: "0.1.0", packSha: "x", texts: { "one_more/pack.yaml": "x" } },
      admit,
    );
    await expect(write(99)).rejects.toThrow("full");
  });
});
