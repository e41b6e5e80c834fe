import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

export const ISSUER = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_pool";
export const CLIENT = "client-1";
export const NOW = Date.parse("2026-11-20T21:15:00Z");
export const OWNER = "0f3a9c1e-6c3b-4d0e-9a53-3f7a5b1f0c11";

export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly jwk: Record<string, unknown>;
}

export function signingKey(kid: string): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { privateKey, jwk: { ...publicKey.export({ format: "jwk" }), kid, alg: "RS256", use: "sig" } };
}

export const goodClaims = {
  iss: ISSUER,
  sub: OWNER,
  token_use: "access",
  client_id: CLIENT,
  scope: "aws.cognito.signin.user.admin",
  iat: NOW / 1000 - 60,
  exp: NOW / 1000 + 3540,
};

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

export function jwt(key: SigningKey, claims: object = goodClaims, header: object = {}): string {
  const text = `${encode({ alg: "RS256", kid: key.jwk["kid"], ...header })}.${encode(claims)}`;
  return `${text}.${sign("RSA-SHA256", Buffer.from(text), key.privateKey).toString("base64url")}`;
}

/** The same claims, unsigned or signed by other means. */
export function forged(header: object, claims: object, signature: (text: string) => Buffer): string {
  const text = `${encode(header)}.${encode(claims)}`;
  return `${text}.${signature(text).toString("base64url")}`;
}
