// Writes artifacts and a pointer until it is killed; says each key once its write was acknowledged.
import { writeSync } from "node:fs";
import { createFsArtifactStore } from "#lib/adapters/local/fs-artifact-store.ts";
import { sha256 } from "#lib/core/digest.ts";

const [root, round] = process.argv.slice(2) as [string, string];
const store = createFsArtifactStore({ root });
let pointer = await store.head("pointers/current");
for (let i = 0; ; i++) {
  const bytes = new Uint8Array(300_000).fill(i % 251);
  new DataView(bytes.buffer).setFloat64(0, Number(round) * 1_000_000 + i);
  const key = `objects/${sha256(bytes)}`;
  await store.put(key, bytes, "absent");
  const text = new TextEncoder().encode(JSON.stringify({ key, padding: "x".repeat(50_000) }));
  const { etag } = await store.put("pointers/current", text, pointer ? { etag: pointer.etag } : "absent");
  pointer = { size: text.byteLength, etag };
  writeSync(1, `${key}\n`);
}
