import type { Browser, Page } from "playwright-core";
import { hasBrowser, launchBrowser } from "../test/web/e2e/support/browser-suite.ts";
import { type LocalApp, startApp } from "../test/web/e2e/support/local-app.ts";

export interface WebLab {
  readonly app: LocalApp;
  readonly browser: Browser;
}

/** Does something with the app in a browser, over a home that is removed afterwards. @throws Error where there is no browser */
export async function inWebLab<T>(home: { readonly path: string; remove(): void }, use: (lab: WebLab) => Promise<T>): Promise<T> {
  if (!hasBrowser) throw new Error("There is no chromium on the PATH, and CHROME names none.");
  const [app, browser] = await Promise.all([startApp(home.path), launchBrowser()]);
  try {
    return await use({ app, browser });
  } finally {
    await browser.close();
    await app.stop();
    home.remove();
  }
}

/** Megabytes of JavaScript objects that the page still needs. */
export async function heapMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  // What the first collection lets go of may hold more.
  for (let i = 0; i < 3; i += 1) await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize / 2 ** 20;
}

/** Begins to note how long interactions take until the page is painted anew. @see W3C Event Timing API, and Interaction to Next Paint */
export async function watchInteractions(page: Page): Promise<void> {
  await page.evaluate(`(() => {
    globalThis.interactions = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.interactionId > 0) globalThis.interactions.push(entry.duration);
    }).observe({ type: "event", durationThreshold: 16, buffered: false });
  })()`);
}

/** The slowest since the last time; 16 ms where none took that long, as shorter ones are not told. */
export async function slowestInteractionMs(page: Page): Promise<number> {
  // Entries come with the frame after the one that was painted.
  await page.evaluate("new Promise((painted) => requestAnimationFrame(() => setTimeout(() => painted(undefined), 250)))");
  return (await page.evaluate("Math.max(16, ...globalThis.interactions.splice(0))")) as number;
}
