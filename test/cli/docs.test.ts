import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readArguments } from "../../cli/arguments.ts";
import { everyCommand } from "../../cli/command-tree.ts";
import { renderCliDocs } from "../../cli/generate/cli-docs.ts";

describe("docs/cli.md", () => {
  it("is what the table of commands and the Makefile say (run `npm run schemas` after a change)", async () => {
    expect(readFileSync(new URL("../../docs/cli.md", import.meta.url), "utf8")).toBe(await renderCliDocs());
  });

  it("shows examples that are command lines", async () => {
    const leaves = everyCommand().toSorted((a, b) => b.name.length - a.name.length);
    for (const { name, load } of leaves) {
      // Those of completion are lines of a shell.
      if (name === "completion") continue;
      for (const example of (await load()).sigma.examples) {
        const [program, ...words] = (example.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replace(/^"(.*)"$/, "$1"));
        const leaf = leaves.find((each) => `${words.join(" ")} `.startsWith(`${each.name} `));
        expect([program, leaf === undefined ? example : "known"]).toEqual(["sigma", "known"]);
        const command = await leaf!.load();
        expect(() => readArguments(command, words.slice(leaf!.name.split(" ").length))).not.toThrow();
      }
    }
  });
});
