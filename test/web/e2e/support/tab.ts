import { setTimeout as pause } from "node:timers/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";

export type Theme = "light" | "dark";

/** Of the window, in pixels. */
export const HEIGHT = 900;

export interface Tab {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What went wrong so far: messages of the console, uncaught errors, requests that failed or were refused. */
  readonly complaints: string[];
  /** Opens a path of the app and waits until it has shown what it has. */
  open(path: string): Promise<void>;
  /** Waits until the page that a click led to has shown what it has. */
  shown(): Promise<void>;
  close(): Promise<void>;
}

export interface TabOptions {
  readonly width?: number;
  readonly theme?: Theme;
  /** Answers that the test provokes and that are no complaint, by address. */
  readonly expected?: RegExp;
}

export async function openTab(browser: Browser, url: string, { width = 1280, theme = "light", expected }: TabOptions = {}): Promise<Tab> {
  const context = await browser.newContext({ viewport: { width, height: HEIGHT }, colorScheme: theme, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  const complain = (text: string, address = ""): void => {
    if (expected?.test(address) || expected?.test(text)) return;
    complaints.push(text.slice(0, 400));
  };
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning")
      complain(`console ${message.type()}: ${message.text()}`, message.location().url);
  });
  page.on("pageerror", (error) => complain(`uncaught: ${String(error)}`));
  page.on("response", (response) => {
    if (response.status() >= 400) complain(`${response.status()} ${response.request().method()} ${response.url()}`, response.url());
  });
  page.on("requestfailed", (request) => {
    // A page that is left hangs up on what it was waiting for.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") complain(`${request.failure()?.errorText} ${request.url()}`, request.url());
  });
  return {
    context,
    page,
    complaints,
    open: async (path) => {
      await page.goto(`${url}${path}`, { waitUntil: "load" });
      await untilShown(page);
    },
    shown: () => untilShown(page),
    close: () => context.close(),
  };
}

/** Waits until the page has its heading and nothing in it says that it is still being filled. */
async function untilShown(page: Page): Promise<void> {
  await until(page, `document.querySelector("main h1") !== null && document.querySelector('[aria-busy="true"]') === null`);
  await page.evaluate("document.fonts.ready.then(() => undefined)");
}

const LONGEST_WAIT_MS = 30_000;

/**
 * Waits until an expression holds in the page. The browser's own waiting would need to compile text in the page, which the
 * app's policy forbids.
 */
export async function until(page: Page, expression: string, longestMs = LONGEST_WAIT_MS): Promise<void> {
  const startedAt = performance.now();
  for (;;) {
    // While the page changes to another there is nobody to ask.
    const holds = await page.evaluate(`Boolean(${expression})`).catch(() => false);
    if (holds) return;
    if (performance.now() - startedAt > longestMs) throw new Error(`Within ${longestMs} ms it did not become true: ${expression}`);
    await pause(40);
  }
}
