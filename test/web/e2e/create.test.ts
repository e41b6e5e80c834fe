import { expect, it } from "vitest";
import { createSigmaClient } from "#client/sigma-client.ts";
import { describeInBrowser } from "./support/browser-suite.ts";
import { faultsOf, overflowing } from "./support/page-checks.ts";
import { serveDemo } from "./support/serve-demo.ts";
import { openTab, type Tab, until } from "./support/tab.ts";

describeInBrowser("creating a model", () => {
  const served = serveDemo();

  const next = (tab: Tab, name: string) => tab.page.getByRole("button", { name: `Next: ${name}` }).click();
  const heading = (tab: Tab, name: string) => tab.page.getByRole("heading", { level: 2, name }).waitFor();
  const stepIn = (tab: Tab): string | null => new URL(tab.page.url()).searchParams.get("step");

  it("leads from a template through every step to a run, and says what comes next", async () => {
    const tab = await openTab(served.browser, served.app.url);
    await tab.open("/app/create?on=sample");
    const runsNow = tab.page.getByRole("listitem").filter({ hasText: "real sample data" });
    await runsNow.first().waitFor();
    expect(await runsNow.count()).toBe(3);
    await tab.page
      .getByRole("listitem")
      .filter({ hasText: "Daily swing, entered at the close" })
      .getByRole("button", { name: "Use this template" })
      .click();
    await heading(tab, "1. Basics");

    // The demo has this name already: it is said before anything is sent, next to the field, and one press mends it.
    await tab.page.getByText('"spx_eq_swing_daily" is taken.').waitFor();
    await next(tab, "Indicators");
    await tab.page.getByText("One thing has to change first.").waitFor();
    expect(stepIn(tab)).toBe("basics");
    await tab.page.getByRole("button", { name: 'Use the variant "v2"' }).click();
    await tab.page.getByText("spx_eq_swing_daily_v2").first().waitFor();
    await tab.page.getByText("Every rule holds: this model can be made.").waitFor();
    await next(tab, "Indicators");

    await heading(tab, "3. Indicators");
    await tab.page.getByLabel("window of rsi").fill("0");
    await tab.page.getByText("must be at least 1; found 0").first().waitFor();
    await tab.page.getByLabel("window of rsi").fill("21");
    await until(tab.page, `!document.body.textContent.includes("must be at least 1; found 0")`);
    await tab.page.getByLabel("Search indicators").fill("implied");
    expect(await tab.page.getByRole("button", { name: "Add atm_iv", exact: true }).isDisabled()).toBe(true);
    await tab.page.getByText("It reads option chains, and SPX of sample has none.").first().waitFor();
    await next(tab, "Settings");

    await heading(tab, "4. Settings");
    await tab.page.getByLabel("Bars ahead").fill("100");
    await tab.page.getByText('The label looks "100" bars ahead').first().waitFor();
    await next(tab, "Validate and preview");
    expect(stepIn(tab)).toBe("settings");
    await tab.page.getByLabel("Bars ahead").fill("5");
    await tab.page.getByText("Every rule holds: this model can be made.").waitFor();
    await next(tab, "Validate and preview");

    await heading(tab, "5. Validate and preview");
    await tab.page.getByText("Leak check OK").waitFor();
    await tab.page.getByText("rsi_21", { exact: true }).first().waitFor();
    await next(tab, "Save and run");

    await heading(tab, "6. Save and run");
    await tab.page.getByText("rsi (window 21)", { exact: false }).waitFor();
    expect(await faultsOf(tab.page)).toEqual([]);
    await tab.page.getByRole("button", { name: "Save and run", exact: true }).click();
    await until(tab.page, `new URL(location.href).searchParams.has("run")`);
    await tab.page.locator("main progress").first().waitFor();
    expect(await faultsOf(tab.page)).toEqual([]);
    const client = createSigmaClient({ baseUrl: served.app.url });
    const run_id = new URL(tab.page.url()).searchParams.get("run")!;
    expect((await client.call("GET /runs/{run_id}", { params: { run_id } })).status).toBe("running");
    await tab.page.getByRole("heading", { name: "What to do next" }).waitFor({ timeout: 60_000 });
    await tab.page.getByRole("button", { name: "Train for research" }).waitFor();
    expect(await faultsOf(tab.page)).toEqual([]);
    const { rows } = await client.call("GET /models", { query: { limit: 50 } });
    expect(rows.map(({ model_id }) => model_id)).toContain("spx_eq_swing_daily_v2");
    await tab.close();
    expect(tab.complaints).toEqual([]);
  }, 120_000);

  it("keeps the draft over a reload, goes back and forth with the served.browser, and offers it again", async () => {
    const tab = await openTab(served.browser, served.app.url, { width: 390 });
    await tab.open("/app/create?step=basics&pack=momentumsigma&template=eq_next_day_close");
    await tab.page.getByLabel("Variant").fill("mine");
    await tab.page.getByText("spx_eq_swing_daily_mine").first().waitFor();
    await tab.page.getByText("Every rule holds: this model can be made.").waitFor();
    await next(tab, "Indicators");
    await heading(tab, "3. Indicators");
    await tab.page.reload();
    await heading(tab, "3. Indicators");
    await tab.page.getByText("spx_eq_swing_daily_mine").first().waitFor();
    await tab.page.goBack();
    await heading(tab, "1. Basics");
    expect(await tab.page.getByLabel("Variant").inputValue()).toBe("mine");
    await tab.page.goForward();
    await heading(tab, "3. Indicators");
    expect(await overflowing(tab.page)).toEqual([]);
    await tab.open("/app/create");
    await tab.page.getByText("You were making a model on SPX in pack momentumsigma.").waitFor();
    await tab.page.getByRole("button", { name: "Go on with it" }).click();
    await heading(tab, "1. Basics");
    expect(await tab.page.getByLabel("Variant").inputValue()).toBe("mine");
    await tab.close();
    expect(tab.complaints).toEqual([]);
  }, 60_000);

  it("works by keyboard: Enter goes on, and the new step takes the focus", async () => {
    const tab = await openTab(served.browser, served.app.url);
    await tab.open("/app/create?step=basics&pack=swingsigma&template=swing_eq_daily_close");
    const variant = tab.page.getByLabel("Variant");
    await variant.focus();
    await tab.page.keyboard.type("keys");
    await tab.page.getByText("Every rule holds: this model can be made.").waitFor();
    await tab.page.keyboard.press("Enter");
    await heading(tab, "3. Indicators");
    expect(await tab.page.evaluate("document.activeElement.textContent")).toBe("3. Indicators");
    await tab.close();
    expect(tab.complaints).toEqual([]);
  }, 60_000);
});
