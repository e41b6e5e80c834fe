import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { COHERENCE_RULES } from "#lib/coherence/rules.ts";
import { renderCoherenceDocs } from "../../../cli/generate/coherence-docs.ts";

describe("docs/coherence.md", () => {
  it("is current (else run `npm run schemas`) and has every rule", () => {
    const text = readFileSync(new URL("../../../docs/coherence.md", import.meta.url), "utf8");
    expect(text).toBe(renderCoherenceDocs());
    for (const code of Object.keys(COHERENCE_RULES)) expect(text).toContain(`| \`${code}\` |`);
  });

  it("has codes in lower snake case", () => {
    expect(Object.keys(COHERENCE_RULES).filter((code) => !/^[a-z][a-z0-9_]+$/.test(code))).toEqual([]);
  });
});
