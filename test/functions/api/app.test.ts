import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_BODY_BYTES } from "#functions/api/http/read-body.ts";
import { apiHarness, createModel, MODEL } from "./support.ts";

const problemOf = async (response: Response) => {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  return (await response.json()) as {
    code: string;
    detail?: string;
    status: number;
    request_id: string;
    field_errors?: { path: string; issue: string }[];
  };
};

describe("createApp", () => {
  it("answers both with and without /v1", async () => {
    const { call } = apiHarness();
    for (const path of ["/packs", "/v1/packs", "/", "/v1", "/v1/"]) expect((await call("GET", path)).status).toBe(200);
  });

  it("echoes a safe X-Request-ID and replaces an unsafe one", async () => {
    const { call } = apiHarness();
    const echoed = await call("GET", "/v1/packs", { headers: { "x-request-id": "trace-1:a.b" } });
    expect(echoed.headers.get("x-request-id")).toBe("trace-1:a.b");
    const replaced = await call("GET", "/v1/packs", { headers: { "x-request-id": "<script>" } });
    expect(replaced.headers.get("x-request-id")).toBe("request-1");
    const failed = await call("GET", "/v1/nothing", { headers: { "x-request-id": "mine" } });
    expect((await problemOf(failed)).request_id).toBe("mine");
    expect(failed.headers.get("x-request-id")).toBe("mine");
  });

  it("answers unknown routes and methods with a problem", async () => {
    const { call } = apiHarness();
    for (const [method, path] of [
      ["GET", "/v1/nope"],
      ["PUT", "/v1/models"],
      ["POST", "/v1/leaderboard"],
      ["GET", "/v2/packs"],
    ] as const) {
      const response = await call(method, path);
      expect(response.status).toBe(404);
      expect((await problemOf(response)).code).toBe("NOT_FOUND");
    }
  });

  it("refuses what is not JSON, too large, too deep or malformed", async () => {
    const { call } = apiHarness();
    const cases = [
      { body: "model_id=x", headers: { "content-type": "application/x-www-form-urlencoded" }, status: 415, code: "UNSUPPORTED_MEDIA_TYPE" },
      { body: "{}", headers: { "content-type": "text/plain" }, status: 415, code: "UNSUPPORTED_MEDIA_TYPE" },
      { body: "{", headers: {}, status: 400, code: "INVALID_PARAM" },
      { body: "[]", headers: {}, status: 400, code: "INVALID_PARAM" },
      { body: `{"policy":${"[".repeat(65)}${"]".repeat(65)}}`, headers: {}, status: 400, code: "INVALID_PARAM" },
      { body: `{"model_id":"${"x".repeat(MAX_BODY_BYTES)}"}`, headers: {}, status: 413, code: "PAYLOAD_TOO_LARGE" },
    ];
    for (const { body, headers, status, code } of cases) {
      const response = await call("POST", "/v1/models", { body, headers });
      expect(response.status, code).toBe(status);
      expect((await problemOf(response)).code).toBe(code);
    }
  });

  it("counts brackets inside of strings as text", async () => {
    const { call } = apiHarness();
    const response = await call("POST", "/v1/validate_policy", { body: { policy: { name: "[".repeat(100) } } });
    expect(response.status).toBe(200);
  });

  it("takes JSON with a suffix or parameters", async () => {
    const { call } = apiHarness();
    const headers = { "content-type": "application/merge-patch+json; charset=utf-8" };
    expect((await call("POST", "/v1/packs/validate", { body: { pack_id: "swingsigma" }, headers })).status).toBe(200);
  });

  it("names a misspelt field and the nearest known one", async () => {
    const { call } = apiHarness();
    const response = await call("POST", "/v1/backtest", { body: { ...MODEL, tresholds: [0.1] } });
    expect(response.status).toBe(400);
    const { field_errors } = await problemOf(response);
    expect(field_errors).toEqual([{ path: "tresholds", issue: 'unknown key "tresholds"; did you mean "thresholds"?' }]);
    const query = await problemOf(await call("GET", "/v1/leaderboard?modelid=x"));
    expect(query.field_errors?.[0]?.issue).toContain('did you mean "model_id"?');
  });

  it("keeps the inside of an unlisted error from the caller and tells the host", async () => {
    const { call, ports, unexpected } = apiHarness();
    const secret = new Error("password=hunter2 at /home/somebody");
    ports.marketData.offers = async () => {
      throw secret;
    };
    const response = await call("GET", "/v1/data");
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toContain("hunter2");
    expect(JSON.parse(text)).toMatchObject({ code: "INTERNAL", status: 500, request_id: "request-1" });
    expect(unexpected).toEqual([secret]);
  });

  it("adds ok to the classic paths only, and only without /v1", async () => {
    const harness = apiHarness();
    await createModel(harness);
    const query = `model_id=${MODEL.model_id}&pack_id=${MODEL.pack_id}`;
    for (const path of [
      "/leaderboard",
      "/build_runs",
      "/training_runs",
      "/sweeps",
      `/model_detail?${query}`,
      `/validate_policy?${query}`,
      `/policy/explain?${query}`,
    ]) {
      expect(await (await harness.call("GET", path)).json(), path).toMatchObject({ ok: true });
      expect(await (await harness.call("GET", `/v1${path}`)).json(), path).not.toHaveProperty("ok");
    }
    expect(await (await harness.call("GET", "/packs")).json()).not.toHaveProperty("ok");
  });

  it("never answers 500 to a hostile id, whatever the route", async () => {
    const { call, unexpected } = apiHarness();
    const hostile = [
      "..",
      "%2e%2e%2f",
      "a%2f..%2f..%2fetc%2fpasswd",
      "%00",
      "a%00b",
      "%F0%9F%92%A9",
      "%ff",
      "%",
      "A".repeat(5000),
      "a'b\"c",
      "__proto__",
      "constructor",
      "swp_",
      "-",
    ];
    const paths = [
      "/packs/@",
      "/packs/@/templates",
      "/packs/@/indicator_sets",
      "/packs/@/strategies",
      "/packs/@/models",
      "/indicators/@",
      "/models/@",
      "/models/@?pack_id=@",
      "/matrices/@",
      "/matrices/@/download",
      "/backtest_runs/@",
      "/sweeps/@",
      "/sweeps/@/results",
      "/trained_models/@",
      "/model_card?trained_model_id=@",
      "/signals/@",
      "/signals/stream?model_id=@&after=x",
      "/runs/@",
      "/runs/@/events",
      "/artifacts/@",
      "/artifacts/owners/local/evaluations/@/x.svg",
      "/artifacts/owners/local/@",
      "/leaderboard?cursor=@",
      "/signals?cursor=@",
      "/runs?cursor=@",
      "/models?cursor=@",
      "/leaderboard?sort=sharpe&cursor=@",
      "/sweeps?cursor=@",
      "/trained_models?cursor=@",
      "/leaderboard?tag=@",
      "/healthz?ticker=@",
      "/leaderboard?model_id=@",
      "/strategies?tags=@",
    ];
    for (const path of paths) {
      for (const id of hostile) {
        const response = await call("GET", `/v1${path.replaceAll("@", id)}`);
        expect([200, 400, 404], `${path} with ${id.slice(0, 40)}`).toContain(response.status);
      }
    }
    for (const path of ["/trained_models/@/publish", "/runs/@/resume"])
      for (const id of hostile)
        expect([400, 404], `${path} with ${id.slice(0, 40)}`).toContain((await call("POST", `/v1${path.replaceAll("@", id)}`)).status);
    for (const path of ["/runs/@", "/sweeps/@"])
      for (const id of hostile)
        expect([400, 404], `${path} with ${id.slice(0, 40)}`).toContain((await call("DELETE", `/v1${path.replaceAll("@", id)}`)).status);
    expect(unexpected).toEqual([]);
  });

  it("never answers 500 to a body of any JSON", async () => {
    const { call, unexpected } = apiHarness();
    const paths = [
      "/models",
      "/build_matrix",
      "/backtest",
      "/backtest_sweep",
      "/train",
      "/signals/run",
      "/packs/validate",
      "/validate_policy",
      "/preview_matrix",
      "/pipeline",
      "/sweeps/estimate",
    ];
    const value = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          pack_id: fc.constant("swingsigma"),
          model_id: fc.string(),
          policy: fc.jsonValue(),
          documents: fc.dictionary(fc.string(), fc.string()),
        },
        { requiredKeys: [] },
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), value, async (path, body) => {
        const { status } = await call("POST", `/v1${path}`, { body: JSON.stringify(body) });
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 150 },
    );
    expect(unexpected).toEqual([]);
  });
});
