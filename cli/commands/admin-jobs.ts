import type { Job } from "#functions/api/routes/admin-jobs.route.ts";
import { MACHINES } from "#lib/ports/workflow.ts";
import { RUN_STATUSES } from "#lib/runs/run-record.schema.ts";
import { command } from "../command.ts";
import { allRows } from "../find-model.ts";
import { minute, text } from "../format.ts";
import { paintStatus } from "../paint.ts";
import type { Session } from "../session.ts";
import { renderFacts, renderTable } from "../table.ts";
import { oneOf, wholeNumber } from "../values.ts";

const RUN_ARGS = { run: { type: "positional", description: "Run id, of any owner", required: true } } as const;

const pathOf = (runId: string): string => `/admin/jobs/${encodeURIComponent(runId)}`;

const jobText = ({ run_id, owner, status, attempt, since }: Job, { paint, width }: Session): string =>
  renderFacts(
    [
      ["Run", run_id],
      ["Owner", owner],
      ["Status", `${paintStatus(paint, status)}, attempt ${attempt}`],
      ["Since (UTC)", minute(since)],
    ],
    width,
  );

export const adminJobs = command({
  name: "admin jobs",
  description: "Runs of an owner, newest first",
  routes: ["GET /admin/jobs"],
  args: {
    owner: { type: "positional", description: "Owner: a user's id (sub) or a token's owner; \"local\" on this machine", required: true },
    machine: { type: "string", valueHint: MACHINES.join("|"), description: "Only this kind" },
    status: { type: "string", valueHint: RUN_STATUSES.join("|"), description: "Only this status, as recorded" },
    limit: { type: "string", valueHint: "20", description: "Runs to show (default: 20)" },
  },
  examples: ["sigma admin jobs local --status failed"],
  async run({ session, args }) {
    const { paint, width } = session;
    const query = {
      owner: args.owner,
      machine: args.machine === undefined ? undefined : oneOf("machine", args.machine, MACHINES),
      status: args.status === undefined ? undefined : oneOf("status", args.status, RUN_STATUSES),
    };
    const limit = args.limit === undefined ? 20 : wholeNumber("limit", args.limit, 1, 5000);
    const rows = await allRows<Job>(await session.api(), "/admin/jobs", query, limit);
    const table = renderTable<Job>(
      [
        { header: "Run", value: ({ run_id }) => run_id },
        { header: "Status", value: ({ status }) => paintStatus(paint, status) },
        { header: "Since (UTC)", value: ({ since }) => minute(since) },
        { header: "Model", value: ({ model_id }) => text(model_id), shrinkTo: 16, optional: 2 },
        { header: "Error", value: ({ error }) => text(error?.code), optional: 1 },
      ],
      rows,
      width,
    );
    return { document: { rows }, text: rows.length === 0 ? "No runs." : table };
  },
});

export const adminRetry = command({
  name: "admin retry",
  description: "Go on with a failed, canceled or interrupted run of any owner from its finished steps",
  routes: ["POST /admin/jobs/{run_id}/retry"],
  args: RUN_ARGS,
  async run({ session, args }) {
    const job = await (await session.api()).post<Job>(`${pathOf(args.run)}/retry`, {});
    return { document: job, text: jobText(job, session) };
  },
});

export const adminCancel = command({
  name: "admin cancel",
  description: "Stop a run of any owner; nothing of it starts afterwards, what is done stays",
  routes: ["DELETE /admin/jobs/{run_id}"],
  args: RUN_ARGS,
  async run({ session, args }) {
    const job = await (await session.api()).remove<Job>(pathOf(args.run));
    return { document: job, text: jobText(job, session) };
  },
});
