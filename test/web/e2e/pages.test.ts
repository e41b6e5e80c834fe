import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { PAGES } from "./pages.ts";
import { describeInBrowser, launchBrowser } from "./support/browser-suite.ts";
import { DEMO_MS, demoHome, type ScratchHome } from "./support/demo-home.ts";
import { type LocalApp, startApp } from "./support/local-app.ts";
import { axeFindings, overflowing, show } from "./support/page-checks.ts";
import { openTab, until } from "./support/tab.ts";
import { readWorld, type World } from "./support/world.ts";

/** Both themes and both widths of every page; with SIGMA_ALL_LOOKS=1 each theme at each width, in twice the time. */
const LOOKS = {
  even: [
    [1280, "light"],
    [390, "dark"],
  ],
  odd: [
    [1280, "dark"],
    [390, "light"],
  ],
} as const;
const looksOf = (place: number): readonly (readonly [number, "light" | "dark"])[] =>
  process.env["SIGMA_ALL_LOOKS"] === "1" ? [...LOOKS.even, ...LOOKS.odd] : place % 2 === 0 ? LOOKS.even : LOOKS.odd;

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

  it.each(PAGES.map((page, place) => [page.name, page, place] as const))(
    "%s is accessible, fits and complains of nothing",
    async (_, { path }, place) => {
      const tab = await openTab(browser, app.url);
      await tab.open(path(world));
      const findings: string[] = [];
      for (const [width, theme] of looksOf(place)) {
        await show(tab.page, width, theme);
        const found = [...(await axeFindings(tab.page)), ...(await overflowing(tab.page)).map((text) => `overflow: ${text}`)];
        findings.push(...found.map((text) => `${width} ${theme}: ${text}`));
      }
      await tab.close();
      expect([...findings, ...tab.complaints]).toEqual([]);
    },
  );

  it("does not exist at an address that none has, and says so in words", async () => {
    const tab = await openTab(browser, app.url, { expected: /nowhere/ });
    await tab.page.goto(`${app.url}/app/nowhere/at/all`);
    await until(tab.page, "document.body.innerText.trim() !== ''");
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });
});
