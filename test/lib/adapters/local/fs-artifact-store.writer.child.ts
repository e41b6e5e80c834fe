// Adds to a shared number under its etag, and claims shared names, beside other processes that do the same.
import { createFsArtifactStore } from "#lib/adapters/local/fs-artifact-store.ts";

const [root, writer, count] = process.argv.slice(2) as [string, string, string];
const store = createFsArtifactStore({ root });
const codec = { encode: (text: string) => new TextEncoder().encode(text), decode: (bytes: Uint8Array) => new TextDecoder().decode(bytes) };
await store.put("counter", codec.encode("0"), "absent");
for (let i = 0; i < Number(count); i++) {
  await store.put(`claims/${i}`, codec.encode(writer), "absent");
  for (;;) {
    const { bytes, etag } = await store.get("counter");
    try {
      await store.put("counter", codec.encode(String(Number(codec.decode(bytes)) + 1)), { etag });
      break;
    } catch (error) {
      if ((error as Error).name !== "CONFLICT") throw error;
    }
  }
}
