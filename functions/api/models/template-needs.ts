import type { ResolvedPack } from "#lib/packs/resolved-pack.ts";
import type { DataNeeds } from "./data-needs.schema.ts";
import { dataNeedsOf } from "./data-needs.ts";
import { LINTER } from "./linter.ts";

/** Templates say nothing of symbols and names, and what they read does not depend on them. */
const ANY = { ticker: "SPX", model_id: "needs_of_template" } as const;

/** More than all packs have together; a list of all templates is asked for often, and bringing each together takes milliseconds. */
const MOST_KNOWN = 500;

const known = new Map<string, DataNeeds | null>();

/** What models of a template read; null where they cannot be brought together. Depends on the pack's documents alone. */
export function templateNeeds(pack: ResolvedPack, template: string): DataNeeds | null {
  const key = `${pack.packSha}/${template}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const { resolved } = LINTER.judgeDraft({ ...ANY, pack_id: pack.pack.id, template_id: template }, pack);
  const needs = resolved === null ? null : dataNeedsOf(resolved);
  if (known.size >= MOST_KNOWN) known.delete(known.keys().next().value!);
  known.set(key, needs);
  return needs;
}
