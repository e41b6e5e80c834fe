import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import wabt from "wabt";

const folder = resolve(import.meta.dirname, "..", "..", "lib", "learners", "gbm");
const SOURCE = "histogram-kernel.wat";

/** The kernel of boosting, assembled, as a module of the code: nothing is read or assembled when a model is trained. */
export async function renderHistogramKernel(): Promise<string> {
  const { parseWat } = await wabt();
  const module = parseWat(SOURCE, readFileSync(resolve(folder, SOURCE), "utf8"), { simd: true });
  module.validate();
  const { buffer } = module.toBinary({ log: false });
  module.destroy();
  const lines = Array.from({ length: Math.ceil(buffer.length / 24) }, (_, i) => `  ${buffer.slice(24 * i, 24 * (i + 1)).join(", ")},`);
  return [
    `/** ${SOURCE}, assembled. Written by \`npm run schemas\`. */`,
    "// biome-ignore format: one row of bytes a line",
    "export const HISTOGRAM_KERNEL: Uint8Array<ArrayBuffer> = Uint8Array.from([",
    ...lines,
    "]);",
    "",
  ].join("\n");
}
