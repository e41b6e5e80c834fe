import { describe, expect, it } from "vitest";
import { createKeySet } from "#functions/authorizer/key-set.ts";
import { signingKey } from "./tokens.ts";

const first = signingKey("first");
const second = signingKey("second");

function keySet(documents: unknown[]) {
  let now = 0;
  const urls: string[] = [];
  const keys = createKeySet({
    url: "https://issuer.invalid/.well-known/jwks.json",
    clock: { now: () => now },
    fetchJson: async (url) => {
      urls.push(url);
      const document = documents.length > 1 ? documents.shift() : documents[0];
      if (document instanceof Error) throw document;
      return document;
    },
  });
  return {
    keys,
    urls,
    wait: (ms: number) => {
      now += ms;
    },
  };
}

describe("createKeySet", () => {
  it("reads the issuer's keys once for many tokens, also at the same time", async () => {
    const { keys, urls } = keySet([{ keys: [first.jwk] }]);
    const found = await Promise.all([keys.find("first"), keys.find("first"), keys.find("first")]);
    expect(found.map((key) => key?.asymmetricKeyType)).toEqual(["rsa", "rsa", "rsa"]);
    expect(urls).toEqual(["https://issuer.invalid/.well-known/jwks.json"]);
  });

  it("reads again for a key it does not know, at most twice a minute", async () => {
    const { keys, urls, wait } = keySet([{ keys: [first.jwk] }, { keys: [first.jwk, second.jwk] }]);
    await keys.find("first");
    for (let i = 0; i < 50; i++) expect(await keys.find("second")).toBeUndefined();
    expect(urls).toHaveLength(1);
    wait(30_001);
    expect(await keys.find("second")).toBeDefined();
    expect(urls).toHaveLength(2);
  });

  it("forgets a key that the issuer withdrew, within an hour", async () => {
    const { keys, wait } = keySet([{ keys: [first.jwk] }, { keys: [second.jwk] }]);
    await keys.find("first");
    wait(3_600_001);
    expect(await keys.find("first")).toBeUndefined();
  });

  it("throws when the issuer cannot be read, and tries again at the next call", async () => {
    const { keys } = keySet([new Error("down"), { keys: [first.jwk] }]);
    await expect(keys.find("first")).rejects.toThrow("down");
    expect(await keys.find("first")).toBeDefined();
  });

  it("believes the keys that it has while the issuer is down, asks twice a minute, and gives up after six hours", async () => {
    const { keys, urls, wait } = keySet([{ keys: [first.jwk] }, new Error("down")]);
    await keys.find("first");
    wait(3_600_001);
    for (let i = 0; i < 50; i++) expect(await keys.find("first")).toBeDefined();
    expect(urls).toHaveLength(2);
    await expect(keys.find("unknown")).resolves.toBeUndefined();
    wait(30_001);
    await expect(keys.find("unknown")).rejects.toThrow("down");
    expect(urls).toHaveLength(3);
    wait(6 * 3_600_000);
    await expect(keys.find("first")).rejects.toThrow("down");
    await expect(keys.find("first")).rejects.toThrow("could not be read");
    expect(urls).toHaveLength(4);
  });

  it("takes no key of another kind, use or algorithm", async () => {
    const others = [
      { ...first.jwk, kid: "enc", use: "enc" },
      { ...first.jwk, kid: "ps", alg: "PS256" },
      { kid: "oct", kty: "oct", k: "c2VjcmV0" },
    ];
    const { keys } = keySet([{ keys: others }]);
    for (const kid of ["enc", "ps", "oct"]) expect(await keys.find(kid)).toBeUndefined();
  });
});
