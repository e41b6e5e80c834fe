import { parseOr } from "#lib/errors/parse.ts";
import type { Preview } from "#lib/matrix/preview.schema.ts";
import { previewMatrix } from "#lib/matrix/preview.ts";
import { previewUniverse } from "#lib/matrix/universe/preview-universe.ts";
import type { CreateModelRequest } from "#lib/models/create-model.schema.ts";
import { contextOf, loadModelContext } from "../shared/model-context.ts";
import { planDraft } from "../shared/plan-draft.ts";
import type { StepPorts } from "../shared/ports.ts";
import { windowOf } from "../shared/request-run.ts";
import { PreviewRequestSchema } from "./preview-request.schema.ts";

/** Route `POST /preview_matrix`: a few sessions of a model's matrix with the verdicts on them, in the request. */
export const createPreviewMatrix =
  (ports: StepPorts) =>
  async (owner: string, body: unknown): Promise<Preview> => {
    const { pack_id, model_id, start, end, sessions } = parseOr("INVALID_PARAM", PreviewRequestSchema, body, "The preview request");
    const options = { window: windowOf({ start: start ?? null, end: end ?? null }), lastSessions: sessions };
    const context =
      model_id === undefined
        ? await contextOf(ports, owner, (await planDraft(ports, owner, draftOf(body))).resolved, options)
        : await loadModelContext(ports, owner, pack_id, model_id, options);
    const { spec, data } = context;
    return spec.universe === null ? previewMatrix(spec, data[0]!, sessions) : previewUniverse(spec, data, sessions);
  };

/** The draft as it came: defaults that the schema fills in would hide what the template says. */
const draftOf = (body: unknown): CreateModelRequest => (body as { readonly draft: CreateModelRequest }).draft;
