// Records sessions of a series until it is killed, or so many of them; says each once its write was acknowledged.
import { writeSync } from "node:fs";
import { createFsArtifactStore } from "#lib/adapters/local/fs-artifact-store.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { recordIvEntries } from "#lib/market-data/iv-store/iv-store.ts";

const [root, first, step, count] = process.argv.slice(2) as [string, string, string, string];
const artifacts = createFsArtifactStore({ root });
const id = { owner: "local", provider: "alpaca", symbol: "SPY", tenor: { days: 30, source: "auto" as const } };
for (let k = Number(first); k < Number(count); k += Number(step)) {
  const session = NYSE.addSessions(20240102, k);
  const entry = { session, known_at: k, value: 0.1 + k / 1e4, chain: "0".repeat(64), edition: "one", stamps: [], recorded_at: k };
  await recordIvEntries(artifacts, id, [entry]);
  writeSync(1, `${session}\n`);
}
