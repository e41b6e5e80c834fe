import { readBuiltinPacks } from "#lib/adapters/local/builtin-packs.ts";
import { documentsOf, type PackDocuments } from "#lib/packs/pack-source.ts";

export const builtin = readBuiltinPacks();

/** The built-in documents with some texts edited (a function), replaced (a text) or removed (null). */
export function edited(changes: Readonly<Record<string, string | null | ((text: string) => string)>>): PackDocuments {
  const texts = Object.fromEntries(builtin.list().map((path) => [path, builtin.read(path)!]));
  for (const [path, change] of Object.entries(changes)) {
    if (change === null) delete texts[path];
    else if (typeof change === "string") texts[path] = change;
    else {
      const after = change(texts[path]!);
      if (after === texts[path]) throw new Error(`The edit of ${path} changes nothing.`);
      texts[path] = after;
    }
  }
  return documentsOf(texts);
}

/** The thrown value, for several expectations on one failure. */
export function thrownBy(attempt: () => unknown): unknown {
  try {
    attempt();
  } catch (error) {
    return error;
  }
  throw new Error("Nothing was thrown.");
}
