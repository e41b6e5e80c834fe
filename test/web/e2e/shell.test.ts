import { expect, it } from "vitest";
import { buildWebApp } from "#infra/local/web-build.ts";
import { readManifest, startScripts } from "../first-load.ts";
import { describeInBrowser } from "./support/browser-suite.ts";
import { emptyHome } from "./support/demo-home.ts";
import { startApp } from "./support/local-app.ts";
import { serveDemo } from "./support/serve-demo.ts";
import { openTab, until } from "./support/tab.ts";

const textOf = (selector: string): string => `(document.querySelector(${JSON.stringify(selector)})?.innerText ?? "")`;

/** Files of script below the app's address that the browser has fetched, without it. */
const FETCHED_SCRIPTS = `performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname.replace("/app/", "")).filter((name) => name.endsWith(".js"))`;

describeInBrowser("the shell around the pages", () => {
  const served = serveDemo();

  it("finds a page by a few letters, with the keyboard alone, and goes back", async () => {
    const tab = await openTab(served.browser, served.app.url);
    await tab.open("/app/");
    await tab.page.keyboard.press("Control+k");
    await until(tab.page, `document.activeElement?.getAttribute("role") === "combobox"`);
    await tab.page.keyboard.type("packs");
    await until(tab.page, `${textOf('[cmdk-item][data-selected="true"]')}.includes("Packs")`);
    await tab.page.keyboard.press("Enter");
    await until(tab.page, `location.pathname === "/app/packs"`);
    await tab.page.goBack();
    await until(tab.page, `${textOf("h1")} === "Dashboard"`);
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("explains a term in the palette, and leaves it with Escape", async () => {
    const tab = await openTab(served.browser, served.app.url);
    await tab.open("/app/");
    await tab.page.keyboard.press("Control+k");
    await until(tab.page, `document.activeElement?.getAttribute("role") === "combobox"`);
    await tab.page.keyboard.type("dsr");
    await until(tab.page, `${textOf("[cmdk-list]")}.includes("above what the best of all trials would show by luck")`);
    await tab.page.keyboard.press("Escape");
    await until(tab.page, `document.querySelector("[cmdk-list]") === null`);
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("fetches no script before the start page is filled but the ones whose size is counted", async () => {
    const built = await buildWebApp();
    if ("problem" in built) throw new Error(built.problem);
    const tab = await openTab(served.browser, served.app.url);
    await tab.open("/app/");
    await until(tab.page, `${textOf("main")}.includes("No result passed the gate")`);
    const fetched = await tab.page.evaluate<string[]>(FETCHED_SCRIPTS);
    expect(fetched.toSorted()).toEqual(startScripts(readManifest(built.folder)).toSorted());
    // The first press brings what has to answer at once from then on.
    await tab.page.keyboard.press("Shift");
    await until(
      tab.page,
      `["palette", "popover-content", "toast-list"].every((name) => ${FETCHED_SCRIPTS}.some((file) => file.includes(name)))`,
    );
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("keeps the chosen theme over a reload, from the first paint on", async () => {
    const tab = await openTab(served.browser, served.app.url);
    await tab.open("/app/");
    const theme = () => tab.page.evaluate<string>("document.documentElement.dataset.theme ?? 'system'");
    expect(await theme()).toBe("system");
    await tab.page.getByRole("button", { name: /^Theme/ }).click();
    await tab.page.getByRole("button", { name: /^Theme: light/ }).click();
    expect(await theme()).toBe("dark");
    await tab.page.reload();
    expect(await theme()).toBe("dark");
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("marks the simulated workspace everywhere, and its address leads into it", async () => {
    const tab = await openTab(served.browser, served.app.url);
    await tab.open("/app/");
    expect(await tab.page.getByRole("button", { name: "Workspace: LOCAL" }).count()).toBe(1);
    await tab.page.getByRole("button", { name: "Workspace: LOCAL" }).click();
    await tab.page.getByRole("button", { name: "Go to the simulated workspace" }).click();
    // At once, not when the page happens to read its lists again.
    await until(tab.page, `location.search === "?workspace=simulated" && ${textOf("main")}.includes("simedge_eq_swing_daily")`, 8_000);
    expect(await tab.page.getByRole("button", { name: "Workspace: SIMULATED" }).count()).toBe(1);
    // Its live model and each of its best results.
    await until(tab.page, `[...document.querySelectorAll("main button")].filter(({ innerText }) => innerText === "SIMULATED").length > 1`);
    expect(await tab.page.locator("main").textContent()).not.toContain("spx_eq_swing_daily");
    await tab.page.getByRole("link", { name: "Packs", exact: true }).first().click();
    await until(tab.page, `location.pathname === "/app/packs" && location.search === "?workspace=simulated"`);
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("brings an open tab into sight on a phone, and marks a table that goes on beyond its edge", async () => {
    const tab = await openTab(served.browser, served.app.url, { width: 390 });
    await tab.open("/app/packs/swingsigma?tab=documents");
    const [open, list] = await Promise.all([
      tab.page.getByRole("tab", { name: "Documents" }).boundingBox(),
      tab.page.getByRole("tablist").boundingBox(),
    ]);
    expect(open!.x).toBeGreaterThanOrEqual(list!.x);
    expect(open!.x + open!.width).toBeLessThanOrEqual(list!.x + list!.width + 1);
    await tab.close();

    const wide = await openTab(served.browser, served.app.url);
    await wide.open("/app/leaderboard");
    const marked = `document.querySelector("main [class*='_more_']") !== null`;
    await until(wide.page, marked);
    await wide.page.evaluate(
      `(() => { const box = document.querySelector("main table").parentElement; box.scrollLeft = box.scrollWidth; })()`,
    );
    await until(wide.page, `!(${marked})`);
    await wide.close();
    expect([...tab.complaints, ...wide.complaints]).toEqual([]);
  });

  it("shows the verdict's reasons with the distance to each limit", async () => {
    const tab = await openTab(served.browser, served.app.url);
    await tab.open("/app/");
    await until(tab.page, `${textOf("main")}.includes("No result passed the gate")`);
    await tab.page.locator("main").getByRole("button", { name: "Fail" }).last().click();
    const reasons = await tab.page.getByRole("dialog").textContent();
    expect(reasons).toContain("Deflated Sharpe ratio too low");
    expect(reasons).toMatch(/found 0\.\d{3}, asked at least 0\.900 \(0\.\d{3} short, \d+\.\d% of the limit\)/);
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("keeps what was read while there is no network, and says so", async () => {
    const tab = await openTab(served.browser, served.app.url);
    await tab.open("/app/");
    await until(tab.page, `${textOf("main")}.includes("spx_eq_swing_daily")`);
    await tab.context.setOffline(true);
    await until(tab.page, `${textOf("main")}.includes("Offline. What you see was read before")`);
    expect(await tab.page.locator("main").textContent()).toContain("spx_eq_swing_daily");
    await tab.context.setOffline(false);
    await until(tab.page, `!${textOf("main")}.includes("Offline")`);
    await tab.close();
  });

  it("says what failed, by which request, and reads it again on demand", async () => {
    const tab = await openTab(served.browser, served.app.url, { expected: /leaderboard|503/ });
    const problem = { type: "about:blank", title: "The store is unavailable", status: 503, code: "STORE_UNAVAILABLE", request_id: "req_1" };
    const body = JSON.stringify({ ...problem, detail: "The store did not answer within 2 s." });
    await tab.page.route("**/v1/leaderboard*", (route) => route.fulfill({ status: 503, contentType: "application/problem+json", body }));
    await tab.open("/app/");
    await until(tab.page, `${textOf('main [role="alert"]')}.includes("The store did not answer within 2 s.")`);
    expect(await tab.page.locator('main [role="alert"]').textContent()).toContain("STORE_UNAVAILABLE · request req_1");
    await tab.page.unroute("**/v1/leaderboard*");
    await tab.page.getByRole("button", { name: "Try again" }).click();
    await until(tab.page, `${textOf("main")}.includes("No result passed the gate")`);
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("tells a fault of the app from a part that did not come and a server that is gone, and says what to do", async () => {
    const tab = await openTab(served.browser, served.app.url, { expected: /./ });
    const { page } = tab;
    await page.route("**/v1/leaderboard*", (route) => route.fulfill({ json: { rows: [{ row_id: "lbr_1" }], next_cursor: null } }));
    await tab.open("/app/leaderboard");
    await until(page, `${textOf('main [role="alert"]')}.includes("The app itself is at fault")`);
    expect(await page.locator("main").textContent()).toMatch(/TypeError: .*undefined/);
    await page.unroute("**/v1/leaderboard*");
    await page.getByRole("button", { name: "Load the page again" }).click();
    await page.getByRole("table").waitFor();

    await page.route("**/assets/compare-page*", (route) => route.abort());
    await tab.open("/app/compare");
    await page.getByRole("heading", { name: "There is a newer version of the app" }).waitFor();
    await page.route("**/app/", (route) => route.abort());
    await page.goto(`${served.app.url}/app/compare`);
    await page.getByRole("heading", { name: "The page could not be loaded" }).waitFor();
    await page.unroute("**/assets/compare-page*");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "Compare", exact: true }).waitFor();

    await page.route("**/v1/leaderboard*", (route) => route.abort());
    await page.getByRole("link", { name: "Leaderboard", exact: true }).first().click();
    await page.getByText("The server did not answer. Check that it runs, then try again.").waitFor();
    await tab.close();
  });

  it("gives a dialog the focus without a word of its buttons, and gives it back", async () => {
    const tab = await openTab(served.browser, served.app.url);
    const { page } = tab;
    await tab.open("/app/signals");
    const opener = page.getByRole("button", { name: /^Score/ });
    for (const leave of ["Escape", "Close"] as const) {
      await opener.click();
      await until(page, `document.activeElement?.getAttribute("role") === "dialog"`);
      // A tooltip opens 700 ms after a pointer came, and at once on focus.
      expect(await page.getByRole("tooltip").count()).toBe(0);
      if (leave === "Escape") await page.keyboard.press("Escape");
      else await page.getByRole("dialog").getByRole("button", { name: "Close" }).first().click();
      await until(page, `document.querySelector('[role="dialog"]') === null && document.activeElement?.tagName === "BUTTON"`);
      expect(await page.evaluate("document.activeElement.textContent")).toBe(await opener.textContent());
    }
    // The control that has its focus back has a tooltip of its own, which stays shut.
    await page.keyboard.press("Control+k");
    await until(page, `document.activeElement?.getAttribute("role") === "combobox"`);
    await page.keyboard.press("Escape");
    await until(page, `document.activeElement?.textContent?.startsWith("Score")`);
    expect(await page.getByRole("tooltip").count()).toBe(0);
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("leads a newcomer from an empty home to the first model", async () => {
    const fresh = emptyHome();
    const other = await startApp(fresh.path);
    const tab = await openTab(served.browser, other.url);
    try {
      await tab.open("/app/");
      await until(tab.page, `${textOf("main ol")}.includes("Create a model")`);
      const step = tab.page.locator("main ol").getByRole("link");
      expect(await step.count()).toBe(1);
      expect(await step.getAttribute("href")).toBe("/app/create");
      expect(await tab.page.locator("main").textContent()).toContain("No model is live");
    } finally {
      await tab.close();
      await other.stop();
      fresh.remove();
    }
    expect(tab.complaints).toEqual([]);
  });
});
