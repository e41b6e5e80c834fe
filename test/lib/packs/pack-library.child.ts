// Another process of the same home: puts a version of ann's pack that asks for so many bets into use, or removes the pack.
import { findOwnPack } from "#lib/packs/own-pack-reader.ts";
import { createOwnPackStore } from "#lib/packs/own-pack-store.ts";
import { localStores, ownPackPlan } from "./own-pack-support.ts";

const [root, minBets] = process.argv.slice(2) as [string, string];
const { stores, close } = localStores(root);
const store = createOwnPackStore(stores);
const before = (await findOwnPack(stores, "ann", "mine"))!;
if (minBets === "none") await store.remove("ann", before);
else await store.activate("ann", await store.write("ann", before, ownPackPlan(Number(minBets)), () => {}));
close();
