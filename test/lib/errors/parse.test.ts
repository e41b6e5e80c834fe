import { describe, expect, it } from "vitest";
import * as z from "zod";
import { parseOr } from "#lib/errors/parse.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";

const Schema = z.strictObject({
  model_id: z.string(),
  label: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("forward_return"), horizon: z.int().min(1) }),
      z.strictObject({ kind: z.literal("next_bar_direction") }),
    ])
    .optional(),
  indicators: z.array(z.strictObject({ name: z.string(), window: z.int().default(14) })).default([]),
});

function failure(data: unknown): SigmaError {
  try {
    parseOr("MODEL_INVALID", Schema, data, 'model "m"');
  } catch (error) {
    if (error instanceof SigmaError) return error;
  }
  throw new Error("expected a SigmaError");
}

describe("parseOr", () => {
  it("returns the parsed value with its defaults", () => {
    expect(parseOr("MODEL_INVALID", Schema, { model_id: "m", indicators: [{ name: "rsi" }] })).toEqual({
      model_id: "m",
      indicators: [{ name: "rsi", window: 14 }],
    });
  });

  it("names an unknown key and the nearest known one", () => {
    const error = failure({ model_id: "m", indicator: [] });
    expect(error.code).toBe("MODEL_INVALID");
    expect(error.message).toBe('model "m" does not match its schema. indicator: unknown key "indicator"; did you mean "indicators"?');
    expect(error.fieldErrors).toEqual([{ path: "indicator", issue: 'unknown key "indicator"; did you mean "indicators"?' }]);
    expect(error.facts).toEqual({ issues: 1 });
  });

  it("lists the known keys when none is near", () => {
    expect(failure({ model_id: "m", zzzzzzz: 1 }).fieldErrors).toEqual([
      { path: "zzzzzzz", issue: 'unknown key "zzzzzzz"; known keys are model_id, label, indicators' },
    ]);
  });

  it("looks into arrays, defaults and unions for the keys that are known there", () => {
    expect(failure({ model_id: "m", indicators: [{ name: "rsi", windw: 3 }] }).fieldErrors).toEqual([
      { path: "indicators.0.windw", issue: 'unknown key "windw"; did you mean "window"?' },
    ]);
    expect(failure({ model_id: "m", label: { kind: "forward_return", horizon: 5, horizn: 5 } }).fieldErrors).toEqual([
      { path: "label.horizn", issue: 'unknown key "horizn"; did you mean "horizon"?' },
    ]);
  });

  it("gives every wrong field its dotted path", () => {
    const paths = failure({ indicators: [{ name: 1 }, { name: "b", window: 1.5 }] }).fieldErrors.map(({ path }) => path);
    expect(paths).toEqual(["model_id", "indicators.0.name", "indicators.1.window"]);
  });

  it("shows five issues and counts the rest", () => {
    const error = failure({ model_id: "m", indicators: Array.from({ length: 8 }, () => ({ name: 0 })) });
    expect(error.fieldErrors).toHaveLength(8);
    expect(error.message).toContain("(and 3 more).");
    expect(error.facts).toEqual({ issues: 8 });
  });
});
