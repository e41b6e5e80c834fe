import { join } from "node:path";
import { createFsArtifactStore } from "#lib/adapters/local/fs-artifact-store.ts";
import { createSqliteMetadataStore } from "#lib/adapters/local/sqlite-metadata-store.ts";
import { createSystemClock } from "#lib/adapters/local/system-clock.ts";
import type { PackPlan } from "#lib/packs/own-pack-store.ts";
import { documentsOf } from "#lib/packs/pack-source.ts";
import { resolvePack } from "#lib/packs/resolve-pack.ts";
import { builtin } from "./support.ts";

/** swingsigma as an own pack "mine", without its models, that asks for so many bets; equal numbers, equal texts. */
export function ownPackPlan(minBets: number): PackPlan {
  const texts = Object.fromEntries(
    builtin
      .list()
      .filter((path) => /^swingsigma\/(?!model_configs)/.test(path) && !path.includes("_example"))
      .map((path) => [
        path.replace("swingsigma/", "mine/"),
        builtin.read(path)!.replace("id: swingsigma", "id: mine").replace("min_bets: 20", `min_bets: ${minBets}`),
      ]),
  );
  const { pack, packSha } = resolvePack(documentsOf(texts), "mine");
  if (pack.gates.min_bets !== minBets) throw new Error("The edit changes nothing.");
  return { packId: "mine", version: pack.version, packSha, texts };
}

/** The stores of one home, as each process of it opens them. */
export function localStores(root: string) {
  const clock = createSystemClock();
  const metadata = createSqliteMetadataStore({ path: join(root, "state.db"), clock });
  return {
    stores: { artifacts: createFsArtifactStore({ root: join(root, "artifacts") }), metadata, clock },
    close: () => metadata.close(),
  };
}
