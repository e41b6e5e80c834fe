import { describe, expect, it } from "vitest";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import { packIds } from "#lib/packs/pack-source.ts";
import { workspacePrefix } from "#lib/packs/workspace.ts";
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
