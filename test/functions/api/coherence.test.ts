import { describe, expect, it } from "vitest";
import { inPack, lintpack } from "../../lib/coherence/support.ts";
import { apiHarness } from "./support.ts";

const MODEL = { pack_id: "swingsigma", template_id: "swing_eq_daily_close", ticker: "SPX", model_id: "spx_reach" };
const json = async (response: Response) => (await response.json()) as Record<string, unknown> & { warnings?: { code: string }[] };

describe("POST /v1/models", () => {
  it("refuses a gate that no variant can meet, and writes nothing", async () => {
    const { call } = apiHarness();
    const refused = await call("POST", "/v1/models", { body: { ...MODEL, gates: { min_bets_per_year: 85 } } });
    expect(refused.status).toBe(422);
    expect(await json(refused)).toMatchObject({ code: "MODEL_INVALID", facts: { findings: ["gate_infeasible"] } });
    expect((await call("GET", "/v1/models/spx_reach")).status).toBe(404);
    expect((await call("POST", "/v1/models", { body: { ...MODEL, gates: { min_bets_per_year: 84 } } })).status).toBe(201);
  });

  it("warns of a window in which the gate's bets cannot be, and creates the model", async () => {
    const { call } = apiHarness();
    const created = await call("POST", "/v1/models", { body: { ...MODEL, window: { start: "2024-01-02", end: "2024-03-01" } } });
    expect(created.status).toBe(201);
    expect((await json(created)).warnings?.map(({ code }) => code)).toEqual(["gate_needs_longer_sample"]);
    const verdict = await json(await call("GET", "/v1/validate_policy?pack_id=swingsigma&model_id=spx_reach"));
    expect(verdict).toMatchObject({ valid: true, warnings: [{ code: "gate_needs_longer_sample" }] });
  });
});

describe("PATCH /v1/models/{model_id}", () => {
  it("refuses a change after which no variant can meet the gate, and keeps the model", async () => {
    const { call } = apiHarness();
    await call("POST", "/v1/models", { body: MODEL });
    const refused = await call("PATCH", "/v1/models/spx_reach", { body: { gates: { min_bets_per_year: 85 } } });
    expect(refused.status).toBe(422);
    expect(await json(refused)).toMatchObject({ facts: { findings: ["gate_infeasible"] } });
    expect((await call("PATCH", "/v1/models/spx_reach", { body: { gates: { min_bets_per_year: 84 } } })).status).toBe(200);
  });
});

describe("POST /v1/validate_policy", () => {
  it("holds a policy by itself to the rules on brackets", async () => {
    const { call } = apiHarness();
    const verdictOf = async (min_rr: number) => {
      const execution = { brackets: { enabled: true, min_rr } };
      return json(await call("POST", "/v1/validate_policy", { body: { policy: { name: "mine", version: 1, execution } } }));
    };
    expect(await verdictOf(2)).toMatchObject({ valid: true, errors: [] });
    expect(await verdictOf(2.01)).toMatchObject({
      valid: false,
      errors: [{ code: "POLICY_INVALID", path: "execution.brackets.min_rr" }],
    });
  });
});

describe("POST /v1/packs/validate", () => {
  it("answers the linter's report on documents that were sent along", async () => {
    const { call } = apiHarness();
    const documents = lintpack(inPack(["min_bets: 20", "min_bets: 19"]));
    const texts = Object.fromEntries(documents.list().map((path) => [path, documents.read(path)!]));
    const response = await call("POST", "/v1/packs/validate", { body: { documents: texts } });
    expect(response.status).toBe(200);
    expect(await json(response)).toMatchObject({
      pack_id: "lintpack",
      status: "REJECTED",
      recommendation: "Raise it.",
      checks: expect.arrayContaining([expect.objectContaining({ check: "required_gates", code: "gate_too_low", path: "gates.min_bets" })]),
    });
  });
});
