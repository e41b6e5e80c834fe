import { beforeAll, expect, it } from "vitest";
import { type AppPage, KIND_PAGES, PAGES } from "./pages.ts";
import { describeInBrowser } from "./support/browser-suite.ts";
import { faultsOf, type Look, TWO_LOOKS } from "./support/page-checks.ts";
import { type ServedHome, serveDemo, serveKinds } from "./support/serve-demo.ts";
import { openTab, until } from "./support/tab.ts";
import { readKinds, readWorld } from "./support/world.ts";

const OTHER_LOOKS: readonly Look[] = [
  [1280, "dark"],
  [390, "light"],
];
const ALL_LOOKS = [...TWO_LOOKS, ...OTHER_LOOKS];
const wantsAll = process.env["SIGMA_ALL_LOOKS"] === "1";

/** Both themes and both widths of every page; with SIGMA_ALL_LOOKS=1 each theme at each width, in twice the time. */
const bothOf = (place: number): readonly Look[] => (wantsAll ? ALL_LOOKS : place % 2 === 0 ? TWO_LOOKS : OTHER_LOOKS);
/** The demo has shown the same pages in two looks already: here they take turns. */
const turnOf = (place: number): readonly Look[] => (wantsAll ? ALL_LOOKS : [ALL_LOOKS[place % 4]!]);

/** One test for every page of a home. */
function itShows<W>(pages: readonly AppPage<W>[], served: ServedHome, read: (url: string) => Promise<W>, looksOf: typeof bothOf): void {
  let world: W;
  beforeAll(async () => {
    world = await read(served.app.url);
  });

  it.each(pages.map((page, place) => [page.name, page, place] as const))(
    "%s is accessible, fits and complains of nothing",
    async (_, { path }, place) => {
      const tab = await openTab(served.browser, served.app.url);
      await tab.open(path(world));
      const faults = await faultsOf(tab.page, looksOf(place));
      await tab.close();
      expect([...faults, ...tab.complaints]).toEqual([]);
    },
  );
}

describeInBrowser("every page of the app", () => {
  const served = serveDemo();
  itShows(PAGES, served, readWorld, bothOf);

  it("does not exist at an address that none has, and says so in words", async () => {
    const tab = await openTab(served.browser, served.app.url, { expected: /nowhere/ });
    await tab.page.goto(`${served.app.url}/app/nowhere/at/all`);
    await until(tab.page, "document.body.innerText.trim() !== ''");
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });
});

describeInBrowser("the pages of other kinds of models", () => {
  itShows(KIND_PAGES, serveKinds(), readKinds, turnOf);
});
