import { parseArgs } from "node:util";
import * as z from "zod";
import { issueApiToken } from "#functions/authorizer/api-token.ts";
import { recordPortsFromEnv } from "#functions/shared/record-ports-from-env.ts";
import { parseOr } from "#lib/errors/parse.ts";

const USAGE = `STATE_TABLE=... node cli/with-runtime.mjs infra/local/issue-token.ts --owner ID --name TEXT [--days N] [--write]
  Makes an API token for a machine and prints it once; the table keeps its hash.
  --owner   whose records the token reaches: a user's id (sub), or an id of your own
  --name    what the token is for
  --days    until it expires, 90 when absent
  --write   may change things too`;

const { values } = parseArgs({
  options: {
    owner: { type: "string" },
    name: { type: "string" },
    days: { type: "string", default: "90" },
    write: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help || values.owner === undefined || values.name === undefined) {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = values.help ? 0 : 2;
} else {
  const days = parseOr("INVALID_PARAM", z.coerce.number().int().min(1).max(366), values.days, "--days");
  const table = process.env["STATE_TABLE"];
  // A token is a record of the state table; the others are not touched.
  const { metadata, clock } = recordPortsFromEnv({ STATE_TABLE: table, SIGNALS_TABLE: table, IDEMPOTENCY_TABLE: table });
  const now = clock.now();
  const record = {
    owner: values.owner,
    name: values.name,
    scopes: values.write ? ["read" as const, "write" as const] : ["read" as const],
    created_at: new Date(now).toISOString(),
  };
  process.stdout.write(`${await issueApiToken(metadata, record, Math.floor(now / 1000) + days * 86_400)}\n`);
}
