import { createSigmaClient } from "#client/sigma-client.ts";
import { demoHome } from "../../test/web/e2e/support/demo-home.ts";
import { openTab, until } from "../../test/web/e2e/support/tab.ts";
import { inWebLab, slowestInteractionMs, watchInteractions } from "../web-lab.ts";
import type { Workload } from "../workload.ts";

/** Settings that seldom trade alike: 30 x 10 x 10 = 3,000 for each threshold. */
const AXES = {
  top_pct: Array.from({ length: 30 }, (_, i) => Math.round((0.05 + i * 0.03) * 100) / 100),
  hold_bars: [1, 2, 3, 4, 5, 6, 8, 10, 15, 20],
  stop_loss: [0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.035, 0.04, 0.045, 0.05],
};
const THRESHOLDS = [0, 0.1, 0.05, 0.15, 0.2];
const ROWS = 3000;
const LONGEST_MS = 600_000;

/** Sweeps until the leaderboard is full. Variants that trade alike share a row. */
async function fill(url: string): Promise<number> {
  const client = createSigmaClient({ baseUrl: url });
  let rows = 0;
  for (const threshold of THRESHOLDS) {
    const body = {
      pack_id: "swingsigma",
      model_id: "spx_eq_swing_daily",
      mode: "custom",
      axes: { ...AXES, thresholds: [threshold] },
    } as const;
    const { run_id } = await client.call("POST /sweeps", { body });
    await client.finished(run_id, { signal: AbortSignal.timeout(LONGEST_MS) });
    rows = (await Array.fromAsync(client.rows("GET /leaderboard", { query: { limit: 200 } }))).length;
    if (rows >= ROWS) return rows;
  }
  throw new Error(`The sweeps made ${rows} rows, ${ROWS} are wanted.`);
}

/** A trader works on a full leaderboard: orders it, searches in it, chooses rows and opens one. */
export const webLeaderboard: Workload = {
  name: "web-leaderboard",
  title: "Web app: a leaderboard of 3,000 rows under a hand",
  async run() {
    return inWebLab(await demoHome(), async ({ app, browser }) => {
      const rows = await fill(app.url);
      const tab = await openTab(browser, app.url);
      const { page } = tab;
      await tab.open("/app/leaderboard");
      const startedAt = performance.now();
      await page.getByRole("button", { name: "Read all" }).click();
      await until(page, `Number(document.querySelector("table")?.getAttribute("aria-rowcount") ?? 0) > ${rows}`, LONGEST_MS);
      const readMs = performance.now() - startedAt;

      await watchInteractions(page);
      const slowest: Record<string, number> = {};
      const timed = async (name: string, act: () => Promise<void>): Promise<void> => {
        await act();
        slowest[name] = Math.max(slowest[name] ?? 0, await slowestInteractionMs(page));
      };
      const header = (name: string) => page.getByRole("columnheader", { name }).getByRole("button").first();
      for (const name of ["Sharpe", "Trades", "Sharpe"]) await timed("order", () => header(name).click());
      const search = page.getByRole("searchbox");
      for (const letter of ["hold", " 5"]) await timed("search, a letter", () => search.pressSequentially(letter, { delay: 60 }));
      await timed("search, a letter", () => search.fill(""));
      for (const index of [1, 2])
        await timed("choose a row", () => page.getByRole("checkbox", { name: `Choose row ${index}`, exact: true }).click());
      await timed("open a row", () => page.locator("tbody tr[data-index]").nth(3).click());
      await page.keyboard.press("Escape");
      await tab.close();
      return [
        {
          label: "interaction to next paint, the slowest of all",
          value: Math.max(...Object.values(slowest)),
          unit: "ms",
          aim: "<= 200 ms",
          note: "server and browser on the same two cores",
        },
        ...Object.entries(slowest).map(([name, value]) => ({ label: name, value, unit: "ms" })),
        { label: "reading all rows, 200 at a time", value: readMs, unit: "ms" },
      ];
    });
  },
};
