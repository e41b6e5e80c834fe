import * as z from "zod";
import type { Json } from "../../core/canonical-json.ts";
import { openSealedFile, sealFile } from "../../core/sealed-file.ts";
import { parseOr } from "../../errors/parse.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { ContractChoices, ContractTape } from "./contract-tape.ts";

const KIND = "SGCT";
const CHOICE_COLUMNS = ["contract", "choice", "bid", "ask", "last", "iv", "delta", "openInterest", "volume"] as const;
const PRICE_COLUMNS = ["first", "ms", "bid", "ask", "traded"] as const;
const MINUTE_COLUMNS = ["endMs", "high", "low"] as const;

const HeaderSchema = z.strictObject({
  schema_version: z.literal(1),
  symbol: z.string(),
  matrix_sha: z.string(),
  target_delta: z.number(),
  weekly_ok: z.boolean(),
  rules: z.array(z.strictObject({ dte_target: z.int().min(0), strike: z.string().nullable() })).min(1),
  first_row: z.int().min(0),
  rows: z.int().min(0),
  has_minutes: z.boolean(),
  sources: z.array(
    z.strictObject({
      role: z.enum(["chains", "option_bars", "minutes"]),
      provider: z.string(),
      fingerprint: z.string(),
      stamps: z.array(z.string()),
    }),
  ),
});

/** Bytes of a contract tape: a sealed file. Equal tapes have equal bytes. */
export function encodeContractTape(tape: ContractTape): Uint8Array {
  const header = {
    schema_version: tape.schemaVersion,
    symbol: tape.symbol,
    matrix_sha: tape.matrixSha,
    target_delta: tape.terms.targetDelta,
    weekly_ok: tape.terms.weeklyOk,
    rules: tape.rules.map(({ dteTarget, strike }) => ({ dte_target: dteTarget, strike })),
    first_row: tape.firstRow,
    rows: tape.rows,
    has_minutes: tape.minutes !== null,
    sources: tape.sources.map(({ role, facts: { provider, fingerprint, stamps } }) => ({
      role,
      provider,
      fingerprint,
      stamps: [...stamps],
    })),
  } satisfies z.input<typeof HeaderSchema>;
  const { minutes } = tape;
  const arrays = [
    tape.strike,
    tape.expiry,
    tape.right,
    ...CHOICE_COLUMNS.map((name) => tape.choices[name]),
    ...PRICE_COLUMNS.map((name) => tape.prices[name]),
    ...(minutes === null ? [] : MINUTE_COLUMNS.map((name) => minutes[name])),
    // A NaN has many bit patterns; one of them is written.
  ].map((column) => column.map((value) => (Number.isNaN(value) ? Number.NaN : value)));
  return sealFile(KIND, { header: header as unknown as { readonly [key: string]: Json }, arrays, blob: new Uint8Array(0) });
}

/** @throws ARTIFACT_CORRUPT when a byte differs from what was written */
export function decodeContractTape(bytes: Uint8Array): ContractTape {
  const what = "A stored contract tape";
  const { header: stored, arrays } = openSealedFile(KIND, bytes, what);
  const header = parseOr("ARTIFACT_CORRUPT", HeaderSchema, stored, what);
  const named = <Name extends string>(names: readonly Name[], from: number): Record<Name, Float64Array> =>
    Object.fromEntries(names.map((name, i) => [name, arrays[from + i]])) as Record<Name, Float64Array>;
  const choicesFrom = 3;
  const pricesFrom = choicesFrom + CHOICE_COLUMNS.length;
  const minutesFrom = pricesFrom + PRICE_COLUMNS.length;
  const choices: ContractChoices = named(CHOICE_COLUMNS, choicesFrom);
  const expected = minutesFrom + (header.has_minutes ? MINUTE_COLUMNS.length : 0);
  const decisions = Math.max(0, header.rows - header.first_row) * header.rules.length * 2;
  if (arrays.length !== expected || choices.contract.length !== decisions)
    throw new SigmaError("ARTIFACT_CORRUPT", `${what} does not have one choice for each decision.`, { rows: header.rows });
  return {
    schemaVersion: 1,
    symbol: header.symbol,
    matrixSha: header.matrix_sha,
    terms: { targetDelta: header.target_delta, weeklyOk: header.weekly_ok },
    rules: header.rules.map(({ dte_target, strike }) => ({ dteTarget: dte_target, strike })),
    firstRow: header.first_row,
    rows: header.rows,
    strike: arrays[0]!,
    expiry: arrays[1]!,
    right: arrays[2]!,
    choices,
    prices: named(PRICE_COLUMNS, pricesFrom),
    minutes: header.has_minutes ? named(MINUTE_COLUMNS, minutesFrom) : null,
    sources: header.sources.map(({ role, ...facts }) => ({ role, facts })),
  };
}
