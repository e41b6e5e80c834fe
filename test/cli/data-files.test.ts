import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flat, runHere, temporaryHome } from "./support.ts";

const place = temporaryHome();
afterAll(() => place.remove());
const env = { SIGMA_HOME: place.home };
const text = readFileSync(fileURLToPath(new URL("../../docs/data-files.md", import.meta.url)), "utf8");

/** The fenced blocks of the page: what they are, the file that they stand for, their content. */
const blocks = [...text.matchAll(/^```(csv|yaml|console)(?: (\S+))?\n(.*?)^```$/gms)].map(([, kind, name, content]) => ({
  kind: kind!,
  name: name ?? "",
  content: content!,
}));
const commands = blocks
  .filter(({ kind }) => kind === "console")
  .flatMap(({ content }) => content.trim().split("\n"))
  .map((line) => line.split(" ").slice(1));

/** A command line of the page, its files being those of the page. */
async function run(args: readonly string[], ...more: string[]) {
  const names = new Set(blocks.map(({ name }) => name));
  return runHere([...args.map((arg) => (names.has(arg) ? join(place.folder, arg) : arg)), ...more], env);
}

const results = new Map<string, Awaited<ReturnType<typeof run>>>();

beforeAll(async () => {
  for (const { name, content } of blocks.filter(({ kind }) => kind !== "console")) {
    const path = join(place.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  for (const args of commands) results.set(args.join(" "), await run(args));
}, 60_000);

describe("the page about one's own data", () => {
  it("has examples of every kind", () => {
    const kinds = blocks.flatMap(({ content }) => [...(/^kind: (\w+)$/m.exec(content)?.slice(1) ?? [])]);
    expect(kinds.sort()).toEqual(["bars", "flow_cells", "index", "option_bars", "option_chains"]);
    expect(commands.length).toBeGreaterThan(8);
  });

  it.each(commands.map((args) => args.join(" ")))("shows a command that works: sigma %s", (line) => {
    const { code, stdout, stderr } = results.get(line)!;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).not.toBe("");
  });
});

describe("what the examples bring", () => {
  const documentOf = async (...args: string[]) => JSON.parse((await run(args, "--json")).stdout);

  it("is there a second time, and nothing changes", async () => {
    const { kind, rows } = await documentOf("data", "import", "--config", "bars.yaml");
    expect([kind, rows.map(({ symbol, outcome }: Record<string, string>) => [symbol, outcome])]).toEqual([
      "bars",
      [
        ["IWM", "unchanged"],
        ["QQQ", "unchanged"],
      ],
    ]);
  });

  it("is listed by symbol with its kinds", async () => {
    const { rows } = await documentOf("data", "list");
    const { symbols, kinds } = rows.find(({ provider }: Record<string, string>) => provider === "files");
    expect(kinds).toEqual(["bars", "index", "option_chains", "option_bars", "flow_cells"]);
    expect(symbols).toEqual([
      { symbol: "AAPL", cadences: ["daily"], kinds: ["bars"], stamps: [] },
      { symbol: "IWM", cadences: ["daily"], kinds: ["bars"], stamps: ["price_return_only"] },
      { symbol: "QQQ", cadences: ["daily"], kinds: ["bars"], stamps: ["price_return_only"] },
      { symbol: "SPY", cadences: [], kinds: ["option_chains", "option_bars", "flow_cells"], stamps: [] },
      { symbol: "VIX", cadences: ["daily"], kinds: ["index"], stamps: ["not_tradable", "price_return_only"] },
    ]);
    const { stdout } = await run(["data", "list"]);
    expect(stdout).toMatch(/files\s+VIX\s+daily\s+index/);
  });

  it("says in words what was left out", async () => {
    const { stdout } = await run(["data", "import", "--config", "vix.yaml"]);
    expect(stdout).toContain("VIX daily index: exactly this was there already");
    expect(stdout).toContain("1 rows without a close were left out.");
    expect(stdout).not.toContain("Next: sigma models create");
  });

  it("holds the members of a universe by date", async () => {
    expect(await documentOf("data", "universe", "show", "big", "--date", "2008-09-16")).toMatchObject({
      symbols: ["AAPL", "LEH"],
      stamps: [],
    });
    expect(await documentOf("data", "universe", "show", "big", "--date", "2008-09-17")).toMatchObject({ symbols: ["AAPL"] });
    const [big, small] = [await documentOf("data", "universe", "show", "big"), await documentOf("data", "universe", "show", "small")];
    expect(small.fingerprint).toBe(big.fingerprint);
    const { rows } = await documentOf("data", "universe", "list");
    expect(rows).toMatchObject([
      { name: "big", symbols: 2, left: 1, first: "2000-01-03" },
      { name: "small", symbols: 2, left: 1 },
    ]);
    const { stdout } = await run(["data", "universe", "show", "big"]);
    expect(stdout).toMatch(/LEH\s+2000-01-03\s+2008-09-17\s+-98\.0/);
  });
});

describe("the commands about universes", () => {
  it("say what they are, and what is missing", async () => {
    const help = await run(["data", "universe", "--help"]);
    expect(help.stdout).toMatch(/sigma data universe import\|list\|show/);
    const group = await run(["data", "--help"]);
    expect(group.stdout).toMatch(/universe\s+Universes: which symbols belonged to a list/);
    const none = await run(["data", "universe"]);
    expect(none.code).toBe(2);
    const misspelt = await run(["data", "universe", "lst"]);
    expect(misspelt.code).toBe(2);
    expect(flat(misspelt.stderr)).toContain('did you mean "sigma data universe list"?');
    const unknown = await run(["data", "universe", "show", "nothing"]);
    expect([unknown.code, flat(unknown.stderr)]).toEqual([1, expect.stringContaining('You have no universe "nothing"')]);
    const nameless = await run(["data", "universe", "import", "--file", "members.csv"]);
    expect([nameless.code, flat(nameless.stderr)]).toEqual([2, expect.stringContaining("needs --name")]);
    const date = await run(["data", "universe", "show", "big", "--date", "2008"]);
    expect([date.code, flat(date.stderr)]).toEqual([1, expect.stringContaining("date must be a date that exists")]);
  });

  it("marks a universe without dates", async () => {
    writeFileSync(join(place.folder, "today.csv"), "symbol\nAAPL\nMSFT\n");
    const other = { SIGMA_HOME: join(place.folder, "other home") };
    const { stdout } = await runHere(["data", "universe", "import", "--file", join(place.folder, "today.csv"), "--name", "today"], other);
    expect(stdout).toContain("SURVIVORSHIP BIASED");
  });
});

describe("sigma data import", () => {
  it("takes a document or a file, not both, and says what is missing", async () => {
    const both = await run(["data", "import", "--config", "bars.yaml", "--symbol", "QQQ"]);
    expect([both.code, flat(both.stderr)]).toEqual([2, expect.stringContaining("--config says everything itself; found --symbol besides")]);
    const neither = await run(["data", "import", "--file", "aapl.csv"]);
    expect([neither.code, flat(neither.stderr)]).toEqual([
      2,
      expect.stringContaining("needs --config, or --file with --symbol and --cadence"),
    ]);
  });
});
