import { describe, expect, it } from "vitest";
import { readArguments } from "../../cli/arguments.ts";
import { command, WAIT_ARG } from "../../cli/command.ts";

const example = command({
  name: "example",
  description: "An example",
  args: {
    model: { type: "positional", description: "Model id", required: true },
    thresholds: { type: "string", description: "Numbers" },
    set: { type: "string", description: "Settings" },
    force: { type: "boolean", description: "Force" },
    out: { type: "string", required: true, valueHint: "folder", description: "Where" },
    ...WAIT_ARG,
  },
  repeatable: ["set"],
  run: async () => undefined,
});

const read = (...args: string[]) => readArguments(example, args);

describe("readArguments", () => {
  it("reads positionals, values in both forms, switches and their negation", () => {
    const args = read("m1", "--thresholds=0,0.1", "--out", "dir", "--force", "--no-wait", "--json");
    expect(args).toMatchObject({ model: "m1", thresholds: "0,0.1", out: "dir", force: true, wait: false, json: true });
  });

  it("waits unless told otherwise", () => {
    expect(read("m1", "--out", "dir")["wait"]).toBe(true);
  });

  it("takes a negative number as a value", () => {
    expect(read("m1", "--out", "dir", "--thresholds", "-0.1")["thresholds"]).toBe("-0.1");
  });

  it("takes everything after -- as it is, whatever it begins with", () => {
    expect(read("--out", "dir", "--", "--force")).toMatchObject({ model: "--force", out: "dir" });
    expect(read("--out", "dir", "--", "--force")["force"]).toBeUndefined();
    expect(() => read("--out", "dir", "--", "m1", "--json")).toThrow('found "--json" besides');
    expect(read("m1", "--out=--json")).toMatchObject({ out: "--json" });
  });

  it("names the nearest option for a misspelt one", () => {
    expect(() => read("m1", "--out", "d", "--treshold", "1")).toThrow("has no option --treshold; did you mean --thresholds?");
    expect(() => read("m1", "--out", "d", "--no-wiat")).toThrow("did you mean --no-wait?");
  });

  it("says what is missing, given twice, or too much", () => {
    expect(() => read("--out", "d")).toThrow("needs MODEL");
    expect(() => read("m1")).toThrow("needs --out (folder)");
    expect(() => read("m1", "--out")).toThrow("--out needs a value (folder)");
    expect(() => read("m1", "--out", "--json")).toThrow("--out needs a value");
    expect(() => read("m1", "m2", "--out", "d")).toThrow('takes MODEL; found "m2" besides');
    expect(() => read("m1", "--out", "d", "--out", "e")).toThrow("--out is given twice");
    expect(() => read("m1", "--out", "d", "--force=yes")).toThrow("--force takes no value");
  });

  it("lets a repeatable option come several times, with every value", async () => {
    let seen: readonly string[] = [];
    const repeating = command({
      name: "repeating",
      description: "An example",
      args: { set: { type: "string", description: "Settings" } },
      repeatable: ["set"],
      run: async ({ all }) => {
        seen = all("set");
        return undefined;
      },
    });
    const rawArgs = ["--set", "a=1", "--set=b=2"];
    const args = readArguments(repeating, rawArgs);
    await repeating.sigma.answer({ session: undefined as never, args, rawArgs });
    expect(seen).toEqual(["a=1", "b=2"]);
  });
});
