import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { listFiles } from "#functions/publish-web/list-files.ts";
import { buildWebApp } from "#infra/local/web-build.ts";
import { demoHome } from "../../test/web/e2e/support/demo-home.ts";
import { openTab } from "../../test/web/e2e/support/tab.ts";
import { inWebLab } from "../web-lab.ts";
import type { Workload } from "../workload.ts";

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The start of the app as a newcomer sees it: a server, a browser that has nothing of it, and the dashboard after the demo. */
export const webStart: Workload = {
  name: "web-start",
  title: "Web app: its script, and the dashboard in a browser with an empty cache",
  async run() {
    const built = await buildWebApp();
    if ("problem" in built) throw new Error(built.problem);
    const shown = await inWebLab(await demoHome(), async ({ app, browser }) => {
      const tab = await openTab(browser, app.url);
      const startedAt = performance.now();
      await tab.open("/app/");
      const filledMs = performance.now() - startedAt;
      const paintMs = (await tab.page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")) as number;
      const loaded = await tab.page.evaluate<{ file: string; encodedBodySize: number }[]>(
        "performance.getEntriesByType('resource').map(({ name, encodedBodySize }) => ({ file: new URL(name).pathname.replace('/app/', ''), encodedBodySize })).filter(({ file }) => file.endsWith('.js'))",
      );
      await tab.close();
      return { paintMs, filledMs, loaded };
    });
    const scripts = listFiles(built.folder).filter((file) => file.endsWith(".js"));
    const gzippedKb = (files: readonly string[]): number =>
      sum(files.map((file) => gzipSync(readFileSync(join(built.folder, file)), { level: 6 }).length)) / 1000;
    return [
      {
        label: "script until the dashboard is filled, gzip",
        value: gzippedKb(shown.loaded.map(({ file }) => file)),
        unit: "kB",
        aim: "<= 200 kB",
        note: `${shown.loaded.length} files, level 6`,
      },
      {
        label: "the same script as it traveled, Brotli",
        value: sum(shown.loaded.map(({ encodedBodySize }) => encodedBodySize)) / 1000,
        unit: "kB",
        note: "level 5, which the local server takes",
      },
      { label: "all script, gzip", value: gzippedKb(scripts), unit: "kB", note: `${scripts.length} files` },
      { label: "first contentful paint", value: shown.paintMs, unit: "ms", note: "server and browser on the same two cores" },
      { label: "dashboard filled", value: shown.filledMs, unit: "ms", note: "every panel has its data" },
    ];
  },
};
