import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { createSigmaClient } from "#client/sigma-client.ts";
import { describeInBrowser } from "./support/browser-suite.ts";
import { serveDemo } from "./support/serve-demo.ts";
import { openTab, until } from "./support/tab.ts";
import { readWorld, type World } from "./support/world.ts";

const SIMULATED = "workspace=simulated";
/** Closes of the simulated history at which the published model is asked again. */
const CLOSES = ["2019-12-02T21:00:00.000Z", "2019-12-03T21:00:00.000Z", "2019-12-04T21:00:00.000Z", "2019-12-05T21:00:00.000Z"] as const;

const text = async (page: Page): Promise<string> => (await page.evaluate("document.body.innerText")) as string;
const rowsOf = (page: Page): Promise<number> => page.locator("ol[aria-label^='Signals that came'] > li").count();
const says = (words: string): string => `document.querySelector("main").innerText.includes(${JSON.stringify(words)})`;

describeInBrowser("trained models, signals and the administration", () => {
  const served = serveDemo();
  let world: World;

  beforeAll(async () => {
    world = await readWorld(served.app.url, "simulated");
  });

  const client = () => createSigmaClient({ baseUrl: served.app.url, workspace: "simulated" });
  const score = (as_of: string) => client().call("POST /signals/run", { body: { as_of }, waitSeconds: 20 });
  const trained = () => client().call("GET /trained_models/{trained_model_id}", { params: { trained_model_id: world.trainedModelId } });

  it("pauses and resumes a model after asking, and keeps the reason in its audit trail", async () => {
    const tab = await openTab(served.browser, served.app.url);
    const { page } = tab;
    await tab.open(`/app/trained?${SIMULATED}&status=published`);
    await page.getByRole("link", { name: "simedge_eq_swing_daily" }).click();
    await page.getByRole("heading", { name: "Holdout against backtest" }).waitFor();
    expect(await text(page)).toContain("This was the first look of yours");
    await page.getByRole("button", { name: "Pause" }).click();
    const dialog = page.getByRole("alertdialog");
    expect(await dialog.textContent()).toContain("It is not scored until it is resumed");
    await page.keyboard.press("Escape");
    expect((await trained()).status).toBe("published");
    await page.getByRole("button", { name: "Pause" }).click();
    await dialog.getByLabel("Reason").fill("a look at the spread");
    await dialog.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Resume" }).waitFor();
    expect(await trained()).toMatchObject({ status: "paused", transitions: [{}, { to: "paused", reason: "a look at the spread" }] });
    expect(await text(page)).toContain("a look at the spread");
    await page.getByRole("button", { name: "Resume" }).click();
    await dialog.getByRole("button", { name: "Resume" }).click();
    await page.getByRole("button", { name: "Pause" }).waitFor();
    expect((await trained()).status).toBe("published");
    await page.goBack();
    await page.getByRole("heading", { name: "Trained models" }).waitFor();
    expect(new URL(page.url()).searchParams.get("status")).toBe("published");
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("saves the files of a model as the API gives them", async () => {
    const tab = await openTab(served.browser, served.app.url);
    await tab.open(`/app/trained/${world.trainedModelId}?${SIMULATED}`);
    const [download] = await Promise.all([
      tab.page.waitForEvent("download"),
      tab.page.getByRole("button", { name: "Save LightGBM text" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`${world.trainedModelId}.lightgbm.txt`);
    expect((await readFile(await download.path(), "utf8")).slice(0, 4)).toBe("tree");
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("shows signals as they come, holds still while paused, and loses none when the server is killed in between", async () => {
    const tab = await openTab(served.browser, served.app.url, { expected: /signals\/stream|\/v1\/|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE/ });
    const { page } = tab;
    await tab.open(`/app/signals?${SIMULATED}`);
    await until(page, says("Following"));
    await score(CLOSES[0]);
    await until(page, says("1 signal since"));
    expect(await rowsOf(page)).toBe(1);

    await page.getByRole("button", { name: "Pause" }).click();
    await score(CLOSES[1]);
    await until(page, says("1 new since"));
    expect(await rowsOf(page)).toBe(1);
    await page.getByRole("button", { name: "Resume" }).click();
    await until(page, says("2 signals since"));
    expect(await rowsOf(page)).toBe(2);

    await served.app.kill();
    await until(page, says("The stream broke"));
    await served.app.start();
    await until(page, says("Following"));
    await score(CLOSES[2]);
    await until(page, says("3 signals since"));
    expect(await rowsOf(page)).toBe(3);
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("filters the log in its address, exports it, opens a signal by the keyboard and comes back to the same rows", async () => {
    const tab = await openTab(served.browser, served.app.url);
    const { page } = tab;
    await score(CLOSES[3]);
    await tab.open(`/app/signals?${SIMULATED}&tab=log`);
    await page.getByLabel("Side").selectOption("BUY");
    await until(page, "new URL(location.href).searchParams.get('side') === 'BUY'");
    const shown = await page.locator("tbody tr").count();
    const all = (await client().call("GET /signals", { query: { limit: 200 } })).rows;
    expect(shown).toBe(all.filter(({ signal }) => signal === "BUY").length);
    expect(shown).toBeGreaterThan(0);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV" }).click()]);
    expect((await readFile(await download.path(), "utf8")).trimEnd().split("\r\n")).toHaveLength(shown + 1);

    await page.locator("tbody tr").first().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "What moved the model" }).waitFor();
    const signal = all.find(({ signal: side }) => side === "BUY")!;
    expect(page.url()).toContain(signal.signal_id);
    for (const { text: reason } of signal.reasons) expect(await text(page)).toContain(reason);
    await page.getByRole("button", { name: "Show" }).click();
    await until(page, `document.body.innerText.includes('"signal_id"')`);
    await page.goBack();
    await page.locator("tbody tr").first().waitFor();
    expect(new URL(page.url()).search).toContain("side=BUY");
    expect(await page.locator("tbody tr").count()).toBe(shown);
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("does not score as of a day without a session, and says so at the field", async () => {
    const tab = await openTab(served.browser, served.app.url);
    const { page } = tab;
    await tab.open(`/app/signals?${SIMULATED}`);
    await page.getByRole("button", { name: "Score now" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("As of the close of").fill("2019-12-25");
    await dialog.getByRole("button", { name: "Score", exact: true }).click();
    await dialog.getByText("the exchange was closed on this date").waitFor();
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("sets quotas after showing what changes, and says at the field what the API would refuse", async () => {
    const tab = await openTab(served.browser, served.app.url);
    const { page } = tab;
    await tab.open("/app/admin");
    await page.getByLabel("Sweeps a day").selectOption("own");
    await page.getByLabel("Limit").fill("12");
    await page.getByRole("button", { name: "Set quotas" }).click();
    await page.getByText("must not be empty", { exact: false }).waitFor();
    await page.getByLabel("Reason").fill("Order 1042");
    await page.getByRole("button", { name: "Set quotas" }).click();
    const dialog = page.getByRole("alertdialog");
    expect(await dialog.textContent()).toMatch(/Sweeps a day: the tier's → 12/);
    await dialog.getByRole("button", { name: "Set quotas" }).click();
    await until(page, "document.body.innerText.includes('Order 1042')");
    const now = await client().call("GET /admin/quotas", { query: { owner: "local" } });
    expect(now).toMatchObject({ reason: "Order 1042", changed_by: "local" });
    expect(now.quotas.find(({ name }) => name === "sweeps_per_day")).toMatchObject({ limit: 12, source: "owner" });
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("shows nothing of other owners to whoever does not administer", async () => {
    const tab = await openTab(served.browser, served.app.url, { expected: /\/v1\/admin\// });
    const problem = { type: "about:blank", title: "The credentials do not allow this", status: 403, code: "FORBIDDEN" };
    await tab.page.route("**/v1/admin/**", (route) =>
      route.fulfill({ status: 403, contentType: "application/problem+json", body: JSON.stringify(problem) }),
    );
    await tab.open("/app/admin?owner=zoe_9");
    expect(await text(tab.page)).toContain("This page is for administrators");
    expect(await text(tab.page)).not.toContain("zoe_9");
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });
});
