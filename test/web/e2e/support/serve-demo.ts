import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { launchBrowser } from "./browser-suite.ts";
import { DEMO_MS, demoHome, type ScratchHome } from "./demo-home.ts";
import { kindsHome } from "./kinds-home.ts";
import { type LocalApp, startApp } from "./local-app.ts";

/** A home behind a server, and a browser before it. A test that ends the server puts another one in its place. */
export interface ServedHome {
  home: ScratchHome;
  app: LocalApp;
  browser: Browser;
}

/** Serves the demo to the tests of one suite, from before the first to after the last; filled when they begin. */
export const serveDemo = (): ServedHome => serveHome(demoHome);

/** Serves models of other kinds than the demo's. */
export const serveKinds = (): ServedHome => serveHome(kindsHome);

function serveHome(make: () => Promise<ScratchHome>): ServedHome {
  const served = {} as ServedHome;
  beforeAll(async () => {
    served.home = await make();
    [served.app, served.browser] = await Promise.all([startApp(served.home.path), launchBrowser()]);
  }, DEMO_MS);
  afterAll(async () => {
    await served.browser?.close();
    await served.app?.stop();
    served.home?.remove();
  });
  return served;
}
