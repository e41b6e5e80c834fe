import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import { createOwnPackStore } from "#lib/packs/own-pack-store.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import { packIds } from "#lib/packs/pack-source.ts";
import { workspacePrefix } from "#lib/packs/workspace.ts";
import { runChild } from "../../support/child-script.ts";
import { localStores, ownPackPlan } from "./own-pack-support.ts";
import { builtin } from "./support.ts";

const BUILT_IN = packIds(builtin).map((packId) => ({ packId, builtIn: true }));
const bytes = (text: string) => new TextEncoder().encode(text);

async function workspaceWith(owner: string, packId: string, change: (text: string) => string = (text) => text) {
  const artifacts = createMemoryArtifactStore();
  for (const path of builtin.list().filter((one) => one.startsWith("swingsigma/"))) {
    const text = builtin.read(path)!.replace("id: swingsigma", `id: ${packId}`);
    await artifacts.put(`owners/${owner}/packs/${path.replace("swingsigma/", `${packId}/`)}`, bytes(change(text)), "absent");
  }
  return {
    artifacts,
    library: createPackLibrary({ builtIn: builtin, artifacts, metadata: createMemoryMetadataStore({ clock: { now: () => 0 } }) }),
  };
}

describe("createPackLibrary", () => {
  it("offers the built-in packs and the owner's own, and nobody else's", async () => {
    const { library } = await workspaceWith("ann", "mine");
    expect(await library.list("ann")).toEqual([...BUILT_IN, { packId: "mine", builtIn: false }]);
    expect(await library.list("bob")).toEqual(BUILT_IN);
    expect((await library.get("ann", "mine")).resolved.pack.id).toBe("mine");
    await expect(library.get("bob", "mine")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("never lets an owner's pack hide a built-in one", async () => {
    const { library } = await workspaceWith("ann", "swingsigma", (text) => text.replace("min_bets: 20", "min_bets: 1"));
    expect(await library.list("ann")).toEqual(BUILT_IN);
    const { resolved, builtIn } = await library.get("ann", "swingsigma");
    expect([builtIn, resolved.pack.gates.min_bets]).toEqual([true, 20]);
  });

  it("leaves the documents of single models out of an owner's pack", async () => {
    const { artifacts, library } = await workspaceWith("ann", "mine");
    const before = (await library.get("ann", "mine")).resolved.packSha;
    await artifacts.put("owners/ann/packs/mine/model_configs/x.yaml", bytes("broken: ["), "absent");
    await artifacts.put("owners/ann/packs/mine/policy_templates/x.yaml", bytes("broken: ["), "absent");
    const { resolved } = await library.get("ann", "mine");
    expect(resolved.packSha).toBe(before);
    expect(resolved.policies.has("x")).toBe(false);
  });

  it.each(["../ann", "ann/packs", "", ".", "a".repeat(65), "ann#x"])("refuses the owner %j before any key is made of it", (owner) => {
    expect(() => workspacePrefix(owner)).toThrowError(expect.objectContaining({ code: "INVALID_PARAM" }));
  });

  it.each(["../bob/packs/mine", "mine/../../..", "MINE", "mine/"])("answers NOT_FOUND for the pack id %j", async (packId) => {
    const { library } = await workspaceWith("ann", "mine");
    await expect(library.get("ann", packId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

/** A library that counts what it reads, over stores in memory, and the store of own packs beside it. */
function counting() {
  const memory = createMemoryArtifactStore();
  const clock = { now: () => 0 };
  const metadata = createMemoryMetadataStore({ clock });
  const read: string[] = [];
  const artifacts = {
    ...memory,
    get: (...args: Parameters<typeof memory.get>) => {
      read.push(args[0]);
      return memory.get(...args);
    },
  };
  // Each request has a library of its own.
  const library = () => createPackLibrary({ builtIn: builtin, artifacts, metadata });
  return { artifacts, metadata, read, library, store: createOwnPackStore({ artifacts, metadata, clock }) };
}

const betsOf = ({ resolved }: Awaited<ReturnType<ReturnType<typeof createPackLibrary>["get"]>>): number | undefined =>
  resolved.pack.gates.min_bets;

describe("a pack that was resolved before", () => {
  it("is not read again, built in or own, and is another one at once after each change", async () => {
    const { read, library, store } = counting();
    const builtIn = await library().get("ann", "swingsigma");
    expect((await library().get("bob", "swingsigma")).resolved).toBe(builtIn.resolved);

    const first = await store.write("ann", undefined, ownPackPlan(11), () => {});
    const draft = await library().get("ann", "mine");
    expect([betsOf(draft), draft.isDraft]).toEqual([11, true]);
    const documents = read.length;
    expect(documents).toBeGreaterThan(10);
    expect((await library().get("ann", "mine")).resolved).toBe(draft.resolved);
    expect(read.length).toBe(documents);

    // In use: the same texts, but no draft any more.
    const active = await store.activate("ann", first);
    const used = await library().get("ann", "mine");
    expect([used.resolved, used.isDraft]).toEqual([draft.resolved, false]);
    const next = await store.write("ann", active, ownPackPlan(12), () => {});
    expect(betsOf(await library().get("ann", "mine"))).toBe(11);
    expect((await library().latest("ann", "mine")).pack.gates.min_bets).toBe(12);
    const newest = await store.activate("ann", next);
    expect(betsOf(await library().get("ann", "mine"))).toBe(12);
    await store.remove("ann", newest);
    await expect(library().get("ann", "mine")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await store.write("ann", undefined, ownPackPlan(13), () => {});
    expect(betsOf(await library().get("ann", "mine"))).toBe(13);
  });

  it("is each owner's own, also where two wrote the same", async () => {
    const { library, store } = counting();
    await store.write("ann", undefined, ownPackPlan(11), () => {});
    const written = await store.write("bob", undefined, ownPackPlan(11), () => {});
    const [ann, bob] = [await library().get("ann", "mine"), await library().get("bob", "mine")];
    expect(bob.resolved).not.toBe(ann.resolved);
    expect(bob.resolved.packSha).toBe(ann.resolved.packSha);
    await store.activate("bob", await store.write("bob", await store.activate("bob", written), ownPackPlan(12), () => {}));
    expect([betsOf(await library().get("ann", "mine")), betsOf(await library().get("bob", "mine"))]).toEqual([11, 12]);
    await expect(library().get("eve", "mine")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is judged again when it could not be resolved", async () => {
    const { artifacts, library } = counting();
    const put = (text: string) => artifacts.put("owners/ann/packs/mine/pack.yaml", bytes(text), "any");
    await put("id: [");
    for (let i = 0; i < 2; i += 1) await expect(library().get("ann", "mine")).rejects.toMatchObject({ code: "PACK_INVALID" });
  });

  it("is another one at once when its files in the workspace are changed by hand", async () => {
    const { artifacts, library } = counting();
    const put = async (minBets: number): Promise<void> => {
      for (const [path, text] of Object.entries(ownPackPlan(minBets).texts))
        await artifacts.put(`owners/ann/packs/${path}`, bytes(text), "any");
    };
    await put(11);
    const first = await library().get("ann", "mine");
    expect((await library().get("ann", "mine")).resolved).toBe(first.resolved);
    await put(12);
    expect(betsOf(await library().get("ann", "mine"))).toBe(12);
    await put(11);
    expect((await library().get("ann", "mine")).resolved.packSha).toBe(first.resolved.packSha);
    await artifacts.remove("owners/ann/packs/mine/pack.yaml");
    await expect(library().get("ann", "mine")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is another one at once when a second process of the home changes or removes it", async () => {
    const root = mkdtempSync(join(tmpdir(), "sigma-packs-"));
    const { stores, close } = localStores(root);
    try {
      const inOther = (minBets: string) => runChild(join(import.meta.dirname, "pack-library.child.ts"), [root, minBets]);
      const library = () => createPackLibrary({ builtIn: builtin, ...stores });
      const store = createOwnPackStore(stores);
      await store.activate("ann", await store.write("ann", undefined, ownPackPlan(11), () => {}));
      for (const minBets of [12, 11]) {
        const before = await library().get("ann", "mine");
        expect((await library().get("ann", "mine")).resolved).toBe(before.resolved);
        await inOther(String(minBets));
        expect(betsOf(await library().get("ann", "mine"))).toBe(minBets);
      }
      await inOther("none");
      await expect(library().get("ann", "mine")).rejects.toMatchObject({ code: "NOT_FOUND" });
    } finally {
      close();
      rmSync(root, { recursive: true, force: true });
    }
  });
});
