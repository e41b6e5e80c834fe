// Counts and writes records until it is killed; says each number once both writes were acknowledged.
import { writeSync } from "node:fs";
import { createSqliteMetadataStore } from "#lib/adapters/local/sqlite-metadata-store.ts";
import { createSystemClock } from "#lib/adapters/local/system-clock.ts";

const [path] = process.argv.slice(2) as [string];
const store = createSqliteMetadataStore({ path, clock: createSystemClock() });
for (;;) {
  const value = await store.increment("state", { pk: "kill", sk: "count" }, 1);
  await store.transact([
    { kind: "put", table: "state", record: { pk: "pair", sk: `a#${value}`, body: { text: "x".repeat(3000) } }, condition: "absent" },
    { kind: "put", table: "signals", record: { pk: "pair", sk: `b#${value}`, body: {} }, condition: "absent" },
  ]);
  writeSync(1, `${value}\n`);
}
