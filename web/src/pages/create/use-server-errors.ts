import { useEffect } from "react";
import type { FieldPath, UseFormReturn } from "react-hook-form";
import type { DraftValues } from "./draft.ts";

/** Puts what the rules object to next to the field that it is about, in their own words, and takes it away when it is mended. */
export function useServerErrors(
  form: UseFormReturn<DraftValues>,
  errors: readonly { readonly path: string; readonly reason: string; readonly remedy: string }[],
): void {
  const text = JSON.stringify(errors);
  useEffect(() => {
    const found = JSON.parse(text) as typeof errors;
    for (const { path, reason, remedy } of found)
      form.setError(path as FieldPath<DraftValues>, { type: "server", message: `${reason} ${remedy}` });
    return () => {
      for (const { path } of found) form.clearErrors(path as FieldPath<DraftValues>);
    };
  }, [form, text]);
}
