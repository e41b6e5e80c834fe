import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { createSigmaClient } from "#client/sigma-client.ts";
import { describeInBrowser } from "./support/browser-suite.ts";
import { serveKinds } from "./support/serve-demo.ts";
import { openTab, until } from "./support/tab.ts";
import { type Kind, type Kinds, readKinds } from "./support/world.ts";

const SIMULATED = "workspace=simulated";

describeInBrowser("trades of other kinds of models", () => {
  const served = serveKinds();
  let kinds: Kinds;

  beforeAll(async () => {
    kinds = await readKinds(served.app.url);
  });

  const tradesOf = async ({ rowId }: Kind) => {
    const client = createSigmaClient({ baseUrl: served.app.url, workspace: "simulated" });
    return (await client.call("GET /leaderboard/{row_id}/trades", { params: { row_id: rowId }, query: { limit: 200 } })).rows;
  };
  const text = async (page: Page): Promise<string> => (await page.evaluate("document.body.innerText")) as string;
  const inNewYork = (iso: string): string =>
    new Intl.DateTimeFormat("en-US", { timeZone: "America/New_York", hourCycle: "h23", hour: "2-digit", minute: "2-digit" }).format(
      new Date(iso),
    );

  it("are drawn on hourly prices with stop and target, at New York's time, and stand in the chart's table", async () => {
    const trades = await tradesOf(kinds.brackets);
    expect(new Set(trades.map(({ exit }) => exit))).toEqual(new Set(["stop", "target", "label_end"]));
    const stopped = trades.find(({ exit }) => exit === "stop")!;
    const tab = await openTab(served.browser, served.app.url);
    const { page } = tab;
    await tab.open(`/app/backtests/${kinds.brackets.runId}?tab=trades&${SIMULATED}`);
    await page.getByRole("row", { name: new RegExp(`^${stopped.trade} `) }).click();
    await page.getByRole("heading", { name: `Trade ${stopped.trade}` }).waitFor();
    await until(page, `document.querySelector("figure canvas") !== null`);
    const said = await text(page);
    expect(said).toContain(`stop $${stopped.stop!.toFixed(2)}, target $${stopped.target!.toFixed(2)}`);
    expect(said).toContain(`${inNewYork(stopped.entered_at)} ET`);
    await page.getByRole("button", { name: "Table" }).click();
    const row = page.getByRole("row").filter({ hasText: stopped.stop!.toFixed(2) });
    expect(await row.first().textContent()).toContain(stopped.target!.toFixed(2));
    // Entries are where their bars are: every trade of this stretch is found among its bars.
    expect(await row.first().textContent()).toContain(`${inNewYork(stopped.entry_bar)} ET`);
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("name the contract that was bought, what was paid and got for it, and the underlying's prices", async () => {
    const trades = await tradesOf(kinds.contracts);
    expect(new Set(trades.map(({ contract }) => contract === null))).toEqual(new Set([false]));
    const put = trades.find(({ side }) => side === "short")!;
    expect(put.contract).toMatch(/^O:SIMMKT24\d{4}P\d{8}$/);
    const strike = Number(put.contract!.slice(-8)) / 1000;
    const tab = await openTab(served.browser, served.app.url);
    const { page } = tab;
    await tab.open(`/app/backtests/${kinds.contracts.runId}?tab=trades&${SIMULATED}`);
    const row = page.getByRole("row", { name: new RegExp(`^${put.trade} `) });
    expect(await row.textContent()).toContain(`${strike} put`);
    expect(await row.textContent()).toContain(put.entry_fill.toFixed(2));
    expect(await text(page)).not.toMatch(/^short$/m);
    await row.click();
    await page.getByRole("heading", { name: `Trade ${put.trade}` }).waitFor();
    await until(page, `document.querySelector("figure canvas") !== null`);
    expect(await text(page)).toContain(`${strike} put for $${put.entry_fill.toFixed(2)} a share`);
    expect(await text(page)).toContain("Prices are those of the underlying, the returns those of the contracts.");
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("are signalled with the contract and the most that it may cost, never with the underlying's price as an order", async () => {
    const client = createSigmaClient({ baseUrl: served.app.url, workspace: "simulated" });
    const { signalId } = kinds.contracts;
    const signal = await client.call("GET /signals/{signal_id}", { params: { signal_id: signalId } });
    const { option, price, quantity } = signal;
    expect(option).not.toBeNull();
    const contract = `SIMMKT ${option!.expiration} ${option!.strike} ${option!.option_type}`;
    const tab = await openTab(served.browser, served.app.url);
    const { page } = tab;
    await tab.open(`/app/signals?${SIMULATED}`);
    await page.getByText(`${quantity} × ${contract} at most`).waitFor();
    await page.getByRole("tab", { name: "Log" }).click();
    await page.getByRole("row").filter({ hasText: contract }).click();
    await page.getByRole("heading", { name: "What moved the model" }).waitFor();
    const cost = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" }).format(quantity! * price! * 100);
    expect(await text(page)).toContain(`at most ${cost}, before fees`);
    expect(await text(page)).toContain(contract);
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });
});
