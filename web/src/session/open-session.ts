import type { WebConfig } from "#lib/accounts/web-config.schema.ts";
import type { Session } from "./session.ts";

/**
 * Reads what the host says and, where people sign in, sees to it that somebody has.
 *
 * @returns undefined when the page is being left for the place of signing in
 * @throws Error with a sentence for people when the configuration cannot be read or signing in was refused
 */
export async function openSession(): Promise<Session | undefined> {
  const config = await readWebConfig();
  if (config.mode === "local") return { mode: "local", token: async () => undefined };
  const { signIn } = await import("./sign-in.ts");
  return signIn(config.sign_in, {
    fetch: (url, init) => fetch(url, init),
    now: () => Date.now(),
    storage: sessionStorage,
    address: () => new URL(location.href),
    leave: (url) => location.assign(url),
    replaceAddress: (path) => history.replaceState(null, "", path),
  });
}

async function readWebConfig(): Promise<WebConfig> {
  const response = await fetch(`${import.meta.env.BASE_URL}config.json`).catch(() => undefined);
  if (!response?.ok)
    throw new Error("The server did not say how the app is to be used. Is it running? Start it with npm start, and load this page again.");
  return (await response.json()) as WebConfig;
}
