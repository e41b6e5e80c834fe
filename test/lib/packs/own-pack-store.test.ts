import { describe, expect, it } from "vitest";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { findOwnPack, listOwnPacks, readPackVersion } from "#lib/packs/own-pack-reader.ts";
import { createOwnPackStore, type PackPlan } from "#lib/packs/own-pack-store.ts";

const clock = { now: () => Date.UTC(2026, 0, 2) };
const any = () => {};

/** A pack of three documents; the text says which version they are of. */
const plan = (text: string, packId = "mine"): PackPlan => ({
  packId,
  version: /^\d/.test(text) ? text : "0.1.0",
  packSha: `sha of ${text}`,
  texts: Object.fromEntries(
    ["pack.yaml", "strategies/a.yaml", `strategies/${packId}.yaml`].map((path) => [`${packId}/${path}`, `${path} ${text}`]),
  ),
});

function stores() {
  const artifacts = createMemoryArtifactStore();
  const metadata = createMemoryMetadataStore({ clock });
  const ports = { artifacts, metadata, clock };
  /** What somebody reads now: all documents are of one version. */
  const read = async (which: "active" | "candidate" = "candidate") => {
    const version = (await findOwnPack(ports, "ann", "mine"))?.[which];
    if (!version) return undefined;
    const documents = await readPackVersion(ports, version);
    return Object.fromEntries(documents.list().map((path) => [path, documents.read(path)]));
  };
  /** Dies at the nth write to either store, and at every later one. */
  const dyingAt = (n: number) => {
    let writes = 0;
    const step = () => {
      if (++writes >= n) throw new SigmaError("STORE_UNAVAILABLE", "The process died.", {});
    };
    return createOwnPackStore({
      clock,
      artifacts: {
        ...artifacts,
        put: async (...args) => {
          step();
          return artifacts.put(...args);
        },
        remove: async (...args) => {
          step();
          return artifacts.remove(...args);
        },
      },
      metadata: {
        ...metadata,
        put: async (...args) => {
          step();
          return metadata.put(...args);
        },
        transact: async (...args) => {
          step();
          return metadata.transact(...args);
        },
      },
    });
  };
  return { ports, artifacts, store: createOwnPackStore(ports), read, dyingAt };
}

describe("createOwnPackStore", () => {
  it("keeps the version in use beside the one that waits, in the layout of packs", async () => {
    const { ports, store, read, artifacts } = stores();
    const first = await store.write("ann", undefined, plan("0.1.0"), any);
    expect(await read()).toEqual(plan("0.1.0").texts);
    const active = await store.activate("ann", first);
    expect(active).toMatchObject({ active: { version: "0.1.0", pack_sha: "sha of 0.1.0" }, candidate: null });
    await store.write("ann", active, plan("0.2.0"), any);
    expect([await read("active"), await read("candidate")]).toEqual([plan("0.1.0").texts, plan("0.2.0").texts]);
    expect((await listOwnPacks(ports, "ann")).map(({ pack_id }) => pack_id)).toEqual(["mine"]);
    expect(await listOwnPacks(ports, "bob")).toEqual([]);
    const { keys } = await artifacts.list("");
    for (const key of keys) expect(key).toMatch(/^owners\/ann\/pack_versions\/mine\/[0-9a-f]{24}\/mine\/(pack|strategies\/[a-z]+)\.yaml$/);
  });

  it.each([1, 2, 3, 4])("leaves no pack when a writer dies at write %i of a new one, and writes it when asked again", async (n) => {
    const { store, read, dyingAt } = stores();
    await expect(dyingAt(n).write("ann", undefined, plan("0.1.0"), any)).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    expect(await read()).toBeUndefined();
    await store.write("ann", undefined, plan("0.1.0"), any);
    expect(await read()).toEqual(plan("0.1.0").texts);
  });

  it.each([1, 2, 3, 4, 5, 6, 7])("leaves the old or the new pack, whole, when a writer dies at write %i of a change", async (n) => {
    const { ports, store, read, dyingAt } = stores();
    const before = await store.write("ann", undefined, plan("0.1.0"), any);
    await expect(dyingAt(n).write("ann", before, plan("0.2.0"), any)).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    // Three documents, then the record: from there on it is the new one.
    expect(await read()).toEqual(plan(n <= 4 ? "0.1.0" : "0.2.0").texts);
    const current = (await findOwnPack(ports, "ann", "mine"))!;
    await store.write("ann", current, plan("0.3.0"), any);
    expect(await read()).toEqual(plan("0.3.0").texts);
  });

  it("lets one of several writers win, and refuses who read the pack before", async () => {
    const { store, read } = stores();
    const created = await Promise.allSettled(["a", "b", "c"].map((text) => store.write("ann", undefined, plan(text), any)));
    expect(created.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const before = created.find((end) => end.status === "fulfilled")!.value;
    const changed = await Promise.allSettled(["d", "e", "f"].map((text) => store.write("ann", before, plan(text), any)));
    const won = changed.findIndex(({ status }) => status === "fulfilled");
    expect(changed.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const end of [...created, ...changed]) if (end.status === "rejected") expect(end.reason).toMatchObject({ code: "CONFLICT" });
    expect(await read()).toEqual(plan(["d", "e", "f"][won]!).texts);
    for (const late of [
      () => store.activate("ann", before),
      () => store.submit("ann", { ...before, active: before.candidate }, null),
      () => store.remove("ann", before),
    ])
      await expect(late()).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("lets one reviewer decide, on the version that was handed in", async () => {
    const { store } = stores();
    const review = { packSha: "sha of 0.1.0", state: "approved", reason: null, reviewer: "root" } as const;
    const active = await store.activate("ann", await store.write("ann", undefined, plan("0.1.0"), any));
    await expect(store.review("ann", active, review)).rejects.toMatchObject({ code: "UNPROCESSABLE" });
    const submitted = await store.submit("ann", active, null);
    await expect(store.review("ann", submitted, { ...review, packSha: "sha of 0.2.0" })).rejects.toMatchObject({ code: "CONFLICT" });
    const both = await Promise.allSettled([
      store.review("ann", submitted, review),
      store.review("ann", submitted, { ...review, state: "rejected", reason: "no" }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find((end) => end.status === "rejected")!.reason).toMatchObject({ code: "CONFLICT" });
    const reviewed = both.find((end) => end.status === "fulfilled")!.value;
    await expect(store.review("ann", reviewed, review)).rejects.toMatchObject({ code: "CONFLICT" });

    // A version that is not in use any more may still be rejected.
    const again = await store.submit("ann", reviewed, null);
    expect(again).toMatchObject({ submission: { state: "submitted", reason: null, reviewed_at: null }, reviewed_by: null });
    const newer = await store.activate("ann", await store.write("ann", again, plan("0.2.0"), any));
    await expect(store.review("ann", newer, review)).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await store.review("ann", newer, { ...review, state: "rejected", reason: "old" })).toMatchObject({
      submission: { state: "rejected", version: "0.1.0", reason: "old" },
      reviewed_by: "root",
    });
  });

  it("activates and submits what there is, and nothing else", async () => {
    const { store } = stores();
    const draft = await store.write("ann", undefined, plan("0.1.0"), any);
    await expect(store.submit("ann", draft, null)).rejects.toMatchObject({ code: "UNPROCESSABLE" });
    const active = await store.activate("ann", draft);
    await expect(store.activate("ann", active)).rejects.toMatchObject({ code: "UNPROCESSABLE" });
    expect((await store.submit("ann", active, "note")).submission).toMatchObject({
      state: "submitted",
      pack_sha: "sha of 0.1.0",
      note: "note",
    });
  });
});
