import { readEnv } from "../shared/env.ts";
import { recordPortsFromEnv } from "../shared/record-ports-from-env.ts";
import { createAuthorizer } from "./authorizer.ts";
import { createKeySet } from "./key-set.ts";

const ports = recordPortsFromEnv();
const issuer = readEnv(process.env, "USER_POOL_ISSUER");
const keys = createKeySet({
  url: `${issuer}/.well-known/jwks.json`,
  clock: ports.clock,
  fetchJson: async (url) => {
    const response = await fetch(url, { signal: AbortSignal.timeout(3000) });
    if (!response.ok) throw new Error(`The issuer's keys could not be read: status ${response.status}.`);
    return response.json();
  },
});

export const handler = createAuthorizer({ ...ports, issuer, clientId: readEnv(process.env, "USER_POOL_CLIENT_ID"), keys });
