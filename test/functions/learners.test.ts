import { describe, expect, it } from "vitest";
import { createScoreModel } from "#functions/score-model/score-model.ts";
import type { CreateModelRequest } from "#lib/models/create-model.schema.ts";
import { readTrainedModel } from "#lib/publishing/trained-model-store.ts";
import { readSignal } from "#lib/signals/signal-store.ts";
import { decodeBundle } from "#lib/training/model-bundle.ts";
import { createLab, SERIES } from "./lab.ts";

const LEARNERS = [
  ["rf", { trees: 20 }],
  ["cart", { max_rows: 250 }],
  ["logit", {}],
] as const satisfies readonly (readonly [CreateModelRequest["algo"], object])[];

describe("every learner", () => {
  it.each(LEARNERS)("%s is swept, trained, published and scores signals from its model file", async (algo, params) => {
    const lab = await createLab({ model: { algo, learner: { calibration: "sigmoid", params } } });
    await lab.build();
    const { result } = await lab.sweep();
    const { trained } = await lab.train({ rows: [result.best_rows[0]!], research: true });
    const { model } = await readTrainedModel(lab.ports.metadata, lab.owner, trained[0]!.trained_model_id);
    const bundle = decodeBundle((await lab.ports.artifacts.get(model.refit.key, model.refit.sha256)).bytes);
    expect([bundle.model.algo, bundle.model.task]).toEqual([algo, "classify"]);

    await lab.publish(model.trained_model_id);
    const { end } = SERIES.bars;
    const probabilities = [];
    for (let back = 1; back < 24; back += 3) {
      const as_of = new Date(end[end.length - back]!).toISOString();
      const event = { run_id: `signals_${back}`, model: { owner: lab.owner, trained_model_id: model.trained_model_id, as_of } };
      const { signal_key, failed } = await createScoreModel(lab.ports)(event);
      expect(failed).toBeNull();
      probabilities.push((await readSignal(lab.ports.metadata, lab.owner, signal_key!.signal_id)).probabilities);
    }
    for (const { up, down } of probabilities) expect(up + down).toBeCloseTo(1, 12);
    expect(new Set(probabilities.map(({ up }) => up)).size).toBeGreaterThan(1);
  });
});
