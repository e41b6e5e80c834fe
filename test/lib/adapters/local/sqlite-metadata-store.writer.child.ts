// Increments a shared counter and rewrites a shared document under its version, beside other processes.
import { createSqliteMetadataStore } from "#lib/adapters/local/sqlite-metadata-store.ts";
import { createSystemClock } from "#lib/adapters/local/system-clock.ts";

const [path, writer, count] = process.argv.slice(2) as [string, string, string];
const store = createSqliteMetadataStore({ path, clock: createSystemClock() });
const key = { pk: "shared", sk: "document" };
for (let i = 0; i < Number(count); i++) {
  await store.increment("state", { pk: "shared", sk: "count" }, 1);
  for (;;) {
    const stored = await store.get("state", key);
    const writes = ((stored?.body["writes"] as number | undefined) ?? 0) + 1;
    try {
      await store.put("state", { ...key, body: { writes, writer } }, stored?.version ?? "absent");
      break;
    } catch (error) {
      if ((error as Error).name !== "CONFLICT") throw error;
    }
  }
}
store.close();
