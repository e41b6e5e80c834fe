import { describe, expect, it } from "vitest";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import {
  addTrainedModel,
  listPublished,
  listTrainedModels,
  readTrainedModel,
  replaceTrainedModel,
} from "#lib/publishing/trained-model-store.ts";
import { modelWith } from "./model.fixture.ts";

const store = () => createMemoryMetadataStore({ clock: { now: () => 0 } });

describe("addTrainedModel", () => {
  it("adds once: the same training changes nothing, also after the model was published", async () => {
    const metadata = store();
    expect(await addTrainedModel(metadata, modelWith())).toBe(true);
    await replaceTrainedModel(metadata, modelWith({ status: "published" }), 1);
    expect(await addTrainedModel(metadata, modelWith())).toBe(false);
    expect((await readTrainedModel(metadata, "ann", "tm_1")).model.status).toBe("published");
  });
});

describe("replaceTrainedModel", () => {
  it("lets one of two changes win and tells the other", async () => {
    const metadata = store();
    await addTrainedModel(metadata, modelWith());
    const change = (status: "published" | "discarded") => replaceTrainedModel(metadata, modelWith({ status }), 1);
    const results = await Promise.allSettled([change("published"), change("discarded")]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(results[1]).toMatchObject({ reason: { code: "CONFLICT" } });
  });
});

describe("listPublished", () => {
  it("holds the published models of all owners, or of one, and forgets those that are paused", async () => {
    const metadata = store();
    for (const owner of ["ann", "ann2", "bob"])
      for (const id of ["tm_1", "tm_2"]) await addTrainedModel(metadata, modelWith({ owner, trained_model_id: id, status: "published" }));
    const ids = async (owner?: string) =>
      (await listPublished(metadata, { limit: 10, ...(owner === undefined ? {} : { owner }) })).rows.map(
        (model) => `${model.owner}/${model.trained_model_id}`,
      );
    expect(await ids()).toHaveLength(6);
    expect(await ids("ann")).toEqual(["ann/tm_1", "ann/tm_2"]);
    await replaceTrainedModel(metadata, modelWith({ status: "paused" }), 1);
    expect(await ids("ann")).toEqual(["ann/tm_2"]);
  });
});

describe("readTrainedModel", () => {
  it("does not find another owner's model", async () => {
    const metadata = store();
    await addTrainedModel(metadata, modelWith());
    await expect(readTrainedModel(metadata, "bob", "tm_1")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await listTrainedModels(metadata, "bob", { limit: 10 })).rows).toEqual([]);
  });
});
