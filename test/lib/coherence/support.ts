import { readdirSync, readFileSync } from "node:fs";
import { documentsOf, type PackDocuments } from "#lib/packs/pack-source.ts";

const FOLDER = new URL("../../fixtures/packs/lintpack/", import.meta.url);
const TEXTS: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".yaml"))
    .map((path) => [path.replaceAll("\\", "/"), readFileSync(new URL(path, FOLDER), "utf8")]),
);

/** Documents of the pack by path inside its folder: a function edits the text, a text replaces it, null removes it. */
export type Edits = Readonly<Record<string, string | null | ((text: string) => string)>>;

/** The sound pack with some edits. */
export function lintpack(...edits: readonly Edits[]): PackDocuments {
  const texts: Record<string, string> = { ...TEXTS };
  for (const [path, edit] of edits.flatMap((each) => Object.entries(each))) {
    if (edit === null) delete texts[path];
    else if (typeof edit === "string") texts[path] = edit;
    else {
      const after = edit(texts[path]!);
      if (after === texts[path]) throw new Error(`The edit of ${path} changes nothing.`);
      texts[path] = after;
    }
  }
  return documentsOf(Object.fromEntries(Object.entries(texts).map(([path, text]) => [`lintpack/${path}`, text])));
}

/** Replaces one text by another; each pair is one replacement. */
const replacing =
  (pairs: readonly (readonly [string | RegExp, string])[]) =>
  (text: string): string =>
    pairs.reduce((so_far, [from, to]) => {
      const after = so_far.replace(from, to);
      if (after === so_far) throw new Error(`Nothing to replace: ${String(from)}`);
      return after;
    }, text);

type Pair = readonly [string | RegExp, string];
export const inFile = (path: string, ...pairs: readonly Pair[]): Edits => ({ [path]: replacing(pairs) });
export const inPack = (...pairs: readonly Pair[]): Edits => inFile("pack.yaml", ...pairs);
export const inModel = (...pairs: readonly Pair[]): Edits => inFile("model_configs/m.yaml", ...pairs);
/** The model's own policy. */
export const inPolicy = (policy: string): Edits => ({ "policy_templates/m.yaml": `name: m\nversion: 1\npolicy: ${policy}\n` });
/** More lines of the model's configuration. */
export const modelWith = (lines: string): Edits => ({ "model_configs/m.yaml": (text) => `${text}${lines}\n` });

/** One more line in the pack's menu. */
export const inMenu = (...items: readonly string[]): Edits =>
  inPack(["indicators:\n", `indicators:\n${items.map((item) => `  - ${item}\n`).join("")}`]);

/** The default set with n different indicators. */
export const setOf = (n: number, more = ""): Edits => ({
  "indicator_sets/default.yaml": `name: default\nversion: 1\ndescription: A set.\nindicators:\n${Array.from({ length: n }, (_, i) => `  - { name: ret, window: ${i + 1} }\n`).join("")}${more}`,
});

/** The pack and its model with option trading offered, and an indicator of options in the menu. */
export const withOptions: Edits = inPack(
  ["supported_instruments: [stocks]", "supported_instruments: [stocks, options]"],
  ["indicators:\n", "indicators:\n  - { name: atm_iv, timeframe: daily }\n"],
);
