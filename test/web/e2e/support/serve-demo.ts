import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { launchBrowser } from "./browser-suite.ts";
import { DEMO_MS, demoHome, type ScratchHome } from "./demo-home.ts";
import { type LocalApp, startApp } from "./local-app.ts";

/** The demo's home behind a server, and a browser before it. A test that ends the server puts another one in its place. */
export interface ServedDemo {
  home: ScratchHome;
  app: LocalApp;
  browser: Browser;
}

/** Serves the demo to the tests of one suite, from before the first to after the last; filled when they begin. */
export function serveDemo(): ServedDemo {
  const served = {} as ServedDemo;
  beforeAll(async () => {
    served.home = await demoHome();
    [served.app, served.browser] = await Promise.all([startApp(served.home.path), launchBrowser()]);
  }, DEMO_MS);
  afterAll(async () => {
    await served.browser?.close();
    await served.app?.stop();
    served.home?.remove();
  });
  return served;
}
