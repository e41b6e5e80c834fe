import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { wholeFile } from "#client/file-parts.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { command } from "../command.ts";
import { bytes } from "../format.ts";
import { writeWhole } from "../write-file.ts";

export const matrixDownload = command({
  name: "matrix download",
  description: "A stored matrix as its Parquet file, checked against its SHA-256",
  routes: ["GET /matrices/{matrix_sha}/download"],
  args: {
    matrix: { type: "positional", description: 'Digest of a matrix, as "sigma build" names it', required: true },
    out: { type: "string", required: true, valueHint: "matrix.parquet", description: "File to write; its folder is made when missing" },
  },
  examples: ["sigma matrix download 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef --out matrix.parquet"],
  async run({ session, args }) {
    const client = await session.api();
    const found = await wholeFile(client.send, `/matrices/${encodeURIComponent(args.matrix)}/download`);
    const sha256 = createHash("sha256").update(found.bytes).digest("hex");
    if (found.etag !== `"${sha256}"`)
      throw new SigmaError("ARTIFACT_CORRUPT", `The file that came hashes to "${sha256}"; the API says ${found.etag}. Try again.`, {
        matrix_sha: args.matrix,
      });
    const file = resolve(args.out);
    await writeWhole(file, found.bytes);
    return {
      document: { file, bytes: found.bytes.byteLength, sha256 },
      text: `${bytes(found.bytes.byteLength)} written to ${file}\nSHA-256 ${sha256}`,
    };
  },
});
