import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { challengeOf, claimsOf, randomText } from "../../../web/src/session/pkce.ts";
import type { Session } from "../../../web/src/session/session.ts";
import { signIn } from "../../../web/src/session/sign-in.ts";
import type { Surroundings } from "../../../web/src/session/surroundings.ts";
import { CLIENT_ID, type FakeSignIn, ISSUER, startFakeSignIn } from "./fake-sign-in.ts";

const ORIGIN = "https://app.example";
let time: number;
let place: FakeSignIn;

beforeEach(async () => {
  time = Date.UTC(2026, 10, 20, 15);
  place = await startFakeSignIn(() => time);
});
afterEach(() => place.close());

/** One tab of a browser: its address, and what it keeps on the way there and back. */
function tab(path = "/app/") {
  const kept = new Map<string, string>();
  const visited: string[] = [];
  let address = new URL(path, ORIGIN);
  const here: Surroundings = {
    fetch: (url, init) => fetch(url, init),
    now: () => time,
    storage: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    },
    address: () => new URL(address),
    leave: (url) => void visited.push(url),
    replaceAddress: (to) => {
      address = new URL(to, ORIGIN);
    },
  };
  const config = { domain: place.domain, client_id: CLIENT_ID, issuer: ISSUER };
  return {
    here,
    kept,
    visited,
    address: () => address.href.slice(ORIGIN.length),
    goTo: (url: string) => {
      address = new URL(url, ORIGIN);
    },
    open: () => signIn(config, here),
    /** Follows the way to the place of signing in and back, as a browser does. */
    async follow(): Promise<void> {
      const response = await fetch(visited.at(-1)!, { redirect: "manual" });
      address = new URL(response.headers.get("location")!);
    },
  };
}

async function signedIn(path?: string): Promise<{ session: Session; browser: ReturnType<typeof tab> }> {
  const browser = tab(path);
  expect(await browser.open()).toBeUndefined();
  await browser.follow();
  return { session: (await browser.open())!, browser };
}

describe("signIn", () => {
  it("leads to the place of signing in and back to where the reader wanted to go, with a token that requests can carry", async () => {
    const { session, browser } = await signedIn("/app/models/spx?tab=runs#top");
    expect(browser.address()).toBe("/app/models/spx?tab=runs#top");
    expect(session).toMatchObject({ mode: "cloud", person: { id: "person-1", email: "grüße@example.com" } });
    expect(await session.token()).toMatch(/^access-/);
    expect(place.asked).toHaveLength(1);
    expect(place.asked[0]!.form).toMatchObject({ grant_type: "authorization_code", redirect_uri: `${ORIGIN}/app/` });
  });

  it("asks by a challenge whose verifier it keeps, with a new state and nonce each time", async () => {
    const [first, second] = [tab(), tab()];
    await Promise.all([first.open(), second.open()]);
    const [asked, other] = [first, second].map(({ visited }) => new URL(visited[0]!).searchParams);
    expect(asked!.get("scope")).toBe("openid email");
    const away = JSON.parse([...first.kept.values()][0]!) as Record<string, string>;
    expect(asked!.get("code_challenge")).toBe(await challengeOf(away["verifier"]!));
    for (const name of ["state", "nonce", "code_challenge"]) {
      expect(asked!.get(name)).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect(asked!.get(name)).not.toBe(other!.get(name));
    }
  });

  it("keeps no token where another page could read it, and nothing of the way back in the address", async () => {
    const { session, browser } = await signedIn();
    expect(browser.kept.size).toBe(0);
    expect(browser.address()).toBe("/app/");
    expect(JSON.stringify(session)).not.toContain("access-");
  });

  it("refuses an answer with another state, and asks for no token", async () => {
    const browser = tab();
    await browser.open();
    await browser.follow();
    const forged = new URL(browser.address(), ORIGIN);
    forged.searchParams.set("state", "of-somebody-else");
    browser.goTo(forged.href);
    await expect(browser.open()).rejects.toThrow(/belongs to another one/);
    expect(place.asked).toEqual([]);
  });

  it("signs in anew when an answer comes that nobody here asked for", async () => {
    const browser = tab("/app/?code=stolen&state=x");
    expect(await browser.open()).toBeUndefined();
    expect(browser.visited).toHaveLength(1);
    expect(place.asked).toEqual([]);
    expect(JSON.parse([...browser.kept.values()][0]!)).toMatchObject({ returnTo: "/app/" });
  });

  it("refuses an identity that was made for another sign-in", async () => {
    place.behaviour.nonce = "of-another";
    await expect(signedIn()).rejects.toThrow(/identity of another one/);
  });

  it("refuses a code that was used before", async () => {
    const browser = tab();
    await browser.open();
    const kept = [...browser.kept.entries()];
    await browser.follow();
    const back = browser.address();
    await browser.open();
    for (const [key, value] of kept) browser.kept.set(key, value);
    browser.goTo(back);
    await expect(browser.open()).rejects.toThrow(/could not be finished \(invalid_grant\)/);
  });

  it("says that the place of signing in cannot be reached", async () => {
    const browser = tab();
    await browser.open();
    await browser.follow();
    await place.close();
    await expect(browser.open()).rejects.toThrow(/could not be reached/);
  });

  it("says why it was refused, and does not run in circles", async () => {
    place.behaviour.refuse = true;
    const browser = tab();
    await browser.open();
    await browser.follow();
    await expect(browser.open()).rejects.toThrow("Signing in was refused: access_denied.");
    expect(browser.visited).toHaveLength(1);
    expect(browser.address()).toBe("/app/");
  });
});

describe("a session", () => {
  it("uses a token until a minute before its end, then renews it once for all who wait", async () => {
    const { session } = await signedIn();
    const first = await session.token();
    time += 3_539_000;
    expect(await session.token()).toBe(first);
    time += 2000;
    const renewed = await Promise.all([session.token(), session.token(), session.token()]);
    expect(new Set(renewed).size).toBe(1);
    expect(renewed[0]).not.toBe(first);
    expect(place.asked.map(({ form }) => form["grant_type"])).toEqual(["authorization_code", "refresh_token"]);
  });

  it("goes on with the newest refresh token when they are exchanged", async () => {
    place.behaviour.rotate = true;
    const { session } = await signedIn();
    for (let hour = 0; hour < 3; hour += 1) {
      time += 3_600_000;
      expect(await session.token()).toMatch(/^access-/);
    }
    expect(new Set(place.asked.slice(1).map(({ form }) => form["refresh_token"])).size).toBe(3);
  });

  it("goes by the place of signing in when it may not be renewed, and comes back to the same page", async () => {
    const { session, browser } = await signedIn("/app/models/spx");
    const refresh = await refreshTokenOf(session);
    // Revoked from elsewhere.
    await fetch(`${place.domain}/oauth2/revoke`, { method: "POST", body: new URLSearchParams({ token: refresh, client_id: CLIENT_ID }) });
    time += 3_600_000;
    expect(await session.token()).toBeUndefined();
    expect(await session.token()).toBeUndefined();
    expect(browser.visited).toHaveLength(2);
    await browser.follow();
    expect(await (await browser.open())!.token()).toMatch(/^access-/);
    expect(browser.address()).toBe("/app/models/spx");
  });

  it("keeps its token while the place of signing in is down, and says so once it has ended", async () => {
    const { session } = await signedIn();
    const first = await session.token();
    place.behaviour.broken = true;
    time += 3_570_000;
    expect(await session.token()).toBe(first);
    time += 60_000;
    await expect(session.token()).rejects.toThrow(/answered 503/);
    place.behaviour.broken = false;
    expect(await session.token()).toMatch(/^access-/);
  });

  it("ends here and there when the person signs out", async () => {
    const { session, browser } = await signedIn();
    await session.signOut!();
    expect(place.asked.at(-1)!.path).toBe("/oauth2/revoke");
    const left = new URL(browser.visited.at(-1)!);
    expect(left.pathname).toBe("/logout");
    expect(Object.fromEntries(left.searchParams)).toEqual({ client_id: CLIENT_ID, logout_uri: `${ORIGIN}/app/` });
    expect(await session.token()).toBeUndefined();
  });
});

/** The refresh token of a session, as the place of signing in hears it. */
async function refreshTokenOf(session: Session): Promise<string> {
  time += 3_600_000;
  await session.token();
  return place.asked.at(-1)!.form["refresh_token"]!;
}

describe("pkce", () => {
  it("makes the challenge of the standard's example", async () => {
    // RFC 7636, appendix B.
    expect(await challengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")).toBe("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  });

  it("makes texts that may stand in an address and do not repeat", () => {
    const texts = Array.from({ length: 200 }, () => randomText());
    expect(new Set(texts).size).toBe(200);
    for (const text of texts) expect(text).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it("reads claims in any script", () => {
    const token = `x.${Buffer.from(JSON.stringify({ name: "Ζεύς ?>~" })).toString("base64url")}.y`;
    expect(claimsOf(token)).toEqual({ name: "Ζεύς ?>~" });
  });
});
