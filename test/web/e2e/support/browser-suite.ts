import { type Browser, chromium } from "playwright-core";
import { describe, it } from "vitest";
import { findBrowser } from "../../../support/browser.ts";

const executablePath = findBrowser();

/** Whether there is a browser to test with. */
export const hasBrowser = executablePath !== undefined;

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: executablePath!, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

/** A suite that needs a browser; where there is none one skipped test stands for it, and its title says so. */
export function describeInBrowser(title: string, suite: () => void): void {
  if (hasBrowser) describe(title, suite);
  else describe.skip(`${title} (SKIPPED: no chromium on the PATH, and CHROME names none)`, () => it("needs a browser", () => undefined));
}
