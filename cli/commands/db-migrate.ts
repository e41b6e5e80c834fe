import { localEnvironment } from "#infra/local/environment.ts";
import { localHome } from "#infra/local/local-system.ts";
import { storeSchema } from "#infra/local/store-schema.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { command } from "../command.ts";
import { renderFacts } from "../table.ts";

/** Variables of a database server, which this product does not use. */
const SERVER_VARIABLE = /^(DATABASE_URL|DB_[A-Z0-9_]+|PG[A-Z]+)$/;

export const dbMigrate = command({
  name: "db-migrate",
  description: "Bring this machine's store of records up to the program's schema; there is no database server to migrate",
  localOnly: "it changes this machine's own store; a deployed system has tables that need no migration",
  examples: ["sigma db-migrate"],
  async run({ session }) {
    refuseServer(localEnvironment(".env", session.terminal.env));
    const { path, found: before = 0, known } = storeSchema(localHome(session.terminal.env["SIGMA_HOME"]));
    // Opening the system is what migrates it, for every command alike.
    await session.local();
    const document = { path, before, after: known, migrated: before !== known };
    return {
      document,
      text: renderFacts([
        ["Store", path],
        ["Schema", before === known ? `version ${known}, up to date` : `version ${known}, was ${before}`],
      ]),
    };
  },
});

/** @throws CONFIG_INVALID when the environment names a database server: who set it expects the records to be there */
function refuseServer(env: Readonly<Record<string, string | undefined>>): void {
  const found = Object.keys(env)
    .filter((name) => SERVER_VARIABLE.test(name) && env[name] !== undefined)
    .sort();
  if (found.length === 0) return;
  throw new SigmaError(
    "CONFIG_INVALID",
    `${found.join(", ")} ${found.length === 1 ? "names" : "name"} a database server, and Sigma Lab uses none: on one machine records are kept in SQLite below SIGMA_HOME, in the cloud in DynamoDB. Nothing would be migrated there, so nothing was done. Unset ${found.length === 1 ? "it" : "them"} (also in .env), and set SIGMA_HOME to say where the records are.`,
    { variables: found },
  );
}
