import type { SignInConfig } from "#lib/accounts/web-config.schema.ts";
import { challengeOf, claimsOf, randomText } from "./pkce.ts";
import type { Person, Session } from "./session.ts";
import type { Surroundings } from "./surroundings.ts";
import { askForTokens, GrantRefused, revoke, type Tokens } from "./tokens.ts";

/** What is remembered while the reader is away: what the answer must carry, and where they wanted to go. */
interface Away {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly returnTo: string;
}

const STORED_AS = "sigma.sign-in";
const BASE = "/app/";
const RETURN_PATH = BASE;
/** A token is renewed this long before it ends, so that no request arrives with one that has just ended. */
const EARLY_MS = 60_000;

/**
 * Signs a person in by authorization code with PKCE. Tokens live in this page's memory only: a page that is loaded anew goes by
 * the place of signing in again, which knows the person and sends them straight back.
 *
 * @returns undefined when the page is being left
 * @throws Error with a sentence for people when signing in was refused or its answer is not ours
 * @see RFC 9700, Best Current Practice for OAuth 2.0 Security, section 2.1
 */
export async function signIn(config: SignInConfig, here: Surroundings): Promise<Session | undefined> {
  const address = here.address();
  const { searchParams } = address;
  const comesBack =
    address.pathname === RETURN_PATH && searchParams.has("state") && (searchParams.has("code") || searchParams.has("error"));
  if (!comesBack) {
    await goAway(config, here);
    return undefined;
  }

  const away = takeAway(here);
  here.replaceAddress(away?.returnTo ?? RETURN_PATH);
  // A link that was kept or handed on from an earlier sign-in: nothing of it is used, and signing in begins anew.
  if (away === undefined) {
    await goAway(config, here);
    return undefined;
  }
  if (searchParams.get("state") !== away.state)
    throw new Error("The answer of the sign-in belongs to another one. Load this page again to sign in anew.");
  const error = searchParams.get("error");
  if (error !== null)
    throw new Error(`Signing in was refused: ${searchParams.get("error_description") ?? error}. Load this page again to try anew.`);
  const tokens = await redeem(config, searchParams.get("code") ?? "", away, here);
  return sessionWith(config, tokens, personIn(config, tokens, away.nonce, here), here);
}

async function goAway(config: SignInConfig, here: Surroundings): Promise<void> {
  const { pathname, search, hash } = here.address();
  const wanted = `${pathname}${search}${hash}`;
  const away: Away = {
    state: randomText(),
    nonce: randomText(),
    verifier: randomText(),
    returnTo: wanted.startsWith(BASE) ? wanted : RETURN_PATH,
  };
  here.storage.setItem(STORED_AS, JSON.stringify(away));
  const query = new URLSearchParams({
    response_type: "code",
    client_id: config.client_id,
    redirect_uri: returnAddress(here),
    scope: "openid email",
    state: away.state,
    nonce: away.nonce,
    code_challenge_method: "S256",
    code_challenge: await challengeOf(away.verifier),
  });
  here.leave(`${config.domain}/oauth2/authorize?${query}`);
}

const returnAddress = ({ address }: Surroundings): string => `${address().origin}${RETURN_PATH}`;

/** Each is good for one answer. */
function takeAway({ storage }: Surroundings): Away | undefined {
  const text = storage.getItem(STORED_AS);
  storage.removeItem(STORED_AS);
  return text === null ? undefined : (JSON.parse(text) as Away);
}

async function redeem(config: SignInConfig, code: string, { verifier }: Away, here: Surroundings): Promise<Tokens> {
  try {
    const grant = { grant_type: "authorization_code", code, redirect_uri: returnAddress(here), code_verifier: verifier } as const;
    return await askForTokens(config, grant, here);
  } catch (error) {
    if (error instanceof GrantRefused)
      throw new Error(`Signing in could not be finished (${error.message}). Load this page again to sign in anew.`, { cause: error });
    throw error;
  }
}

/**
 * The ID token came from its issuer over TLS, so its claims are checked and its signature need not be.
 *
 * @see OpenID Connect Core 1.0, section 3.1.3.7, points 2, 3, 6, 9 and 11
 */
function personIn({ issuer, client_id }: SignInConfig, { id }: Tokens, nonce: string, { now }: Surroundings): Person {
  const claims = id === undefined ? {} : claimsOf(id);
  const { iss, aud, nonce: echoed, exp, sub, email } = claims as Readonly<Record<string, unknown>>;
  const isOurs = iss === issuer && aud === client_id && echoed === nonce && typeof exp === "number" && exp * 1000 > now();
  if (!isOurs || typeof sub !== "string")
    throw new Error("The sign-in answered with the identity of another one. Load this page again to sign in anew.");
  return { id: sub, email: typeof email === "string" ? email : undefined };
}

function sessionWith(config: SignInConfig, first: Tokens, person: Person, here: Surroundings): Session {
  let tokens: Tokens = first;
  let renewing: Promise<string | undefined> | undefined;
  let left = false;

  const renew = async (): Promise<string | undefined> => {
    try {
      if (tokens.refresh === undefined) throw new GrantRefused("no refresh token");
      const renewed = await askForTokens(config, { grant_type: "refresh_token", refresh_token: tokens.refresh }, here);
      tokens = { ...renewed, refresh: renewed.refresh ?? tokens.refresh };
      return tokens.access;
    } catch (error) {
      if (error instanceof GrantRefused) {
        left = true;
        await goAway(config, here);
        return undefined;
      }
      // Until it has ended, the old one is as good as ever.
      if (here.now() < tokens.expiresAt) return tokens.access;
      throw error;
    }
  };

  return {
    mode: "cloud",
    person,
    async token() {
      if (left) return undefined;
      if (here.now() < tokens.expiresAt - EARLY_MS) return tokens.access;
      renewing ??= renew().finally(() => {
        renewing = undefined;
      });
      return renewing;
    },
    async signOut() {
      left = true;
      const { refresh } = tokens;
      // Whether or not it can be told, the person is signed out here, and there by the next step.
      if (refresh !== undefined) await revoke(config, refresh, here).catch(() => undefined);
      const query = new URLSearchParams({ client_id: config.client_id, logout_uri: returnAddress(here) });
      here.leave(`${config.domain}/logout?${query}`);
    },
  };
}
