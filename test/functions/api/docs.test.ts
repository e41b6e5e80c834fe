import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ROUTES } from "#functions/api/routes.ts";
import { renderApiDocs } from "../../../cli/generate/api-docs.ts";

describe("docs/api.md", () => {
  it("is what the table of routes says (run `npm run schemas` after a change)", () => {
    expect(readFileSync(new URL("../../../docs/api.md", import.meta.url), "utf8")).toBe(renderApiDocs());
  });

  it("has a line for every route and marks what must be given", () => {
    const text = renderApiDocs();
    for (const { method, path } of ROUTES) expect(text).toContain(`| \`${method.toUpperCase()} ${path}\` |`);
    expect(text).toContain("**trained_model_id**");
  });
});
