import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import * as z from "zod";
import { ProblemError } from "#client/problem.ts";
import type { Json } from "#lib/core/canonical-json.ts";
import { lineOfPath, readDocument, YAML_MAX_BYTES } from "#lib/packs/yaml.ts";
import { SweepRequestSchema } from "#lib/sweeps/sweep.schema.ts";
import { UsageError } from "./failure.ts";

/** `<model>_sweep.yaml`: a sweep's request, and the window of the matrix that it reads. */
const SweepConfigSchema = SweepRequestSchema.safeExtend({
  start: z.iso.date().nullable().optional().describe("First session of the matrix; with start or end it is built first"),
  end: z.iso.date().nullable().optional().describe("The session after the last one"),
});

export interface SweepConfig {
  readonly window: { readonly start?: string; readonly end?: string };
  /** The body of `POST /sweeps`, as the file says it. */
  readonly request: { readonly [field: string]: Json };
  /** The same problem with the lines of the file at which its fields stand. */
  readonly located: (error: unknown) => unknown;
}

/**
 * @throws UsageError when the file cannot be read
 * @throws INVALID_PARAM with line and path of what is wrong in it
 */
export async function readSweepConfig(file: string): Promise<SweepConfig> {
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined) throw new UsageError(`There is no file "${file}" that can be read. "sigma sweep-config MODEL" writes one.`);
  if (bytes.byteLength > YAML_MAX_BYTES)
    throw new UsageError(`"${file}" has ${bytes.byteLength} bytes; a sweep may have ${YAML_MAX_BYTES}.`);
  const text = bytes.toString("utf8");
  const name = { code: "INVALID_PARAM", path: basename(file) } as const;
  const { start, end, ...request } = readDocument(text, SweepConfigSchema, name);
  const lineOf = (path: string): number | undefined => lineOfPath(text, path, name);
  return {
    window: { ...(start == null ? {} : { start }), ...(end == null ? {} : { end }) },
    request: JSON.parse(JSON.stringify(request)) as SweepConfig["request"],
    located: (error) => withLines(error, basename(file), lineOf),
  };
}

function withLines(error: unknown, file: string, lineOf: (path: string) => number | undefined): unknown {
  if (!(error instanceof ProblemError) || error.problem.field_errors === undefined || error.problem.field_errors.length === 0) return error;
  const fieldErrors = error.problem.field_errors.map(({ path, issue }) => {
    const line = path === "" ? undefined : lineOf(path);
    return { path, issue: line === undefined ? issue : `${issue} (${file}, line ${line})` };
  });
  const [first] = fieldErrors;
  return new ProblemError({
    ...error.problem,
    detail: `${error.problem.detail ?? error.problem.title} At ${first!.path}: ${first!.issue}.`,
    field_errors: fieldErrors,
  });
}
