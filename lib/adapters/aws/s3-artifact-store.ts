import { createHash } from "node:crypto";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { ArtifactStore } from "../../ports/artifact-store.ts";
import {
  artifactConflict,
  artifactNotFound,
  checkArtifactKey,
  checkListing,
  checkPutCondition,
  listCursor,
  verifiedDigest,
} from "../artifact-keys.ts";
import { attemptsOf, awsFault } from "./aws-fault.ts";

export interface S3ArtifactStoreOptions {
  readonly client: S3Client;
  readonly bucket: string;
}

/** How often a write is tried that S3 refuses because another write on the key is under way (409). */
const WRITE_ATTEMPTS = 4;

/**
 * Keeps each artifact as one object of a bucket. The etag is S3's. Every write carries its SHA-256, which S3 checks
 * on arrival and returns with reads; conditions are S3's own (`If-None-Match: *`, `If-Match`). Throttling and network
 * faults are retried by the SDK.
 */
export function createS3ArtifactStore({ client, bucket }: S3ArtifactStoreOptions): ArtifactStore {
  const fault = (error: unknown, what: string): unknown => awsFault(error, `${what} in the artifact bucket`, ["NoSuchBucket"]);

  const headOf = async (key: string): Promise<{ size: number; etag: string; checksum: string | undefined } | undefined> => {
    try {
      const found = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: "ENABLED" }));
      return { size: found.ContentLength ?? 0, etag: found.ETag ?? "", checksum: found.ChecksumSHA256 };
    } catch (error) {
      if (isAny(error, "NotFound", "NoSuchKey")) return undefined;
      throw fault(error, `looking up "${key}"`);
    }
  };

  return {
    async put(key, bytes, condition) {
      checkArtifactKey(key);
      checkPutCondition(condition);
      const checksum = createHash("sha256").update(bytes).digest("base64");
      const command = {
        Bucket: bucket,
        Key: key,
        Body: bytes,
        ChecksumSHA256: checksum,
        ...(condition === "absent" && { IfNoneMatch: "*" }),
        ...(typeof condition === "object" && { IfMatch: condition.etag }),
      };
      for (let attempt = 1; ; attempt++) {
        try {
          const { ETag } = await client.send(new PutObjectCommand(command));
          return { created: true, etag: ETag ?? "" };
        } catch (error) {
          if (isAny(error, "PreconditionFailed")) {
            const stored = await headOf(key);
            // The SDK's retry met this write's own earlier attempt, whose answer was lost.
            const ours = attemptsOf(error) > 1 && stored?.checksum === checksum;
            if (stored && (condition === "absent" || ours)) return { created: ours, etag: stored.etag };
            if (typeof condition === "object") throw artifactConflict(key, condition.etag);
            // Removed between the refusal and the look-up: the key is free again.
            if (attempt < WRITE_ATTEMPTS) continue;
          }
          if (typeof condition === "object" && isAny(error, "NoSuchKey", "NotFound")) throw artifactConflict(key, condition.etag);
          if (isAny(error, "ConditionalRequestConflict", "OperationAborted", "PreconditionFailed")) {
            if (attempt < WRITE_ATTEMPTS) continue;
            throw new SigmaError(
              "STORE_UNAVAILABLE",
              `Other writes on the artifact "${key}" did not end. Try again.`,
              { key },
              { cause: error },
            );
          }
          throw fault(error, `writing "${key}"`);
        }
      }
    },

    async get(key, expectedSha256) {
      checkArtifactKey(key);
      try {
        const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: "ENABLED" }));
        const bytes = (await found.Body?.transformToByteArray()) ?? new Uint8Array();
        if (expectedSha256 !== undefined) verifiedDigest(key, bytes, expectedSha256);
        return { bytes: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength), etag: found.ETag ?? "" };
      } catch (error) {
        if (isAny(error, "NoSuchKey", "NotFound")) throw artifactNotFound(key);
        if (error instanceof Error && error.message.startsWith("Checksum mismatch"))
          throw new SigmaError(
            "ARTIFACT_CORRUPT",
            `The bytes of the artifact "${key}" do not match the checksum that S3 keeps. Remove it and build it again.`,
            { key },
            { cause: error },
          );
        throw fault(error, `reading "${key}"`);
      }
    },

    async head(key) {
      const found = await headOf(checkArtifactKey(key));
      return found && { size: found.size, etag: found.etag };
    },

    async list(prefix, options) {
      const { limit, after } = checkListing(prefix, options);
      try {
        const page = await client.send(
          new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, MaxKeys: limit, ...(after !== undefined && { StartAfter: after }) }),
        );
        const keys = (page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key]));
        const last = keys.at(-1);
        return { keys, nextCursor: page.IsTruncated && last !== undefined ? listCursor(prefix, last) : null };
      } catch (error) {
        throw fault(error, `listing "${prefix}"`);
      }
    },

    async remove(key) {
      checkArtifactKey(key);
      try {
        await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
      } catch (error) {
        throw fault(error, `removing "${key}"`);
      }
    },

    async link(key, { seconds, fileName }) {
      checkArtifactKey(key);
      // Few requests need it, so no start pays for it.
      const { getSignedUrl } = await import("@aws-sdk/s3-request-presigner");
      const command = new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ResponseContentDisposition: `attachment; filename="${fileName.replace(/[^\w.-]/g, "_")}"`,
      });
      try {
        return await getSignedUrl(client, command, { expiresIn: seconds });
      } catch (error) {
        throw fault(error, `signing a link to "${key}"`);
      }
    },
  };
}

const isAny = (error: unknown, ...names: string[]): boolean => names.includes((error as Error).name);
