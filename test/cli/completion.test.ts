import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { everyCommand } from "../../cli/command-tree.ts";
import { COMMANDS } from "../../cli/commands.ts";
import { complete } from "../../cli/completion/complete.ts";
import { SHELLS } from "../../cli/completion/scripts.ts";
import { runHere, temporaryHome } from "./support.ts";

const place = temporaryHome();
const env = { SIGMA_HOME: place.home };
afterAll(() => place.remove());

/** What may stand at the cursor, which is at the last word. */
async function offered(...words: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await runHere(["__complete", ...words], env);
  expect([code, stderr]).toEqual([0, ""]);
  return stdout.split("\n").flatMap((line) => (line === "" ? [] : [line.split("\t")[0]!]));
}

beforeAll(async () => {
  expect((await runHere(["init"], env)).code).toBe(0);
});

describe("sigma __complete", () => {
  it("offers every command of the table, every member of every group, and every option of every command", async () => {
    expect(await offered("")).toEqual(expect.arrayContaining(Object.keys(COMMANDS)));
    for (const [word, entry] of Object.entries(COMMANDS))
      if ("group" in entry) expect(await offered(word, "")).toEqual(Object.keys(entry.group));
    for (const { name, load } of everyCommand()) {
      const { args } = await load();
      const options = Object.entries(args).flatMap(([option, { type, ...rest }]) =>
        type === "positional" ? [] : [type === "boolean" && "default" in rest && rest.default === true ? `--no-${option}` : `--${option}`],
      );
      expect([name, await offered(...name.split(" "), "--")]).toEqual([name, options]);
    }
  });

  it("offers what begins as the word at the cursor, and no option twice", async () => {
    expect(await offered("swe")).toEqual(["sweep", "sweep-config", "sweeps"]);
    expect(await offered("data", "universe", "l")).toEqual(["list"]);
    expect(await offered("build", "m", "--force", "--f")).toEqual([]);
    expect(await offered("models", "create", "--set", "a=1", "--se")).toEqual(["--seed", "--set"]);
    expect(await offered("help", "packs", "va")).toEqual(["validate"]);
    expect(await offered("no_such_command", "")).toEqual([]);
  });

  it("offers the words of an option, files, and the ids of models and packs", async () => {
    expect(await offered("backtest", "m", "--calibration", "")).toEqual(["none", "sigmoid", "isotonic"]);
    expect(await offered("sweep", "--config", "")).toEqual([":files"]);
    expect(await offered("completion", "")).toEqual([...SHELLS]);
    const stream = { write: () => true };
    const prompt = { env, stdout: stream, stderr: stream, now: () => performance.now(), patienceMs: 50_000 };
    const ids = async (...words: string[]) => (await complete(words, prompt)).map(({ value }) => value);
    expect(await ids("build", "spx_eq_swing_daily")).toContain("spx_eq_swing_daily");
    expect(await ids("build", "--pack", "swing")).toEqual(["swingsigma"]);
    expect(await offered("sweeps", "show", "")).toEqual([]);
  });

  it("makes no home, and says nothing where the API cannot be reached", async () => {
    const nowhere = join(place.folder, "never made");
    expect(await runHere(["__complete", "build", ""], { SIGMA_HOME: nowhere })).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(existsSync(nowhere)).toBe(false);
    expect(await runHere(["__complete", "build", ""], { SIGMA_API_URL: "http://127.0.0.1:9" })).toEqual({
      code: 0,
      stdout: "",
      stderr: "",
    });
  });
});

/** How each shell is asked for what it would offer after `sigma packs val`. */
const ASKED: Readonly<Record<(typeof SHELLS)[number], string>> = {
  bash: 'eval "$(sigma completion bash)"; COMP_WORDS=(sigma packs val); COMP_CWORD=2; _sigma; printf "%s\\n" "${COMPREPLY[@]}"',
  zsh: 'compdef() {}; _describe() { print -l -- "${(@P)2}" }; eval "$(sigma completion zsh)"; words=(sigma packs val); CURRENT=3; _sigma',
  fish: 'sigma completion fish | source; complete -C "sigma packs val"',
};

describe("sigma completion", () => {
  const bin = join(place.folder, "bin");
  beforeAll(() => {
    mkdirSync(bin, { recursive: true });
    const launcher = resolve(import.meta.dirname, "..", "..", "cli", "sigma.mjs");
    writeFileSync(join(bin, "sigma"), `#!/bin/sh\nexec "${process.execPath}" "${launcher}" "$@"\n`);
    chmodSync(join(bin, "sigma"), 0o755);
  });

  for (const shell of SHELLS) {
    const missing = spawnSync(shell, ["-c", "true"]).status !== 0;
    if (missing) console.warn(`SKIPPED: completion in ${shell}, which is not on this machine.`);
    it.skipIf(missing)(`completes in ${shell}`, () => {
      const { stdout, stderr } = spawnSync(shell, ["-c", ASKED[shell]], {
        env: { PATH: `${bin}:${process.env["PATH"] ?? ""}`, HOME: place.folder, ...env },
        encoding: "utf8",
      });
      expect([stderr, stdout.trim().split(/[\t\n:]/)[0]]).toEqual(["", "validate"]);
    });
  }

  it("refuses a shell that it does not know", async () => {
    const { code, stderr } = await runHere(["completion", "tcsh"], env);
    expect(code).toBe(2);
    expect(stderr).toContain("bash, zsh, fish");
  });
});
