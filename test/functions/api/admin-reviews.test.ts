import { describe, expect, it } from "vitest";
import type { PackToReview } from "#functions/api/routes/admin-reviews.route.ts";
import { endCheck, packDocuments } from "./pack-support.ts";
import { apiHarness, type Harness } from "./support.ts";

type Body = PackToReview & { code?: string; run_id: string; own: PackToReview; field_errors?: { path: string }[] };
async function ask({ call }: Pick<Harness, "call">, method: string, path: string, body?: object, owner = "root") {
  const response = await call(method, `/v1${path}`, { ...(body === undefined ? {} : { body }), headers: { "x-test-owner": owner } });
  return { status: response.status, body: (await response.json()) as Body };
}

const REVIEW = "/admin/packs/my_pack/review";

/** A pack of the owner "local" that has passed its check and is in use. */
async function activePack() {
  const harness = apiHarness({ owner: (context) => context.req.header("x-test-owner")! });
  const asOwner = (method: string, path: string, body?: object) => ask(harness, method, path, body, "local");
  const documents = packDocuments("my_pack");
  await asOwner("POST", "/packs", { documents });
  const check = await asOwner("POST", "/packs/my_pack/check", { ticker: "SPX" });
  await endCheck(harness, check.body.run_id, 0.4, 30);
  expect((await asOwner("POST", "/packs/my_pack/activate")).status).toBe(200);
  return { harness, asOwner, documents };
}

describe("the review of a pack", () => {
  it("shows what was handed in, and the owner sees the decision and its reason", async () => {
    const { harness, asOwner, documents } = await activePack();
    expect((await ask(harness, "GET", `${REVIEW}?owner=local`)).body.code).toBe("UNPROCESSABLE");
    await asOwner("POST", "/packs/my_pack/submit", { note: "please" });
    const { body: seen } = await ask(harness, "GET", `${REVIEW}?owner=local`);
    expect(seen).toMatchObject({ owner: "local", submission: { state: "submitted", version: "0.1.0", note: "please" }, reviewed_by: null });
    expect(seen.documents).toEqual(documents);

    const { pack_sha } = seen.submission;
    const reject = { owner: "local", pack_sha, decision: "reject", reason: "The stop is too wide." };
    const rejected = await ask(harness, "POST", REVIEW, reject);
    const decided = { state: "rejected", reason: "The stop is too wide.", reviewed_at: "2026-11-20T15:00:00.000Z" };
    expect(rejected).toMatchObject({ status: 200, body: { submission: decided, reviewed_by: "root" } });
    const { body: own } = await asOwner("GET", "/packs/my_pack");
    expect(own.own.submission).toMatchObject({ ...decided, version: "0.1.0", note: "please" });
    expect(JSON.stringify(own)).not.toContain("root");

    await asOwner("POST", "/packs/my_pack/submit", {});
    expect((await ask(harness, "POST", REVIEW, { owner: "local", pack_sha, decision: "approve" })).status).toBe(200);
    expect((await asOwner("GET", "/packs/my_pack")).body.own.submission).toMatchObject({ state: "approved", reason: null });
  });

  it("is found in the queue of all owners until it is decided", async () => {
    const { harness, asOwner } = await activePack();
    const queue = async () =>
      (await ask(harness, "GET", "/admin/reviews")).body as unknown as { rows: object[]; next_cursor: string | null };
    expect(await queue()).toEqual({ rows: [], next_cursor: null });
    await asOwner("POST", "/packs/my_pack/submit", { note: "please" });
    const submission = { state: "submitted", version: "0.1.0", note: "please", submitted_at: "2026-11-20T15:00:00.000Z" };
    expect(await queue()).toMatchObject({ rows: [{ owner: "local", pack_id: "my_pack", submission }], next_cursor: null });
    // Another version that waits for its check changes nothing of what was handed in.
    await asOwner("PUT", "/packs/my_pack", { documents: packDocuments("my_pack") });
    expect((await queue()).rows).toHaveLength(1);
    const { pack_sha } = (await ask(harness, "GET", `${REVIEW}?owner=local`)).body.submission;
    await ask(harness, "POST", REVIEW, { owner: "local", pack_sha, decision: "reject", reason: "no" });
    expect((await queue()).rows).toEqual([]);
  });

  it("is of a submitted version only, by one reviewer", async () => {
    const { harness, asOwner } = await activePack();
    const approve = { owner: "local", pack_sha: "0".repeat(64), decision: "approve" };
    expect(await ask(harness, "POST", REVIEW, approve)).toMatchObject({ status: 422, body: { code: "UNPROCESSABLE" } });
    await asOwner("POST", "/packs/my_pack/submit", {});
    const { pack_sha } = (await ask(harness, "GET", `${REVIEW}?owner=local`)).body.submission;
    expect(await ask(harness, "POST", REVIEW, approve)).toMatchObject({ status: 409, body: { code: "CONFLICT", facts: { pack_sha } } });
    const both = await Promise.all(
      [
        { ...approve, pack_sha },
        { ...approve, pack_sha, decision: "reject", reason: "no" },
      ].map((body) => ask(harness, "POST", REVIEW, body)),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const won = both.find(({ status }) => status === 200)!.body.submission.state;
    expect((await asOwner("GET", "/packs/my_pack")).body.own.submission.state).toBe(won);
  });

  it("refuses a rejection without a reason, and packs that there are not", async () => {
    const { harness } = await activePack();
    const reject = { owner: "local", pack_sha: "0a", decision: "reject" };
    const refused = await ask(harness, "POST", REVIEW, reject);
    expect(refused).toMatchObject({ status: 400, body: { code: "INVALID_PARAM", field_errors: [{ path: "reason" }] } });
    for (const body of [
      { ...reject, reason: "" },
      { ...reject, reason: "x", owner: "a/b" },
      { ...reject, reason: "x", decision: "maybe" },
      { owner: "local", decision: "approve" },
    ])
      expect((await ask(harness, "POST", REVIEW, body)).body.code, JSON.stringify(body)).toBe("INVALID_PARAM");
    expect((await ask(harness, "POST", "/admin/packs/swingsigma/review", { ...reject, reason: "x" })).status).toBe(404);
    expect((await ask(harness, "POST", REVIEW, { ...reject, reason: "x", owner: "bob" })).status).toBe(404);
    expect((await ask(harness, "GET", `${REVIEW}?owner=bob`)).status).toBe(404);
  });
});
