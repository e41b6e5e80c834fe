import { useState } from "react";
import { useAct } from "../../data/ask.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { say } from "../../ui/toast.tsx";

export interface DeleteModelProps {
  /** The model that is asked about; none closes the question. */
  readonly model: { readonly pack_id: string; readonly model_id: string } | undefined;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

/** Asks before a model's documents are removed, and says what stays. */
export function DeleteModel({ model, onClose, onDeleted }: DeleteModelProps) {
  const remove = useAct("DELETE /models/{model_id}", ["GET /models", "GET /packs/{pack_id}/models"]);
  const [failure, setFailure] = useState<Error>();
  const close = (): void => {
    setFailure(undefined);
    onClose();
  };
  const confirm = async (): Promise<void> => {
    if (model === undefined) return;
    setFailure(undefined);
    try {
      await remove.mutateAsync({ params: { model_id: model.model_id }, query: { pack_id: model.pack_id } });
      say("Model deleted", model.model_id);
      close();
      onDeleted?.();
    } catch (error) {
      setFailure(error as Error);
    }
  };
  return (
    <Confirm
      open={model !== undefined}
      onOpenChange={(open) => {
        if (!open) close();
      }}
      title={`Delete ${model?.model_id ?? "the model"}?`}
      verb="Delete model"
      busy={remove.isPending}
      onConfirm={() => void confirm()}
    >
      <p>
        Its configuration, policy and own indicators are removed and cannot be brought back. Its runs, leaderboard rows, matrices and
        trained models stay.
      </p>
      {failure !== undefined && <ErrorState error={failure} title="The model was not deleted" />}
    </Confirm>
  );
}
