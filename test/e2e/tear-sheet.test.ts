import axe from "axe-core";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tearSheetHtml } from "#lib/backtest/tear-sheet/tear-sheet.ts";
import { sampleReport, VERDICT } from "../lib/backtest/tear-sheet/sample-report.ts";
import { findBrowser } from "../support/browser.ts";

const executablePath = findBrowser();

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

const pages = {
  daily: tearSheetHtml(sampleReport(), VERDICT),
  hourly: tearSheetHtml(sampleReport({ barsPerSession: 6 }), VERDICT),
  idle: tearSheetHtml({ ...sampleReport({ threshold: 0.999 }), robustness: null }, { ...VERDICT, gate: { status: "PASS", reasons: [] } }),
};

function suite(): void {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath!, args: ["--no-sandbox"] });
  });
  afterAll(() => browser.close());

  const open = async (html: string, width: number, colorScheme: "light" | "dark", bypassCSP: boolean) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => complaints.push(request.url()));
    await page.setContent(html);
    return { context, page, complaints };
  };

  const cases = [
    ["daily", 1280, "light"],
    ["daily", 1280, "dark"],
    ["daily", 390, "light"],
    ["daily", 390, "dark"],
    ["hourly", 390, "light"],
    ["hourly", 1280, "dark"],
    ["idle", 1280, "light"],
    ["idle", 390, "dark"],
  ] as const;

  it.each(cases)("has no serious finding of axe: %s at %i pixels, %s", async (name, width, scheme) => {
    const { context, page } = await open(pages[name], width, scheme, true);
    await page.evaluate(axe.source);
    const { violations } = (await page.evaluate("axe.run()")) as { violations: readonly Violation[] };
    await context.close();
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });

  it.each(cases)("never scrolls sideways, and obeys its own policy: %s at %i pixels, %s", async (name, width, scheme) => {
    const { context, page, complaints } = await open(pages[name], width, scheme, false);
    const found = (await page.evaluate(`({
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      paper: getComputedStyle(document.body).backgroundColor,
      drawn: [...document.querySelectorAll("svg")].filter((svg) => svg.getBoundingClientRect().width > 0).length,
    })`)) as { overflow: number; paper: string; drawn: number };
    await context.close();
    expect(found).toEqual({ overflow: 0, paper: scheme === "dark" ? "rgb(20, 23, 28)" : "rgb(255, 255, 255)", drawn: 5 });
    expect(complaints).toEqual([]);
  });
}

if (executablePath === undefined)
  describe.skip("the tear sheet in a browser (SKIPPED: no chromium on the PATH, and CHROME names none)", () =>
    it("needs a browser", () => undefined));
else describe("the tear sheet in a browser", suite);
