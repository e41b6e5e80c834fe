import { beforeAll, expect, it } from "vitest";
import { createSigmaClient, type SigmaClient } from "#client/sigma-client.ts";
import { describeInBrowser } from "./support/browser-suite.ts";
import { serveDemo } from "./support/serve-demo.ts";
import { openTab, until } from "./support/tab.ts";

const MODEL = { pack_id: "swingsigma", model_id: "spx_eq_swing_daily" } as const;

describeInBrowser("the runs", () => {
  const served = serveDemo();
  let client: SigmaClient;

  beforeAll(async () => {
    client = createSigmaClient({ baseUrl: served.app.url });
  });

  /** Fits anew at each call, and long enough to be watched. */
  let seed = 0;
  async function longRun(): Promise<string> {
    seed++;
    const thresholds = Array.from({ length: 40 }, (_, i) => i / 100 + seed / 1000);
    const axes = { thresholds, top_pct: [0.15, 0.25, 0.35, 0.5, 1], hold_bars: [3, 5, 10] };
    const { run_id } = (await client.call("POST /sweeps", { body: { ...MODEL, mode: "custom", axes } })) as { run_id: string };
    return run_id;
  }

  it("keeps filters and order in the address, and opens a run", async () => {
    const tab = await openTab(served.browser, served.app.url);
    await tab.open("/app/runs");
    await tab.page.getByLabel("Kind").selectOption("sweep");
    await until(tab.page, `new URL(location.href).searchParams.get("machine") === "sweep"`);
    // The other tests start sweeps too; the demo's is the oldest.
    const { rows } = await client.call("GET /runs", { query: { machine: "sweep" } });
    await tab.page.getByText(rows.length === 1 ? "1 row" : `${rows.length} rows`, { exact: true }).waitFor();
    await tab.page.reload();
    expect(await tab.page.getByLabel("Kind").inputValue()).toBe("sweep");
    await tab.page.getByRole("link", { name: "Sweep", exact: true }).last().click();
    await tab.page.getByRole("heading", { level: 1, name: "Sweep: spx_eq_swing_daily" }).waitFor();
    await tab.page.getByText("Nothing passed the gate").waitFor();
    await tab.page.goBack();
    await until(tab.page, `new URL(location.href).searchParams.get("machine") === "sweep"`);
    await tab.close();
    expect(tab.complaints).toEqual([]);
  }, 60_000);

  it("shows a run as it goes on, finds it again, and cancels it when asked twice", async () => {
    const runId = await longRun();
    const tab = await openTab(served.browser, served.app.url);
    await tab.open(`/app/runs/${runId}`);
    await until(tab.page, `document.querySelector("progress")?.value > 0`);
    await tab.open("/app/runs?status=running");
    await tab.page.getByRole("link", { name: "Sweep", exact: true }).click();
    await tab.page.getByRole("button", { name: "Cancel" }).click();
    await tab.page.getByRole("button", { name: "Let it run" }).click();
    expect((await client.call("GET /runs/{run_id}", { params: { run_id: runId } })).status).toBe("running");
    await tab.page.getByRole("button", { name: "Cancel" }).click();
    await tab.page.getByRole("button", { name: "Cancel run" }).click();
    await tab.page.getByRole("heading", { name: "Canceled", level: 3 }).waitFor();
    await tab.page.getByRole("button", { name: "Resume" }).waitFor();
    expect((await client.call("GET /runs/{run_id}", { params: { run_id: runId } })).status).toBe("canceled");
    await tab.close();
    expect(tab.complaints).toEqual([]);
  }, 90_000);

  it("says that a run was interrupted when the server died, and goes on with it", async () => {
    const runId = await longRun();
    const tab = await openTab(served.browser, served.app.url, {
      expected: /ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY|Failed to load|\/v1\//i,
    });
    await tab.open(`/app/runs/${runId}`);
    await until(tab.page, `document.querySelector("progress")?.value > 0`);
    await served.app.kill();
    await served.app.start();
    await tab.page.getByRole("heading", { name: "Interrupted", level: 3 }).waitFor({ timeout: 60_000 });
    const { progress } = await client.call("GET /runs/{run_id}", { params: { run_id: runId } });
    expect(progress.done).toBeGreaterThan(0);
    await tab.page.getByRole("button", { name: "Resume" }).click();
    await until(tab.page, `document.querySelector("main h1").parentElement.textContent.includes("Attempt 2")`);
    const before = progress.done;
    await until(tab.page, `Number(document.querySelector("main").textContent.match(/(\\d+) of \\d+ steps/)?.[1]) > ${before}`, 60_000);
    await client.call("DELETE /runs/{run_id}", { params: { run_id: runId } });
    await tab.close();
    expect(tab.complaints).toEqual([]);
  }, 120_000);

  it("says what failed in the server's words and what to do", async () => {
    await client.call("POST /models", {
      body: { pack_id: "swingsigma", template_id: "swing_eq_daily", ticker: "SPX", model_id: "opens_are_copies" },
    });
    const { run_id } = (await client.call("POST /build_matrix", {
      body: { pack_id: "swingsigma", model_id: "opens_are_copies" },
      waitSeconds: 20,
    })) as { run_id: string };
    const tab = await openTab(served.browser, served.app.url);
    await tab.open(`/app/runs/${run_id}`);
    await tab.page.getByRole("alert").filter({ hasText: 'Use label.entry "decision_close"' }).waitFor();
    await tab.page.getByRole("alert").filter({ hasText: "QUALITY_FAILED" }).waitFor();
    await tab.close();
    expect(tab.complaints).toEqual([]);
  }, 60_000);
});
