import { describe, expect, it } from "vitest";
import { apiHarness, createModel, type Harness, MODEL } from "./support.ts";

const PACK = MODEL.pack_id;
const INDICATORS = [{ name: "rsi", period: 7 }, { name: "ret" }, { name: "adx" }];
const NAMED = { pack_id: PACK, name: "eq_short", indicators: INDICATORS };

type Body = { code?: string; detail: string; changed: boolean; set: { version: number }; rows: { name: string; origin: string }[] };
async function ask({ call }: Pick<Harness, "call">, method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  const response = await call(method, `/v1${path}`, { ...(body === undefined ? {} : { body }), headers });
  return { status: response.status, etag: response.headers.get("etag"), body: (await response.json()) as Body };
}
const own = async (harness: Harness, headers = {}) =>
  (await ask(harness, "GET", `/packs/${PACK}/indicator_sets`, undefined, headers)).body.rows.filter(({ origin }) => origin === "own");

describe("POST /indicator_sets", () => {
  it("keeps a set beside the pack's, which models and only their owner can name", async () => {
    const harness = apiHarness();
    expect(await ask(harness, "POST", "/indicator_sets", NAMED)).toMatchObject({
      status: 200,
      body: { changed: true, set: { version: 1 } },
    });
    expect(await own(harness)).toEqual([{ name: "eq_short", version: 1, indicators: INDICATORS, origin: "own" }]);
    expect(await own(harness, { "x-sigma-workspace": "simulated" })).toEqual([]);
    await createModel(harness);
    const used = await ask(harness, "PATCH", `/models/${MODEL.model_id}`, { indicator_set: "eq_short" });
    expect(used.body).toMatchObject({
      config: { indicator_set: "eq_short" },
      indicators: expect.arrayContaining([{ name: "rsi", period: 7 }]),
    });
  });

  it("counts versions, changes nothing for equal content, and refuses what was written on an older one", async () => {
    const harness = apiHarness();
    const first = await ask(harness, "POST", "/indicator_sets", { ...NAMED, version: 1 });
    expect(await ask(harness, "POST", "/indicator_sets", NAMED)).toMatchObject({
      etag: first.etag,
      body: { changed: false, set: { version: 1 } },
    });
    const longer = { ...NAMED, indicators: [...INDICATORS, { name: "roc" }] };
    expect(await ask(harness, "POST", "/indicator_sets", { ...longer, version: 1 })).toMatchObject({
      status: 409,
      body: { code: "CONFLICT" },
    });
    const second = await ask(harness, "POST", "/indicator_sets", { ...longer, version: 2 }, { "if-match": first.etag! });
    expect(second).toMatchObject({ status: 200, body: { set: { version: 2 } } });
    expect((await ask(harness, "POST", "/indicator_sets", NAMED, { "if-match": first.etag! })).status).toBe(409);
  });

  it("lets one of several writers win", async () => {
    const harness = apiHarness();
    const written = (n: number) =>
      ask(harness, "POST", "/indicator_sets", { ...NAMED, version: 1, indicators: [{ name: "rsi", period: n }, ...INDICATORS.slice(1)] });
    const answers = await Promise.all([5, 6, 7, 8].map(written));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  });

  it("becomes a model's own set as a change of the model", async () => {
    const harness = apiHarness();
    await createModel(harness);
    const body = { pack_id: PACK, model_id: MODEL.model_id, indicators: INDICATORS };
    expect(await ask(harness, "POST", "/indicator_sets", body)).toMatchObject({
      status: 200,
      body: { changed: true, set: { version: 1 } },
    });
    expect(await ask(harness, "POST", "/indicator_sets", body)).toMatchObject({ status: 200, body: { changed: false } });
    const longer = { ...body, indicators: [...INDICATORS, { name: "roc" }] };
    expect((await ask(harness, "POST", "/indicator_sets", { ...longer, version: 5 })).status).toBe(409);
    expect(await ask(harness, "POST", "/indicator_sets", { ...longer, version: 2 })).toMatchObject({
      status: 200,
      body: { set: { version: 2 } },
    });
    expect((await ask(harness, "GET", `/models/${MODEL.model_id}`)).body).toMatchObject({
      config: { indicator_set: MODEL.model_id, indicators: [] },
      indicators: longer.indicators,
    });
    // It is the model's, so it is no set that others name.
    expect(await own(harness)).toEqual([]);
  });

  it("refuses what models of the pack could not use, and names that are taken", async () => {
    const harness = apiHarness();
    await createModel(harness);
    const refused = [
      [{ ...NAMED, indicators: [{ name: "no_such" }] }, 422, "INDICATOR_UNKNOWN"],
      [{ ...NAMED, indicators: INDICATORS.slice(0, 2) }, 422, "MODEL_INVALID"],
      [{ ...NAMED, indicators: [...INDICATORS, { name: "intraday_vwap" }] }, 422, "MODEL_INVALID"],
      [{ ...NAMED, indicators: [{ name: "rsi", perod: 7 }, ...INDICATORS.slice(1)] }, 400, "INVALID_PARAM"],
      [{ ...NAMED, name: "eq_default" }, 409, "CONFLICT"],
      [{ ...NAMED, name: MODEL.model_id }, 409, "CONFLICT"],
      [{ ...NAMED, name: "../x" }, 400, "INVALID_PARAM"],
      [{ ...NAMED, model_id: MODEL.model_id }, 400, "INVALID_PARAM"],
      [{ pack_id: PACK, indicators: INDICATORS }, 400, "INVALID_PARAM"],
      [{ pack_id: PACK, model_id: "no_such", indicators: INDICATORS }, 404, "NOT_FOUND"],
      [{ ...NAMED, pack_id: "no_such" }, 404, "NOT_FOUND"],
      [{ pack_id: PACK, model_id: "spx_eq_swing_daily_example", indicators: INDICATORS }, 422, "UNPROCESSABLE"],
    ] as const;
    for (const [body, status, code] of refused)
      expect(await ask(harness, "POST", "/indicator_sets", body), JSON.stringify(body)).toMatchObject({ status, body: { code } });
    expect(await own(harness)).toEqual([]);
  });

  it("keeps its name from a new model that would bring a set of its own", async () => {
    const harness = apiHarness();
    await ask(harness, "POST", "/indicator_sets", NAMED);
    const model = { ...MODEL, model_id: "eq_short", template_id: "swing_eq_daily", ticker: "SPX" };
    expect(await ask(harness, "POST", "/models", { ...model, indicator_set: { indicators: INDICATORS } })).toMatchObject({ status: 409 });
    expect(await own(harness)).toHaveLength(1);
  });
});

describe("GET /packs/{pack_id}/risk_profiles", () => {
  it("gives the limits in force and the identity that a model's lineage has", async () => {
    const harness = apiHarness();
    await harness.call("POST", "/v1/models", {
      body: { ...MODEL, template_id: "swing_eq_daily", ticker: "SPX", risk_profile: "conservative" },
    });
    const { rows } = (await ask(harness, "GET", `/packs/${PACK}/risk_profiles`)).body as unknown as {
      rows: { name: string; risk_sha: string; limits: object }[];
    };
    expect(rows.map(({ name }) => name)).toEqual(["aggressive", "balanced", "conservative"]);
    expect(new Set(rows.map(({ risk_sha }) => risk_sha)).size).toBe(3);
    const model = (await ask(harness, "GET", `/models/${MODEL.model_id}`)).body as unknown as {
      limits: object;
      lineage: { risk_sha: string };
    };
    expect(rows[2]).toMatchObject({ risk_sha: model.lineage.risk_sha, limits: model.limits });
  });
});
