import { Chip } from "../../ui/chip.tsx";
import { MATRIX_STATES } from "./model-line.ts";

/** Whether a model's matrix is fresh, stale or not there. */
export function MatrixChip({ status }: { readonly status: string | null }) {
  const state = status === null ? undefined : MATRIX_STATES[status];
  if (state === undefined) return <span>–</span>;
  return (
    <span title={state.says}>
      <Chip tone={state.tone}>{state.name}</Chip>
    </span>
  );
}
