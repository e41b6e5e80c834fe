export type Texts = Readonly<Record<string, string>>;

/** What was done to a document since it was read. */
export type Change = "same" | "changed" | "added" | "removed";

/** Every path of either state, in order, with what was done to it. */
export function changesOf(before: Texts, after: Texts): { readonly path: string; readonly change: Change }[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted().map((path) => {
    if (before[path] === undefined) return { path, change: "added" as const };
    if (after[path] === undefined) return { path, change: "removed" as const };
    return { path, change: before[path] === after[path] ? ("same" as const) : ("changed" as const) };
  });
}

const VERSION_LINE = /^version:[ \t]*(["']?)(\d+\.\d+\.\d+)\1[ \t]*(?:#.*)?$/m;

/** The version that a `pack.yaml` says; undefined where it says none. */
export const versionIn = (text: string): string | undefined => VERSION_LINE.exec(text)?.[2];

/** The next minor version: `0.1.4` to `0.2.0`. */
export function nextMinor(version: string): string {
  const [major, minor] = version.split(".").map(Number) as [number, number];
  return `${major}.${minor + 1}.0`;
}

/** The text with another version. */
export const withVersion = (text: string, version: string): string => text.replace(VERSION_LINE, `version: ${version}`);

/**
 * A pack's texts as those of another pack: other id, name and version, without the models that came with it and what belongs to
 * them only.
 */
export function copyDocuments(documents: Texts, from: string, to: { readonly id: string; readonly name: string }): Record<string, string> {
  const models = new Set(
    Object.keys(documents).flatMap((path) => (path.startsWith(`${from}/model_configs/`) ? [path.split("/").at(-1)!] : [])),
  );
  const kept = Object.entries(documents).filter(([path]) => {
    const [, kind, name] = path.split("/");
    if (kind === "model_configs") return false;
    return !((kind === "policy_templates" || kind === "indicator_sets") && name !== undefined && models.has(name));
  });
  return Object.fromEntries(
    kept.map(([path, text]) => {
      const plain = text.replaceAll(/^# yaml-language-server:.*\n/gm, "");
      const mine = path === `${from}/pack.yaml` ? withVersion(withLine(withLine(plain, "id", to.id), "name", to.name), "0.1.0") : plain;
      return [`${to.id}${path.slice(from.length)}`, mine];
    }),
  );
}

/** YAML reads some plain words as something else, such as `Yes` or `123`: quoted it stays text. */
const withLine = (text: string, key: "id" | "name", value: string): string =>
  text.replace(
    new RegExp(`^${key}:.*$`, "m"),
    `${key}: ${/^[a-z][a-z0-9_]*$/.test(value) && value.length > 5 ? value : JSON.stringify(value)}`,
  );

/** What a new document of a kind begins with. */
const BEGINNINGS: Readonly<Record<string, string>> = {
  indicator_sets: `name: NAME
version: 1
description: What this set is for.
indicators:
  - { name: ret, window: 5 }
  - { name: rsi, window: 14 }
  - { name: adx, window: 14 }
`,
  strategies: `name: NAME
version: 1
default: false
description: In which conditions the learner's proposals are taken.
tags: { approach: momentum }
indicators:
  - { name: adx, window: 14 }
entry:
  all:
    - { column: adx_14, op: ">", value: 20 }
side: both
`,
  policy_templates: `name: NAME
version: 1
policy:
  risk: { max_drawdown: 0.2, position_size_pct: 10 }
  execution: { order_type: market }
`,
  risk_profiles: `name: NAME
version: 1
description: Who this profile is for.
risk_budget: { min_bets: 30 }
sizing: { risk_per_trade: 0.01, volatility_target: null }
sweep_preset: balanced
`,
  model_templates: `name: NAME
version: 1
title: A starting point
description: What a model made of it predicts, and on which bars.
policy: default
model:
  asset_type: eq
  horizon: swing
  cadence: daily
  instrument: stocks
  indicator_set: default
  label: { kind: forward_return, entry: next_open, horizon: 5 }
`,
};

/** Kinds of documents that can be added. */
export const KINDS: readonly string[] = Object.keys(BEGINNINGS);

/** A new document's text. */
export const beginningOf = (kind: string, name: string): string => (BEGINNINGS[kind] ?? "name: NAME\n").replace("NAME", name);
