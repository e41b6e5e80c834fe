import type { SignInConfig } from "#lib/accounts/web-config.schema.ts";
import { SaidError } from "../data/failure.ts";
import type { Surroundings } from "./surroundings.ts";

/** What the place of signing in gives for a code or a refresh token. */
export interface Tokens {
  readonly access: string;
  /** Absent when an access token was renewed. */
  readonly id: string | undefined;
  readonly refresh: string | undefined;
  /** UTC milliseconds. */
  readonly expiresAt: number;
}

type Grant =
  | { readonly grant_type: "authorization_code"; readonly code: string; readonly redirect_uri: string; readonly code_verifier: string }
  | { readonly grant_type: "refresh_token"; readonly refresh_token: string };

/** The code or refresh token is not accepted, so signing in again is the only way on. */
export class GrantRefused extends Error {}

/**
 * Asks the token endpoint, as a public client.
 *
 * @throws GrantRefused when it says no; Error when it could not be asked
 * @see RFC 6749, sections 4.1.3, 5.1, 5.2 and 6
 */
export async function askForTokens(
  config: SignInConfig,
  grant: Grant,
  { fetch, now }: Pick<Surroundings, "fetch" | "now">,
): Promise<Tokens> {
  const askedAt = now();
  const response = await fetch(`${config.domain}/oauth2/token`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ client_id: config.client_id, ...grant }),
    credentials: "omit",
  }).catch((cause: unknown) => {
    throw new SaidError("The place of signing in could not be reached. Look at the network, and load this page again.", { cause });
  });
  const answer = (await response.json().catch(() => ({}))) as Readonly<Record<string, unknown>>;
  if (response.status === 400 || response.status === 401) throw new GrantRefused(String(answer["error"] ?? response.status));
  const { access_token: access, id_token: id, refresh_token: refresh, expires_in: seconds } = answer;
  if (!response.ok || typeof access !== "string" || typeof seconds !== "number")
    throw new SaidError(`The place of signing in answered ${response.status}. Try again in a moment.`);
  return { access, id: textOr(id), refresh: textOr(refresh), expiresAt: askedAt + seconds * 1000 };
}

const textOr = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** Makes a refresh token worthless, with every access token that came from it. @see RFC 7009 */
export async function revoke(config: SignInConfig, token: string, { fetch }: Pick<Surroundings, "fetch">): Promise<void> {
  await fetch(`${config.domain}/oauth2/revoke`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ token, client_id: config.client_id }),
    credentials: "omit",
  });
}
