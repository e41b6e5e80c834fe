import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CLIENT_ID, type FakeSignIn, ISSUER, startFakeSignIn } from "../session/fake-sign-in.ts";
import { describeInBrowser, launchBrowser } from "./support/browser-suite.ts";
import { DEMO_MS, demoHome, type ScratchHome } from "./support/demo-home.ts";
import { type Edge, startEdge } from "./support/edge.ts";
import { type LocalApp, startApp } from "./support/local-app.ts";
import { openTab, until } from "./support/tab.ts";

describeInBrowser("the app where people sign in", () => {
  let home: ScratchHome;
  let app: LocalApp;
  let browser: Browser;
  let place: FakeSignIn;
  let edge: Edge;

  beforeAll(async () => {
    home = await demoHome();
    [app, browser, place] = await Promise.all([startApp(home.path), launchBrowser(), startFakeSignIn(Date.now)]);
    const config = { mode: "cloud", sign_in: { domain: place.domain, client_id: CLIENT_ID, issuer: ISSUER } } as const;
    edge = await startEdge(app.url, config);
  }, DEMO_MS);
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await edge?.close();
    await place?.close();
    home?.remove();
  });

  async function cloudTab() {
    const tab = await openTab(browser, edge.url);
    const tokens = new Set<string>();
    tab.page.on("request", (request) => {
      if (new URL(request.url()).pathname.startsWith("/v1/")) tokens.add(request.headers()["authorization"] ?? "none");
    });
    return { ...tab, tokens };
  }

  it("sends the reader by the place of signing in and back to the same page, and every request carries the token", async () => {
    const tab = await cloudTab();
    await tab.open("/app/?workspace=simulated");
    expect(tab.page.url()).toBe(`${edge.url}/app/?workspace=simulated`);
    expect([...tab.tokens]).toEqual([expect.stringMatching(/^Bearer access-/)]);
    const stored = await tab.page.evaluate("JSON.stringify([sessionStorage, localStorage, document.cookie])");
    expect(stored).not.toMatch(/access-|refresh-|sigma\.sign-in/);
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("says who is signed in, and signs out here and there", async () => {
    const tab = await cloudTab();
    await tab.open("/app/");
    await tab.page.getByRole("button", { name: /^Workspace: PAPER/ }).click();
    await tab.page.getByText("grüße@example.com").waitFor();
    await tab.page.getByRole("button", { name: "Sign out" }).click();
    await until(tab.page, "document.title === 'Signed out'");
    expect(new URL(tab.page.url()).searchParams.get("logout_uri")).toBe(`${edge.url}/app/`);
    expect(place.asked.map(({ path }) => path)).toContain("/oauth2/revoke");
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });

  it("shows a sentence, and no empty page, when signing in is refused", async () => {
    place.behaviour.refuse = true;
    const tab = await cloudTab();
    await tab.open("/app/");
    await tab.page.getByText("Signing in was refused: access_denied.").waitFor();
    place.behaviour.refuse = false;
    await tab.close();
    expect(tab.complaints).toEqual([]);
  });
});
