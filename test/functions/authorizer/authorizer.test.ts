import { describe, expect, it } from "vitest";
import { findApiToken, issueApiToken, listApiTokens, revokeApiToken, revokeApiTokenById } from "#functions/authorizer/api-token.ts";
import { createAuthorizer } from "#functions/authorizer/authorizer.ts";
import { createKeySet } from "#functions/authorizer/key-set.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import { sha256 } from "#lib/core/digest.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { CLIENT, goodClaims, ISSUER, jwt, NOW, OWNER, signingKey } from "./tokens.ts";

const key = signingKey("key-1");
const record = { owner: "desk-7", name: "nightly job", scopes: ["read" as const], created_at: "2026-11-20T20:00:00Z" };

function system() {
  let now = NOW;
  const clock = { now: () => now };
  const metadata = createMemoryMetadataStore({ clock });
  const keys = createKeySet({ url: `${ISSUER}/.well-known/jwks.json`, fetchJson: async () => ({ keys: [key.jwk] }), clock });
  const authorize = createAuthorizer({ metadata, clock, issuer: ISSUER, clientId: CLIENT, keys });
  return {
    metadata,
    authorize: (authorization?: string, extra: object = {}) =>
      authorize({ headers: authorization === undefined ? {} : { authorization }, ...extra }),
    wait: (ms: number) => {
      now += ms;
    },
  };
}

describe("createAuthorizer", () => {
  it("lets a person in as the subject of the token", async () => {
    expect(await system().authorize(`Bearer ${jwt(key)}`)).toEqual({
      isAuthorized: true,
      context: { owner: OWNER, scopes: "read write", kind: "user" },
    });
  });

  it("gives the scope of administrators to the members of their group, and to nobody else", async () => {
    const scopesOf = async (groups: unknown) => {
      const answered = await system().authorize(`Bearer ${jwt(key, { ...goodClaims, "cognito:groups": groups })}`);
      return answered.isAuthorized ? answered.context.scopes : null;
    };
    expect(await scopesOf(["readers", "admin"])).toBe("read write admin");
    for (const groups of [undefined, [], ["administrators"], ["admin readers"], ["Admin"]])
      expect(await scopesOf(groups)).toBe("read write");
    for (const groups of ["admin", { admin: true }, [7]]) expect(await scopesOf(groups)).toBeNull();
    const { metadata, authorize } = system();
    const token = await issueApiToken(metadata, { ...record, scopes: ["read", "admin"] }, NOW / 1000 + 60);
    expect(await authorize(`Bearer ${token}`)).toMatchObject({ context: { owner: "desk-7", scopes: "read admin" } });
  });

  it("lets a machine in as the owner of its API token, with the token's scopes", async () => {
    const { metadata, authorize } = system();
    const token = await issueApiToken(metadata, record, NOW / 1000 + 86_400);
    expect(await authorize(`Bearer ${token}`)).toEqual({
      isAuthorized: true,
      context: { owner: "desk-7", scopes: "read", kind: "machine" },
    });
  });

  it("takes the owner from nowhere else in the request", async () => {
    const extra = {
      headers: { authorization: `Bearer ${jwt(key)}`, "x-owner": "desk-7" },
      queryStringParameters: { owner: "desk-7" },
      body: '{"owner":"desk-7"}',
    };
    expect(await system().authorize(undefined, extra)).toMatchObject({ context: { owner: OWNER } });
  });

  it.each([
    ["no header", undefined],
    ["another scheme", `Basic ${Buffer.from("a:b").toString("base64")}`],
    ["a scheme alone", "Bearer "],
    ["two tokens", `Bearer ${jwt(key)} ${jwt(key)}`],
    ["an expired token", `Bearer ${jwt(key, { ...goodClaims, exp: NOW / 1000 - 1 })}`],
    ["an API token that nobody issued", `Bearer sigma_${"a".repeat(43)}`],
    ["a token's hash in place of the token", `Bearer ${sha256("anything")}`],
  ])("refuses %s", async (_, authorization) => {
    expect(await system().authorize(authorization)).toEqual({ isAuthorized: false });
  });

  it("refuses an API token after it has expired or was revoked", async () => {
    const { metadata, authorize, wait } = system();
    const short = await issueApiToken(metadata, record, NOW / 1000 + 60);
    const revoked = await issueApiToken(metadata, record, NOW / 1000 + 86_400);
    await revokeApiToken(metadata, revoked);
    expect(await authorize(`Bearer ${revoked}`)).toEqual({ isAuthorized: false });
    wait(61_000);
    expect(await authorize(`Bearer ${short}`)).toEqual({ isAuthorized: false });
  });

  it("shows an owner his tokens by ids that are none, and revokes one by its id", async () => {
    const { metadata, authorize, wait } = system();
    const first = await issueApiToken(metadata, record, NOW / 1000 + 60);
    wait(1000);
    const second = await issueApiToken(
      metadata,
      { ...record, name: "second", created_at: new Date(NOW + 1000).toISOString() },
      NOW / 1000 + 90,
    );
    await issueApiToken(metadata, { ...record, owner: "desk-8" }, NOW / 1000 + 60);
    const listed = await listApiTokens(metadata, "desk-7");
    expect(listed.map(({ name, expires_at }) => [name, expires_at])).toEqual([
      ["second", NOW / 1000 + 90],
      [record.name, NOW / 1000 + 60],
    ]);
    expect(listed.map(({ id }) => id)).toEqual([second, first].map((token) => sha256(token).slice(0, 16)));
    expect(JSON.stringify(listed)).not.toContain(first);
    await expect(revokeApiTokenById(metadata, "desk-8", listed[0]!.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await revokeApiTokenById(metadata, "desk-7", listed[0]!.id);
    expect(await authorize(`Bearer ${second}`)).toEqual({ isAuthorized: false });
    expect(await authorize(`Bearer ${first}`)).toMatchObject({ isAuthorized: true });
    wait(60_000);
    expect(await listApiTokens(metadata, "desk-7")).toEqual([]);
  });

  it("reports a store that is down as an error, which is no refusal", async () => {
    const down = {
      ...system().metadata,
      get: async () => {
        throw new SigmaError("STORE_UNAVAILABLE", "Try again.");
      },
    };
    const keys = { find: async () => undefined };
    const authorize = createAuthorizer({ metadata: down, clock: { now: () => NOW }, issuer: ISSUER, clientId: CLIENT, keys });
    await expect(authorize({ headers: { authorization: `Bearer sigma_${"a".repeat(43)}` } })).rejects.toMatchObject({
      code: "STORE_UNAVAILABLE",
    });
  });
});

describe("issueApiToken", () => {
  it("keeps the token nowhere: the record's key is its SHA-256", async () => {
    const { metadata } = system();
    const writes: unknown[] = [];
    const recording = {
      ...metadata,
      put: (...args: Parameters<typeof metadata.put>) => {
        writes.push(args);
        return metadata.put(...args);
      },
    };
    const token = await issueApiToken(recording, record, NOW / 1000 + 60);
    expect(token).toMatch(/^sigma_[A-Za-z0-9_-]{43}$/);
    expect(JSON.stringify(writes)).not.toContain(token.slice(6));
    expect(JSON.stringify(writes)).toContain(`token#${sha256(token)}`);
    expect(await findApiToken(metadata, token)).toEqual(record);
  });

  it("makes a new token each time and refuses a record of another form", async () => {
    const { metadata } = system();
    const tokens = await Promise.all([1, 2, 3].map(() => issueApiToken(metadata, record, NOW / 1000 + 60)));
    expect(new Set(tokens).size).toBe(3);
    await expect(issueApiToken(metadata, { ...record, owner: "a/b" }, NOW / 1000 + 60)).rejects.toMatchObject({ code: "INVALID_PARAM" });
  });
});
