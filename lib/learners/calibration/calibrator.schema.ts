import * as z from "zod";
import { CALIBRATIONS } from "../learner.schema.ts";

const probability = z.number().min(0).max(1);

/** How one class's margin becomes a probability. */
const CalibrationMapSchema = z.discriminatedUnion("map", [
  z.strictObject({ map: z.literal("identity") }),
  z.strictObject({
    map: z.literal("base_rate"),
    value: probability,
    z: z.number().nullable().describe("Wald statistic that was too small"),
  }),
  z.strictObject({ map: z.literal("platt"), a: z.number(), b: z.number(), z: z.number() }),
  z.strictObject({
    map: z.literal("isotonic"),
    scores: z.array(z.number()).min(1).describe("Margins, strictly ascending"),
    values: z.array(probability).min(1).describe("Probability at each margin, not descending"),
    z: z.number().describe("Wald statistic of the sigmoid on the same rows"),
  }),
]);
export type CalibrationMap = z.infer<typeof CalibrationMapSchema>;

/**
 * - `isotonic_too_few_rows`: fewer than 1,000 rows, so a sigmoid was fitted instead.
 * - `no_skill`: the scores do not order the outcomes; every class has its base rate.
 * - `no_skill_partial`: so for some classes of three or more.
 * - `single_class`: the rows hold one class; the base rate is smoothed, (N + 1)/(N + 2).
 * - `no_rows`: nothing to fit on; probabilities stay as they are.
 */
const CALIBRATION_NOTES = ["isotonic_too_few_rows", "no_skill", "no_skill_partial", "single_class", "no_rows"] as const;
export type CalibrationNote = (typeof CALIBRATION_NOTES)[number];

/** A fitted calibrator, as stored. */
export const CalibratorSchema = z
  .strictObject({
    schema_version: z.literal(1),
    kind: z.enum(CALIBRATIONS).describe("What was asked for; `maps` say what was done"),
    classes: z.int().min(1),
    rows: z.int().min(0),
    notes: z.array(z.enum(CALIBRATION_NOTES)),
    maps: z.array(CalibrationMapSchema).describe("One for two classes (of the second), else one for each class"),
  })
  .refine(({ classes, maps }) => maps.length === (classes === 2 ? 1 : classes), {
    error: "has another number of maps than classes",
    path: ["maps"],
  })
  .refine(({ maps }) => maps.every((map) => map.map !== "isotonic" || isAscending(map.scores, map.values)), {
    error: "holds an isotonic map that is not ascending",
    path: ["maps"],
  });
export type CalibratorJson = z.infer<typeof CalibratorSchema>;

function isAscending(scores: readonly number[], values: readonly number[]): boolean {
  if (scores.length !== values.length) return false;
  return scores.every((score, i) => i === 0 || (score > scores[i - 1]! && values[i]! >= values[i - 1]!));
}
