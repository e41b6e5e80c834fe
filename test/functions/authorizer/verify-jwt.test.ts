import { createHmac, createPublicKey, sign } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createKeySet } from "#functions/authorizer/key-set.ts";
import { verifyJwt } from "#functions/authorizer/verify-jwt.ts";
import { CLIENT, forged, goodClaims, ISSUER, jwt, NOW, OWNER, signingKey } from "./tokens.ts";

const key = signingKey("key-1");
const stranger = signingKey("key-1");
const keys = createKeySet({ url: "https://issuer.invalid", fetchJson: async () => ({ keys: [key.jwk] }), clock: { now: () => NOW } });
const rules = { issuer: ISSUER, clientId: CLIENT, keys, now: NOW };

describe("verifyJwt", () => {
  it("returns the claims of an access token that the issuer signed for this client", async () => {
    expect(await verifyJwt(jwt(key), rules)).toMatchObject({ sub: OWNER, client_id: CLIENT });
  });

  it("is valid until the second it expires and not in it", async () => {
    const token = jwt(key);
    expect(await verifyJwt(token, { ...rules, now: goodClaims.exp * 1000 - 1 })).toBeDefined();
    expect(await verifyJwt(token, { ...rules, now: goodClaims.exp * 1000 })).toBeUndefined();
  });

  it.each([
    ["another issuer", { iss: `${ISSUER}x` }],
    ["another client", { client_id: "client-2" }],
    ["an ID token", { token_use: "id", aud: CLIENT }],
    ["no expiry", { exp: undefined }],
    ["an expiry that is no number", { exp: "2099" }],
    ["a time before which it is not valid", { nbf: NOW / 1000 + 1 }],
    ["no subject", { sub: undefined }],
    ["a subject that could leave its folder", { sub: "../system" }],
  ])("refuses %s", async (_, change) => {
    expect(await verifyJwt(jwt(key, { ...goodClaims, ...change }), rules)).toBeUndefined();
  });

  it("refuses a signature by another key under the same key id", async () => {
    expect(await verifyJwt(jwt(stranger), rules)).toBeUndefined();
  });

  it("refuses what the header asks for: no algorithm, the public key as an HMAC secret, another RSA scheme, critical extensions", async () => {
    const kid = "key-1";
    const publicPem = createPublicKey(key.privateKey).export({ type: "spki", format: "pem" });
    const attempts = [
      forged({ alg: "none", kid }, goodClaims, () => Buffer.from("x")),
      forged({ alg: "HS256", kid }, goodClaims, (text) => createHmac("sha256", publicPem).update(text).digest()),
      forged({ alg: "RS512", kid }, goodClaims, (text) => sign("RSA-SHA512", Buffer.from(text), key.privateKey)),
      jwt(key, goodClaims, { crit: ["b64"] }),
      jwt(key, goodClaims, { kid: undefined }),
    ];
    for (const token of attempts) expect(await verifyJwt(token, rules)).toBeUndefined();
  });

  it("refuses every token of which one character was changed", async () => {
    const token = jwt(key);
    const position = fc.nat(token.length - 1).filter((at) => token[at] !== ".");
    await fc.assert(
      fc.asyncProperty(position, fc.constantFrom("A", "b", "7", "_"), async (at, letter) => {
        fc.pre(token[at] !== letter);
        const changed = token.slice(0, at) + letter + token.slice(at + 1);
        // The last letter of a part carries padding bits that mean nothing: the same bytes are the same token.
        const sameBytes = changed
          .split(".")
          .every((part, i) => Buffer.from(part, "base64url").equals(Buffer.from(token.split(".")[i]!, "base64url")));
        fc.pre(!sameBytes);
        expect(await verifyJwt(changed, rules)).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  it("refuses text of any other form, however long, without asking for keys", async () => {
    let asked = 0;
    const counting = {
      find: async () => {
        asked += 1;
        return undefined;
      },
    };
    for (const text of ["", ".", "..", "a.b", "a.b.c.d", "a.b.c=", "é.b.c", `${"a".repeat(9000)}.b.c`, "bnVsbA.bnVsbA.bnVsbA"])
      expect(await verifyJwt(text, { ...rules, keys: counting })).toBeUndefined();
    expect(asked).toBe(0);
  });
});
