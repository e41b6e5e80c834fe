import { writeFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { renderApiDocs } from "./api-docs.ts";
import { renderCliDocs } from "./cli-docs.ts";
import { renderClientTypes } from "./client-types.ts";
import { renderCoherenceDocs } from "./coherence-docs.ts";
import { renderErrorDocs } from "./error-docs.ts";
import { renderHistogramKernel } from "./histogram-kernel.ts";
import { renderIndicatorDocs } from "./indicator-docs.ts";
import { writeJsonSchemas } from "./json-schemas.ts";
import { renderPackFormatDocs } from "./pack-format-docs.ts";
import { renderSigningDocs } from "./signing-docs.ts";

/** `npm run schemas`: every file that is written from the code, so that none is declared twice. */
const root = resolve(import.meta.dirname, "..", "..");
const FILES: Readonly<Record<string, () => string | Promise<string>>> = {
  "docs/indicators.md": renderIndicatorDocs,
  "docs/api.md": renderApiDocs,
  "docs/coherence.md": renderCoherenceDocs,
  "docs/cli.md": renderCliDocs,
  "docs/errors.md": renderErrorDocs,
  "docs/pack-format.md": renderPackFormatDocs,
  "docs/trade-signing.md": renderSigningDocs,
  "client/operations.ts": renderClientTypes,
  "lib/learners/gbm/histogram-kernel.ts": renderHistogramKernel,
};
for (const path of writeJsonSchemas()) console.log(relative(root, path));
for (const [path, render] of Object.entries(FILES)) {
  writeFileSync(resolve(root, path), await render());
  console.log(path);
}
