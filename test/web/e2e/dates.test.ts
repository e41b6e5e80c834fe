import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeInBrowser } from "./support/browser-suite.ts";
import { faultsOf } from "./support/page-checks.ts";
import { serveDemo } from "./support/serve-demo.ts";
import { openTab, type Tab, until } from "./support/tab.ts";

describeInBrowser("a date field", () => {
  const served = serveDemo();
  let tab: Tab;
  let page: Page;
  beforeAll(async () => {
    tab = await openTab(served.browser, served.app.url);
    page = tab.page;
  });
  afterAll(async () => {
    await tab?.close();
    expect(tab?.complaints).toEqual([]);
  });

  const openForm = () => tab.open("/app/models/swingsigma/spx_eq_swing_daily?tab=composer&job=build");
  const first = () => page.getByLabel("First session");
  const opener = () => page.getByRole("button", { name: "Open the calendar" }).first();
  const calendar = () => page.getByRole("dialog", { name: "Calendar" });
  const day = (name: string) => calendar().getByRole("button", { name });
  const focused = async (): Promise<string | null> =>
    (await page.evaluate(
      "document.activeElement.closest('[data-day]')?.dataset.day ?? document.activeElement.getAttribute('aria-label')",
    )) as string;
  const scripts = async (): Promise<string[]> =>
    (await page.evaluate(
      "performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => /month-calendar.*[.]js$/.test(name))",
    )) as string[];

  it("takes and shows one form of a date, and says in the server's words what is none", async () => {
    await openForm();
    await first().fill("2026-1");
    await first().blur();
    await page.getByText('must be a date such as 2026-11-20; found "2026-1"').waitFor();
    expect(await first().getAttribute("aria-invalid")).toBe("true");
    expect(await faultsOf(page)).toEqual([]);
    await first().fill("20190614");
    expect(await first().inputValue()).toBe("2019-06-14");
    await first().blur();
    expect(await first().getAttribute("aria-invalid")).toBeNull();
    expect(await scripts()).toEqual([]);
  });

  it("opens a calendar at its date, which is loaded then, and goes by the keyboard", async () => {
    await openForm();
    await first().fill("2019-06-14");
    await opener().focus();
    await page.keyboard.press("Enter");
    await until(page, `document.activeElement.closest('[data-day="2019-06-14"]') !== null`);
    expect((await scripts()).length).toBe(1);
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toBe("2019-06-15");
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toBe("2019-06-22");
    await page.keyboard.press("PageUp");
    expect(await focused()).toBe("2019-05-22");
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await calendar().waitFor({ state: "detached" });
    expect(await focused()).toBe("Open the calendar");
    expect(await first().inputValue()).toBe("2019-06-14");
  });

  it("jumps to months and years, and puts the day that is taken into the field", async () => {
    await openForm();
    await opener().click();
    await calendar().getByLabel("Choose the Year").selectOption("2015");
    await calendar().getByLabel("Choose the Month").selectOption({ label: "January" });
    await day("Monday, January 5, 2015").click();
    await calendar().waitFor({ state: "detached" });
    expect(await first().inputValue()).toBe("2015-01-05");
    expect(await focused()).toBe("Open the calendar");
    await first().fill("");
    await first().blur();
    expect(await first().inputValue()).toBe("");
    expect(await first().getAttribute("aria-invalid")).toBeNull();
  });

  it("keeps to its bounds, in a dialog and on a phone", async () => {
    await page.setViewportSize({ width: 390, height: 900 });
    await tab.open("/app/signals?workspace=simulated");
    await page.getByRole("button", { name: "Score now" }).click();
    const dialog = page.getByRole("dialog", { name: "Score published models" });
    const session = dialog.getByLabel("As of the close of");
    await session.fill("2029-06-15");
    await session.blur();
    await dialog.getByText(/must be \d{4}-\d{2}-\d{2} or earlier; found "2029-06-15"/).waitFor();
    await session.fill("2019-06-14");
    await dialog.getByRole("button", { name: "Open the calendar" }).click();
    await calendar().getByLabel("Choose the Year").waitFor();
    const years = (await calendar().getByLabel("Choose the Year").locator("option").allTextContents()).map(Number);
    expect(Math.max(...years)).toBe(new Date().getUTCFullYear());
    expect(Math.min(...years)).toBe(1990);
    await calendar()
      .getByLabel("Choose the Year")
      .selectOption(String(Math.max(...years)));
    await calendar().getByLabel("Choose the Month").selectOption({ index: 0 });
    expect(
      await faultsOf(page, [
        [390, "dark"],
        [390, "light"],
      ]),
    ).toEqual([]);
    await page.keyboard.press("Escape");
    await calendar().waitFor({ state: "detached" });
    expect(await dialog.isVisible()).toBe(true);
    await page.setViewportSize({ width: 1280, height: 900 });
  });
});
