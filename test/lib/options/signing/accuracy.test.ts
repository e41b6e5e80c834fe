import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { renderSigningDocs } from "../../../../cli/generate/signing-docs.ts";

describe("docs/trade-signing.md", () => {
  it("says what the rules do on the simulated tape now (run `npm run schemas` after a change)", () => {
    expect(readFileSync(new URL("../../../../docs/trade-signing.md", import.meta.url), "utf8")).toBe(renderSigningDocs());
  });
});
