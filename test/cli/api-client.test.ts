import { describe, expect, it } from "vitest";
import { createApiClient, remoteTransport } from "../../cli/api-client.ts";
import { ProblemError } from "../../cli/failure.ts";

type Seen = { path: string; init: RequestInit }[];

function answering(response: () => Response) {
  const seen: Seen = [];
  const client = createApiClient(async (path, init) => {
    seen.push({ path, init });
    return response();
  }, "simulated");
  return { client, seen };
}

async function problemOf(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProblemError)) throw new Error(`Expected a problem, found ${String(error)}.`);
  return error.problem;
}

describe("createApiClient", () => {
  it("asks below /v1, leaves undefined parameters out and names the workspace", async () => {
    const { client, seen } = answering(() => Response.json({ rows: [] }));
    expect(await client.get("/models", { pack_id: "a b", tag: undefined, limit: 5 })).toEqual({ rows: [] });
    expect(seen[0]!.path).toBe("/v1/models?pack_id=a+b&limit=5");
    expect(seen[0]!.init.headers).toMatchObject({ accept: "application/json", "x-sigma-workspace": "simulated" });
  });

  it("throws the API's problem with its request id", async () => {
    const body = { type: "urn:x", title: "Nothing has this id", status: 404, code: "NOT_FOUND", detail: "No run." };
    const { client } = answering(() => Response.json(body, { status: 404, headers: { "x-request-id": "r-7" } }));
    expect(await problemOf(client.get("/runs/x"))).toMatchObject({ code: "NOT_FOUND", detail: "No run.", request_id: "r-7" });
  });

  it("says what answered when it was not the API", async () => {
    const { client } = answering(() => new Response("<html>gateway", { status: 502, statusText: "Bad Gateway" }));
    expect(await problemOf(client.get("/runs/x"))).toMatchObject({
      title: "The API answered 502 Bad Gateway",
      detail: 'The answer is no problem document; it begins "<html>gateway".',
    });
  });
});

describe("remoteTransport", () => {
  it("says which address did not answer, and what to do", async () => {
    const client = createApiClient(remoteTransport("http://127.0.0.1:1/v1/", "secret"));
    const problem = await problemOf(client.get("/packs"));
    expect(problem.code).toBe("STORE_UNAVAILABLE");
    expect(problem.detail).toContain('SIGMA_API_URL is "http://127.0.0.1:1/v1/"');
    expect(problem.detail).toContain("unset SIGMA_API_URL");
    expect(JSON.stringify(problem)).not.toContain("secret");
  });
});
