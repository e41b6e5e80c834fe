import { describe, expect, it } from "vitest";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { matrixDefinition } from "#lib/models/matrix-definition.ts";
import { createModelStore } from "#lib/models/model-store.ts";
import { resolveModel } from "#lib/models/resolve-model.ts";
import { planUpdate } from "#lib/models/update-model.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import { plan, swing } from "./support.ts";

const clock = { now: () => Date.UTC(2024, 0, 2) };
const CONFIG_KEY = "owners/ann/packs/swingsigma/model_configs/spx_eq_swing_daily.yaml";

function stores() {
  const artifacts = createMemoryArtifactStore();
  const metadata = createMemoryMetadataStore({ clock });
  return { artifacts, metadata, models: createModelStore({ artifacts, metadata, clock }) };
}

const text = async (artifacts: ArtifactStore, key: string) => new TextDecoder().decode((await artifacts.get(key)).bytes);

/** Fails the nth write to either store. */
function failingAt(n: number, artifacts: ArtifactStore, metadata: MetadataStore) {
  let writes = 0;
  const step = () => {
    if (++writes === n) throw new SigmaError("STORE_UNAVAILABLE", "The store went away.", {});
  };
  return createModelStore({
    clock,
    artifacts: {
      ...artifacts,
      put: async (...args) => {
        step();
        return artifacts.put(...args);
      },
    },
    metadata: {
      ...metadata,
      put: async (...args) => {
        step();
        return metadata.put(...args);
      },
    },
  });
}

describe("createModelStore", () => {
  it("creates, reads, lists and removes", async () => {
    const { artifacts, models } = stores();
    const { created, model } = await models.create("ann", plan());
    expect(created).toBe(true);
    expect(model).toEqual({
      schema_version: 1,
      model_id: "spx_eq_swing_daily",
      pack_id: "swingsigma",
      template_id: "swing_eq_daily",
      template_version: 1,
      ticker: "SPX",
      paths: [CONFIG_KEY, "owners/ann/packs/swingsigma/policy_templates/spx_eq_swing_daily.yaml"],
      created_at: "2024-01-02T00:00:00.000Z",
      definition_sha: matrixDefinition(plan().resolved),
      version: 1,
    });
    expect(await models.get("ann", "spx_eq_swing_daily")).toEqual(model);
    expect((await models.list("ann")).models).toEqual([model]);
    await models.remove("ann", "spx_eq_swing_daily");
    expect((await models.list("ann")).models).toEqual([]);
    expect((await artifacts.list("owners/")).keys).toEqual([]);
    await expect(models.get("ann", "spx_eq_swing_daily")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(models.remove("ann", "spx_eq_swing_daily")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("says so when the same model is created again, and refuses a different one of the same id", async () => {
    const { models } = stores();
    await models.create("ann", plan());
    expect(await models.create("ann", plan())).toMatchObject({ created: false, model: { version: 1 } });
    await expect(models.create("ann", plan({ strategy: "momentum_swing" }))).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("with other settings"),
    });
    expect(resolveModel(swing, await models.documents("ann", swing, "spx_eq_swing_daily")).strategy).toBeNull();
  });

  it("keeps owners apart", async () => {
    const { models } = stores();
    await models.create("ann", plan());
    expect((await models.list("bob")).models).toEqual([]);
    await expect(models.get("bob", "spx_eq_swing_daily")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(models.documents("bob", swing, "spx_eq_swing_daily")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await models.create("bob", plan({ strategy: "momentum_swing" }))).created).toBe(true);
  });

  it.each([1, 2, 3, 4])("leaves no visible model when write %i fails, and creates it when asked again", async (n) => {
    const { artifacts, metadata, models } = stores();
    const own = { indicators: [{ name: "rsi" }, { name: "adx" }, { name: "natr" }] };
    const request = { indicator_set: own };
    await expect(failingAt(n, artifacts, metadata).create("ann", plan(request))).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    expect((await models.list("ann")).models).toEqual([]);
    await expect(models.documents("ann", swing, "spx_eq_swing_daily")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await models.create("ann", plan({ strategy: "breakout_swing" }))).created).toBe(true);
    expect(resolveModel(swing, await models.documents("ann", swing, "spx_eq_swing_daily")).strategy?.name).toBe("breakout_swing");
  });

  it("lets one of two creators win, and the winner's documents stand", async () => {
    const { artifacts, metadata, models } = stores();
    const winner = plan();
    // The other request commits between this one's documents and its record.
    const late = createModelStore({
      artifacts,
      clock,
      metadata: {
        ...metadata,
        put: async (table, record, condition) => {
          await metadata.put(table, { ...record, body: { ...record.body } }, "absent");
          return metadata.put(table, record, condition);
        },
      },
    });
    await artifacts.put(CONFIG_KEY, new TextEncoder().encode(winner.texts["swingsigma/model_configs/spx_eq_swing_daily.yaml"]!), "absent");
    await expect(late.create("ann", plan({ strategy: "momentum_swing" }))).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await text(artifacts, CONFIG_KEY)).toBe(winner.texts["swingsigma/model_configs/spx_eq_swing_daily.yaml"]);
    expect((await models.list("ann")).models).toHaveLength(1);
  });

  it("reads documents as they are now: an edit by hand counts, in the digest too", async () => {
    const { artifacts, models } = stores();
    const created = plan();
    await models.create("ann", created);
    const { etag } = (await artifacts.head(CONFIG_KEY))!;
    const edited = (await text(artifacts, CONFIG_KEY)).replace("strategy: null", "strategy: mean_reversion_swing");
    await artifacts.put(CONFIG_KEY, new TextEncoder().encode(edited), { etag });
    const resolved = resolveModel(swing, await models.documents("ann", swing, "spx_eq_swing_daily"));
    expect(resolved.strategy?.name).toBe("mean_reversion_swing");
    expect(resolved.lineage.config_sha).not.toBe(created.resolved.lineage.config_sha);
  });

  it("resolves what was stored to what was planned", async () => {
    const { models } = stores();
    const planned = plan({
      risk_profile: "aggressive",
      indicator_set: { indicators: [{ name: "rsi" }, { name: "adx" }, { name: "natr" }] },
    });
    await models.create("ann", planned);
    expect(resolveModel(swing, await models.documents("ann", swing, planned.modelId))).toEqual(planned.resolved);
  });

  it("says POLICY_INVALID when the policy's file was removed by hand", async () => {
    const { artifacts, models } = stores();
    await models.create("ann", plan());
    await artifacts.remove("owners/ann/packs/swingsigma/policy_templates/spx_eq_swing_daily.yaml");
    const documents = await models.documents("ann", swing, "spx_eq_swing_daily");
    expect(() => resolveModel(swing, documents)).toThrowError(expect.objectContaining({ code: "POLICY_INVALID" }));
  });

  it.each([1, 2, 3, 4])(
    "leaves the model as it was, whole, when write %i of a change fails, and changes it when asked again",
    async (n) => {
      const { artifacts, metadata, models } = stores();
      const { model } = await models.create("ann", plan());
      const change = { strategy: "breakout_swing", indicator_set: { indicators: [{ name: "rsi" }, { name: "adx" }, { name: "natr" }] } };
      const read = async () => resolveModel(swing, await models.documents("ann", swing, "spx_eq_swing_daily"));
      const before = await read();
      const planned = planUpdate(change, swing, await models.documents("ann", swing, "spx_eq_swing_daily"));
      await expect(failingAt(n, artifacts, metadata).replace("ann", model, planned)).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
      expect(await read()).toEqual(before);
      const replaced = await models.replace("ann", model, planned);
      expect((await read()).lineage).toEqual(planned.resolved.lineage);
      expect((await artifacts.list("owners/")).keys.toSorted()).toEqual(replaced.paths.toSorted());
    },
  );

  it("lets one of two changes win, whole, and leaves nothing of the other", async () => {
    const { artifacts, models } = stores();
    const { model } = await models.create("ann", plan());
    const documents = await models.documents("ann", swing, "spx_eq_swing_daily");
    const plans = ["breakout_swing", "momentum_swing", "mean_reversion_swing"].map((strategy) =>
      planUpdate({ strategy }, swing, documents),
    );
    const ended = await Promise.allSettled(plans.map((planned) => models.replace("ann", model, planned)));
    expect(ended.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const end of ended) if (end.status === "rejected") expect(end.reason).toMatchObject({ code: "CONFLICT" });
    const won = plans[ended.findIndex(({ status }) => status === "fulfilled")]!;
    expect(resolveModel(swing, await models.documents("ann", swing, "spx_eq_swing_daily")).lineage).toEqual(won.resolved.lineage);
    expect((await artifacts.list("owners/")).keys).toHaveLength(2);
  });

  it("gives who reads during a change the documents of before or after it", async () => {
    const { artifacts, metadata, models } = stores();
    const { model } = await models.create("ann", plan());
    const planned = planUpdate({ strategy: "breakout_swing" }, swing, await models.documents("ann", swing, "spx_eq_swing_daily"));
    // The change comes between the reader's look at the record and at the documents.
    let changed = false;
    const slow = createModelStore({
      clock,
      metadata,
      artifacts: {
        ...artifacts,
        get: async (...args) => {
          if (!changed) {
            changed = true;
            await models.replace("ann", model, planned);
          }
          return artifacts.get(...args);
        },
      },
    });
    expect(resolveModel(swing, await slow.documents("ann", swing, "spx_eq_swing_daily")).lineage).toEqual(planned.resolved.lineage);
  });

  it("reads a model that comes with the pack from the pack", async () => {
    const { models } = stores();
    const documents = await models.documents("ann", swing, "spx_eq_swing_daily_example");
    expect(resolveModel(swing, documents).config.model_id).toBe("spx_eq_swing_daily_example");
  });

  it("pages through models in the order of their ids", async () => {
    const { models } = stores();
    for (const variant of ["c", "a", "b"]) await models.create("ann", plan({ variant }));
    const first = await models.list("ann", { limit: 2 });
    expect(first.models.map((model) => model.model_id)).toEqual(["spx_eq_swing_daily_a", "spx_eq_swing_daily_b"]);
    const rest = await models.list("ann", { limit: 2, cursor: first.nextCursor! });
    expect(rest.models.map((model) => model.model_id)).toEqual(["spx_eq_swing_daily_c"]);
  });

  it.each(["../x", "a/b", "", "A", "a".repeat(65), "a\u0000"])("refuses the id %j", async (id) => {
    const { models } = stores();
    await expect(models.get("ann", id)).rejects.toMatchObject({ code: "INVALID_PARAM" });
    await expect(models.remove("ann", id)).rejects.toMatchObject({ code: "INVALID_PARAM" });
    await expect(models.documents("ann", swing, id)).rejects.toMatchObject({ code: "INVALID_PARAM" });
  });

  it.each(["../bob", "ann/../bob", "", "ann#models"])("refuses the owner %j", async (owner) => {
    const { models } = stores();
    await expect(models.create(owner, plan())).rejects.toMatchObject({ code: "INVALID_PARAM" });
    await expect(models.list(owner)).rejects.toMatchObject({ code: "INVALID_PARAM" });
  });
});
