import axe from "axe-core";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApiDocument } from "#functions/api/openapi/document.ts";
import { REFERENCE_POLICY, referencePage } from "#functions/api/openapi/reference-page.ts";
import { ROUTES } from "#functions/api/routes.ts";
import { apiHarness } from "../functions/api/support.ts";
import { findBrowser } from "../support/browser.ts";

const executablePath = findBrowser();
const HERE = "http://reference.invalid/docs";
const page = referencePage(openApiDocument("1.0.0", ROUTES));

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

describe("referencePage", () => {
  it("is served to everybody under a policy that lets its own style and script run and nothing be loaded or sent", async () => {
    const response = await apiHarness().call("GET", "/docs");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("content-security-policy")).toBe(REFERENCE_POLICY);
    expect(REFERENCE_POLICY).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; base-uri 'none'/);
    const text = await response.text();
    for (const { method, path } of ROUTES)
      expect(text).toContain(`<span class="method">${method.toUpperCase()}</span><span class="path">${path}</span>`);
    expect(text).not.toMatch(/(src|href)="(?!#|\/openapi\.json)/);
  });

  it("writes what descriptions say as text, never as markup", () => {
    const route = { ...ROUTES[0]!, summary: '<img src=x onerror="alert(1)"> `<b>`' };
    const text = referencePage(openApiDocument("<script>", [route]));
    expect(text).not.toContain("<img");
    expect(text).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt; <code>&lt;b&gt;</code>");
    expect(text.match(/<script>/g)).toHaveLength(1);
  });
});

function suite(): void {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath!, args: ["--no-sandbox"] });
  });
  afterAll(() => browser.close());

  const open = async (width: number, colorScheme: "light" | "dark", options: { bypassCSP?: boolean; hash?: string } = {}) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: options.bypassCSP === true });
    const tab = await context.newPage();
    const complaints: string[] = [];
    tab.on("console", (message) => complaints.push(message.text()));
    tab.on("pageerror", (error) => complaints.push(String(error)));
    await tab.route("**", (route) => {
      if (route.request().url() !== HERE) complaints.push(route.request().url());
      return route.fulfill({
        contentType: "text/html; charset=utf-8",
        body: page,
        headers: { "content-security-policy": REFERENCE_POLICY },
      });
    });
    await tab.goto(`${HERE}${options.hash ?? ""}`);
    return { context, tab, complaints };
  };
  const cases = [
    [1280, "light"],
    [1280, "dark"],
    [390, "light"],
    [390, "dark"],
  ] as const;

  it.each(cases)(
    "has no finding of axe, closed and with routes open: %i pixels, %s",
    async (width, scheme) => {
      const { context, tab } = await open(width, scheme, { bypassCSP: true });
      await tab.evaluate(
        `for (const id of ["getRunsRunId", "postModels", "getLeaderboard", "schema-Run"]) document.getElementById(id).open = true`,
      );
      await tab.evaluate(axe.source);
      const { violations } = (await tab.evaluate("axe.run()")) as { violations: readonly Violation[] };
      await context.close();
      expect(violations.map(({ id, impact, nodes }) => `${id} (${impact}): ${nodes[0]?.html.slice(0, 120)}`)).toEqual([]);
    },
    90_000,
  );

  it.each(cases)(
    "never scrolls sideways, obeys its policy and asks for nothing: %i pixels, %s",
    async (width, scheme) => {
      const { context, tab, complaints } = await open(width, scheme);
      await tab.evaluate(`for (const route of document.querySelectorAll("details")) route.open = true`);
      const found = (await tab.evaluate(`({
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      ground: getComputedStyle(document.body).backgroundColor,
    })`)) as { overflow: number; ground: string };
      await context.close();
      expect(found).toEqual({ overflow: 0, ground: scheme === "dark" ? "rgb(17, 20, 23)" : "rgb(247, 248, 249)" });
      expect(complaints).toEqual([]);
    },
    90_000,
  );

  it("finds routes by their words, and opens the one that the address names", async () => {
    const { context, tab, complaints } = await open(1280, "light", { hash: "#postBacktest" });
    expect(await tab.evaluate(`document.getElementById("postBacktest").open`)).toBe(true);
    await tab.fill("input", "post sweep");
    const shown = (await tab.evaluate(
      `[...document.querySelectorAll("main details")].filter((route) => !route.hidden).map((route) => route.querySelector("summary").textContent)`,
    )) as string[];
    await context.close();
    expect(shown.length).toBeGreaterThan(1);
    for (const text of shown) expect(text.toLowerCase()).toMatch(/post.*sweep|sweep.*post/);
    expect(complaints).toEqual([]);
  });
}

if (executablePath === undefined)
  describe.skip("the reference page in a browser (SKIPPED: no chromium on the PATH, and CHROME names none)", () =>
    it("needs a browser", () => undefined));
else describe("the reference page in a browser", suite);
