import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { createSigmaClient } from "#client/sigma-client.ts";
import { describeInBrowser, launchBrowser } from "./support/browser-suite.ts";
import { DEMO_MS, demoHome, emptyHome } from "./support/demo-home.ts";
import { type LocalApp, startApp } from "./support/local-app.ts";
import { openTab, type Tab, until } from "./support/tab.ts";

const MODEL_ID = "spx_eq_swing_daily";

describeInBrowser("a newcomer", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  /** The highest share that progress bars have shown, and how often it rose. */
  const watchProgress = (tab: Tab) =>
    tab.page.evaluate(`(() => {
      globalThis.shares = [];
      setInterval(() => {
        const bar = document.querySelector("main progress");
        if (bar !== null && bar.value !== globalThis.shares.at(-1)) globalThis.shares.push(bar.value);
      }, 20);
    })()`);

  it("goes from the start to a published paper model, over a server that dies in the middle of a sweep", { timeout: 300_000 }, async () => {
    const home = emptyHome();
    const app = await startApp(home.path);
    onTestFinished(async () => {
      await app.stop();
      home.remove();
    });
    const tab = await openTab(browser, app.url);
    const { page } = tab;

    // Nothing is known but the address that the server said.
    await page.goto(app.url);
    await tab.shown();
    expect(page.url()).toBe(`${app.url}/app/`);
    await page.getByRole("main").getByRole("link", { name: "Create a model" }).first().click();
    await tab.shown();

    await page
      .getByRole("listitem")
      .filter({ hasText: "Daily swing, entered at the close" })
      .getByRole("button", { name: "Use this template" })
      .click();
    for (const step of ["Indicators", "Settings", "Validate and preview"]) {
      await page.getByText("Every rule holds: this model can be made.").waitFor();
      await page.getByRole("button", { name: `Next: ${step}` }).click();
    }
    await page.getByText("Leak check OK").waitFor();
    await page.getByRole("button", { name: "Next: Save and run" }).click();
    await page.getByRole("button", { name: "Save and run", exact: true }).click();

    // Left while it runs, and found again from the start page.
    await until(page, `new URL(location.href).searchParams.has("run")`);
    const runId = new URL(page.url()).searchParams.get("run")!;
    await tab.open("/app/");
    await page.locator(`main a[href*="${runId}"]`).first().click();
    await page.getByRole("heading", { name: "What to do next" }).waitFor({ timeout: 60_000 });

    // The sweep's server is killed as soon as it has taken the order, and started again at the same address.
    await tab.open(`/app/sweeps/new?pack=swingsigma&model=${MODEL_ID}`);
    const taken = page.waitForResponse((response) => response.request().method() === "POST" && response.url().endsWith("/v1/sweeps"));
    const [answer] = await Promise.all([taken, page.getByRole("button", { name: /^Start 27 variants/ }).click()]);
    expect(answer.ok()).toBe(true);
    const untilNow = tab.complaints.splice(0);
    await app.kill();
    await app.start();
    // A page whose files did not arrive before the server died is loaded by its button.
    const goOn = page.getByRole("button", { name: "Go on with it" });
    const load = page.getByRole("button", { name: "Load it" });
    await goOn.or(load).first().waitFor({ timeout: 60_000 });
    if (await load.isVisible()) await load.click();
    await goOn.waitFor({ timeout: 60_000 });
    expect(untilNow).toEqual([]);
    // Requests to a server that is gone cannot succeed.
    tab.complaints.splice(0);
    await watchProgress(tab);
    await goOn.click();
    await page.getByRole("heading", { name: "Variants" }).waitFor({ timeout: 120_000 });
    const shares = (await page.evaluate("globalThis.shares")) as number[];
    expect(shares.length).toBeGreaterThan(2);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));

    // The gate says no, and how far away it is; what fails is trained for research only.
    await page.getByRole("button", { name: "Fail", exact: true }).first().waitFor();
    await page.locator("tbody").getByRole("checkbox").first().check();
    await page.getByRole("button", { name: "Train selected" }).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.getByRole("button", { name: "Train 1 row" }).isDisabled()).toBe(true);
    await dialog.getByRole("checkbox").check();
    await dialog.getByRole("button", { name: "Train 1 row" }).click();
    await dialog.getByRole("link", { name: `Training of ${MODEL_ID}` }).click();

    await page.getByRole("button", { name: "Publish to paper" }).click({ timeout: 60_000 });
    await page.getByRole("alertdialog").getByRole("button", { name: "Publish" }).click();
    await page.getByText("It is on paper. Watch its signals").waitFor({ timeout: 60_000 });
    await page.getByRole("link", { name: "See the signals" }).click();
    await tab.shown();

    const { rows } = await createSigmaClient({ baseUrl: app.url }).call("GET /trained_models", {});
    expect(rows).toMatchObject([{ model_id: MODEL_ID, status: "published", stage: "paper", proven: false }]);
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });
});

describeInBrowser("a sweep that is canceled", () => {
  let browser: Browser;
  let app: LocalApp;
  let remove: () => void;
  beforeAll(async () => {
    const home = await demoHome();
    remove = home.remove;
    [app, browser] = await Promise.all([startApp(home.path), launchBrowser()]);
  }, DEMO_MS);
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    remove?.();
  });

  it("asks first, stops, says what is kept, and can go on", { timeout: 240_000 }, async () => {
    const client = createSigmaClient({ baseUrl: app.url });
    const axes = { thresholds: [0, 0.1], top_pct: [0.1, 0.3, 0.6, 1], hold_bars: [1, 2, 3, 4, 5, 6], stop_loss: [0.01, 0.05] };
    const body = { pack_id: "swingsigma", model_id: MODEL_ID, mode: "custom", axes } as const;
    const { run_id } = await client.call("POST /sweeps", { body });
    const tab = await openTab(browser, app.url, { expected: /\/resume$/ });
    const { page } = tab;
    await tab.open(`/app/sweeps/${run_id}`);
    await page.getByRole("button", { name: "Cancel sweep" }).click();
    const question = page.getByRole("alertdialog");
    await question.getByText("Cancel this sweep?").waitFor();
    await question.getByRole("button", { name: "Cancel sweep" }).click();
    await page.getByRole("button", { name: "Go on with it" }).waitFor();
    await page.getByText("Canceled").first().waitFor();
    expect((await client.call("GET /runs/{run_id}", { params: { run_id } })).status).toBe("canceled");
    // Fits that had begun end first: until then the API refuses, and the page waits by itself.
    await page.getByRole("button", { name: "Go on with it" }).click();
    await page.getByRole("heading", { name: "Variants" }).waitFor({ timeout: 120_000 });
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });
});
