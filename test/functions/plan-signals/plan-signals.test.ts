import { describe, expect, it } from "vitest";
import { createPlanRebuild } from "#functions/plan-rebuild/plan-rebuild.ts";
import { createPlanSignals } from "#functions/plan-signals/plan-signals.ts";
import { createPublishModel } from "#functions/publish-model/publish-model.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import { addTrainedModel, readTrainedModel } from "#lib/publishing/trained-model-store.ts";
import { modelWith } from "../../lib/publishing/model.fixture.ts";

async function filled() {
  const clock = { now: () => Date.UTC(2026, 0, 5) };
  const ports = { clock, metadata: createMemoryMetadataStore({ clock }) };
  const models = [
    { owner: "ann", trained_model_id: "tm_1", status: "published" },
    { owner: "ann", trained_model_id: "tm_2", status: "published" },
    { owner: "ann", trained_model_id: "tm_3", status: "paused" },
    { owner: "bob", trained_model_id: "tm_4", status: "published" },
    { owner: "bob", trained_model_id: "tm_5", status: "trained" },
  ] as const;
  for (const model of models) await addTrainedModel(ports.metadata, modelWith(model));
  return ports;
}

describe("createPlanSignals", () => {
  const due = async (request: Readonly<Record<string, unknown>>) =>
    (await createPlanSignals(await filled())({ run_id: "signals_1", owner: "ann", tick: "t", request })).due.map(
      ({ owner, trained_model_id }) => `${owner}/${trained_model_id}`,
    );

  it("takes the owner's published models, everybody's at a scheduled tick, or one", async () => {
    expect(await due({})).toEqual(["ann/tm_1", "ann/tm_2"]);
    expect(await due({ scope: "all" })).toEqual(["ann/tm_1", "ann/tm_2", "bob/tm_4"]);
    expect(await due({ trained_model_id: "tm_2" })).toEqual(["ann/tm_2"]);
    expect(await due({ trained_model_id: "tm_3" })).toEqual([]);
  });

  it("refuses a time that is none before anything is scored", async () => {
    await expect(due({ as_of: "yesterday" })).rejects.toMatchObject({ code: "INVALID_PARAM" });
  });
});

describe("createPlanRebuild", () => {
  it("names each model once, however many trained versions of it are published", async () => {
    const { models } = await createPlanRebuild(await filled())({ run_id: "rebuild_1", owner: "ann", tick: "t" });
    expect(models).toEqual([
      { owner: "ann", pack_id: "swingsigma", model_id: "m" },
      { owner: "bob", pack_id: "swingsigma", model_id: "m" },
    ]);
  });
});

describe("createPublishModel", () => {
  const act = (ports: Awaited<ReturnType<typeof filled>>, action: string, runId = "publish_1") =>
    createPublishModel(ports)({ run_id: runId, owner: "ann", trained_model_id: "tm_1", request: { action, by: "ann", reason: "why" } });

  it("writes the change with who, when and why, and a repeated step changes nothing", async () => {
    const ports = await filled();
    expect(await act(ports, "pause")).toEqual({ trained_model_id: "tm_1", status: "paused", stage: "paper", proven: true });
    await act(ports, "pause");
    const { model, version } = await readTrainedModel(ports.metadata, "ann", "tm_1");
    expect(version).toBe(2);
    expect(model.transitions).toEqual([{ from: "published", to: "paused", at: "2026-01-05T00:00:00.000Z", by: "ann", reason: "why" }]);
  });

  it("lets one of two opposite actions at once win", async () => {
    const ports = await filled();
    const results = await Promise.allSettled([act(ports, "pause"), act(ports, "retire", "publish_2")]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(results[1]).toMatchObject({ reason: { code: "CONFLICT" } });
  });
});
