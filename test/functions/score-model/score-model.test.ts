import { beforeAll, describe, expect, it } from "vitest";
import { livePrediction } from "#functions/score-model/live-row.ts";
import { createScoreModel } from "#functions/score-model/score-model.ts";
import { evaluationInput } from "#functions/shared/evaluation-input.ts";
import { loadPlan, loadPlanMatrix } from "#functions/shared/evaluation-plan.ts";
import { prepareEvaluation, selectOrders } from "#lib/backtest/evaluate-variant.ts";
import { sha256 } from "#lib/core/digest.ts";
import { calibratorFromJson } from "#lib/learners/calibration/calibrator.ts";
import type { CreateModelRequest } from "#lib/models/create-model.schema.ts";
import { readTrainedModel, replaceTrainedModel } from "#lib/publishing/trained-model-store.ts";
import { listSignals, readSignal } from "#lib/signals/signal-store.ts";
import type { VariantParams } from "#lib/sweeps/variant.schema.ts";
import { decodeBundle, encodeBundle } from "#lib/training/model-bundle.ts";
import { createLab, OWNER, SERIES, seriesUntil } from "../lab.ts";

type Lab = Awaited<ReturnType<typeof createLab>>;

const { end } = SERIES.bars;
const LAST = end[end.length - 1]!;
const MINUTE = 60_000;
const iso = (at: number): string => new Date(at).toISOString();

/** A lab with one published baseline. */
async function published(model: Partial<CreateModelRequest> = {}): Promise<{ lab: Lab; id: string }> {
  const lab = await createLab({ model });
  await lab.build();
  const id = (await lab.train()).trained[0]!.trained_model_id;
  await lab.publish(id);
  return { lab, id };
}

/** Lets a trained model trade as another variant: the policy alone cannot ask for what no trade would meet. */
async function tradedAs(lab: Lab, id: string, params: Partial<VariantParams>): Promise<void> {
  const { model, version } = await readTrainedModel(lab.ports.metadata, lab.owner, id);
  await replaceTrainedModel(
    lab.ports.metadata,
    { ...model, variant: { ...model.variant!, params: { ...model.variant!.params, ...params } } },
    version,
  );
}

let ticks = 0;
async function score({ lab, id }: { lab: Lab; id: string }, asOf: string | null) {
  ticks += 1;
  const result = await createScoreModel(lab.ports)({
    run_id: `signals_${ticks}`,
    model: { owner: lab.owner, trained_model_id: id, as_of: asOf },
  });
  const signal = result.signal_key && (await readSignal(lab.ports.metadata, lab.owner, result.signal_key.signal_id));
  return { ...result, stored: signal! };
}

const countSignals = async (lab: Lab): Promise<number> => (await listSignals(lab.ports.metadata, lab.owner, { limit: 1000 })).rows.length;

/** Puts another bundle in the place of the one that signals are scored with. */
async function scoreWith(lab: Lab, id: string, bytes: Uint8Array): Promise<void> {
  const { model, version } = await readTrainedModel(lab.ports.metadata, lab.owner, id);
  const key = `owners/${lab.owner}/trained/${id}/other.model`;
  await lab.ports.artifacts.put(key, bytes, "any");
  await replaceTrainedModel(lab.ports.metadata, { ...model, refit: { key, sha256: sha256(bytes) } }, version);
}

const judgedBytes = async (lab: Lab, id: string): Promise<Uint8Array> => {
  const { model } = await readTrainedModel(lab.ports.metadata, lab.owner, id);
  return (await lab.ports.artifacts.get(model.judged.key)).bytes;
};

let shared: { lab: Lab; id: string };
beforeAll(async () => {
  shared = await published();
});

describe("createScoreModel", () => {
  it("says of an earlier time what it says where later bars do not exist, to the byte", async () => {
    const alone = await published();
    for (const back of [1, 2, 40, 333]) {
      const asOf = iso(end[end.length - 1 - back]!);
      alone.lab.setSeries(seriesUntil(Date.parse(asOf)));
      const [whole, cut] = [await score(shared, asOf), await score(alone, asOf)];
      expect(whole.stored.timestamp).toBe(asOf);
      const { signal, confidence, probabilities } = whole.stored;
      if (signal !== "HOLD") expect(confidence).toBe(signal === "BUY" ? probabilities.up : probabilities.down);
      expect({ ...cut.stored, created_at: "" }).toEqual({ ...whole.stored, created_at: "" });
    }
  });

  it("decides as the backtest does on the same rows with the same model and past confidences", async () => {
    const { lab, id } = await published();
    const bytes = await judgedBytes(lab, id);
    await scoreWith(lab, id, bytes);
    for (const topPct of [null, 0.35]) {
      const { model, version } = await readTrainedModel(lab.ports.metadata, lab.owner, id);
      const params = { ...model.variant!.params, top_pct: topPct };
      await replaceTrainedModel(lab.ports.metadata, { ...model, variant: { ...model.variant!, params } }, version);
      const plan = await loadPlan(lab.ports.artifacts, lab.owner, model.plan.sha256);
      const matrix = await loadPlanMatrix(lab.ports.artifacts, plan);
      const prediction = livePrediction(matrix, decodeBundle(bytes));
      const context = prepareEvaluation({ ...evaluationInput(plan, matrix, [prediction], null), longestHoldBars: 0 });
      const { side } = selectOrders(context, params).orders;
      const rows = Array.from({ length: 25 }, (_, i) => prediction.testStart + (topPct === null ? 3 : 4) + i * 6);
      const live = [];
      for (const row of rows) live.push((await score({ lab, id }, iso(matrix.ts[row]!))).stored.signal);
      expect(live).toEqual(rows.map((row) => ({ 1: "BUY", 0: "HOLD", [-1]: "SELL" })[side[row]!]));
      expect(new Set(live).size).toBeGreaterThan(1);
    }
  });

  it("gives a signal the barriers of its label, in sigmas known at the decision, and the time limit", async () => {
    const barriers = { kind: "triple_barrier", horizon: 5, up: 1.5, down: 0.5, sigma: { kind: "fixed", fraction: 0.04 } } as const;
    const { lab, id } = await published({ label: barriers });
    const seen = new Set<string>();
    for (let back = 1; back < 30; back++) {
      const at = end.length - 1 - back;
      const { stored } = await score({ lab, id }, iso(end[at]!));
      seen.add(stored.signal);
      if (stored.signal === "HOLD") continue;
      const close = SERIES.bars.close[at]!;
      const [against, favour] = stored.signal === "BUY" ? [-0.02, 0.06] : [0.06, -0.02];
      expect([stored.stop_loss, stored.take_profit]).toEqual([
        expect.closeTo(close * (1 + against), 6),
        expect.closeTo(close * (1 + favour), 6),
      ]);
      expect(stored.reasons.map(({ text }) => text)).toContain("The trade ends after 5 bars at the latest.");
    }
    expect(seen.size).toBeGreaterThan(1);
  });

  it("writes a decision once, and nothing at a tick without a newly closed bar", async () => {
    const model = await published();
    model.lab.setNow(LAST + MINUTE);
    const first = await score(model, null);
    model.lab.setNow(LAST + 90 * MINUTE);
    const second = await score(model, null);
    expect([first.is_new, second.is_new]).toEqual([true, false]);
    expect(second.stored).toEqual(first.stored);
    expect(await countSignals(model.lab)).toBe(1);
    expect(first.stored).toMatchObject({ replay: false, timestamp: iso(LAST), created_at: iso(LAST + MINUTE) });
    expect(first.stored.stamps).not.toContain("IN_SAMPLE");
  });

  it("does not read a bar that has not closed yet", async () => {
    const model = await published();
    model.lab.setNow(LAST - 1);
    expect((await score(model, null)).stored.timestamp).toBe(iso(end[end.length - 2]!));
  });

  it("writes nothing for a model that is not published, is paused, or is another owner's", async () => {
    const { lab, id } = await published();
    await lab.publish(id, "pause", "publish_2");
    expect(await score({ lab, id }, null)).toMatchObject({ signal_key: null, is_new: false });
    await lab.publish(id, "retire", "publish_3");
    expect(await score({ lab, id }, null)).toMatchObject({ signal_key: null });
    expect(await countSignals(lab)).toBe(0);
    await expect(
      createScoreModel(lab.ports)({ run_id: "signals_x", model: { owner: "somebody", trained_model_id: id, as_of: null } }),
    ).resolves.toMatchObject({ signal_key: null, failed: { code: "NOT_FOUND" } });
  });

  it("holds when another bar should have closed since", async () => {
    const model = await published();
    model.lab.setNow(LAST + 7 * 24 * 60 * MINUTE);
    const { stored } = await score(model, null);
    expect(stored).toMatchObject({ signal: "HOLD", status: "none", quantity: null, exit_by: null, valid_until: null });
    expect(stored.reasons[0]!.code).toBe("stale_data");
  });

  it("gives everything needed to act, on whole shares and by the exchange's calendar", async () => {
    const acted = [];
    for (let back = 0; acted.length < 3 && back < 60; back++) {
      const { stored } = await score(shared, iso(end[end.length - 1 - back]!));
      if (stored.signal !== "HOLD") acted.push({ stored, close: SERIES.bars.close[end.length - 1 - back]! });
    }
    expect(acted).toHaveLength(3);
    for (const { stored, close } of acted) {
      // The pack's policy: 10,000 USD, one position, no brackets, market order at the next open.
      expect(stored).toMatchObject({
        quantity: Math.floor(10_000 / close),
        entry_price: close,
        order_type: "market",
        price: null,
        stop_loss: null,
        take_profit: null,
        status: "pending",
        urgency: "day",
        gate_status: "ungated",
        proven: false,
        replay: true,
      });
      expect(stored.stamps).toEqual(expect.arrayContaining(["simulated", "SIMULATED", "UNPROVEN"]));
      expect(stored.reasons.map(({ code }) => code)).toEqual(expect.arrayContaining(["threshold_met", "prediction", "gate_ungated"]));
    }
  });

  it("ends a hold of five sessions at the early close after Thanksgiving 2013", async () => {
    // 2013-11-21, then 22, 25, 26, 27 and, after the holiday, 29 until 13:00 in New York.
    const { lab, id } = await published();
    const found = [];
    for (const bar of end) if (iso(bar).startsWith("2013-11-21")) found.push(await score({ lab, id }, iso(bar)));
    expect(found).toHaveLength(1);
    const { stored } = found[0]!;
    expect(stored.signal).not.toBe("HOLD");
    expect([stored.exit_by, stored.valid_until]).toEqual(["2013-11-29T18:00:00.000Z", "2013-11-22T21:00:00.000Z"]);
    expect(stored.timestamp).toBe("2013-11-21T21:00:00.000Z");
  });

  it("measures ATR brackets from the close, and refuses a variant whose target is too near", async () => {
    const brackets = { enabled: true, mode: "atr", atr_mult_stop: 2, atr_mult_target: 3, time_stop_bars: 2 } as const;
    const model = await published({ policy: { execution: { brackets } } });
    const acted = async () => {
      for (let back = 0; back < 60; back++) {
        const { stored } = await score(model, iso(end[end.length - 1 - back]!));
        if (stored.signal !== "HOLD" || stored.reasons[0]!.code === "min_rr_not_met") return stored;
      }
      throw new Error("nothing acted");
    };
    const stored = await acted();
    const [entry, stop, target] = [stored.entry_price!, stored.stop_loss!, stored.take_profit!];
    const sign = stored.signal === "BUY" ? 1 : -1;
    expect(sign * (entry - stop)).toBeGreaterThan(0);
    expect((target - entry) / (entry - stop)).toBeCloseTo(1.5, 9);

    const near = await published({ policy: { execution: { brackets } } });
    await tradedAs(near.lab, near.id, { stop_loss: 0.02, take_profit: 0.5 });
    Object.assign(model, near);
    expect(await acted()).toMatchObject({
      signal: "HOLD",
      reasons: expect.arrayContaining([expect.objectContaining({ value: 0.5, limit: 1 })]),
    });
  });

  it("says what moved the model: contributions of the stored model that add up to its log-odds", async () => {
    const { lab, id } = shared;
    const { model } = await readTrainedModel(lab.ports.metadata, lab.owner, id);
    const bundle = decodeBundle((await lab.ports.artifacts.get(model.refit.key)).bytes);
    const matrix = await loadPlanMatrix(lab.ports.artifacts, await loadPlan(lab.ports.artifacts, lab.owner, model.plan.sha256));
    const sides = new Set<string>();
    for (const back of [8, 9, 11, 20, 33]) {
      const row = matrix.rows - 1 - back;
      const { stored } = await score(shared, iso(matrix.ts[row]!));
      const { explanation, unexplained, probabilities } = stored;
      expect(unexplained).toBeNull();
      const [down, up] = bundle.model.predict(matrix.features.map((column) => column.slice(row, row + 1)));
      const side = explanation!.side === "UP" ? 1 : -1;
      sides.add(explanation!.side);
      expect(explanation!.margin).toBeCloseTo(side * Math.log(up![0]! / down![0]!), 9);
      expect(explanation!.probability).toBeCloseTo((side > 0 ? up : down)![0]!, 9);
      // The lab's models are not calibrated, so the signal's own probability is the explained one.
      expect(explanation!.probability).toBeCloseTo(side > 0 ? probabilities.up : probabilities.down, 9);
      const named = explanation!.contributions;
      const sum = named.reduce((total, { contribution }) => total + contribution, explanation!.base_value + explanation!.rest.contribution);
      expect(sum).toBeCloseTo(explanation!.margin, 9);
      expect(named.length + explanation!.rest.features).toBe(matrix.features.length);
      for (const { feature, value } of named) {
        const column = matrix.features[matrix.info.features.findIndex(({ name }) => name === feature)]!;
        expect(value).toBe(Number.isNaN(column[row]!) ? null : column[row]);
      }
    }
    expect(sides).toEqual(new Set(["UP", "DOWN"]));
  });

  it("says why it cannot say what moved a model: one that reads no feature, and one without skill", async () => {
    const floor = await published({ algo: "prior", learner: {} });
    expect((await score(floor, iso(LAST))).stored).toMatchObject({ explanation: null, unexplained: "learner_has_no_attributions" });
    const { lab, id } = await published();
    const bundle = decodeBundle(await judgedBytes(lab, id));
    const calibrator = calibratorFromJson({
      ...bundle.calibrator.toJson(),
      kind: "sigmoid",
      notes: ["no_skill"],
      maps: [{ map: "base_rate", value: 0.5, z: 0.2 }],
    });
    await scoreWith(lab, id, encodeBundle({ ...bundle, calibrator }));
    expect((await score({ lab, id }, iso(LAST))).stored).toMatchObject({ explanation: null, unexplained: "no_skill" });
  });

  it("says so when a position would be less than one share", async () => {
    const model = await published({ policy: { risk: { max_exposure: 1 } } });
    const codes = new Set<string>();
    for (let back = 0; back < 20; back++) {
      const { stored } = await score(model, iso(end[end.length - 1 - back]!));
      expect(stored.signal).toBe("HOLD");
      codes.add(stored.reasons[0]!.code);
    }
    expect(codes).toContain("size_below_one_share");
  });

  it("lets a model that only buys close on a SELL and open nothing, and says so", async () => {
    const model = await published({ tags: ["long_only"] });
    const words = new Set<string>();
    for (let back = 0; back < 40; back++) {
      const { stored } = await score(model, iso(end[end.length - 1 - back]!));
      words.add(stored.signal);
      expect(stored.closes).toBe(stored.signal === "SELL");
      if (stored.signal !== "SELL") continue;
      expect(stored).toMatchObject({
        status: "pending",
        order_type: "market",
        quantity: null,
        entry_price: null,
        stop_loss: null,
        exit_by: null,
      });
      expect(stored.reasons[0]).toMatchObject({ code: "closes_position", text: expect.stringContaining("SELL means close here") });
    }
    expect(words).toContain("BUY");
    expect(words).toContain("SELL");
  });

  it("closes and buys as the backtest of a model that only buys does", async () => {
    const { lab, id } = await published({ tags: ["long_only"] });
    const bytes = await judgedBytes(lab, id);
    await scoreWith(lab, id, bytes);
    const { model } = await readTrainedModel(lab.ports.metadata, lab.owner, id);
    const plan = await loadPlan(lab.ports.artifacts, lab.owner, model.plan.sha256);
    const matrix = await loadPlanMatrix(lab.ports.artifacts, plan);
    const prediction = livePrediction(matrix, decodeBundle(bytes));
    const context = prepareEvaluation({ ...evaluationInput(plan, matrix, [prediction], null), longestHoldBars: 0 });
    const { side, close } = selectOrders(context, model.variant!.params).orders;
    const card = new TextDecoder().decode((await lab.ports.artifacts.get(model.card.key)).bytes);
    expect(card).toContain("a signal of the other one closes what is open and opens nothing");
    const rows = Array.from({ length: 25 }, (_, i) => prediction.testStart + 3 + i * 6);
    for (const row of rows) {
      const { stored } = await score({ lab, id }, iso(matrix.ts[row]!));
      expect([stored.signal === "BUY", stored.closes]).toEqual([side[row] === 1, close![row] === 1]);
    }
  });

  it("stamps a replay of a time that the model was fitted on", async () => {
    const { stored } = await score(shared, iso(end[500]!));
    expect(stored.stamps).toContain("IN_SAMPLE");
    expect(stored.reasons.map(({ code }) => code)).toContain("in_sample");
  });

  it("refuses a model whose indicators have changed since, and one whose file was damaged", async () => {
    const { lab, id } = await published();
    const bundle = decodeBundle(await judgedBytes(lab, id));
    await scoreWith(lab, id, encodeBundle({ ...bundle, indicatorSetSha: "0".repeat(64) }));
    await expect(score({ lab, id }, null)).resolves.toMatchObject({ failed: { code: "MODEL_INVALID" } });
    const damaged = (await judgedBytes(lab, id)).slice();
    damaged[200]! ^= 1;
    await scoreWith(lab, id, damaged);
    await expect(score({ lab, id }, null)).resolves.toMatchObject({ failed: { code: "ARTIFACT_CORRUPT" } });
  });

  it("refuses a time before the first bar", async () => {
    await expect(score(shared, "2009-01-01T00:00:00Z")).resolves.toMatchObject({ failed: { code: "DATA_UNAVAILABLE" } });
    expect(shared.lab.owner).toBe(OWNER);
  });
});
