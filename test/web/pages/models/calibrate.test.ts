import { describe, expect, it } from "vitest";
import { CalibrateBracketsSchema, CalibrateThresholdsSchema } from "#lib/sweeps/calibrate.schema.ts";
import { CALIBRATE_FIELDS, type CalibrateDraft, calibrationOf } from "../../../../web/src/pages/models/composer/calibrate.ts";

const IDS = { pack_id: "swingsigma", model_id: "spx" };
const EMPTY: CalibrateDraft = { kind: "thresholds", thresholds: [], stop_loss: [], take_profit: [], time_stop: [] };

describe("calibrationOf", () => {
  it("says only what was said, and nothing of the other kind", () => {
    expect(calibrationOf(EMPTY, IDS)).toEqual(IDS);
    expect(calibrationOf({ ...EMPTY, thresholds: [0, 0.1], per_hour: true, shrinkage: 20, stop_loss: [0.05] }, IDS)).toEqual({
      ...IDS,
      thresholds: [0, 0.1],
      per_hour: true,
      shrinkage: 20,
    });
    // Hours are calibrated by themselves as usual within a day, so no is said, too.
    expect(calibrationOf({ ...EMPTY, per_hour: false }, IDS)).toEqual({ ...IDS, per_hour: false });
    expect(calibrationOf({ ...EMPTY, kind: "brackets", thresholds: [0], stop_loss: [0.05], time_stop: [3], threshold: 0.1 }, IDS)).toEqual({
      ...IDS,
      threshold: 0.1,
      stop_loss: [0.05],
      time_stop: [3],
    });
  });

  it("makes what the API takes, with a field for every key of it but the tag", () => {
    expect(CalibrateThresholdsSchema.safeParse(calibrationOf(EMPTY, IDS)).success).toBe(true);
    expect(CalibrateBracketsSchema.safeParse(calibrationOf({ ...EMPTY, kind: "brackets" }, IDS)).success).toBe(true);
    const keys = new Set([...Object.keys(CalibrateThresholdsSchema.shape), ...Object.keys(CalibrateBracketsSchema.shape)]);
    expect([...keys].filter((key) => !["pack_id", "model_id", "tag"].includes(key)).toSorted()).toEqual([...CALIBRATE_FIELDS].toSorted());
  });
});
