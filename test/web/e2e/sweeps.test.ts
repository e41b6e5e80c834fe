import { beforeAll, expect, it } from "vitest";
import { createSigmaClient } from "#client/sigma-client.ts";
import { describeInBrowser } from "./support/browser-suite.ts";
import { faultsOf } from "./support/page-checks.ts";
import { serveDemo } from "./support/serve-demo.ts";
import { openTab, type Tab, until } from "./support/tab.ts";
import { readWorld, type World } from "./support/world.ts";

describeInBrowser("sweeps, leaderboard and reports", () => {
  const served = serveDemo();
  let world: World;
  let tab: Tab;

  beforeAll(async () => {
    world = await readWorld(served.app.url);
    tab = await openTab(served.browser, served.app.url);
  });

  const address = (): URL => new URL(tab.page.url());

  it("estimates a custom sweep as it is put together, refuses what the API would, runs it and says its verdict in one sentence", async () => {
    const { page } = tab;
    await tab.open(`/app/sweeps/new?pack=${world.packId}&model=${world.modelId}`);
    await page.getByText("Best Sharpe under no skill").waitFor();
    await page.getByRole("button", { name: "Start 27 variants" }).waitFor();

    await page.getByRole("radio", { name: "Custom" }).check();
    await page.getByText("needs at least one axis").waitFor();
    await page.getByRole("button", { name: "Add parameter" }).click();
    await page.getByRole("menuitem", { name: "Threshold", exact: true }).click();
    await page.getByRole("button", { name: "Add parameter" }).click();
    // Stocks trade no contracts, and daily bars have no hours.
    const offered = await page.getByRole("menuitem").allTextContents();
    expect(offered).toContain("Stop");
    expect(offered).not.toContain("Strike");
    expect(offered).not.toContain("Hours");
    await page.getByRole("menuitem", { name: "Stop", exact: true }).click();

    await page.getByLabel("Stop", { exact: true }).fill("0.05, 2");
    await page.getByRole("alert").filter({ hasText: "1:" }).waitFor();
    expect(await page.getByRole("button", { name: "Start the sweep" }).isDisabled()).toBe(true);
    await page.getByLabel("Stop", { exact: true }).fill("0.05, 0.1");
    await page.getByLabel("Threshold", { exact: true }).fill("0, 0.1");
    await page.getByRole("button", { name: "Start 4 variants" }).click();

    await page.waitForURL(/\/sweeps\/sweep_/);
    await page.getByText(/^No variant passed: the best one's/).waitFor();
    await page.getByRole("table").getByRole("button", { name: "Fail" }).first().click();
    await page
      .getByRole("dialog")
      .getByText(/asked at (least|most)/)
      .first()
      .waitFor();
    await page.keyboard.press("Escape");
  });

  it("estimates what features, learners and splits of another kind cost, and holds their fields to the API's schema", async () => {
    const { page } = tab;
    await tab.open(`/app/sweeps/new?pack=${world.packId}&model=${world.modelId}`);
    await page.getByText("folds are fitted already").waitFor();
    await page.getByRole("radio", { name: "Composition" }).check();
    await page.getByRole("button", { name: "Add feature set" }).click();
    await page.getByLabel("Feature set", { exact: true }).fill("No Name");
    await page.getByRole("alert").first().waitFor();
    expect(await page.getByRole("button", { name: "Start the sweep" }).isDisabled()).toBe(true);
    await page.getByLabel("Feature set", { exact: true }).fill("plain");
    await page.getByLabel("Other than the model").click();
    await page.getByRole("option", { name: "without: Day of the week" }).click();
    await page.keyboard.press("Escape");
    await page.getByText("1 composition", { exact: false }).first().waitFor();
    await page.getByText("5 fits first").waitFor();
    await page.getByRole("button", { name: "Add learner" }).click();
    await page.getByRole("menuitem", { name: "Gradient-boosted trees" }).click();
    await page.getByRole("button", { name: "Add learner" }).click();
    await page.getByRole("menuitem", { name: "Gradient-boosted trees" }).click();
    await page
      .getByText(/^Parameters; an empty one stays/)
      .last()
      .click();
    await page.getByRole("spinbutton", { name: "Trees" }).last().fill("30");
    await page.getByText("10 fits first").waitFor();
    await page.getByLabel("Splits", { exact: true }).selectOption("cpcv");
    await page.getByText("30 fits first").waitFor();
    await page.getByText("Trains on later rows, too").waitFor();
  });

  it("holds a sweep to a tighter limit, and shows the server's words beside one that is looser", async () => {
    const { page } = tab;
    await tab.open(`/app/sweeps/new?pack=${world.packId}&model=${world.modelId}`);
    await page.getByLabel("Bets", { exact: true }).fill("20000");
    await page.getByText("No variant can pass").waitFor();
    const refusing = await openTab(served.browser, served.app.url, { expected: /estimate|400/ });
    await refusing.open(`/app/sweeps/new?pack=${world.packId}&model=${world.modelId}`);
    await refusing.page.getByLabel("Bets", { exact: true }).fill("1");
    await refusing.page.getByText("looser than the 30 in force").first().waitFor();
    await refusing.close();
  });

  it("asks before it cancels a sweep that runs, and finds it again", async () => {
    const { page } = tab;
    await tab.open(`/app/sweeps/new?pack=${world.packId}&model=${world.modelId}`);
    await page.getByRole("radio", { name: "Composition" }).check();
    await page.getByRole("button", { name: "Add learner" }).click();
    await page.getByRole("menuitem", { name: "Random forest" }).click();
    await page.getByRole("button", { name: /^Start \d+ variants?$/ }).click();
    await page.waitForURL(/\/sweeps\/sweep_/);
    await page.getByRole("button", { name: "Cancel sweep" }).click();
    const asks = page.getByRole("alertdialog");
    await asks.getByRole("button", { name: "Let it run" }).click();
    await page.getByRole("button", { name: "Cancel sweep" }).click();
    await asks.getByRole("button", { name: "Cancel sweep" }).click();
    await page.getByRole("button", { name: "Go on with it" }).waitFor();
    await tab.open("/app/sweeps");
    await page.getByText("Canceled").first().waitFor();
  });

  it("keeps the filters in the address and the selection across pages, compares it, and trains it for research only", async () => {
    const { page } = tab;
    await tab.open("/app/leaderboard");
    await page.getByLabel("Pass only").check();
    await page.getByText("No result fits these filters").waitFor();
    expect(address().searchParams.get("gate")).toBe("PASS");
    await page.goBack();
    await page.getByLabel("Choose row 1", { exact: true }).check();
    await page.getByLabel("Choose row 3", { exact: true }).check();
    await tab.open(`/app/sweeps/${world.sweepId}`);
    await page.getByText("2 rows chosen").waitFor();
    await page.getByRole("button", { name: "Train selected" }).click();
    await page.getByRole("dialog").getByText("Every look is counted").waitFor();
    await page.getByRole("dialog").getByRole("checkbox").waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole("dialog").getByRole("button", { name: "Not now" }).click();
    await page.getByRole("link", { name: "Compare", exact: true }).click();
    await page.getByRole("heading", { name: "Risk budget" }).waitFor();
    await page.getByRole("heading", { name: "Folds of B" }).waitFor();
    expect(JSON.parse(address().searchParams.get("rows")!)).toHaveLength(2);
    expect(await page.getByRole("row", { name: /^Code / }).textContent()).toContain("same");

    await page.getByRole("button", { name: "Train selected" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Every look is counted").waitFor();
    const train = dialog.getByRole("button", { name: "Train 2 rows" });
    expect(await train.isDisabled()).toBe(true);
    await dialog.getByLabel(/Train for research/).check();
    await train.click();
    await dialog.getByRole("link", { name: /^Training of / }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Close" }).last().click();
  });

  it("leads from a sweep to its rows on the leaderboard, and bounds them by the days of their judgement", async () => {
    const { page } = tab;
    const client = createSigmaClient({ baseUrl: served.app.url });
    const { rows } = await client.call("GET /leaderboard", { query: { sweep_id: world.sweepId, limit: 200 } });
    await tab.open(`/app/sweeps/${world.sweepId}`);
    await page.getByRole("link", { name: "On the leaderboard" }).click();
    await page.getByText(`${rows.length} rows`, { exact: true }).waitFor();
    expect(address().searchParams.get("sweep")).toBe(world.sweepId);
    expect(await page.getByLabel("Sweep", { exact: true }).inputValue()).toBe(world.sweepId);
    await page.getByLabel("Judged up to").fill("2020-01-01");
    await page.getByLabel("Judged up to").blur();
    await page.getByText("No result fits these filters").waitFor();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByRole("table").waitFor();
    expect([...address().searchParams.keys()]).toEqual([]);
  });

  it("shows a backtest with its folds, trades and the prices around one of them", async () => {
    const { page } = tab;
    await tab.open(`/app/backtests/${world.backtestRunId}`);
    await page.getByRole("heading", { name: "Equity and drawdown" }).waitFor();
    await page.getByRole("tab", { name: /^Trades/ }).click();
    const client = createSigmaClient({ baseUrl: served.app.url });
    const { run } = await client.call("GET /backtest_runs/{run_id}", { params: { run_id: world.backtestRunId } });
    const trades = (run.outputs as unknown as { backtest: { metrics: { trades: number } } }).backtest.metrics.trades;
    await page.getByText(`${trades} rows`).waitFor();
    await page.getByRole("row", { name: /^2 / }).click();
    await page.getByRole("heading", { name: "Trade 2" }).waitFor();
    expect(JSON.parse(address().searchParams.get("trade")!)).toBe("2");
    await until(page, `document.querySelector("canvas") !== null`);
    await page.getByRole("tab", { name: "Forecasts" }).click();
    await page.getByText("their log loss is").waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: "Trade 2" }).waitFor();
    const sheet = await page.getByRole("link", { name: "Tear sheet" }).getAttribute("href");
    expect((await fetch(`${served.app.url}${sheet}`)).status).toBe(200);
  });

  it("shows what a trained result's forecasts listen to, and says of another backtest why that is not known", async () => {
    const { page } = tab;
    const client = createSigmaClient({ baseUrl: served.app.url });
    const { rows } = await client.call("GET /trained_models", {});
    const trained = rows.find(({ row_id }) => row_id !== null)!;
    const { importance } = await client.call("GET /model_card", { query: { trained_model_id: trained.trained_model_id } });
    await tab.open(`/app/results/${trained.row_id}?tab=model`);
    await page.getByText("of the model trained of this result").waitFor();
    await page.getByRole("button", { name: "Table" }).last().click();
    await page.getByRole("table").getByText(importance[0]!.feature, { exact: true }).first().waitFor();
    const unkept = { pack_id: world.packId, model_id: world.modelId, robustness: "none", save: false, splits: 3 } as const;
    const { run_id } = await client.call("POST /backtest", { body: unkept });
    await tab.open(`/app/backtests/${run_id}?tab=model`);
    await page.getByText("This backtest was not kept on the leaderboard").waitFor({ timeout: 60_000 });
  });

  it("complained of nothing", () => {
    expect(tab.complaints).toEqual([]);
  });
});
