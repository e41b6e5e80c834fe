import * as z from "zod";
import { CADENCES } from "../core/bars.ts";
import { LabelSchema } from "./label.schema.ts";
import type { MatrixInfo } from "./matrix.ts";

/** Where the metadata of a matrix file hold the info. */
export const INFO_KEY = "sigma.info";

export const Sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in lower-case hex");

/** What is known of the price series, as documents carry it. */
const SeriesFactsSchema = z.strictObject({
  provider: z.string(),
  fingerprint: z.string(),
  stamps: z.array(z.string()),
  simulation: z.strictObject({ generator: z.string(), seed: z.number(), statement: z.string() }).nullable(),
});

const StaySchema = z.strictObject({ from: z.int().nullable(), to: z.int().nullable(), delisting_return: z.number().nullable() });

/** `MatrixInfo` as the manifest and the Parquet file carry it. */
export const MatrixInfoSchema = z.strictObject({
  schema_version: z.literal(3),
  matrix_sha: Sha256Schema,
  symbol: z.string(),
  symbols: z.array(z.string()).nonempty(),
  stays: z.array(z.array(StaySchema)).nullable(),
  cadence: z.enum(CADENCES),
  label: LabelSchema,
  classes: z.array(z.int()),
  features: z.array(z.strictObject({ name: z.string(), indicator: z.string(), version: z.int(), unit: z.string() })),
  series: SeriesFactsSchema,
  train_hours: z.array(z.int()).nullable(),
  indicator_set_sha: z.string(),
  calendar_version: z.int(),
});
export type MatrixInfoDocument = z.infer<typeof MatrixInfoSchema>;

export function matrixInfoToDocument(info: MatrixInfo): MatrixInfoDocument {
  return {
    schema_version: info.schemaVersion,
    matrix_sha: info.matrixSha,
    symbol: info.symbol,
    symbols: [...info.symbols] as [string, ...string[]],
    stays:
      info.stays?.map((stays) => stays.map(({ from, to, delistingReturn }) => ({ from, to, delisting_return: delistingReturn }))) ?? null,
    cadence: info.cadence,
    label: info.label,
    classes: [...info.classes],
    features: info.features.map((feature) => ({ ...feature })),
    series: { ...info.series, stamps: [...info.series.stamps] },
    train_hours: info.trainHours === null ? null : [...info.trainHours],
    indicator_set_sha: info.indicatorSetSha,
    calendar_version: info.calendarVersion,
  };
}

export function matrixInfoFromDocument(document: MatrixInfoDocument): MatrixInfo {
  return {
    schemaVersion: document.schema_version,
    matrixSha: document.matrix_sha,
    symbol: document.symbol,
    symbols: document.symbols,
    stays:
      document.stays?.map((stays) => stays.map(({ from, to, delisting_return }) => ({ from, to, delistingReturn: delisting_return }))) ??
      null,
    cadence: document.cadence,
    label: document.label,
    classes: document.classes,
    features: document.features,
    series: document.series,
    trainHours: document.train_hours,
    indicatorSetSha: document.indicator_set_sha,
    calendarVersion: document.calendar_version,
  };
}
