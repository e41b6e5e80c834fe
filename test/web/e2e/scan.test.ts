import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, it } from "vitest";
import { createSigmaClient } from "#client/sigma-client.ts";
import { describeInBrowser } from "./support/browser-suite.ts";
import { PROJECT } from "./support/demo-home.ts";
import { faultsOf } from "./support/page-checks.ts";
import { serveDemo } from "./support/serve-demo.ts";
import { openTab } from "./support/tab.ts";

describeInBrowser("a scan of a universe", () => {
  const served = serveDemo();

  beforeAll(async () => {
    // SIM17 ends before the others.
    const members = Array.from({ length: 20 }, (_, i) => `SIM${String(i).padStart(2, "0")},2010-01-04,`);
    const file = join(served.home.path, "sim20.csv");
    await writeFile(file, ["symbol,from,to", ...members, ""].join("\n"));
    await promisify(execFile)(
      process.execPath,
      [join(PROJECT, "cli", "sigma.mjs"), "data", "universe", "import", "--file", file, "--name", "sim20"],
      {
        env: { ...process.env, SIGMA_HOME: served.home.path },
      },
    );
  }, 60_000);

  it("ranks its members, says why one stands where it does and who is left out, marks simulated data, and saves the list", async () => {
    const client = createSigmaClient({ baseUrl: served.app.url });
    const body = { pack_id: "swingsigma", set: "trend_follow", universe: "sim20", provider: "simulated", as_of: "2019-06-14" } as const;
    const scan = await client.call("POST /scan", { body });
    expect(scan).toMatchObject({ members: 20, stamps: ["simulated"] });
    expect(scan.ranked).toBeGreaterThan(10);
    const [first] = scan.rows as [(typeof scan.rows)[number]];

    const tab = await openTab(served.browser, served.app.url, { expected: /\/v1\/scan$/ });
    const { page } = tab;
    await tab.open("/app/packs/swingsigma?tab=scan&set=trend_follow");
    await page.getByLabel("Universe").fill("sim21");
    await page.getByLabel("Bars from").selectOption("simulated");
    await page.getByLabel("As of").fill("2019-06-14");
    await page.getByRole("button", { name: "Scan", exact: true }).click();
    await page.getByRole("alert").filter({ hasText: "sim21" }).first().waitFor();
    await page.getByLabel("Universe").fill("sim20");
    await page.getByRole("button", { name: "Scan", exact: true }).click();
    await page.getByRole("heading", { name: "Trend follow on sim20" }).waitFor();
    await page.getByText(`${scan.ranked} members of 20 ranked, ${scan.fulfilled} fulfil every condition`).waitFor();
    await page.getByText("SIMULATED", { exact: true }).waitFor();
    await page.getByRole("heading", { name: "Left out" }).waitFor();
    for (const { symbol } of scan.left_out) await page.getByRole("row").filter({ hasText: symbol }).first().waitFor();
    expect(await faultsOf(page)).toEqual([]);

    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV" }).first().click()]);
    expect(download.suggestedFilename()).toBe("trend_follow-sim20.csv");
    const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
    expect(lines).toHaveLength(scan.ranked + 1);
    expect(lines[0]).toBe("rank,symbol,score,fulfilled,missing,lr_r2_60,adx_14,aroon_osc_25");
    expect(lines[1]).toMatch(new RegExp(`^1,${first.symbol},`));

    const row = page.locator("tbody tr").filter({ hasText: first.symbol }).first();
    await row.focus();
    await page.keyboard.press("Enter");
    const drawer = page.getByRole("dialog");
    await drawer.getByRole("heading", { name: first.symbol }).waitFor();
    expect(await drawer.textContent()).toContain(`Rank 1 of ${scan.ranked}`);
    for (const { column } of first.conditions) await drawer.getByText(column, { exact: false }).first().waitFor();
    const adx = drawer.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "adx_14", exact: true }) });
    expect(await adx.textContent()).toContain(String(Number(first.values["adx_14"]!.toPrecision(4))));
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
    await tab.close();
    expect(tab.complaints).toEqual([]);
  }, 60_000);
});
