import { parseArgs } from "node:util";
import * as z from "zod";
import { issueApiToken, listApiTokens, revokeApiTokenById } from "#functions/authorizer/api-token.ts";
import { recordPortsFromEnv } from "#functions/shared/record-ports-from-env.ts";
import { parseOr } from "#lib/errors/parse.ts";

const USAGE = `STATE_TABLE=... node cli/with-runtime.mjs infra/local/issue-token.ts --owner ID --name TEXT [--days N] [--write] [--admin]
  Makes an API token for a machine and prints it once; the table keeps its hash.
  --owner   whose records the token reaches: a user's id (sub), or an id of your own
  --name    what the token is for
  --days    until it expires, 90 when absent
  --write   may change things too
  --admin   may use the routes of administrators too: quotas, jobs and reviews of every owner
STATE_TABLE=... node cli/with-runtime.mjs infra/local/issue-token.ts --owner ID --list
  Shows the owner's tokens: id, name, scopes, when made, until when. The tokens themselves are kept nowhere.
STATE_TABLE=... node cli/with-runtime.mjs infra/local/issue-token.ts --owner ID --revoke TOKEN_ID
  Revokes one of them at once; the gateway remembers a token for up to a minute.`;

const { values } = parseArgs({
  options: {
    owner: { type: "string" },
    name: { type: "string" },
    days: { type: "string", default: "90" },
    write: { type: "boolean", default: false },
    admin: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
    revoke: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

const { owner, name, revoke } = values;
if (values.help || owner === undefined || (name === undefined && !values.list && revoke === undefined)) {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = values.help ? 0 : 2;
} else {
  const table = process.env["STATE_TABLE"];
  // A token is a record of the state table; the others are not touched.
  const { metadata, clock } = recordPortsFromEnv({ STATE_TABLE: table, SIGNALS_TABLE: table, IDEMPOTENCY_TABLE: table });
  const now = clock.now();
  if (values.list) {
    for (const { id, name: what, scopes, created_at, expires_at } of await listApiTokens(metadata, owner)) {
      const until = expires_at === null ? "never expires" : `until ${new Date(expires_at * 1000).toISOString()}`;
      process.stdout.write(`${id}  ${what}  ${scopes.join(",")}  made ${created_at}  ${until}\n`);
    }
  } else if (revoke !== undefined) {
    await revokeApiTokenById(metadata, owner, revoke);
    process.stdout.write(`Revoked ${revoke}.\n`);
  } else {
    const days = parseOr("INVALID_PARAM", z.coerce.number().int().min(1).max(366), values.days, "--days");
    const record = {
      owner,
      name: name!,
      scopes: ["read" as const, ...(values.write ? ["write" as const] : []), ...(values.admin ? ["admin" as const] : [])],
      created_at: new Date(now).toISOString(),
    };
    process.stdout.write(`${await issueApiToken(metadata, record, Math.floor(now / 1000) + days * 86_400)}\n`);
  }
}
