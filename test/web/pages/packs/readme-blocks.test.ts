import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { readBlocks } from "../../../../web/src/pages/packs/readme-blocks.ts";

const PACKS = resolve(import.meta.dirname, "..", "..", "..", "..", "packs");

describe("readBlocks", () => {
  it("reads headings, paragraphs, lists and tables", () => {
    expect(
      readBlocks("# Title\n\n**Data.** Bars of\n`SPY` ([more](x.md)).\n\n- one\n- two\n\n| a | b |\n| --- | --- |\n| 1 | `x` |"),
    ).toEqual([
      { kind: "heading", level: 1, pieces: [{ kind: "plain", text: "Title" }] },
      {
        kind: "paragraph",
        pieces: [
          { kind: "strong", text: "Data." },
          { kind: "plain", text: " Bars of " },
          { kind: "code", text: "SPY" },
          { kind: "plain", text: " (more)." },
        ],
      },
      { kind: "list", items: [[{ kind: "plain", text: "one" }], [{ kind: "plain", text: "two" }]] },
      {
        kind: "table",
        head: [[{ kind: "plain", text: "a" }], [{ kind: "plain", text: "b" }]],
        rows: [[[{ kind: "plain", text: "1" }], [{ kind: "code", text: "x" }]]],
      },
    ]);
  });

  it("reads the guide of every built-in pack without leaving marks behind", () => {
    const packs = readdirSync(PACKS).filter((name) => statSync(join(PACKS, name)).isDirectory() && name !== "schema");
    expect(packs.length).toBe(5);
    for (const pack of packs) {
      const blocks = readBlocks(readFileSync(join(PACKS, pack, "README.md"), "utf8"));
      expect(blocks[0], pack).toMatchObject({ kind: "heading", level: 1 });
      const plain = JSON.stringify(blocks);
      expect(plain, pack).not.toMatch(/\*\*|\| ---|`/);
      expect(
        blocks.some(({ kind }) => kind === "table"),
        pack,
      ).toBe(true);
    }
  });
});
