import { DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { afterEach, describe, expect, it } from "vitest";
import { createS3SiteStore } from "#lib/adapters/aws/s3-site-store.ts";

const client = new S3Client({ region: "us-east-1" });
const s3 = mockClient(client);
afterEach(() => s3.reset());
const store = createS3SiteStore({ client, bucket: "site" });

describe("createS3SiteStore", () => {
  it("writes a file with the headers that browsers get", async () => {
    s3.on(PutObjectCommand).resolves({});
    await store.put("app/index.html", new Uint8Array([1]), { contentType: "text/html; charset=utf-8", cacheControl: "no-cache" });
    expect(s3.commandCalls(PutObjectCommand)[0]!.args[0].input).toEqual({
      Bucket: "site",
      Key: "app/index.html",
      Body: new Uint8Array([1]),
      ContentType: "text/html; charset=utf-8",
      CacheControl: "no-cache",
    });
  });

  it("lists every page of files with the time of their last write", async () => {
    const at = new Date("2026-11-20T00:00:00Z");
    s3.on(ListObjectsV2Command, { Bucket: "site" }).resolves({
      Contents: [{ Key: "app/a", LastModified: at }],
      NextContinuationToken: "2",
    });
    s3.on(ListObjectsV2Command, { Bucket: "site", ContinuationToken: "2" }).resolves({ Contents: [{ Key: "app/b", LastModified: at }] });
    expect(await store.list()).toEqual([
      { key: "app/a", writtenAt: at.getTime() },
      { key: "app/b", writtenAt: at.getTime() },
    ]);
  });

  it("removes file by file", async () => {
    s3.on(DeleteObjectCommand).resolves({});
    await store.remove(["app/a", "app/b"]);
    expect(s3.commandCalls(DeleteObjectCommand).map(({ args }) => args[0].input.Key)).toEqual(["app/a", "app/b"]);
  });

  it("names what it was doing when the service fails", async () => {
    const failure = Object.assign(new Error("Slow down"), { name: "SlowDown", $metadata: { httpStatusCode: 503, attempts: 3 } });
    s3.on(PutObjectCommand).rejects(failure);
    const put = store.put("app/a", new Uint8Array(), { contentType: "text/plain", cacheControl: "no-cache" });
    await expect(put).rejects.toMatchObject({
      code: "STORE_UNAVAILABLE",
      message: expect.stringContaining('writing "app/a" in the bucket'),
    });
  });
});
