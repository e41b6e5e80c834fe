import * as z from "zod";
import type { Json } from "../core/canonical-json.ts";
import { openSealedFile, sealFile } from "../core/sealed-file.ts";
import { parseOr } from "../errors/parse.ts";
import { type Calibrator, calibratorFromJson } from "../learners/calibration/calibrator.ts";
import { decodeModel } from "../learners/decode-model.ts";
import type { FittedModel } from "../learners/define-learner.ts";

/** Everything that scoring a row needs: the model, its calibrator, and what its confidences are compared with. */
export interface ModelBundle {
  /** `judged`: fitted before the holdout, the model that was evaluated. `refit`: the same recipe on all known rows. */
  readonly purpose: "judged" | "refit";
  readonly model: FittedModel;
  readonly calibrator: Calibrator;
  /** Weighted share of each class among the training rows: the prior, and the reference of the edge. */
  readonly baseRates: readonly number[];
  /** Calibrated out-of-fold probabilities of training rows, one array for each class: where causal top % starts from. */
  readonly slice: readonly Float64Array[];
  readonly trainRows: number;
  /** Decision times of the first and last training row, UTC ms. */
  readonly trainFirstTs: number;
  readonly trainLastTs: number;
  /** Identity of the resolved indicators, versions included, that its features came from. */
  readonly indicatorSetSha: string;
}

const KIND = "SGMB";

const HeaderSchema = z.strictObject({
  schema_version: z.literal(1),
  purpose: z.enum(["judged", "refit"]),
  calibrator: z.unknown(),
  base_rates: z.array(z.number()),
  train_rows: z.int().positive(),
  train_first_ts: z.number(),
  train_last_ts: z.number(),
  indicator_set_sha: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Deterministic bytes: the same training gives the same bundle. */
export function encodeBundle(bundle: ModelBundle): Uint8Array {
  return sealFile(KIND, {
    header: {
      schema_version: 1,
      purpose: bundle.purpose,
      calibrator: bundle.calibrator.toJson() as unknown as Json,
      base_rates: bundle.baseRates,
      train_rows: bundle.trainRows,
      train_first_ts: bundle.trainFirstTs,
      train_last_ts: bundle.trainLastTs,
      indicator_set_sha: bundle.indicatorSetSha,
    },
    arrays: bundle.slice,
    blob: bundle.model.encode(),
  });
}

/** @throws ARTIFACT_CORRUPT */
export function decodeBundle(bytes: Uint8Array): ModelBundle {
  const { header, arrays, blob } = openSealedFile(KIND, bytes, "A trained model's file");
  const read = parseOr("ARTIFACT_CORRUPT", HeaderSchema, header, "A trained model's file");
  return {
    purpose: read.purpose,
    model: decodeModel(blob),
    calibrator: calibratorFromJson(read.calibrator),
    baseRates: read.base_rates,
    slice: arrays,
    trainRows: read.train_rows,
    trainFirstTs: read.train_first_ts,
    trainLastTs: read.train_last_ts,
    indicatorSetSha: read.indicator_set_sha,
  };
}
