import { createHash, randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";

/** A place of signing in on loopback that is as strict as the real one: codes are good once, by their verifier only. */
export interface FakeSignIn {
  readonly domain: string;
  /** Every form that was sent to it, by path. */
  readonly asked: { readonly path: string; readonly form: Readonly<Record<string, string>> }[];
  /** Changes what it answers from now on. */
  readonly behaviour: { refuse?: boolean; broken?: boolean; nonce?: string; expiresIn?: number; rotate?: boolean };
  close(): Promise<void>;
}

interface Code {
  readonly challenge: string;
  readonly redirect: string;
  readonly nonce: string;
}

export const CLIENT_ID = "client-1";
export const ISSUER = "https://issuer.example/pool";

export async function startFakeSignIn(now: () => number): Promise<FakeSignIn> {
  const codes = new Map<string, Code>();
  const refreshTokens = new Set<string>();
  const asked: FakeSignIn["asked"] = [];
  const behaviour: FakeSignIn["behaviour"] = {};

  const server: Server = createServer(async (request, response) => {
    const url = new URL(request.url!, "http://127.0.0.1");
    const query = Object.fromEntries(url.searchParams);
    if (url.pathname === "/oauth2/authorize") {
      if (query["client_id"] !== CLIENT_ID || query["response_type"] !== "code" || query["code_challenge_method"] !== "S256") {
        response.writeHead(400).end();
        return;
      }
      const back = new URL(query["redirect_uri"]!);
      back.searchParams.set("state", query["state"]!);
      if (behaviour.refuse) back.searchParams.set("error", "access_denied");
      else {
        const code = randomUUID();
        codes.set(code, { challenge: query["code_challenge"]!, redirect: query["redirect_uri"]!, nonce: query["nonce"]! });
        back.searchParams.set("code", code);
      }
      response.writeHead(302, { location: back.href }).end();
      return;
    }
    if (url.pathname === "/favicon.ico") {
      response.writeHead(204).end();
      return;
    }
    if (url.pathname === "/logout") {
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Signed out</title>");
      return;
    }
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const form = Object.fromEntries(new URLSearchParams(body));
    asked.push({ path: url.pathname, form });
    const answer = (status: number, document: object) =>
      response.writeHead(status, { "content-type": "application/json", "access-control-allow-origin": "*" }).end(JSON.stringify(document));
    if (behaviour.broken) return answer(503, {});
    if (url.pathname === "/oauth2/revoke") {
      refreshTokens.delete(form["token"]!);
      return answer(200, {});
    }
    if (form["client_id"] !== CLIENT_ID) return answer(400, { error: "invalid_client" });
    const seconds = behaviour.expiresIn ?? 3600;
    if (form["grant_type"] === "authorization_code") {
      const code = codes.get(form["code"]!);
      codes.delete(form["code"]!);
      const proven = createHash("sha256").update(form["code_verifier"]!).digest("base64url");
      if (code?.challenge !== proven || code.redirect !== form["redirect_uri"]) return answer(400, { error: "invalid_grant" });
      const refresh = `refresh-${randomUUID()}`;
      refreshTokens.add(refresh);
      const id = jwt({
        iss: ISSUER,
        aud: CLIENT_ID,
        sub: "person-1",
        email: "grüße@example.com",
        nonce: behaviour.nonce ?? code.nonce,
        exp: now() / 1000 + seconds,
      });
      return answer(200, { access_token: `access-${randomUUID()}`, id_token: id, refresh_token: refresh, expires_in: seconds });
    }
    if (!refreshTokens.has(form["refresh_token"]!)) return answer(400, { error: "invalid_grant" });
    const renewed = behaviour.rotate ? `refresh-${randomUUID()}` : undefined;
    if (renewed !== undefined) {
      refreshTokens.delete(form["refresh_token"]!);
      refreshTokens.add(renewed);
    }
    return answer(200, { access_token: `access-${randomUUID()}`, expires_in: seconds, ...(renewed && { refresh_token: renewed }) });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as { port: number };
  return {
    domain: `http://127.0.0.1:${port}`,
    asked,
    behaviour,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

const part = (document: object): string => Buffer.from(JSON.stringify(document)).toString("base64url");
const jwt = (claims: object): string => `${part({ alg: "RS256" })}.${part(claims)}.c2lnbmF0dXJl`;
