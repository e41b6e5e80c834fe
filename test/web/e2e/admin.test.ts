import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { createSigmaClient, type SigmaClient } from "#client/sigma-client.ts";
import { describeInBrowser } from "./support/browser-suite.ts";
import { faultsOf } from "./support/page-checks.ts";
import { serveDemo } from "./support/serve-demo.ts";
import { openTab, until } from "./support/tab.ts";

const MODEL = { pack_id: "swingsigma", model_id: "spx_eq_swing_daily" } as const;
const text = async (page: Page): Promise<string> => (await page.evaluate("document.body.innerText")) as string;

describeInBrowser("the administration", () => {
  const served = serveDemo();
  let client: SigmaClient;

  beforeAll(() => {
    client = createSigmaClient({ baseUrl: served.app.url });
  });

  const job = async (run_id: string) =>
    (await client.call("GET /admin/jobs", { query: { owner: "local", limit: 50 } })).rows.find((row) => row.run_id === run_id)!;

  it("retries a job that failed, after a question, and shows that it failed again and why", async () => {
    // The sample's early opens are copies of closes, which no model may be entered at.
    const model_id = "opens_are_copies";
    await client.call("POST /models", { body: { pack_id: "swingsigma", template_id: "swing_eq_daily", ticker: "SPX", model_id } });
    const { run_id } = await client.call("POST /build_matrix", { body: { pack_id: "swingsigma", model_id }, waitSeconds: 20 });
    expect(await job(run_id)).toMatchObject({ status: "failed", attempt: 1 });

    const tab = await openTab(served.browser, served.app.url);
    const { page } = tab;
    await tab.open("/app/admin?tab=jobs&status=failed");
    const row = page.getByRole("row").filter({ has: page.getByRole("button", { name: `Retry ${run_id}` }) });
    expect(await row.textContent()).toContain("QUALITY_FAILED");
    await row.getByRole("button", { name: `Retry ${run_id}` }).click();
    const question = page.getByRole("alertdialog");
    await question.getByText("It goes on from its finished steps, within its owner's quotas.").waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await question.getByRole("button", { name: "Leave it" }).click();
    expect((await job(run_id)).attempt).toBe(1);

    await row.getByRole("button", { name: `Retry ${run_id}` }).click();
    await question.getByRole("button", { name: "Retry", exact: true }).click();
    await expect.poll(() => job(run_id)).toMatchObject({ status: "failed", attempt: 2, error: { code: "QUALITY_FAILED" } });
    await page.getByLabel("Status", { exact: true }).selectOption("");
    await until(
      page,
      `[...document.querySelectorAll("tbody tr")].some((row) => /Failed.*opens_are_copies.*2.*QUALITY_FAILED/s.test(row.innerText))`,
    );
    await tab.close();
    expect(tab.complaints).toEqual([]);
  }, 60_000);

  it("cancels a job that runs, after a question, and lets it go on from where it was", async () => {
    const thresholds = Array.from({ length: 40 }, (_, i) => i / 100 + 1 / 1000);
    const axes = { thresholds, top_pct: [0.15, 0.25, 0.35, 0.5, 1], hold_bars: [3, 5, 10] };
    const { run_id } = await client.call("POST /sweeps", { body: { ...MODEL, mode: "custom", axes } });
    const tab = await openTab(served.browser, served.app.url, { expected: /\/retry$/ });
    const { page } = tab;
    await tab.open("/app/admin?tab=jobs");
    await page.getByRole("button", { name: `Cancel ${run_id}` }).click();
    const question = page.getByRole("alertdialog");
    expect(await question.textContent()).toContain(`Sweep of local, ${MODEL.model_id}: ${run_id}.`);
    await question.getByRole("button", { name: "Let it run" }).click();
    expect((await job(run_id)).status).toBe("running");
    await page.getByRole("button", { name: `Cancel ${run_id}` }).click();
    await question.getByRole("button", { name: "Cancel run" }).click();
    const retry = page.getByRole("button", { name: `Retry ${run_id}` });
    await retry.waitFor();
    expect(await job(run_id)).toMatchObject({ status: "canceled", attempt: 1 });

    // Fits that had begun end first: until then the API refuses, and the question says so and stays.
    await retry.click();
    const goOn = question.getByRole("button", { name: "Retry", exact: true });
    for (let goesOn = false; !goesOn; ) {
      const answered = page.waitForResponse((response) => response.url().endsWith("/retry"));
      const [answer] = await Promise.all([answered, goOn.click()]);
      goesOn = answer.ok();
      if (!goesOn) await question.getByText("It does not go on").waitFor();
    }
    await page.getByRole("button", { name: `Cancel ${run_id}` }).waitFor();
    expect(await job(run_id)).toMatchObject({ status: "running", attempt: 2 });
    await client.call("DELETE /runs/{run_id}", { params: { run_id } });
    await tab.close();
    expect(tab.complaints).toEqual([]);
  }, 60_000);

  /** A pack of one's own that has passed its check and is in use. */
  async function packInUse(pack_id: string): Promise<void> {
    const params = { pack_id };
    const { documents } = await client.call("GET /packs/{pack_id}/documents", { params: { pack_id: "swingsigma" } });
    const own = Object.entries(documents).map(([path, text]) => [
      path.replace("swingsigma/", `${pack_id}/`),
      text.replace("id: swingsigma", `id: ${pack_id}`).replace("name: SwingSigma", "name: Handed in"),
    ]);
    await client.call("POST /packs", { body: { documents: Object.fromEntries(own.filter(([path]) => !path!.includes("_example"))) } });
    // A year with a planted edge: what the check asks for is not in question here.
    const body = {
      ticker: "SIMEDGE",
      template_id: "swing_eq_daily",
      data: { provider: "simulated", symbol: "SIMEDGE", seed: 11 },
    } as const;
    const { run_id } = await client.call("POST /packs/{pack_id}/check", { params, body });
    await client.finished(run_id);
    expect(await client.call("GET /packs/{pack_id}/check", { params })).toMatchObject({ status: "passed" });
    await client.call("POST /packs/{pack_id}/activate", { params });
  }

  it("decides on packs that were handed in: a refusal needs its reason, and the owner reads it with the pack", async () => {
    const pack_id = "handed_in";
    await packInUse(pack_id);
    const tab = await openTab(served.browser, served.app.url);
    const { page } = tab;
    const reviewed = async () => (await client.call("GET /packs/{pack_id}", { params: { pack_id } })).own?.submission;
    const handIn = async (note: string): Promise<void> => {
      await tab.open(`/app/packs/${pack_id}`);
      await page.getByRole("button", { name: "Submit for review" }).click();
      await page.getByRole("dialog").getByLabel("Note for the reviewer").fill(note);
      await page.getByRole("dialog").getByRole("button", { name: "Submit", exact: true }).click();
      await until(page, `document.body.innerText.includes("no decision yet")`);
      expect(await page.getByRole("button", { name: "Submit for review" }).count()).toBe(0);
    };
    const openReview = async (): Promise<void> => {
      await tab.open("/app/admin");
      await page.getByRole("tab", { name: "Pack reviews (1)" }).click();
      await page.getByRole("row").filter({ hasText: pack_id }).click();
      await page.getByRole("dialog").getByLabel("Document").waitFor();
    };

    await handIn("the stop is wider than usual");
    await openReview();
    const drawer = page.getByRole("dialog");
    expect(await drawer.textContent()).toContain("the stop is wider than usual");
    expect(await drawer.textContent()).toContain(`id: ${pack_id}`);
    await drawer.getByLabel("Document").selectOption({ label: `${pack_id}/risk_profiles/balanced.yaml` });
    await until(page, `document.querySelector("[role=dialog]").innerText.includes("max_drawdown_pct")`);
    expect(await faultsOf(page)).toEqual([]);

    await drawer.getByRole("button", { name: "Refuse" }).click();
    const question = page.getByRole("alertdialog");
    await question.getByRole("button", { name: "Refuse" }).click();
    await until(page, `document.querySelector("[role=alertdialog] [aria-invalid=true]") !== null`);
    expect((await reviewed())!.state).toBe("submitted");
    await question.getByLabel("Reason").fill("The stop must be tighter than 5 %.");
    await question.getByRole("button", { name: "Refuse" }).click();
    await page.getByText("No pack waits for a review").waitFor();
    await tab.open(`/app/packs/${pack_id}`);
    expect(await text(page)).toMatch(/refused .*: "The stop must be tighter than 5 %\."/);
    expect(await faultsOf(page)).toEqual([]);

    await handIn("tightened, please look again");
    await openReview();
    await drawer.getByRole("button", { name: "Approve" }).click();
    await question.getByText("but not who decided", { exact: false }).waitFor();
    await question.getByRole("button", { name: "Approve" }).click();
    await page.getByText("No pack waits for a review").waitFor();
    expect(await reviewed()).toMatchObject({ state: "approved", reason: null, note: "tightened, please look again" });
    await tab.open(`/app/packs/${pack_id}`);
    expect(await text(page)).toMatch(/handed in .*tightened, please look again.*; approved/s);
    expect(await page.getByRole("button", { name: "Submit for review" }).count()).toBe(0);
    await tab.close();
    expect(tab.complaints).toEqual([]);
  }, 60_000);
});
