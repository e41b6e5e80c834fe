import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createS3ArtifactStore } from "#lib/adapters/aws/s3-artifact-store.ts";
import { artifactStoreContract } from "../../../contract/artifact-store.contract.ts";
import { describeWithAws, emulated } from "./aws-endpoint.ts";

describeWithAws("createS3ArtifactStore on an emulator", (endpoint) => {
  const client = new S3Client({ ...emulated(endpoint), forcePathStyle: true });
  const bucket = `contract-${process.pid}`;
  beforeAll(async () => {
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  });
  afterAll(() => client.destroy());

  artifactStoreContract(async () => createS3ArtifactStore({ client, bucket }), {
    noConcurrency: "emulators such as moto serve requests in threads without isolation",
  });
});

describe("createS3ArtifactStore on a failing service", () => {
  const client = new S3Client({ region: "us-east-1" });
  const s3 = mockClient(client);
  afterEach(() => s3.reset());
  const store = createS3ArtifactStore({ client, bucket: "artifacts" });
  const bytes = new TextEncoder().encode("hello");
  // SHA-256 of "hello" in base64.
  const checksum = "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";
  const failure = (name: string, status: number, attempts = 1) =>
    Object.assign(new Error(name), { name, $metadata: { httpStatusCode: status, attempts } });

  it("sends the SHA-256 and the condition with each write", async () => {
    s3.on(PutObjectCommand).resolves({ ETag: '"e"' });
    await store.put("k", bytes, "absent");
    await store.put("k", bytes, "any");
    await store.put("k", bytes, { etag: '"d"' });
    const sent = s3.commandCalls(PutObjectCommand).map(({ args }) => args[0].input);
    expect(sent.map(({ ChecksumSHA256 }) => ChecksumSHA256)).toEqual([checksum, checksum, checksum]);
    expect(sent.map(({ IfNoneMatch, IfMatch }) => [IfNoneMatch, IfMatch])).toEqual([
      ["*", undefined],
      [undefined, undefined],
      [undefined, '"d"'],
    ]);
  });

  it("signs a link that names the object, how long it is good, and the file", async () => {
    const signing = new S3Client({ region: "us-east-1", credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" } });
    const linked = createS3ArtifactStore({ client: signing, bucket: "artifacts" });
    const url = new URL(await linked.link!("owners/ann/m.parquet", { seconds: 300, fileName: 'a "b"/m.parquet' }));
    expect([url.protocol, url.host, url.pathname]).toEqual(["https:", "artifacts.s3.us-east-1.amazonaws.com", "/owners/ann/m.parquet"]);
    expect(url.searchParams.get("X-Amz-Expires")).toBe("300");
    expect(url.searchParams.get("X-Amz-Signature")).toMatch(/^[0-9a-f]{64}$/);
    expect(url.searchParams.get("response-content-disposition")).toBe('attachment; filename="a__b__m.parquet"');
    await expect(linked.link!("../x", { seconds: 300, fileName: "x" })).rejects.toMatchObject({ code: "INVALID_PARAM" });
  });

  it("takes 412 as the answer that the key is taken", async () => {
    s3.on(PutObjectCommand).rejects(failure("PreconditionFailed", 412));
    s3.on(HeadObjectCommand).resolves({ ContentLength: 5, ETag: '"stored"', ChecksumSHA256: checksum });
    expect(await store.put("k", bytes, "absent")).toEqual({ created: false, etag: '"stored"' });
    await expect(store.put("k", bytes, { etag: '"old"' })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("recognises its own write when the SDK's retry meets it", async () => {
    s3.on(PutObjectCommand).rejects(failure("PreconditionFailed", 412, 2));
    s3.on(HeadObjectCommand).resolves({ ContentLength: 5, ETag: '"mine"', ChecksumSHA256: checksum });
    expect(await store.put("k", bytes, { etag: '"old"' })).toEqual({ created: true, etag: '"mine"' });
    expect(await store.put("k", bytes, "absent")).toEqual({ created: true, etag: '"mine"' });
    s3.on(HeadObjectCommand).resolves({ ContentLength: 5, ETag: '"another"', ChecksumSHA256: "other" });
    await expect(store.put("k", bytes, { etag: '"old"' })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("tries again when another write on the key is under way, four times", async () => {
    const busy = failure("ConditionalRequestConflict", 409);
    s3.on(PutObjectCommand).rejectsOnce(busy).rejectsOnce(busy).resolves({ ETag: '"e"' });
    expect(await store.put("k", bytes, "absent")).toEqual({ created: true, etag: '"e"' });
    s3.reset();
    s3.on(PutObjectCommand).rejects(busy);
    await expect(store.put("k", bytes, "absent")).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    expect(s3.commandCalls(PutObjectCommand)).toHaveLength(4);
  });

  it("writes again when the taken key was removed meanwhile", async () => {
    s3.on(PutObjectCommand).rejectsOnce(failure("PreconditionFailed", 412)).resolves({ ETag: '"e"' });
    s3.on(HeadObjectCommand).rejects(failure("NotFound", 404));
    expect(await store.put("k", bytes, "absent")).toEqual({ created: true, etag: '"e"' });
  });

  it("takes an etag condition on a missing key as a conflict", async () => {
    s3.on(PutObjectCommand).rejects(failure("NoSuchKey", 404));
    await expect(store.put("k", bytes, { etag: '"e"' })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("names bytes that do not match the checksum that S3 keeps", async () => {
    s3.on(GetObjectCommand).rejects(
      new Error('Checksum mismatch: expected "a" but received "b" in response header "x-amz-checksum-sha256".'),
    );
    await expect(store.get("k")).rejects.toMatchObject({ code: "ARTIFACT_CORRUPT", facts: { key: "k" } });
  });

  it.each([
    ["SlowDown", 503, "STORE_UNAVAILABLE"],
    ["InternalError", 500, "STORE_UNAVAILABLE"],
    ["TimeoutError", 0, "STORE_UNAVAILABLE"],
    ["NoSuchBucket", 404, "CONFIG_INVALID"],
    ["AccessDenied", 403, "CONFIG_INVALID"],
    ["CredentialsProviderError", 0, "CONFIG_INVALID"],
  ])("names %s (%i) as %s, whatever was asked", async (name, status, code) => {
    s3.rejects(failure(name, status));
    await expect(store.put("k", bytes, "any")).rejects.toMatchObject({ code });
    await expect(store.get("k")).rejects.toMatchObject({ code });
    await expect(store.head("k")).rejects.toMatchObject({ code });
    await expect(store.list("")).rejects.toMatchObject({ code });
    await expect(store.remove("k")).rejects.toMatchObject({ code });
    const commands = [PutObjectCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, DeleteObjectCommand];
    expect(commands.map((command) => s3.commandCalls(command as typeof PutObjectCommand).length)).toEqual([1, 1, 1, 1, 1]);
  });
});
