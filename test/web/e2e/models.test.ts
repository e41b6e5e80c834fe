import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { createSigmaClient } from "#client/sigma-client.ts";
import { describeInBrowser } from "./support/browser-suite.ts";
import { serveDemo } from "./support/serve-demo.ts";
import { openTab, until } from "./support/tab.ts";
import { readWorld, type World } from "./support/world.ts";

const text = async (page: Page): Promise<string> => (await page.evaluate("document.body.innerText")) as string;
const addressHas = (words: string): string => `location.search.includes(${JSON.stringify(words)})`;
const pageSays = (words: string): string => `document.body.innerText.includes(${JSON.stringify(words)})`;

describeInBrowser("models", () => {
  const served = serveDemo();
  let world: World;

  beforeAll(async () => {
    world = await readWorld(served.app.url);
  });

  const client = () => createSigmaClient({ baseUrl: served.app.url });
  const detail = () => client().call("GET /models/{model_id}", { params: { model_id: world.modelId }, query: { pack_id: world.packId } });
  /** Other tests change the model; what reads its matrix needs one of the model as it is. */
  const buildMatrix = async (): Promise<void> => {
    await client().call("POST /build_matrix", { body: { pack_id: world.packId, model_id: world.modelId }, waitSeconds: 30 });
    while ((await detail()).matrix.status !== "current") await pause(200);
  };
  const pathOf = (tab: string): string => `/app/models/${world.packId}/${world.modelId}${tab === "" ? "" : `?tab=${tab}`}`;

  it("finds a model by filters that stand in the address, and goes back to them", async () => {
    const tab = await openTab(served.browser, served.app.url);
    const { page } = tab;
    await tab.open("/app/models");
    await page.getByRole("link", { name: "spx_eq_swing_daily_example" }).waitFor();
    await page.getByLabel("Whose").selectOption("own");
    await until(page, addressHas("from=own"));
    await until(page, `!${pageSays("spx_eq_swing_daily_example")}`);
    await page.getByRole("searchbox").fill("no such model");
    await until(page, pageSays("No model matches"));
    await page.getByRole("searchbox").fill("swing");
    await page.getByRole("link", { name: world.modelId, exact: true }).click();
    await page.getByRole("tab", { name: "Designer" }).waitFor();
    await page.goBack();
    await page.getByRole("link", { name: world.modelId, exact: true }).waitFor();
    await until(page, `${addressHas("from=own")} && ${addressHas("q=swing")}`);
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("refuses an incoherent change in the linter's words next to its field, and saves nothing of it", async () => {
    const tab = await openTab(served.browser, served.app.url, { expected: /\/v1\/models\// });
    const { page } = tab;
    const before = await detail();
    await tab.open(pathOf(""));
    const field = page.getByLabel("Largest drawdown");
    await field.fill("60");
    await page.getByRole("button", { name: "Save changes" }).click();
    const words = "Limits may only be tightened";
    await until(
      page,
      `document.querySelector('input[name="gates.max_drawdown_pct"]').closest("div[class*=field]").innerText.includes("${words}")`,
    );
    expect(await field.getAttribute("aria-invalid")).toBe("true");
    expect((await detail()).config).toEqual(before.config);
    await page.getByRole("button", { name: "Discard" }).click();
    expect(await field.inputValue()).toBe("");
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("changes the structure, says that the matrix is stale, and shows what differs from the template", async () => {
    const tab = await openTab(served.browser, served.app.url);
    const { page } = tab;
    await tab.open(pathOf(""));
    await page.getByLabel("Bars ahead").fill("10");
    await until(page, pageSays("Changed: label. Saving makes the matrix stale."));
    await page.getByRole("button", { name: "Save changes" }).click();
    await until(page, `document.querySelector("h1").parentElement.innerText.includes("Stale")`);
    expect(await detail()).toMatchObject({ config: { label: { horizon: 10 } }, matrix: { status: "stale" } });
    await page.getByRole("tab", { name: "Config and policy" }).click();
    await page.getByLabel("Compare with").selectOption("template");
    await until(page, `[...document.querySelectorAll("[class*=added]")].some((line) => line.innerText.includes("horizon: 10"))`);
    await page.getByLabel("Compare with").selectOption("build");
    await until(page, pageSays("Where they differ, the matrix is stale."));
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("keeps tags, brackets and learner parameters, and says beside the field that a further symbol lacks its source", async () => {
    const tab = await openTab(served.browser, served.app.url);
    const { page } = tab;
    await tab.open(pathOf(""));
    await page.getByLabel("Tags").fill("mine, Not A Tag");
    await page.getByLabel("Stop and target on every trade").click();
    await page.getByText("Parameters; empty ones are the defaults").click();
    await page.getByLabel("Weights of classes").fill("-1: 2, 1: 1");
    await page.getByRole("button", { name: "Add symbol" }).click();
    await page.getByRole("textbox", { name: "Name", exact: true }).fill("vix");
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByRole("alert").first().waitFor();
    await page.getByLabel("Tags").fill("mine");
    await page.getByRole("button", { name: "Remove VIX" }).click();
    await page.getByLabel("ATR over").last().fill("20");
    await until(page, pageSays("Changed: learner, tags, policy. The matrix stays as it is."));
    await page.getByRole("button", { name: "Save changes" }).click();
    await until(page, pageSays("No change."));
    expect(await detail()).toMatchObject({
      config: { tags: ["mine"], learner: { params: { class_weights: { "-1": 2, "1": 1 } } } },
      policy: { execution: { brackets: { enabled: true, atr_period: 20 } } },
    });
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("keeps the list of indicators as a set, which others can choose, and says at the field what a name must be", async () => {
    const tab = await openTab(served.browser, served.app.url);
    const { page } = tab;
    await tab.open(pathOf(""));
    await page.getByRole("button", { name: "Keep as a set" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name of the set").fill("Not a name!");
    await dialog.getByRole("button", { name: "Keep the set" }).click();
    await dialog.getByRole("alert").first().waitFor();
    await dialog.getByLabel("Name of the set").fill("my_swing");
    await dialog.getByRole("button", { name: "Keep the set" }).click();
    await dialog.waitFor({ state: "detached" });
    await until(page, `[...document.querySelectorAll("option")].some((each) => each.value === "my_swing")`);
    const { rows } = await client().call("GET /packs/{pack_id}/indicator_sets", {
      params: { pack_id: world.packId },
      query: { limit: 200 },
    });
    expect(rows.find(({ name }) => name === "my_swing")?.indicators).toHaveLength((await detail()).indicators.length);
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("does not overwrite what somebody else saved in the meantime", async () => {
    const tab = await openTab(served.browser, served.app.url, { expected: /\/v1\/models\// });
    const { page } = tab;
    await tab.open(pathOf(""));
    await page.getByLabel("Seed").fill("7");
    await client().call("PATCH /models/{model_id}", { params: { model_id: world.modelId }, body: { risk_profile: "conservative" } });
    await page.getByRole("button", { name: "Save changes" }).click();
    await until(page, pageSays("Not saved: the model changed"));
    expect((await detail()).config).toMatchObject({ risk_profile: "conservative", learner: { seed: 2025 } });
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("builds the matrix with its progress beside the form, then backtests, and refuses a wrong threshold before it is sent", async () => {
    const tab = await openTab(served.browser, served.app.url);
    const { page } = tab;
    await tab.open(pathOf("composer"));
    await page.getByText("Build", { exact: true }).click();
    await page.getByRole("button", { name: "Build matrix" }).click();
    await until(page, addressHas("run=build_"));
    await until(page, `document.querySelector("h1").parentElement.innerText.includes("Fresh")`);
    expect((await detail()).matrix.status).toBe("current");
    await page.getByText("Backtest", { exact: true }).click();
    await page.getByLabel("Thresholds").fill("0, high");
    await page.getByRole("button", { name: "Start backtest" }).click();
    await until(page, pageSays("must be numbers separated by commas"));
    await page.getByLabel("Thresholds").fill("0");
    await page.getByLabel("Robustness tests").selectOption("none");
    await page.getByRole("button", { name: "Start backtest" }).click();
    await until(page, addressHas("run=backtest_"));
    await page.getByRole("link", { name: "Report" }).waitFor();
    const { rows } = await client().call("GET /runs", { query: { model_id: world.modelId, machine: "backtest", limit: 5 } });
    expect(rows.filter(({ status }) => status === "running")).toEqual([]);
    expect(rows[0]).toMatchObject({ status: "succeeded", outputs: { backtest: expect.anything() } });
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("calibrates a threshold on rows that no test reads, and says what it recommends", async () => {
    await buildMatrix();
    const tab = await openTab(served.browser, served.app.url);
    const { page } = tab;
    await tab.open(pathOf("composer"));
    await page.getByLabel("Candidates").fill("0, high");
    await page.getByRole("button", { name: "Start calibration" }).click();
    await page.getByRole("alert").filter({ hasText: "1: " }).waitFor();
    await page.getByLabel("Candidates").fill("0, 0.1");
    await page.getByRole("button", { name: "Start calibration" }).click();
    await page.getByRole("link", { name: "Calibrate", exact: true }).click();
    await page.getByRole("heading", { name: "What it made" }).waitFor({ timeout: 60_000 });
    await page.getByText("2 candidates on 3 inner folds of").waitFor();
    expect(await page.locator("main").textContent()).toMatch(/Recommended: edge of at least|No candidate had enough trades/);
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("shows a matrix's checks, gaps, drift and correlations, each as a table, too", async () => {
    await buildMatrix();
    const tab = await openTab(served.browser, served.app.url);
    const { page } = tab;
    await tab.open(pathOf("matrix"));
    for (const says of ["No look-ahead", "Stale open", "Label balance by year", "Unknown values by year", "Features among each other"])
      await until(page, pageSays(says));
    const drift = page.locator("figure", { hasText: "Last third of the rows against the first" });
    await drift.getByRole("button", { name: "Table" }).click();
    expect(await drift.textContent()).toMatch(/natr_14.*shifted/);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download Parquet" }).click()]);
    expect(download.suggestedFilename()).toMatch(/^[0-9a-f]{16}\.parquet$/);
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("asks before it deletes, refuses while one of it is published, and deletes another", async () => {
    await client().call("POST /models", {
      body: { pack_id: world.packId, template_id: "swing_eq_daily_close", ticker: "SPX", variant: "spare" },
    });
    const spare = "spx_eq_swing_daily_spare";
    const tab = await openTab(served.browser, served.app.url, { expected: /\/v1\/models\// });
    const { page } = tab;
    await tab.open("/app/models?from=own");
    const dialog = page.getByRole("alertdialog");
    await page.getByRole("button", { name: `Delete ${world.modelId}`, exact: true }).click();
    await dialog.getByRole("button", { name: "Delete model" }).click();
    await until(page, pageSays("The model was not deleted"));
    expect(await text(page)).toContain("published");
    await dialog.getByRole("button", { name: "Keep" }).click();
    await page.getByRole("button", { name: `Delete ${spare}` }).click();
    await dialog.getByRole("button", { name: "Delete model" }).click();
    await until(page, `document.querySelector("[role=alertdialog]") === null && !${pageSays(`${spare}\\n`)}`);
    const { rows } = await client().call("GET /models", { query: { pack_id: world.packId } });
    expect(rows.map(({ model_id }) => model_id)).not.toContain(spare);
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });
});
