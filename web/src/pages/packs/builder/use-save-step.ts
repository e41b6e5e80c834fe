import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import { ProblemError } from "#client/problem.ts";
import { keyOf } from "../../../data/ask.ts";
import { client } from "../../../data/client.ts";
import { showServerIssues } from "../../../ui/form/server-issues.ts";
import type { Draft } from "./steps.ts";

/** What stands between a step and the next one. */
export interface StepTrouble {
  /** What no field of the step stands for. */
  readonly error: Error | undefined;
  readonly issues: readonly string[];
  /** Somebody else, or another tab, has changed the draft since it was read: writes the step over that. */
  readonly overwrite: (() => void) | undefined;
}

const NO_TROUBLE: StepTrouble = { error: undefined, issues: [], overwrite: undefined };

interface SaveStepOptions<T extends FieldValues> {
  readonly form: UseFormReturn<T>;
  /** Names of the fields that the step shows. */
  readonly fields: readonly FieldPath<T>[];
  readonly draft: Draft | undefined;
  /** Writes the step; with the draft's tag it is refused when the draft has changed since. */
  readonly write: (values: T, ifMatch: string | undefined) => Promise<Draft>;
  readonly onSaved: (draft: Draft) => void;
}

/** Whether a refusal is about a change by somebody else, and not about the step. */
const isStale = (error: unknown): boolean =>
  error instanceof ProblemError && error.code === "CONFLICT" && typeof error.problem.facts?.["etag"] === "string";

/** Saves a step of the builder: what the server objects to stands next to the fields, and nobody's change is lost unseen. */
export function useSaveStep<T extends FieldValues>({ form, fields, draft, write, onSaved }: SaveStepOptions<T>) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<StepTrouble>(NO_TROUBLE);

  const save = async (values: T, ifMatch: string | undefined): Promise<void> => {
    setBusy(true);
    setTrouble(NO_TROUBLE);
    try {
      const saved = await write(values, ifMatch);
      queries.setQueryData(keyOf("GET /pack_drafts/{pack_id}", { params: { pack_id: saved.pack_id } }), saved);
      await Promise.all(
        (["GET /pack_drafts", "GET /pack_drafts/{pack_id}/review"] as const).map((name) =>
          queries.invalidateQueries({ queryKey: keyOf(name) }),
        ),
      );
      onSaved(saved);
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      const issues = showServerIssues(form, error, fields);
      const placed = error instanceof ProblemError && (error.problem.field_errors?.length ?? 0) > issues.length;
      setTrouble({
        error: placed && issues.length === 0 ? undefined : error,
        issues,
        overwrite: isStale(error) ? () => void overwrite(values) : undefined,
      });
    } finally {
      setBusy(false);
    }
  };
  const overwrite = async (values: T): Promise<void> => {
    const { etag } = await client.call("GET /pack_drafts/{pack_id}", { params: { pack_id: draft!.pack_id } });
    await save(values, etag);
  };
  return { busy, trouble, submit: form.handleSubmit((values) => save(values as unknown as T, draft?.etag)) };
}
