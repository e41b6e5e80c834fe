import { describe, expect, it } from "vitest";
import { sha256 } from "#lib/core/digest.ts";
import { parseCsvBars } from "#lib/market-data/csv-bars.ts";
import { importSeries } from "#lib/market-data/import-series.ts";
import { apiHarness, createModel, type Harness, MODEL } from "./support.ts";

const PATH = `/v1/models/${MODEL.model_id}`;
type Detail = {
  config: { strategy: string | null; label: { horizon: number }; features: { custom: { exclude: string[] } }; learner: { algo: string } };
  policy: { execution: { slippage_bps: number; brackets: { entry_mode: string } } };
  paths: string[];
  matrix: { status: string };
  features_changed_at: string | null;
  updated_at: string | null;
  code?: string;
  detail: string;
};

async function ask({ call }: Pick<Harness, "call">, method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  const response = await call(method, path, { ...(body === undefined ? {} : { body }), headers });
  const text = await response.text();
  return { status: response.status, etag: response.headers.get("etag"), body: (text === "" ? {} : JSON.parse(text)) as Detail };
}

const withModel = async () => {
  const harness = apiHarness();
  await createModel(harness);
  return harness;
};

/** Says that a matrix of the model as it is now was built. */
async function pointToMatrix({ ports }: Harness): Promise<void> {
  const record = await ports.metadata.get("state", { pk: "owners/local/packs#models", sk: MODEL.model_id });
  const pointer = {
    schema_version: 1,
    matrix_sha: "ab".repeat(32),
    prefix: "",
    window: { start: null, end: null },
    definition_sha: record!.body["definition_sha"],
  };
  const key = `owners/local/models/${MODEL.pack_id}/${MODEL.model_id}/matrix.json`;
  await ports.artifacts.put(key, new TextEncoder().encode(JSON.stringify(pointer)), "any");
}

describe("POST /models", () => {
  it("keeps what the template says of features that the request does not name", async () => {
    const harness = apiHarness();
    const template = { ...MODEL, template_id: "swing_eq_daily_close", ticker: "SPX" };
    await harness.call("POST", "/v1/models", { body: template });
    const plain = await ask(harness, "GET", PATH);
    await harness.call("POST", "/v1/models", {
      body: { ...template, variant: "v", model_id: "other", features: { time: { day_of_week: false } } },
    });
    const changed = await ask(harness, "GET", "/v1/models/other");
    expect(changed.body.config.features).toEqual({ ...plain.body.config.features, time: { day_of_week: false } });
  });

  it("reads the data of who has the ticker when the request names none, and stays the same whatever data come later", async () => {
    const harness = apiHarness();
    const body = { pack_id: "swingsigma", ticker: "SPY", asset_type: "eq", horizon: "swing", cadence: "daily" };
    const dataOf = async (id: string) => (await ask(harness, "GET", `/v1/models/${id}`)).body.config;
    expect(await ask(harness, "POST", "/v1/models", body)).toMatchObject({ status: 201 });
    expect(await dataOf("spy_eq_swing_daily")).toMatchObject({ data: { provider: "sample", symbol: "SPY" } });

    const parsed = parseCsvBars("date,open,high,low,close,volume\n2024-07-01,1,2,1,1.5,10\n", { symbol: "SPY", cadence: "daily" });
    const source = { name: "SPY.csv", sha256: sha256("SPY.csv") };
    await importSeries(harness.ports.artifacts, { owner: "local", symbol: "SPY", cadence: "daily", parsed, source });
    expect(await ask(harness, "POST", "/v1/models", body)).toMatchObject({ status: 200, body: { created: false } });
    expect(await ask(harness, "POST", "/v1/models", { ...body, variant: "own" })).toMatchObject({ status: 201 });
    expect(await dataOf("spy_eq_swing_daily_own")).toMatchObject({ data: { provider: "files", symbol: "SPY" } });
    const named = { ...body, variant: "named", data: { provider: "polygon", symbol: "SPY" } };
    expect(await ask(harness, "POST", "/v1/models", named)).toMatchObject({ status: 201 });
    expect(await dataOf("spy_eq_swing_daily_named")).toMatchObject({ data: { provider: "polygon" } });
  });

  it("refuses ids that stand for something else in the API", async () => {
    const { call } = apiHarness();
    for (const model_id of ["name", "validate", "estimate", "summary", "stream", "leaderboard"]) {
      const response = await call("POST", "/v1/models", {
        body: { ...MODEL, model_id, template_id: "swing_eq_daily_close", ticker: "SPX" },
      });
      expect([response.status, ((await response.json()) as Detail).code], model_id).toEqual([409, "CONFLICT"]);
    }
  });

  it("has one model of an id for an owner, in whatever pack", async () => {
    const harness = await withModel();
    const other = { ...MODEL, template_id: "swing_eq_daily", ticker: "SPX" };
    expect(await ask(harness, "POST", "/v1/models", other)).toMatchObject({ status: 409, body: { code: "CONFLICT" } });
    const elsewhere = await ask(harness, "POST", "/v1/models", other, { "x-sigma-workspace": "simulated" });
    expect(elsewhere.status).toBe(201);
  });
});

describe("GET /models/name", () => {
  it("says what a model would be called, and whether the name is free", async () => {
    const harness = apiHarness();
    const query = "ticker=SPX&asset_type=eq&horizon=swing&cadence=daily";
    expect((await ask(harness, "GET", `/v1/models/name?${query}`)).body).toEqual({ model_id: MODEL.model_id, is_free: true });
    await createModel(harness);
    expect((await ask(harness, "GET", `/v1/models/name?${query}`)).body).toEqual({ model_id: MODEL.model_id, is_free: false });
    expect((await ask(harness, "GET", `/v1/models/name?${query}&algo=logit&variant=b`)).body).toEqual({
      model_id: "spx_eq_swing_daily_logit_b",
      is_free: true,
    });
  });
});

describe("PATCH /models/{model_id}", () => {
  it("changes configuration and policy together, and says where each value comes from", async () => {
    const harness = await withModel();
    const before = await ask(harness, "GET", PATH);
    const changed = await ask(harness, "PATCH", PATH, { strategy: "momentum_swing", policy: { execution: { slippage_bps: 7 } } });
    expect(changed).toMatchObject({
      status: 200,
      body: { config: { strategy: "momentum_swing" }, policy: { execution: { slippage_bps: 7 } } },
    });
    expect(changed.etag).not.toBe(before.etag);
    const read = await ask(harness, "GET", PATH);
    expect(read).toEqual({ ...changed, status: 200 });
    // What the change does not name is as before.
    expect(read.body.policy.execution.brackets).toEqual(before.body.policy.execution.brackets);
    expect(read.body.config.label).toEqual(before.body.config.label);
    expect((await ask(harness, "GET", PATH, undefined, { "if-none-match": read.etag! })).status).toBe(304);
  });

  it("changes nothing when there is nothing to change", async () => {
    const harness = await withModel();
    const first = await ask(harness, "PATCH", PATH, { strategy: "momentum_swing" });
    const again = await ask(harness, "PATCH", PATH, { strategy: "momentum_swing" });
    expect(again).toEqual(first);
  });

  it("lets the policy's entry follow the label's", async () => {
    const harness = await withModel();
    const entry = async () => (await ask(harness, "GET", PATH)).body.policy.execution.brackets.entry_mode;
    expect(await entry()).toBe("decision_close");
    const changed = await ask(harness, "PATCH", PATH, { label: { kind: "forward_return", horizon: 3, entry: "next_open" } });
    expect(changed.status).toBe(200);
    expect(await entry()).toBe("next_bar_open");
    const own = { label: { kind: "forward_return", horizon: 3 }, policy: { execution: { brackets: { entry_mode: "decision_close" } } } };
    expect(await ask(harness, "PATCH", PATH, own)).toMatchObject({ status: 422, body: { code: "LABEL_ENTRY_MISMATCH" } });
  });

  it("makes the matrix stale when features or label change, and only then", async () => {
    const harness = await withModel();
    const rows = async () =>
      (await (await harness.call("GET", "/v1/models?pack_id=swingsigma")).json()) as { rows: { model_id: string; matrix: string }[] };
    const listed = async () => (await rows()).rows.find(({ model_id }) => model_id === MODEL.model_id)!.matrix;
    expect((await ask(harness, "GET", PATH)).body.matrix.status).toBe("none");
    await pointToMatrix(harness);
    expect([(await ask(harness, "GET", PATH)).body.matrix.status, await listed()]).toEqual(["current", "current"]);
    for (const change of [
      { risk_profile: "conservative" },
      { policy: { execution: { slippage_bps: 3 } } },
      { tags: ["mine"] },
      { learner: { algo: "logit" } },
    ])
      expect((await ask(harness, "PATCH", PATH, change)).body).toMatchObject({ matrix: { status: "current" }, features_changed_at: null });
    const changed = await ask(harness, "PATCH", PATH, { features: { time: { day_of_week: false } } });
    expect(changed.body).toMatchObject({
      matrix: { status: "stale", matrix_sha: "ab".repeat(32) },
      features_changed_at: "2026-11-20T15:00:00.000Z",
    });
    expect(await listed()).toBe("stale");
    const detail = await ask(harness, "GET", `/v1/model_detail?model_id=${MODEL.model_id}&pack_id=${MODEL.pack_id}`);
    expect(detail.body.matrix.status).toBe("stale");
    const matrices = (await (await harness.call("GET", "/v1/artifacts?kind=matrix")).json()) as { rows: object[] };
    expect(matrices.rows).toEqual([
      expect.objectContaining({ kind: "matrix", model_id: MODEL.model_id, status: "stale", matrix_sha: "ab".repeat(32) }),
    ]);
    await ask(harness, "PATCH", PATH, { features: null });
    expect((await ask(harness, "GET", PATH)).body.matrix.status).toBe("current");
    for (const change of [
      { label: { kind: "forward_return", horizon: 2, entry: "decision_close" } },
      { indicators: ["rsi", "ret", "adx"] },
    ]) {
      await pointToMatrix(harness);
      expect((await ask(harness, "PATCH", PATH, change)).body.matrix.status, JSON.stringify(change)).toBe("stale");
    }
  });

  it("refuses what would be incoherent, and leaves the model whole", async () => {
    const harness = await withModel();
    const before = await ask(harness, "GET", PATH);
    const refused = [
      [{}, 400, "INVALID_PARAM"],
      [{ ticker: "QQQ" }, 400, "INVALID_PARAM"],
      [{ pack_id: "zerosigma" }, 400, "INVALID_PARAM"],
      [{ strategy: "no_such" }, 422, "MODEL_INVALID"],
      [{ gates: { min_bets: 1 } }, 422, "MODEL_INVALID"],
      [{ policy: { execution: { slippage_bps: -1 } } }, 422, "POLICY_INVALID"],
      [{ policy: { execution: { slipage_bps: 1 } } }, 422, "POLICY_INVALID"],
      [{ indicator_set: { indicators: [{ name: "no_such" }] } }, 422, "INDICATOR_UNKNOWN"],
      [{ label: { kind: "forward_return", horizon: 200 } }, 422, "MODEL_INVALID"],
    ] as const;
    for (const [body, status, code] of refused)
      expect(await ask(harness, "PATCH", PATH, body), JSON.stringify(body)).toMatchObject({ status, body: { code } });
    expect(await ask(harness, "GET", PATH)).toEqual(before);
  });

  it("is conditional on If-Match, and of two at once one loses with CONFLICT", async () => {
    const harness = await withModel();
    const { etag } = await ask(harness, "GET", PATH);
    const headers = { "if-match": etag! };
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) => ask(harness, "PATCH", PATH, { policy: { execution: { slippage_bps: n } } }, headers)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    const winner = answers.find(({ status }) => status === 200)!;
    expect((await ask(harness, "GET", PATH)).body.policy).toEqual(winner.body.policy);
    expect(await ask(harness, "PATCH", PATH, { tags: ["late"] }, headers)).toMatchObject({ status: 409, body: { code: "CONFLICT" } });
    expect((await ask(harness, "PATCH", PATH, { tags: ["next"] }, { "if-match": winner.etag! })).status).toBe(200);
  });

  it("is refused while a run works on the model", async () => {
    const harness = await withModel();
    const { run_id } = (await (await harness.call("POST", "/v1/build_matrix", { body: MODEL })).json()) as { run_id: string };
    const refused = await ask(harness, "PATCH", PATH, { tags: ["mine"] });
    expect(refused).toMatchObject({ status: 409, body: { code: "CONFLICT", detail: expect.stringContaining(run_id) } });
    expect((await ask(harness, "DELETE", PATH)).status).toBe(409);
    await harness.end(run_id, {});
    expect((await ask(harness, "PATCH", PATH, { tags: ["mine"] })).status).toBe(200);
  });

  it("leaves a model that comes with its pack alone, and another owner's is not there", async () => {
    const harness = await withModel();
    const builtIn = "/v1/models/spx_eq_swing_daily_example?pack_id=swingsigma";
    expect(await ask(harness, "PATCH", builtIn, { tags: ["mine"] })).toMatchObject({ status: 422, body: { code: "UNPROCESSABLE" } });
    const other = { "x-sigma-workspace": "simulated" };
    for (const [method, path, body] of [
      ["GET", PATH, undefined],
      ["GET", `${PATH}/performance`, undefined],
      ["PATCH", PATH, { tags: ["mine"] }],
      ["DELETE", PATH, undefined],
    ] as const)
      expect((await ask(harness, method, path, body, other)).status, `${method} ${path}`).toBe(404);
  });
});

describe("DELETE /models/{model_id}", () => {
  it("removes the documents and the pointer to the matrix, and nothing that runs found", async () => {
    const harness = await withModel();
    await pointToMatrix(harness);
    const { run_id } = (await (await harness.call("POST", "/v1/build_matrix", { body: MODEL })).json()) as { run_id: string };
    await harness.end(run_id, {});
    await ask(harness, "PATCH", PATH, { tags: ["mine"] });
    const { status, body } = await ask(harness, "DELETE", PATH);
    expect([status, (body as unknown as { removed: string[] }).removed.length]).toEqual([200, 2]);
    expect((await ask(harness, "GET", PATH)).status).toBe(404);
    expect((await harness.ports.artifacts.list("owners/local/")).keys).toEqual([]);
    expect((await ask(harness, "GET", `/v1/runs/${run_id}`)).status).toBe(200);
    // The id is free again, and the new model has no matrix.
    await createModel(harness);
    expect((await ask(harness, "GET", PATH)).body.matrix.status).toBe("none");
  });

  it("minds If-Match, and is refused while a trained model is published", async () => {
    const harness = await withModel();
    const { etag } = await ask(harness, "GET", PATH);
    await ask(harness, "PATCH", PATH, { tags: ["mine"] });
    expect((await ask(harness, "DELETE", PATH, undefined, { "if-match": etag! })).status).toBe(409);
    const model = { ...trainedModel(), status: "published" };
    await harness.ports.metadata.put("state", { pk: "owner#local", sk: `trained#${model.trained_model_id}`, body: model }, "any");
    const refused = await ask(harness, "DELETE", PATH);
    expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringContaining("trained_1") } });
    await harness.ports.metadata.put("state", { pk: "owner#local", sk: "trained#trained_1", body: { ...model, status: "retired" } }, "any");
    expect((await ask(harness, "DELETE", PATH)).status).toBe(200);
    expect((await (await harness.call("GET", "/v1/model_cards")).json()) as object).toMatchObject({
      rows: [{ trained_model_id: "trained_1", status: "retired", card: "/v1/model_card?trained_model_id=trained_1" }],
      next_cursor: null,
    });
    for (const [query, count] of [
      ["status=published", 0],
      ["model_id=other", 0],
      [`model_id=${MODEL.model_id}`, 1],
    ] as const)
      expect(((await (await harness.call("GET", `/v1/model_cards?${query}`)).json()) as { rows: object[] }).rows, query).toHaveLength(
        count,
      );
  });
});

const sha = "cd".repeat(32);
const ref = { key: "owners/local/trained/x", sha256: sha };
const trainedModel = () => ({
  schema_version: 1,
  trained_model_id: "trained_1",
  owner: "local",
  ...MODEL,
  row_id: null,
  variant: null,
  status: "trained",
  stage: null,
  gate_status: "ungated",
  gate_reasons: [],
  proven: false,
  research: true,
  override: null,
  stamps: [],
  holdout: null,
  judged: ref,
  refit: ref,
  card: ref,
  exports: null,
  plan: ref,
  training_rows: 10,
  lineage: {
    matrix_sha: sha,
    config_sha: sha,
    policy_sha: sha,
    risk_sha: sha,
    pack_sha: sha,
    indicator_set_sha: sha,
    code_version: "0",
  },
  summary: {},
  created_at: "2026-11-20T15:00:00.000Z",
  transitions: [],
});

describe("the ETag of a model", () => {
  it("changes when a build makes its matrix current, and a write with the tag of before is no conflict", async () => {
    const harness = await withModel();
    const before = await ask(harness, "GET", PATH);
    expect((await ask(harness, "GET", PATH, undefined, { "if-none-match": before.etag! })).status).toBe(304);
    await pointToMatrix(harness);
    const built = await ask(harness, "GET", PATH, undefined, { "if-none-match": before.etag! });
    expect([built.status, built.body.matrix.status]).toEqual([200, "current"]);
    expect((await ask(harness, "PATCH", PATH, { tags: ["mine"] }, { "if-match": before.etag! })).status).toBe(200);
    expect((await ask(harness, "PATCH", PATH, { tags: ["late"] }, { "if-match": before.etag! })).status).toBe(409);
  });
});

describe("GET /models", () => {
  type Row = { model_id: string; ticker: string | null; horizon: string | null; cadence: string | null; matrix: string | null };
  const rowsOf = async ({ call }: Harness): Promise<readonly Row[]> =>
    ((await (await call("GET", "/v1/models?limit=200")).json()) as { rows: Row[] }).rows;

  it("says of every model, own or of a pack, what it is of and how its matrix stands", async () => {
    const harness = await withModel();
    await pointToMatrix(harness);
    const rows = await rowsOf(harness);
    expect(rows.find(({ model_id }) => model_id === MODEL.model_id)).toMatchObject({
      ticker: "SPX",
      asset_type: "eq",
      horizon: "swing",
      cadence: "daily",
      matrix: "current",
    });
    expect(rows.find(({ model_id }) => model_id === "simmkt_opt_0dte_15m_headfake_reversal_v1")).toMatchObject({
      ticker: "SIMMKT",
      asset_type: "opt",
      horizon: "0dte",
      cadence: "15m",
      matrix: "none",
    });
  });

  it("lists a model whose document was broken by hand, without what it cannot read", async () => {
    const harness = await withModel();
    const key = `owners/local/packs/${MODEL.pack_id}/model_configs/${MODEL.model_id}.yaml`;
    await harness.ports.artifacts.put(key, new TextEncoder().encode("label: ["), "any");
    expect((await rowsOf(harness)).find(({ model_id }) => model_id === MODEL.model_id)).toMatchObject({ ticker: "SPX", cadence: null });
  });
});

describe("GET /models/{model_id}/documents", () => {
  const CONFIG = `${MODEL.pack_id}/model_configs/${MODEL.model_id}.yaml`;
  const documentsOf = async ({ call }: Harness) =>
    (await (await call("GET", `${PATH}/documents`)).json()) as {
      documents: Record<string, string>;
      template: { template_id: string; documents: Record<string, string> } | null;
    };

  it("gives the texts of a fresh model as its template gives them", async () => {
    const harness = await withModel();
    const { documents, template } = await documentsOf(harness);
    expect(Object.keys(documents)).toEqual([CONFIG, `${MODEL.pack_id}/policy_templates/${MODEL.model_id}.yaml`]);
    expect(template?.template_id).toBe("swing_eq_daily_close");
    expect(template?.documents).toEqual(documents);
  });

  it("shows what was changed since", async () => {
    const harness = await withModel();
    await ask(harness, "PATCH", PATH, { risk_profile: "conservative" });
    const { documents, template } = await documentsOf(harness);
    expect(documents[CONFIG]).toContain("risk_profile: conservative");
    expect(template?.documents[CONFIG]).not.toContain("risk_profile: conservative");
  });

  it("has no template for a model that comes with its pack", async () => {
    const { call } = apiHarness();
    const response = await call("GET", `/v1/models/${MODEL.model_id}_example/documents?pack_id=${MODEL.pack_id}`);
    const { documents, template } = (await response.json()) as { documents: Record<string, string>; template: null };
    expect(Object.keys(documents)).toContain(`${MODEL.pack_id}/model_configs/${MODEL.model_id}_example.yaml`);
    expect(template).toBeNull();
  });
});
