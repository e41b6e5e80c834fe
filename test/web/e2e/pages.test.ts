import { beforeAll, expect, it } from "vitest";
import { PAGES } from "./pages.ts";
import { describeInBrowser } from "./support/browser-suite.ts";
import { faultsOf, type Look, TWO_LOOKS } from "./support/page-checks.ts";
import { serveDemo } from "./support/serve-demo.ts";
import { openTab, until } from "./support/tab.ts";
import { readWorld, type World } from "./support/world.ts";

/** Both themes and both widths of every page; with SIGMA_ALL_LOOKS=1 each theme at each width, in twice the time. */
const OTHER_LOOKS: readonly Look[] = [
  [1280, "dark"],
  [390, "light"],
];
const looksOf = (place: number): readonly Look[] =>
  process.env["SIGMA_ALL_LOOKS"] === "1" ? [...TWO_LOOKS, ...OTHER_LOOKS] : place % 2 === 0 ? TWO_LOOKS : OTHER_LOOKS;

describeInBrowser("every page of the app", () => {
  const served = serveDemo();
  let world: World;

  beforeAll(async () => {
    world = await readWorld(served.app.url);
  });

  it.each(PAGES.map((page, place) => [page.name, page, place] as const))(
    "%s is accessible, fits and complains of nothing",
    async (_, { path }, place) => {
      const tab = await openTab(served.browser, served.app.url);
      await tab.open(path(world));
      const faults = await faultsOf(tab.page, looksOf(place));
      await tab.close();
      expect([...faults, ...tab.complaints]).toEqual([]);
    },
  );

  it("does not exist at an address that none has, and says so in words", async () => {
    const tab = await openTab(served.browser, served.app.url, { expected: /nowhere/ });
    await tab.page.goto(`${served.app.url}/app/nowhere/at/all`);
    await until(tab.page, "document.body.innerText.trim() !== ''");
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });
});
