import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { createSigmaClient } from "#client/sigma-client.ts";
import { describeInBrowser } from "./support/browser-suite.ts";
import { serveDemo } from "./support/serve-demo.ts";
import { openTab, type Tab } from "./support/tab.ts";

const NAME = "Patient Swing";
const ID = "patient_swing";
const DESCRIPTION = "Follows trends of liquid indices over days and takes few, considered positions.";

describeInBrowser("packs", () => {
  const served = serveDemo();

  const heading = (page: Page, name: string) => page.getByRole("heading", { name, exact: true });

  it("are found by tags as people say them, and the address brings the search back", async () => {
    const tab = await openTab(served.browser, served.app.url, { expected: /strategies\?tags=.*sideways/ });
    const { page } = tab;
    await tab.open("/app/packs");
    expect(await page.getByRole("article").count()).toBe(5);
    await page.getByRole("searchbox").fill("conservative long-only swing");
    const found = page.getByRole("link", { name: "Mean reversion swing" });
    await found.waitFor();
    expect(await page.getByRole("article").count()).toBe(2);
    expect(await page.getByText("Found by its strategy Mean reversion swing.").count()).toBe(1);
    expect(await page.getByLabel("Risk", { exact: true }).inputValue()).toBe("conservative");

    await page.getByLabel("Experience", { exact: true }).selectOption("beginner");
    await page.getByText("1 strategy with these tags").waitFor();
    expect(new URL(page.url()).searchParams.get("q")).toBe("conservative long-only swing beginner");
    await found.click();
    await heading(page, "SwingSigma").waitFor();
    expect(await page.locator("li[aria-current]").textContent()).toContain("adx_14 < 20");
    await page.goBack();
    await page.getByText("1 strategy with these tags").waitFor();

    await page.getByRole("searchbox").fill("sideways");
    await page.getByText("Nothing has these words").waitFor();
    expect(await page.getByRole("alert").textContent()).toContain('"sideways" is not a tag');
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("show indicators with parameters and bounds, limits with their meaning, and the report, by keyboard and by address", async () => {
    const tab = await openTab(served.browser, served.app.url);
    const { page } = tab;
    await tab.open("/app/packs/swingsigma?tab=indicators&indicator=rsi");
    const drawer = page.getByRole("dialog");
    expect(await drawer.textContent()).toContain("whole number, ≥ 1 and ≤ 1000");
    expect(await drawer.textContent()).toContain("0 to 100");
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
    expect(page.url()).not.toContain("indicator=");

    await page.getByRole("tab", { name: /^Strategies/ }).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("rowheader", { name: "Residual Sharpe ratio" }).waitFor();
    expect(page.url()).toContain("tab=risk");
    await page.getByRole("button", { name: "Deflated Sharpe ratio" }).focus();
    await page.getByRole("tooltip").waitFor();

    await page.getByRole("tab", { name: "Checks" }).click();
    await page.getByText("Every check passed: there is nothing to mend.").waitFor();
    await page.getByRole("tab", { name: /^Templates/ }).click();
    const create = page.getByRole("listitem").filter({ hasText: "swing_eq_daily_close" }).getByRole("link", { name: "Create model" });
    expect(await create.getAttribute("href")).toMatch(/\/app\/create\?pack=swingsigma&template=swing_eq_daily_close$/);
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("are built in six steps, refused with the server's words, left and found again, tested, saved and handed in", async () => {
    const tab = await openTab(served.browser, served.app.url, { expected: /\/v1\/pack_drafts$/ });
    const { page } = tab;
    await tab.open("/app/packs/new");
    await page.getByRole("button", { name: "Create the draft and go on" }).click();
    expect(await page.getByText("is required", { exact: true }).count()).toBe(3);
    await page.getByLabel("Name", { exact: true }).fill(NAME);
    await page.getByLabel("Id", { exact: true }).fill(ID);
    await page.getByLabel("Description").fill(DESCRIPTION);
    await page.getByLabel("Asset", { exact: true }).selectOption("crypto");
    await page.getByRole("button", { name: "Create the draft and go on" }).click();
    await page.getByRole("alert").filter({ hasText: "no provider offers crypto" }).waitFor();
    await page.getByLabel("Asset", { exact: true }).selectOption("equities");
    await page.getByRole("button", { name: "Create the draft and go on" }).click();
    await page.waitForURL(/step=indicators/);

    // A pack of stocks has no use for what option chains say: such indicators are not offered.
    await page.getByLabel("Menu").click();
    const offered = page.getByRole("listbox").getByRole("option");
    await offered.filter({ hasText: "rsi" }).first().waitFor();
    expect(await offered.filter({ hasText: "pcr_oi" }).count()).toBe(0);
    await page.keyboard.press("Escape");
    await page.getByLabel("Entered at").selectOption("decision_close");
    await page.getByRole("button", { name: "Save and go on" }).click();
    await page.waitForURL(/step=gates/);
    await tab.close();
    expect(tab.complaints).toEqual([]);

    const again = await openTab(served.browser, served.app.url);
    await again.open("/app/packs");
    await again.page.getByRole("link", { name: "Go on" }).click();
    await testAndSave(again);
    expect(again.complaints).toEqual([]);
    await again.close();
  });

  async function testAndSave({ page }: Tab): Promise<void> {
    await heading(page, "Gates").waitFor();
    expect(await page.getByLabel("Largest drawdown, at most").inputValue()).toBe("20");
    await page.getByLabel("Residual Sharpe ratio, at least").fill("0.3");
    await page.getByRole("button", { name: "Save and go on" }).click();
    await page.waitForURL(/step=strategy/);
    await page.getByLabel("Column of condition 1").fill("ADX 14");
    await page.getByRole("button", { name: "Save the strategies" }).click();
    await page.getByRole("alert").filter({ hasText: "all.0.column: must name a column" }).waitFor();
    await page.getByLabel("Column of condition 1").fill("adx_14");
    await page.getByLabel("Value of condition 1: a number or a column").fill("10");
    await page.getByText("Save the strategies first").waitFor();
    await page.getByRole("button", { name: "Save the strategies" }).click();
    await page.getByText("Save the strategies first").waitFor({ state: "detached" });

    await page.getByLabel("One year of").click();
    await page.getByRole("option", { name: /^SPX/ }).click();
    await page.getByRole("button", { name: "Run the test" }).click();
    await page.getByText("The version can be used.").waitFor({ timeout: 60_000 });
    await page.getByRole("button", { name: "Review the pack" }).click();
    await heading(page, "Validation report").waitFor();
    await page.getByRole("button", { name: "Go on to save" }).click();
    await page.getByLabel("Hand it in for review, too").check();
    await page.getByRole("button", { name: "Save the pack" }).click();
    await heading(page, NAME).waitFor();
    await page.getByText("In use", { exact: true }).first().waitFor();
    await page.getByText("0.1.0 submitted").waitFor();
  }

  it("of one's own are changed with a diff, never over what somebody else wrote meanwhile, and deleted after a question", async () => {
    const client = createSigmaClient({ baseUrl: served.app.url });
    const tab = await openTab(served.browser, served.app.url, { expected: /\/v1\/packs\/(patient_swing|copied_swing)$/ });
    const { page } = tab;
    await tab.open("/app/packs/swingsigma?tab=documents");
    await page.getByRole("button", { name: "Copy as my own pack" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Copied Swing");
    await page.getByLabel("Id", { exact: true }).fill("copied_swing");
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    await heading(page, "Copied Swing").waitFor();
    await tab.shown();
    expect(await page.getByText("Draft", { exact: true }).count()).toBeGreaterThan(0);

    const text = page.getByLabel("Text of copied_swing/pack.yaml");
    await text.fill((await text.inputValue()).replace("The patient hunter:", "The copied hunter:"));
    await page.getByRole("tab", { name: "What differs" }).click();
    expect(await page.getByRole("region", { name: "Changes of copied_swing/pack.yaml" }).textContent()).toContain("The copied hunter:");

    // Somebody else writes first.
    const { documents } = await client.call("GET /packs/{pack_id}/documents", { params: { pack_id: "copied_swing" } });
    const theirs = { ...documents, "copied_swing/pack.yaml": documents["copied_swing/pack.yaml"]!.replace("0.1.0", "0.1.1") };
    await client.call("PUT /packs/{pack_id}", { params: { pack_id: "copied_swing" }, body: { documents: theirs } });
    await page.getByRole("button", { name: "Write the version" }).click();
    const conflict = page.getByRole("alert").filter({ hasText: "changed elsewhere" });
    await conflict.waitFor();
    expect(await conflict.textContent()).toContain("version: 0.1.1");
    await page.getByRole("button", { name: "Write mine over it" }).click();
    await conflict.waitFor({ state: "detached" });
    const written = await client.call("GET /packs/{pack_id}/documents", { params: { pack_id: "copied_swing" } });
    expect(written.documents["copied_swing/pack.yaml"]).toContain("The copied hunter:");

    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Keep" }).click();
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete the pack" }).click();
    await heading(page, "Packs").waitFor();
    await page.getByRole("article", { name: "Copied Swing" }).waitFor({ state: "detached" });
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });
});
