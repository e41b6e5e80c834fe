import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { S3Client } from "@aws-sdk/client-s3";
import { createS3SiteStore } from "#lib/adapters/aws/s3-site-store.ts";
import { createSystemClock } from "#lib/adapters/local/system-clock.ts";
import { readEnv } from "../shared/env.ts";
import { listFiles } from "./list-files.ts";
import { createPublishWeb } from "./publish-web.ts";

/** The bundle carries the built app beside its code. */
const folder = fileURLToPath(new URL("web", import.meta.url));

export const handler = createPublishWeb({
  site: createS3SiteStore({ client: new S3Client({}), bucket: readEnv(process.env, "WEB_BUCKET") }),
  clock: createSystemClock(),
  files: new Map(listFiles(folder).map((name) => [name, readFileSync(join(folder, name))])),
  answer: async (url, body) => {
    const response = await fetch(url, { method: "PUT", body, headers: { "content-type": "" }, signal: AbortSignal.timeout(20_000) });
    if (!response.ok) throw new Error(`CloudFormation did not take the answer: status ${response.status}.`);
  },
});
