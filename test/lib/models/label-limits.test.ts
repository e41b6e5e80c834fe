import { describe, expect, it } from "vitest";
import { matrixNeeds } from "#lib/matrix/matrix-spec.ts";
import type { CreateModelRequest } from "#lib/models/create-model.schema.ts";
import { planModel } from "#lib/models/create-model.ts";
import { flowFeaturesOf } from "#lib/options/flow/flow-features.ts";
import { resolvePack } from "#lib/packs/resolve-pack.ts";
import { builtin } from "../packs/support.ts";

const zero = resolvePack(builtin, "zerosigma");
const planned = (template_id: string, request: Partial<CreateModelRequest> = {}) =>
  planModel({ pack_id: "zerosigma", ticker: "SPY", template_id, ...request }, zero).resolved;

describe("limits on hours", () => {
  it("bind a model that decides at every bar, by the profile", () => {
    expect(planned("hourly_next_hour").limits.allowed_hours).toEqual([13, 14, 15]);
    expect(planned("hourly_next_hour", { risk_profile: "aggressive" }).limits.allowed_hours).toEqual([12, 13, 14, 15]);
  });

  it.each(["headfake_reversal_v1", "pin_drift_v1"])("leave the %s to its own clock, and nothing else", (template_id) => {
    const { limits, provenance } = planned(template_id);
    expect(limits.allowed_hours).toBeUndefined();
    expect(provenance["limits.allowed_hours"]).toBeUndefined();
    const { allowed_hours: _, ...others } = planned("hourly_next_hour").limits;
    expect(limits).toEqual(others);
  });

  it("bind again where the model or its policy sets them", () => {
    expect(planned("headfake_reversal_v1", { gates: { allowed_hours: [10] } }).limits.allowed_hours).toEqual([10]);
    const policy = { risk_budget: { allowed_hours: [9, 10] } };
    expect(planned("headfake_reversal_v1", { policy }).limits.allowed_hours).toEqual([9, 10]);
  });
});

describe("features that are null", () => {
  it("switch off what the pack switches on", () => {
    const on = planned("headfake_reversal_v2");
    const off = planned("headfake_reversal_v1");
    expect([on.config.features.flow?.totals, off.config.features.flow, off.config.features.dealer]).toEqual([true, null, null]);
    expect(flowFeaturesOf(off.config.features)).toBeNull();
    const needs = (model: typeof on) => matrixNeeds(model.config, model.indicatorEntries, "SPY");
    expect([needs(on).flow, needs(off).flow, needs(off).chains]).toEqual([true, false, false]);
  });

  it("are one by one, and leave the others as the pack has them", () => {
    const { flow, dealer } = planned("hourly_next_hour", { features: { flow: null } }).config.features;
    expect([flow, dealer]).toEqual([null, { mm_profit_dir_simple: true, divergence_score: true }]);
    expect(flowFeaturesOf({ flow, dealer })).not.toBeNull();
  });
});
