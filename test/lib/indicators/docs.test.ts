import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { INDICATORS } from "#lib/indicators/catalog.ts";
import { renderIndicatorDocs } from "../../../cli/generate/indicator-docs.ts";

describe("docs/indicators.md", () => {
  it("is what the registry says (run `node cli/with-runtime.mjs cli/generate/indicator-docs.ts` after a change)", () => {
    expect(readFileSync(new URL("../../../docs/indicators.md", import.meta.url), "utf8")).toBe(renderIndicatorDocs());
  });

  it("has a section for every indicator, with its bounds", () => {
    const text = renderIndicatorDocs();
    for (const name of INDICATORS.keys()) expect(text).toContain(`\n### ${name}\n`);
    expect(text).toContain("| `num_std` | number | 2 | > 0, <= 10 |");
    expect(text).toContain("| `rsi_14` | index | 14 | 0 to 100 | 50 |");
  });
});
