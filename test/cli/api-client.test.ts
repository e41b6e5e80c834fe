import { describe, expect, it } from "vitest";
import { ProblemError } from "#client/problem.ts";
import { createApiClient, reachingFetch } from "../../cli/api-client.ts";

type Seen = { path: string; init: RequestInit }[];

function answering(response: () => Response) {
  const seen: Seen = [];
  const transport = async (path: string, init: RequestInit) => {
    seen.push({ path, init });
    return response();
  };
  const client = createApiClient({ transport, workspace: "simulated" });
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

  it("joins the pages of a CSV list under one header, line breaks inside quotes included", async () => {
    const pages = [
      new Response('id,text\r\n1,"a ""b""\r\nc"\r\n', { headers: { "x-next-cursor": "next" } }),
      new Response("id,text\r\n2,d\r\n"),
    ];
    const { client, seen } = answering(() => pages.shift()!);
    expect(await client.csv("/leaderboard", { tag: "x" })).toEqual({ text: 'id,text\r\n1,"a ""b""\r\nc"\r\n2,d\r\n', rows: 2 });
    expect(seen.map(({ path }) => path)).toEqual(["/v1/leaderboard?tag=x&limit=200", "/v1/leaderboard?tag=x&limit=200&cursor=next"]);
  });

  it("stops at the most rows that are wanted", async () => {
    const { client, seen } = answering(() => new Response("id\r\n1\r\n", { headers: { "x-next-cursor": "next" } }));
    expect(await client.csv("/signals", {}, 2)).toEqual({ text: "id\r\n1\r\n1\r\n", rows: 2 });
    expect(seen.map(({ path }) => path)).toEqual(["/v1/signals?limit=2", "/v1/signals?limit=1&cursor=next"]);
  });

  it("reads what is no problem document whatever its status, as health is", async () => {
    const { client } = answering(() => Response.json({ status: "fail" }, { status: 503 }));
    expect(await client.answer("/healthz")).toEqual({ status: "fail" });
    const { client: refused } = answering(() => new Response("nobody", { status: 401 }));
    expect(await problemOf(refused.answer("/healthz"))).toMatchObject({ code: "UNAUTHENTICATED" });
  });

  it("says what answered when it was not the API", async () => {
    const { client } = answering(() => new Response("<html>gateway", { status: 502, statusText: "Bad Gateway" }));
    expect(await problemOf(client.get("/runs/x"))).toMatchObject({
      title: "The API answered 502 Bad Gateway",
      detail: 'The answer is no problem document; it begins "<html>gateway".',
    });
  });
});

describe("reachingFetch", () => {
  it("says which address did not answer, and what to do", async () => {
    const baseUrl = "http://127.0.0.1:1/v1/";
    const client = createApiClient({ baseUrl, token: "secret", transport: reachingFetch(baseUrl) });
    const problem = await problemOf(client.get("/packs"));
    expect(problem.code).toBe("STORE_UNAVAILABLE");
    expect(problem.detail).toContain('SIGMA_API_URL is "http://127.0.0.1:1/v1/"');
    expect(problem.detail).toContain("unset SIGMA_API_URL");
    expect(JSON.stringify(problem)).not.toContain("secret");
  });
});
