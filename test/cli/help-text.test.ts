import { describe, expect, it } from "vitest";
import { everyCommand } from "../../cli/command-tree.ts";
import { helpText } from "../../cli/help-text.ts";
import { plain } from "../../cli/paint.ts";

describe("helpText", () => {
  it("names every argument and option of every command, and stays inside 80 columns but for examples", async () => {
    for (const { name, load } of everyCommand()) {
      const command = await load();
      const text = helpText(command, plain, 80);
      const [help = ""] = text.split("\nEXAMPLES\n");
      // A single word, such as a long option with its value, cannot be broken.
      const wide = help.split("\n").filter((line) => line.length > 80 && line.slice(2).trim().includes("  "));
      expect([name, wide]).toEqual([name, []]);
      for (const option of Object.keys(command.args)) expect(help.toLowerCase()).toContain(option);
    }
  });

  it("says which options are needed, repeatable or on already, and why a command needs this machine", async () => {
    const helpOf = async (wanted: string) =>
      helpText(
        await everyCommand()
          .find(({ name }) => name === wanted)!
          .load(),
        plain,
        100,
      );
    expect(await helpOf("models create")).toMatch(/--ticker QQQ +What is traded \(needed\)/);
    expect((await helpOf("models create")).replaceAll(/\s+/g, " ")).toContain("may be given several times (repeatable)");
    expect(await helpOf("build")).toMatch(/--no-wait +Return the run id at once/);
    expect(await helpOf("verify")).toContain("This machine only: it does the run again");
  });
});
