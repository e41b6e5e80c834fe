import { DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { SiteFile, SiteStore } from "../../ports/site-store.ts";
import { awsFault } from "./aws-fault.ts";

/** Keeps the web app's files as objects of a bucket of its own, with the headers that browsers get. */
export function createS3SiteStore({ client, bucket }: { readonly client: S3Client; readonly bucket: string }): SiteStore {
  const fault = (error: unknown, what: string): unknown => awsFault(error, `${what} in the bucket of the web app`, ["NoSuchBucket"]);
  return {
    async put(key, bytes, { contentType, cacheControl }) {
      const command = { Bucket: bucket, Key: key, Body: bytes, ContentType: contentType, CacheControl: cacheControl };
      await client.send(new PutObjectCommand(command)).catch((error: unknown) => {
        throw fault(error, `writing "${key}"`);
      });
    },

    async list() {
      const files: SiteFile[] = [];
      let token: string | undefined;
      do {
        const command = new ListObjectsV2Command({ Bucket: bucket, ...(token !== undefined && { ContinuationToken: token }) });
        const page = await client.send(command).catch((error: unknown) => {
          throw fault(error, "listing");
        });
        for (const { Key, LastModified } of page.Contents ?? [])
          if (Key !== undefined) files.push({ key: Key, writtenAt: LastModified?.getTime() ?? 0 });
        token = page.NextContinuationToken;
      } while (token !== undefined);
      return files;
    },

    async remove(keys) {
      for (const key of keys)
        await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })).catch((error: unknown) => {
          throw fault(error, `removing "${key}"`);
        });
    },
  };
}
