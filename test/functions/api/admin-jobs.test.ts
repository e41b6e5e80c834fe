import { describe, expect, it } from "vitest";
import type { Job } from "#functions/api/routes/admin-jobs.route.ts";
import { apiHarness, createModel, type Harness, startBuild } from "./support.ts";

const ASKER = "x-test-owner";
async function ask({ call }: Pick<Harness, "call">, method: string, path: string, owner = "root") {
  const response = await call(method, `/v1${path}`, { ...(method === "POST" ? { body: {} } : {}), headers: { [ASKER]: owner } });
  const body = (await response.json()) as Job & { code?: string; rows: Job[]; next_cursor: string | null };
  return { status: response.status, body };
}

/** Runs of ann's, and nothing of the administrator's own. */
async function withRuns(count: number) {
  const harness = apiHarness({ owner: (context) => context.req.header(ASKER)! });
  const headers = { [ASKER]: "ann" };
  await createModel(harness, headers);
  const anns = { call: (method: string, path: string, options = {}) => harness.call(method, path, { ...options, headers }) };
  const runs: string[] = [];
  for (let i = 0; i < count; i++) {
    runs.push(await startBuild(anns, { start: `201${i}-03-01` }));
    harness.clock.advanceTo(harness.clock.now() + 1000);
  }
  return { harness, runs };
}

describe("the jobs of an owner", () => {
  it("are listed in pages, newest first, by status and machine, without what they ask", async () => {
    const { harness, runs } = await withRuns(3);
    const [first, second, third] = runs as [string, string, string];
    await harness.end(second, {});
    const list = async (query: string) => (await ask(harness, "GET", `/admin/jobs?owner=ann${query}`)).body;
    const page = await list("&limit=2");
    expect(page.rows.map(({ run_id, status }) => [run_id, status])).toEqual([
      [third, "running"],
      [second, "succeeded"],
    ]);
    expect(page.rows[1]).toMatchObject({ owner: "ann", machine: "build", since: "2026-11-20T15:00:01.000Z", attempt: 1, error: null });
    expect(page.rows[1]).not.toHaveProperty("input");
    expect((await list(`&limit=2&cursor=${encodeURIComponent(page.next_cursor!)}`)).rows.map(({ run_id }) => run_id)).toEqual([first]);
    expect((await list("&status=succeeded")).rows.map(({ run_id }) => run_id)).toEqual([second]);
    expect((await list("&machine=sweep")).rows).toEqual([]);
    expect((await ask(harness, "GET", "/admin/jobs?owner=bob")).body.rows).toEqual([]);
    for (const query of ["", "?owner=a%23b", "?owner=ann&status=lost", "?owner=ann&machine=all", "?owner=ann&limit=0"])
      expect((await ask(harness, "GET", `/admin/jobs${query}`)).body.code, query).toBe("INVALID_PARAM");
  });

  it("are canceled, and go on, for their owner", async () => {
    const { harness, runs } = await withRuns(1);
    const [run] = runs as [string];
    const canceled = await ask(harness, "DELETE", `/admin/jobs/${run}`);
    expect(canceled).toMatchObject({
      status: 200,
      body: { run_id: run, owner: "ann", status: "canceled", error: { code: "RUN_CANCELED" } },
    });
    expect((await ask(harness, "GET", `/runs/${run}`, "ann")).body.status).toBe("canceled");
    // To administer is no way into the routes of owners.
    expect((await ask(harness, "GET", `/runs/${run}`)).status).toBe(404);
    const again = await ask(harness, "POST", `/admin/jobs/${run}/retry`);
    expect(again).toMatchObject({ status: 202, body: { owner: "ann", status: "running", attempt: 2, error: null } });
    expect((await ask(harness, "GET", `/runs/${run}`, "ann")).body).toMatchObject({ status: "running", attempt: 2 });
    await harness.end(run, {});
    expect(await ask(harness, "POST", `/admin/jobs/${run}/retry`)).toMatchObject({
      status: 200,
      body: { status: "succeeded", attempt: 2 },
    });
    expect(await ask(harness, "DELETE", `/admin/jobs/${run}`)).toMatchObject({ status: 409, body: { code: "CONFLICT" } });
  });

  it("that nobody has are not found, and what is no id is refused", async () => {
    const { harness } = await withRuns(0);
    for (const [method, rest] of [
      ["POST", "/retry"],
      ["DELETE", ""],
    ] as const) {
      expect((await ask(harness, method, `/admin/jobs/build_${"0".repeat(24)}${rest}`)).body.code).toBe("NOT_FOUND");
      expect((await ask(harness, method, `/admin/jobs/no%20id${rest}`)).body.code).toBe("INVALID_PARAM");
    }
  });
});
