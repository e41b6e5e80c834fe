import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { PAGES } from "./pages.ts";
import { describeInBrowser, launchBrowser } from "./support/browser-suite.ts";
import { DEMO_MS, demoHome, type ScratchHome } from "./support/demo-home.ts";
import { type LocalApp, startApp } from "./support/local-app.ts";
import { axeFindings, overflowing, show } from "./support/page-checks.ts";
import { openTab, until, WIDTHS } from "./support/tab.ts";
import { readWorld, type World } from "./support/world.ts";

describeInBrowser("every page of the app", () => {
  let home: ScratchHome;
  let app: LocalApp;
  let browser: Browser;
  let world: World;

  beforeAll(async () => {
    home = await demoHome();
    [app, browser] = await Promise.all([startApp(home.path), launchBrowser()]);
    world = await readWorld(app.url);
  }, DEMO_MS);
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    home?.remove();
  });

  it.each(PAGES.map((page) => [page.name, page] as const))("%s is accessible, fits and complains of nothing", async (_, { path }) => {
    const tab = await openTab(browser, app.url);
    await tab.open(path(world));
    const findings: string[] = [];
    for (const width of WIDTHS)
      for (const theme of ["light", "dark"] as const) {
        await show(tab.page, width, theme);
        const found = [...(await axeFindings(tab.page)), ...(await overflowing(tab.page)).map((text) => `overflow: ${text}`)];
        findings.push(...found.map((text) => `${width} ${theme}: ${text}`));
      }
    await tab.close();
    expect([...findings, ...tab.complaints]).toEqual([]);
  });

  it("does not exist at an address that none has, and says so in words", async () => {
    const tab = await openTab(browser, app.url, { expected: /nowhere/ });
    await tab.page.goto(`${app.url}/app/nowhere/at/all`);
    await until(tab.page, "document.body.innerText.trim() !== ''");
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });
});
