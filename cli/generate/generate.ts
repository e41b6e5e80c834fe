import { writeFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { renderApiDocs } from "./api-docs.ts";
import { renderClientTypes } from "./client-types.ts";
import { renderIndicatorDocs } from "./indicator-docs.ts";
import { writeJsonSchemas } from "./json-schemas.ts";
import { renderSigningDocs } from "./signing-docs.ts";

/** `npm run schemas`: every file that is written from the code, so that none is declared twice. */
const root = resolve(import.meta.dirname, "..", "..");
const indicators = resolve(root, "docs", "indicators.md");
writeFileSync(indicators, renderIndicatorDocs());
const api = resolve(root, "docs", "api.md");
writeFileSync(api, renderApiDocs());
const client = resolve(root, "client", "operations.ts");
writeFileSync(client, renderClientTypes());
const signing = resolve(root, "docs", "trade-signing.md");
writeFileSync(signing, renderSigningDocs());
for (const path of [...writeJsonSchemas(), indicators, api, client, signing]) console.log(relative(root, path));
