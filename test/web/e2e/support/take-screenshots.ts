import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser } from "playwright-core";
import { type AppPage, KIND_PAGES, PAGES } from "../pages.ts";
import { hasBrowser, launchBrowser } from "./browser-suite.ts";
import { demoHome, PROJECT, type ScratchHome } from "./demo-home.ts";
import { kindsHome } from "./kinds-home.ts";
import { startApp } from "./local-app.ts";
import { openTab, type Theme } from "./tab.ts";
import { readKinds, readWorld } from "./world.ts";

const USAGE = `npm run screenshots -- [--only NAME]... [--all --out FOLDER]
  Pictures of the pages over the demo's data, for the documentation: docs/images/app-NAME.webp
  --only NAME   one page, repeatable
  --all         every page in both themes at both widths, for looking at; needs --out
  --out FOLDER  where to write them, docs/images when absent`;

/** What a reader of the documentation is asked to load for one picture. */
const MOST_BYTES = 80_000;
/** What a WebP can be high. */
const MOST_PIXELS = 16_383;

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true },
    all: { type: "boolean", default: false },
    out: { type: "string", default: join(PROJECT, "docs", "images") },
    help: { type: "boolean", default: false },
  },
});
if (values.help) console.log(USAGE);
else if (!hasBrowser) fail("There is no chromium on the PATH, and CHROME names none.");
else if (values.all && values.out === join(PROJECT, "docs", "images")) fail("--all writes many pictures: say where with --out.");
else await takeAll();

async function takeAll(): Promise<void> {
  await take(PAGES, demoHome, readWorld);
  await take(KIND_PAGES, kindsHome, readKinds);
}

async function take<W>(pages: readonly AppPage<W>[], make: () => Promise<ScratchHome>, read: (url: string) => Promise<W>): Promise<void> {
  const chosen = pages.filter(({ name, picture }) => (values.only ? values.only.includes(name) : values.all || picture));
  if (chosen.length === 0) return;
  const home = await make();
  const [app, browser] = await Promise.all([startApp(home.path), launchBrowser()]);
  try {
    const world = await read(app.url);
    for (const { name, path } of chosen)
      for (const [width, theme] of looks()) {
        const tab = await openTab(browser, app.url, { width, theme });
        await tab.open(path(world));
        const file = `app-${name}${values.all ? `-${width}-${theme}` : ""}.webp`;
        const height = values.all ? Math.min(MOST_PIXELS, (await tab.page.evaluate("document.documentElement.scrollHeight")) as number) : 0;
        const whole = { fullPage: true, clip: { x: 0, y: 0, width, height } };
        const picture = await asWebp(browser, await tab.page.screenshot(values.all ? whole : {}));
        writeFileSync(join(values.out, file), picture);
        console.log(`${file} ${Math.round(picture.length / 1000)} kB${tab.complaints.length > 0 ? `; ${tab.complaints.join("; ")}` : ""}`);
        await tab.close();
      }
  } finally {
    await browser.close();
    await app.stop();
    home.remove();
  }
}

function looks(): readonly (readonly [number, Theme])[] {
  if (!values.all) return [[1280, "light"]];
  return [1280, 390].flatMap((width) => (["light", "dark"] as const).map((theme) => [width, theme] as const));
}

/** The picture as WebP, of the best quality that is small enough: the browser is the encoder. */
async function asWebp(browser: Browser, png: Buffer): Promise<Buffer> {
  const page = await browser.newPage();
  try {
    for (const quality of [0.92, 0.85, 0.75, 0.6, 0.45]) {
      const url = (await page.evaluate(`(async () => {
        const image = await createImageBitmap(await (await fetch("data:image/png;base64,${png.toString("base64")}")).blob());
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [image.width, image.height];
        canvas.getContext("2d").drawImage(image, 0, 0);
        return canvas.toDataURL("image/webp", ${quality});
      })()`)) as string;
      const picture = Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
      if (picture.length <= MOST_BYTES || values.all) return picture;
    }
    throw new Error(`The picture is larger than ${MOST_BYTES} bytes at every quality.`);
  } finally {
    await page.close();
  }
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
