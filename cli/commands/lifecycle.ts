import type { LifecycleAction } from "#lib/publishing/lifecycle.ts";
import type { TrainedModel } from "#lib/publishing/trained-model.schema.ts";
import { command } from "../command.ts";
import { confirmed } from "../confirm.ts";
import type { Session } from "../session.ts";
import { marksLine } from "../stamps.ts";
import { RUN_ROUTES, startRun } from "../start-run.ts";
import { renderFacts } from "../table.ts";

const LIFECYCLE_ROUTES = ["POST /trained_models/{trained_model_id}/{action}", ...RUN_ROUTES, "GET /trained_models/{trained_model_id}"];

const TRAINED_ARGS = {
  trained: { type: "positional", description: "Trained model id, tm_...", required: true },
  reason: { type: "string", valueHint: "text", description: "Why; kept with the change" },
} as const;

const FINAL_ARGS = { ...TRAINED_ARGS, yes: { type: "boolean", description: "Do not ask" } } as const;

/** A change that cannot be undone: a person at a terminal is asked first. */
async function finalChange(
  session: Session,
  id: string,
  action: "retire" | "discard",
  args: { readonly reason?: string | undefined; readonly yes?: boolean | undefined },
) {
  if (args.yes !== true && !(await confirmed(session, `${action} ${id} for good?`)))
    return { document: { trained_model_id: id, changed: false }, text: "Nothing was changed." };
  return change(session, id, action, args.reason);
}

/** One lifecycle change through its state machine, and the model as it stands afterwards. */
async function change(session: Session, id: string, action: LifecycleAction, reason: string | undefined) {
  const started = await startRun(session, {
    path: `/trained_models/${encodeURIComponent(id)}/${action}`,
    body: reason === undefined ? {} : { reason },
    label: `${action} ${id}`,
    wait: true,
  });
  if ("answer" in started) return started.answer;
  const model = await (await session.api()).get<TrainedModel>(`/trained_models/${encodeURIComponent(id)}`);
  const lines = [
    ...marksLine(model.stamps, session.paint),
    renderFacts(
      [
        ["Trained model", model.trained_model_id],
        ["Model", model.model_id],
        ["Status", `${model.status}${model.stage === null ? "" : ` (${model.stage})`}`],
        ["Gate", `${model.gate_status}${model.proven ? "" : ", UNPROVEN: it stays on paper"}`],
      ],
      session.width,
    ),
    ...(model.status === "published" ? [`Next: sigma signals run --id ${model.trained_model_id}`] : []),
  ];
  return { document: { run_id: started.run.run_id, trained_model: model }, text: lines.join("\n") };
}

export const publish = command({
  name: "publish",
  description: "Publish a trained model to paper, or resume a paused one",
  routes: LIFECYCLE_ROUTES,
  args: { ...TRAINED_ARGS, resume: { type: "boolean", description: "Resume a paused model" } },
  examples: ["sigma publish tm_0123", "sigma publish tm_0123 --resume"],
  run: ({ session, args }) => change(session, args.trained, args.resume === true ? "resume" : "publish", args.reason),
});

export const pause = command({
  name: "pause",
  description: "Pause a published model: no signals until it is resumed",
  routes: LIFECYCLE_ROUTES,
  args: TRAINED_ARGS,
  run: ({ session, args }) => change(session, args.trained, "pause", args.reason),
});

export const retire = command({
  name: "retire",
  description: "Retire a published or paused model for good",
  routes: LIFECYCLE_ROUTES,
  args: FINAL_ARGS,
  run: ({ session, args }) => finalChange(session, args.trained, "retire", args),
});

export const discard = command({
  name: "discard",
  description: "Discard a trained model that was never published",
  routes: LIFECYCLE_ROUTES,
  args: FINAL_ARGS,
  run: ({ session, args }) => finalChange(session, args.trained, "discard", args),
});
