import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { createSigmaClient } from "#client/sigma-client.ts";
import { describeInBrowser } from "./support/browser-suite.ts";
import { DEMO_MS } from "./support/demo-home.ts";
import { faultsOf } from "./support/page-checks.ts";
import { serveDemo } from "./support/serve-demo.ts";
import { openTab, until } from "./support/tab.ts";
import { readWorld, type World } from "./support/world.ts";

const text = async (page: Page): Promise<string> => (await page.evaluate("document.body.innerText")) as string;

describeInBrowser("the end of a trained model's wait", () => {
  const served = serveDemo();
  let world: World;
  /** Two models that were trained and that nobody has decided on. */
  let fresh: readonly string[];

  const client = () => createSigmaClient({ baseUrl: served.app.url });
  const stored = (trained_model_id: string) => client().call("GET /trained_models/{trained_model_id}", { params: { trained_model_id } });

  beforeAll(async () => {
    world = await readWorld(served.app.url);
    const body = { pack_id: world.packId, model_id: world.modelId, rows: world.rowIds.slice(1, 3), research: true } as never;
    const { run_id } = await client().call("POST /train", { body });
    await client().finished(run_id);
    const { rows } = await client().call("GET /trained_models", {});
    fresh = rows.filter(({ status }) => status === "trained").map(({ trained_model_id }) => trained_model_id);
    expect(fresh).toHaveLength(2);
  }, DEMO_MS);

  it("is that it is published to paper, after a question that says what follows and that it is unproven", async () => {
    const [id] = fresh as readonly [string, string];
    const tab = await openTab(served.browser, served.app.url);
    const { page } = tab;
    await tab.open(`/app/trained/${id}`);
    expect(await text(page)).toContain("Trained and judged, but not in use.");
    await page.getByRole("button", { name: "Publish to paper" }).click();
    const question = page.getByRole("alertdialog");
    await question.getByText("Paper only: nothing is sent to a broker.").waitFor();
    await question.getByText("It is unproven").waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await question.getByRole("button", { name: "Leave as it is" }).click();
    expect((await stored(id)).status).toBe("trained");

    await page.getByRole("button", { name: "Publish to paper" }).click();
    await question.getByLabel("Reason").fill("to watch it for a month");
    await question.getByRole("button", { name: "Publish to paper" }).click();
    await page.getByRole("button", { name: "Pause" }).waitFor();
    expect(await page.getByRole("button", { name: "Discard" }).count()).toBe(0);
    expect(await stored(id)).toMatchObject({
      status: "published",
      stage: "paper",
      proven: false,
      transitions: [{ to: "published", reason: "to watch it for a month" }],
    });
    expect(await text(page)).toContain("Nothing is sent to a broker.");
    expect(await faultsOf(page)).toEqual([]);
    await tab.close();
    expect(tab.complaints).toEqual([]);
  }, 60_000);

  it("is that it is discarded, which says what is left of it, leaves it readable and never offers it again", async () => {
    const [, id] = fresh as readonly [string, string];
    const tab = await openTab(served.browser, served.app.url);
    const { page } = tab;
    await tab.open(`/app/trained/${id}`);
    await page.getByRole("button", { name: "Discard" }).click();
    const question = page.getByRole("alertdialog");
    const words = await question.textContent();
    expect(words).toMatch(/for good\?/);
    expect(words).toContain("Its record, card and files stay readable, and the look at the holdout that it took stays counted.");
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press("Escape");
    expect((await stored(id)).status).toBe("trained");

    await page.getByRole("button", { name: "Discard" }).click();
    await question.getByRole("button", { name: "Discard" }).click();
    await until(page, `document.body.innerText.includes("Discarded for good: it can never be published.")`);
    expect(await stored(id)).toMatchObject({ status: "discarded", transitions: [{ to: "discarded" }] });
    for (const action of ["Publish to paper", "Discard", "Pause", "Resume", "Retire"])
      expect(await page.getByRole("button", { name: action, exact: true }).count()).toBe(0);
    // What the question said is left, is.
    await page.getByRole("heading", { name: "Holdout against backtest" }).waitFor();
    await page.getByRole("button", { name: "Save LightGBM text" }).waitFor();
    expect(await faultsOf(page)).toEqual([]);

    await tab.open("/app/trained");
    const rows = page.locator("tbody tr");
    await page.getByLabel("Status", { exact: true }).selectOption("discarded");
    await until(page, `new URL(location.href).searchParams.get("status") === "discarded"`);
    await until(page, `document.querySelectorAll("tbody tr").length === 1`);
    expect(await rows.first().textContent()).toContain("Discarded");
    await page.getByRole("link", { name: world.modelId }).click();
    await page.waitForURL(new RegExp(`/trained/${id}`));
    await tab.close();
    expect(tab.complaints).toEqual([]);
  }, 60_000);
});
