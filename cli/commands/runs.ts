import type { RunView } from "#functions/api/runs/run-view.ts";
import { MACHINES } from "#lib/ports/workflow.ts";
import { RUN_STATUSES } from "#lib/runs/run-record.schema.ts";
import { command, WAIT_ARG } from "../command.ts";
import { allRows } from "../find-model.ts";
import { followRun } from "../follow-run.ts";
import { minute, percent, text } from "../format.ts";
import { paintStatus } from "../paint.ts";
import type { Session } from "../session.ts";
import { RUN_ROUTES, startRun } from "../start-run.ts";
import { renderFacts, renderTable } from "../table.ts";
import { oneOf, wholeNumber } from "../values.ts";

const RUN_ARGS = { run: { type: "positional", description: "Run id", required: true } } as const;

function runText(run: RunView, { paint, width }: Session): string {
  const lines = [
    renderFacts(
      [
        ["Run", run.run_id],
        ["Machine", run.machine],
        ["Model", run.model_id === null ? "n/a" : `${run.model_id} (pack ${run.pack_id})`],
        ["Status", `${paintStatus(paint, run.status)}, attempt ${run.attempt}`],
        ["Progress", `${run.progress.done}/${run.progress.expected ?? "n/a"} steps, ${percent(run.progress.share, 0)} %`],
        ["Last step", run.step === null ? "n/a" : `${run.step}: ${run.message}`],
        ["Started (UTC)", minute(run.created_at)],
        ["Ended (UTC)", minute(run.ended_at)],
        ["Tag", text(run.tag)],
      ],
      width,
    ),
  ];
  if (run.error) lines.push(`${paint("red", "Error:")} ${run.error.detail} (Code ${run.error.code}.)`);
  if (run.status === "failed" || run.status === "canceled" || run.status === "interrupted")
    lines.push(`Finished steps are kept; go on with: sigma runs resume ${run.run_id}`);
  if (run.status === "succeeded") lines.push(`Do it again and compare: sigma verify ${run.run_id}`);
  return lines.join("\n");
}

export const runsList = command({
  name: "runs list",
  description: "Runs, newest first",
  routes: ["GET /runs"],
  args: {
    machine: { type: "string", valueHint: MACHINES.join("|"), description: "Only this kind" },
    model: { type: "string", valueHint: "id", description: "Only this model" },
    pack: { type: "string", valueHint: "id", description: "Only this pack" },
    status: { type: "string", valueHint: RUN_STATUSES.join("|"), description: "Only this status" },
    tag: { type: "string", valueHint: "word", description: "Only this tag" },
    limit: { type: "string", valueHint: "20", description: "Runs to show (default: 20)" },
  },
  async run({ session, args }) {
    const { paint } = session;
    const status = args.status === undefined ? undefined : oneOf("status", args.status, RUN_STATUSES);
    const limit = args.limit === undefined ? 20 : wholeNumber("limit", args.limit, 1, 5000);
    const found = await allRows<RunView>(
      await session.api(),
      "/runs",
      {
        machine: args.machine === undefined ? undefined : oneOf("machine", args.machine, MACHINES),
        model_id: args.model,
        pack_id: args.pack,
        // An interrupted run is still recorded as running.
        status: status === "interrupted" ? "running" : status,
        tag: args.tag,
      },
      limit,
    );
    const rows = found.filter((run) => status === undefined || run.status === status).slice(0, limit);
    const table = renderTable<RunView>(
      [
        { header: "Run", value: ({ run_id }) => run_id },
        { header: "Status", value: (run) => paintStatus(paint, run.status) },
        { header: "Done (%)", align: "right", value: ({ progress }) => percent(progress.share, 0) },
        { header: "Started (UTC)", value: ({ created_at }) => minute(created_at) },
        { header: "Model", value: ({ model_id }) => text(model_id), shrinkTo: 16, optional: 2 },
        { header: "Tag", value: ({ tag }) => text(tag), optional: 3 },
        { header: "Last step", value: ({ error, message }) => error?.code ?? text(message), shrinkTo: 20, optional: 1 },
      ],
      rows,
      session.width,
    );
    return { document: { rows }, text: rows.length === 0 ? "No runs." : table };
  },
});

export const runsShow = command({
  name: "runs show",
  description: "One run: status, progress, error",
  routes: ["GET /runs/{run_id}"],
  args: RUN_ARGS,
  async run({ session, args }) {
    const run = await (await session.api()).get<RunView>(`/runs/${encodeURIComponent(args.run)}`);
    return { document: run, text: runText(run, session) };
  },
});

export const runsWatch = command({
  name: "runs watch",
  description: "Show the steps of a run until it has ended; Ctrl-C asks it to stop",
  routes: RUN_ROUTES,
  args: RUN_ARGS,
  async run({ session, args }) {
    const run = await followRun(session, await session.api(), args.run, args.run);
    return { document: run, text: runText(run, session) };
  },
});

export const runsCancel = command({
  name: "runs cancel",
  description: "Stop a run; nothing of it starts afterwards, what is done stays",
  routes: ["DELETE /runs/{run_id}"],
  args: RUN_ARGS,
  async run({ session, args }) {
    const run = await (await session.api()).remove<RunView>(`/runs/${encodeURIComponent(args.run)}`);
    return { document: run, text: runText(run, session) };
  },
});

export const runsResume = command({
  name: "runs resume",
  description: "Go on with a failed, canceled or interrupted run from its finished steps",
  routes: ["POST /runs/{run_id}/resume", ...RUN_ROUTES],
  args: { ...RUN_ARGS, ...WAIT_ARG },
  async run({ session, args }) {
    const started = await startRun(session, {
      path: `/runs/${encodeURIComponent(args.run)}/resume`,
      body: {},
      label: `resume ${args.run}`,
      wait: args.wait,
    });
    if ("answer" in started) return started.answer;
    return { document: started.run, text: runText(started.run, session) };
  },
});
