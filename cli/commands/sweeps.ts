import type { RunView } from "#functions/api/runs/run-view.ts";
import type { SweepRecord } from "#lib/sweeps/sweep-record.schema.ts";
import { command } from "../command.ts";
import { allRows } from "../find-model.ts";
import { count, decimal, minute, percent, text } from "../format.ts";
import { leaderboardTable, type Row } from "../leaderboard-table.ts";
import { paintStatus } from "../paint.ts";
import { marksLine } from "../stamps.ts";
import { renderFacts, renderTable } from "../table.ts";
import { wholeNumber } from "../values.ts";
import { writeWhole } from "../write-file.ts";

const SWEEP_ARGS = { sweep: { type: "positional", description: "Sweep id (swp_...), or the id of its run", required: true } } as const;

const pathOf = (id: string): string => `/sweeps/${encodeURIComponent(id)}`;

const verdicts = ({ pass, marginal, marginal_sig, fail }: SweepRecord): string =>
  `${pass} PASS, ${marginal} MARGINAL, ${marginal_sig} MARGINAL_SIG, ${fail} FAIL`;

export const sweepsList = command({
  name: "sweeps list",
  description: "Finished sweeps, newest first",
  routes: ["GET /sweeps"],
  args: {
    model: { type: "string", valueHint: "id", description: "Only this model" },
    pack: { type: "string", valueHint: "id", description: "Only this pack" },
    tag: { type: "string", valueHint: "word", description: "Only this tag" },
    limit: { type: "string", valueHint: "20", description: "Sweeps to show (default: 20)" },
  },
  examples: ["sigma sweeps list --model spx_eq_swing_daily"],
  async run({ session, args }) {
    const limit = args.limit === undefined ? 20 : wholeNumber("limit", args.limit, 1, 5000);
    const filter = { model_id: args.model, pack_id: args.pack, tag: args.tag };
    const rows = await allRows<SweepRecord>(await session.api(), "/sweeps", filter, limit);
    const table = renderTable<SweepRecord>(
      [
        { header: "Sweep", value: ({ sweep_id }) => sweep_id },
        { header: "Created (UTC)", value: ({ created_at }) => minute(created_at) },
        { header: "Model", value: ({ model_id }) => model_id, shrinkTo: 16 },
        { header: "Variants", align: "right", value: ({ variants }) => count(variants) },
        { header: "PASS", align: "right", value: ({ pass }) => count(pass) },
        { header: "PBO", align: "right", value: ({ pbo }) => decimal(pbo, 2), optional: 2 },
        { header: "Luck (Sharpe)", align: "right", value: ({ luck_sharpe }) => decimal(luck_sharpe), optional: 3 },
        { header: "Tag", value: ({ tag }) => text(tag), optional: 1 },
      ],
      rows,
      session.width,
    );
    return { document: { rows }, text: rows.length === 0 ? 'No sweeps. "sigma sweep MODEL" runs one.' : table };
  },
});

export const sweepsShow = command({
  name: "sweeps show",
  description: "One sweep: its verdicts, what luck alone would show, and its best rows",
  routes: ["GET /sweeps/{sweep_id}", "GET /sweeps/{sweep_id}/results"],
  args: SWEEP_ARGS,
  examples: ["sigma sweeps show swp_0123456789abcdef01234567"],
  async run({ session, args }) {
    const client = await session.api();
    const found = await client.get<{ readonly sweep: SweepRecord | null; readonly run: RunView | null }>(pathOf(args.sweep));
    const { sweep, run } = found;
    if (sweep === null) {
      const status = run === null ? "n/a" : `${paintStatus(session.paint, run.status)}, ${percent(run.progress.share, 0)} % done`;
      return {
        document: { ...found, rows: [] },
        text: renderFacts(
          [
            ["Run", args.sweep],
            ["Status", status],
            ["Results", "none yet"],
          ],
          session.width,
        ),
      };
    }
    const rows = await allRows<Row>(client, `${pathOf(args.sweep)}/results`, {}, 10);
    const lines = [
      ...marksLine(sweep.stamps, session.paint),
      renderFacts(
        [
          ["Sweep", sweep.sweep_id],
          ["Model", `${sweep.model_id} (pack ${sweep.pack_id}, ${sweep.risk_profile})`],
          ["Created (UTC)", minute(sweep.created_at)],
          ["Variants", `${count(sweep.variants)}, ${count(sweep.distinct)} distinct; ${count(sweep.trials)} trials so far`],
          ["Verdicts", verdicts(sweep)],
          ["Luck alone (Sharpe)", `${decimal(sweep.luck_sharpe)}: the best of as many tries without skill would show this`],
          ["Deflated Sharpe (best)", decimal(sweep.dsr_best, 3)],
          ["Overfitting (PBO)", `${decimal(sweep.pbo, 3)}; loss out of sample in ${percent(sweep.p_oos_loss, 0)} % of splits`],
          ["Run", sweep.run_id],
        ],
        session.width,
      ),
      "",
      leaderboardTable(rows, session),
      ...(sweep.warnings.length === 0 ? [] : [`Warnings: ${sweep.warnings.join(", ")}`]),
      sweep.remedy,
    ];
    return { document: { ...found, rows }, text: lines.join("\n") };
  },
});

export const sweepsResults = command({
  name: "sweeps results",
  description: "Every variant of a sweep, best first, as a table or as CSV",
  routes: ["GET /sweeps/{sweep_id}/results"],
  args: {
    ...SWEEP_ARGS,
    limit: { type: "string", valueHint: "50", description: "Rows to show (default: 50)" },
    csv: { type: "string", valueHint: "file", description: "Write all rows as CSV to this file" },
  },
  examples: ["sigma sweeps results swp_0123456789abcdef01234567 --csv variants.csv"],
  async run({ session, args }) {
    const client = await session.api();
    const path = `${pathOf(args.sweep)}/results`;
    if (args.csv !== undefined) {
      const csv = await client.csv(path);
      await writeWhole(args.csv, new TextEncoder().encode(csv.text));
      return { document: { file: args.csv, rows: csv.rows }, text: `${count(csv.rows)} rows written to ${args.csv}` };
    }
    const limit = args.limit === undefined ? 50 : wholeNumber("limit", args.limit, 1, 5000);
    const rows = await allRows<Row>(client, path, {}, limit);
    return { document: { rows }, text: leaderboardTable(rows, session) };
  },
});

export const sweepsCancel = command({
  name: "sweeps cancel",
  description: "Stop a sweep that is running; what is done stays",
  routes: ["DELETE /sweeps/{sweep_id}"],
  args: SWEEP_ARGS,
  async run({ session, args }) {
    const run = await (await session.api()).remove<RunView>(pathOf(args.sweep));
    return {
      document: run,
      text: renderFacts(
        [
          ["Run", run.run_id],
          ["Status", paintStatus(session.paint, run.status)],
        ],
        session.width,
      ),
    };
  },
});
